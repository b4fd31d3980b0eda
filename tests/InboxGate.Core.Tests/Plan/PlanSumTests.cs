using CsCheck;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>400 in November 2026, whose 21 working days from Monday to Friday begin on the 2nd; the 23rd is the sixth from its end.</summary>
public sealed class PlanSumTests
{
    private static readonly DateOnly FirstMonday = new(2026, 11, 2);

    [Fact]
    public void Small_pieces_add_up_to_a_little_more_than_was_asked()
    {
        var sum = Of(FirstMonday, margin: 5);

        Assert.Equal([6, 9, 5], sum.Pieces);
        Assert.Equal((20, 21, 0, 420, 400), (sum.PerDay, sum.WholeDays, sum.HalfDays, sum.Total, sum.Asked));
        Assert.Equal((new DateOnly(2026, 11, 30), true, true), (sum.Until, sum.Reaches, sum.Ruling));
    }

    [Theory]
    [InlineData(310, 20, 420)]
    [InlineData(309, 21, 425)]
    [InlineData(419, 1, 425)]
    [InlineData(420, 0, 420)]
    public void A_half_day_asks_for_half_rounded_up(int done, int perDay, int total)
    {
        var calendar = A.Calendar() with { HalfDays = new HashSet<DateOnly> { new(2026, 11, 27) } };

        var sum = Of(A.Monday, margin: 5, done, calendar);

        Assert.Equal((perDay, 5, 1, total, true), (sum.PerDay, sum.WholeDays, sum.HalfDays, sum.Total, sum.Reaches));
    }

    [Theory]
    [InlineData(256, 24, 400, true)]
    [InlineData(255, 24, 399, false)]
    [InlineData(0, 24, 144, false)]
    public void Under_the_ceiling_it_may_no_longer_reach_what_was_asked(int done, int perDay, int total, bool reaches)
    {
        var sum = Of(A.Monday, margin: 5, done);

        Assert.Equal((perDay, total, reaches), (sum.PerDay, sum.Total, sum.Reaches));
    }

    [Theory]
    [InlineData("2026-11-30", 20, 391, false)]
    [InlineData("2026-11-23", 20, 391, false)]
    [InlineData("2026-11-22", 24, 415, true)]
    [InlineData(null, 24, 415, true)]
    public void Who_keeps_the_pace_does_a_normal_day(string? until, int perDay, int total, bool reaches)
    {
        var plan = RepPlan.Default with { KeepsPaceUntil = until is null ? null : DateOnly.Parse(until, null) };

        var sum = Assert.Single(PlanSum.Of([A.Target(400)], Done(271), A.Calendar(), A.Monday, plan));

        Assert.Equal((perDay, total, reaches), (sum.PerDay, sum.Total, sum.Reaches));
    }

    [Fact]
    public void A_target_dated_inside_the_period_asks_for_its_part_of_it()
    {
        // 400 × 6 / 21 is 115, and 121 with the margin.
        var sum = Of(A.Monday, margin: 5, done: 200, target: A.Target(400, from: A.Monday));

        Assert.Equal((115, 0, 21, 126), (sum.Asked, sum.Done, sum.PerDay, sum.Total));
    }

    [Fact]
    public void On_a_day_that_is_not_worked_it_is_the_sum_of_the_days_to_come()
    {
        var saturday = A.Monday.AddDays(-2);

        Assert.Equal(Of(A.Monday, 5, 310) with { Pieces = [] }, Of(saturday, 5, 310) with { Pieces = [] });
        Assert.Equal([6, 9, 4], Of(saturday, 5, 310).Pieces);
        Assert.Equal((22, 5), (Of(A.Monday, 5, 310, A.Calendar(daysOff: A.Monday)).PerDay, Of(A.Monday, 5, 310, A.Calendar(daysOff: A.Monday)).WholeDays));
    }

    [Fact]
    public void Pieces_are_those_of_the_reps_own_checkpoints()
    {
        var plan = new RepPlan([new(new(9, 0), 10), new(new(12, 0), 50), new(new(16, 0), 100)], 5);

        Assert.Equal([2, 8, 10], Assert.Single(PlanSum.Of([A.Target(400)], Done(0), A.Calendar(), FirstMonday, plan)).Pieces);
        // Of a half day at hand, those of a whole one.
        var half = A.Calendar() with { HalfDays = new HashSet<DateOnly> { FirstMonday } };
        Assert.Equal(3, Assert.Single(PlanSum.Of([A.Target(400)], Done(0), half, FirstMonday, plan)).Pieces.Count);
    }

    [Fact]
    public void The_target_with_the_largest_day_rules_its_unit()
    {
        Target[] targets =
        [
            A.Target(400), A.Target(100, TargetPeriod.Week), A.Target(10, TargetPeriod.Week, TargetUnit.Meetings), A.Target(5, TargetPeriod.Quarter, TargetUnit.Emails),
        ];

        var sums = PlanSum.Of(targets, Done(0), A.Calendar(), A.Monday, new RepPlan(null, 0));

        Assert.Equal(
            [
                (TargetUnit.Calls, TargetPeriod.Week, 20, false), (TargetUnit.Calls, TargetPeriod.Month, 24, true),
                (TargetUnit.Emails, TargetPeriod.Quarter, 1, true), (TargetUnit.Meetings, TargetPeriod.Week, 2, true),
            ],
            sums.Select(x => (x.Unit, x.Period, x.PerDay, x.Ruling)));
        Assert.Empty(sums[^1].Pieces);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_target_of_single_days_has_no_sum_but_may_rule(int aDay, bool isWeekRuling)
    {
        var sum = Assert.Single(PlanSum.Of(
            [A.Target(aDay, TargetPeriod.Day), A.Target(100, TargetPeriod.Week)], Done(0), A.Calendar(), A.Monday, new RepPlan(null, 0)));

        Assert.Equal((TargetPeriod.Week, isWeekRuling), (sum.Period, sum.Ruling));
    }

    [Fact]
    public void Nothing_asked_and_no_day_left_come_to_nothing()
    {
        Assert.Empty(PlanSum.Of([], Done(0), A.Calendar(), A.Monday, RepPlan.Default));
        var sunday = A.Monday.AddDays(6);
        var sum = Assert.Single(PlanSum.Of([A.Target(100, TargetPeriod.Week)], Done(0), A.Calendar(), sunday, RepPlan.Default));
        Assert.Equal((0, 0, 0, false), (sum.PerDay, sum.WholeDays, sum.Total, sum.Reaches));
    }

    [Fact]
    public void A_days_goal_is_the_sums_day_or_half_of_it() =>
        Gen.Select(Gen.Int[1, 2000], Gen.Int[0, 20], Gen.Int[0, 29], Gen.Int[0, 2000], Gen.Int[0, 29].Array[0, 12], Gen.Int[0, 29].Array[0, 4], Gen.Int[-1, 29])
            .Sample((amount, margin, day, done, halves, off, keeps) =>
            {
                var first = new DateOnly(2026, 11, 1);
                var today = first.AddDays(day);
                var calendar = A.Calendar(daysOff: [.. off.Select(x => first.AddDays(x))]) with { HalfDays = halves.Select(x => first.AddDays(x)).ToHashSet() };
                var plan = new RepPlan(null, margin, keeps < 0 ? null : first.AddDays(keeps));
                var before = new Dictionary<DateOnly, DayCounts> { [first] = new(done, 0, 0) };

                var goal = DayPlanning.DayGoal(DayPlanning.Plan([A.Target(amount)], before, calendar, today, plan), TargetUnit.Calls);
                var sum = Assert.Single(PlanSum.Of([A.Target(amount)], before, calendar, today, plan));

                Assert.Equal(goal, (int)Math.Ceiling(sum.PerDay * calendar.Halves(today) / 2.0));
                Assert.Equal(sum.PerDay, sum.Pieces.Sum());
            }, iter: 2_000);

    private static PlanSum Of(DateOnly today, int margin, int done = 0, WorkCalendar? calendar = null, Target? target = null) =>
        Assert.Single(PlanSum.Of([target ?? A.Target(400)], Done(done), calendar ?? A.Calendar(), today, new RepPlan(null, margin)));

    private static Dictionary<DateOnly, DayCounts> Done(int calls) => new() { [FirstMonday.AddDays(-1)] = new DayCounts(calls, 0, 0) };
}
