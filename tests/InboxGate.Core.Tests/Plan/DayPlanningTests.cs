using CsCheck;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>November 2026 has 21 working days, Monday to Friday; the 23rd is the sixth from its end.</summary>
public sealed class DayPlanningTests
{
    private static readonly DateOnly FirstMonday = new(2026, 11, 2);

    [Theory]
    [InlineData(0, 20)]
    [InlineData(5, 20)]
    [InlineData(6, 21)]
    [InlineData(20, 23)]
    public void A_month_starts_with_its_aim_spread_evenly(int margin, int goal) =>
        Assert.Equal(goal, Stand(A.Target(400), FirstMonday, margin).DayGoal);

    [Theory]
    [InlineData(310, 19, 90, true)]
    [InlineData(300, 20, 100, true)]
    [InlineData(276, 24, 124, true)]
    [InlineData(275, 24, 125, true)]
    [InlineData(256, 24, 144, true)]
    [InlineData(255, 24, 145, false)]
    [InlineData(419, 1, 0, true)]
    [InlineData(420, 0, 0, true)]
    [InlineData(500, 0, 0, true)]
    public void The_ceiling_binds_before_a_target_is_out_of_reach(int done, int goal, int left, bool reachable)
    {
        var standing = Stand(A.Target(400), A.Monday, 5, done);

        Assert.Equal((goal, left, reachable), (standing.DayGoal, standing.Left, standing.Reachable));
        Assert.Equal(6, standing.WorkingDaysLeft);
        Assert.Equal(done >= 420, standing.IsAimReached);
    }

    [Fact]
    public void A_day_off_has_no_goal_and_counts_for_none()
    {
        var saturday = A.Monday.AddDays(-2);

        var standing = Stand(A.Target(400), saturday, 5, 310);

        Assert.Equal((0, 6), (standing.DayGoal, standing.WorkingDaysLeft));
        Assert.Equal(22, DayPlanning.Stand(A.Target(400), Done(310), A.Calendar(daysOff: A.Monday), A.Monday.AddDays(1), 5).DayGoal);
    }

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(20, 5, 21)]
    [InlineData(1, 5, 2)]
    [InlineData(1, 20, 2)]
    [InlineData(20, 20, 24)]
    public void A_day_target_is_its_own_goal_with_the_margin(int amount, int margin, int goal)
    {
        var standing = Stand(A.Target(amount, TargetPeriod.Day), A.Monday, margin, done: 1000);

        Assert.Equal((goal, 0, amount), (standing.DayGoal, standing.Done, standing.Left));
    }

    [Theory]
    [InlineData("2026-11-01", 400, 21)]
    [InlineData("2026-10-01", 400, 21)]
    [InlineData("2026-11-02", 400, 21)]
    [InlineData("2026-11-03", 381, 20)]
    [InlineData("2026-11-23", 115, 6)]
    [InlineData("2026-11-30", 20, 1)]
    public void A_target_dated_inside_a_period_counts_pro_rata(string from, int amount, int days)
    {
        var target = A.Target(400, from: DateOnly.Parse(from, null));
        var calendar = A.Calendar();

        var standing = DayPlanning.Stand(target, Done(0), calendar, new DateOnly(2026, 11, 30), 0);

        Assert.Equal(amount, standing.Amount);
        Assert.Equal(days, calendar.WorkingDays(standing.PeriodStart, standing.PeriodEnd));
    }

    [Fact]
    public void Only_what_was_done_from_the_targets_date_counts()
    {
        var done = new Dictionary<DateOnly, DayCounts>
        {
            [new(2026, 11, 9)] = new(50, 0, 0), [new(2026, 11, 10)] = new(7, 3, 1), [A.Monday] = new(99, 0, 0),
        };

        Assert.Equal(7, DayPlanning.Stand(A.Target(400, from: new(2026, 11, 10)), done, A.Calendar(), A.Monday, 5).Done);
        Assert.Equal(57, DayPlanning.Stand(A.Target(400), done, A.Calendar(), A.Monday, 5).Done);
        Assert.Equal(3, DayPlanning.Stand(A.Target(400, unit: TargetUnit.Emails), done, A.Calendar(), A.Monday, 5).Done);
    }

    [Fact]
    public void A_later_target_of_the_same_unit_and_period_replaces_the_earlier_from_its_date_on()
    {
        Target[] targets = [A.Target(200, from: A.Monday), A.Target(400), A.Target(30, TargetPeriod.Day, TargetUnit.Emails)];

        Assert.Equal([400, 30], Amounts(A.Monday.AddDays(-1)));
        Assert.Equal([200, 30], Amounts(A.Monday));

        int[] Amounts(DateOnly day) => [.. DayPlanning.Plan(targets, Done(0), A.Calendar(), day, 5)
            .OrderBy(x => x.Target.Unit).Select(x => x.Target.Amount)];
    }

    [Fact]
    public void A_target_counts_from_its_date_and_one_of_nothing_ends_it()
    {
        Assert.Empty(DayPlanning.Plan([A.Target(400, from: A.Monday.AddDays(1))], Done(0), A.Calendar(), A.Monday, 5));
        Assert.Empty(DayPlanning.Plan([A.Target(0, from: A.Monday), A.Target(400)], Done(0), A.Calendar(), A.Monday, 5));
    }

    [Fact]
    public void The_largest_goal_of_a_unit_rules()
    {
        var standings = DayPlanning.Plan(
            [A.Target(400), A.Target(50, TargetPeriod.Day), A.Target(10, TargetPeriod.Week, TargetUnit.Meetings)],
            Done(0), A.Calendar(), A.Monday, 0);

        Assert.Equal(50, DayPlanning.DayGoal(standings, TargetUnit.Calls));
        Assert.Equal(2, DayPlanning.DayGoal(standings, TargetUnit.Meetings));
        Assert.Equal(0, DayPlanning.DayGoal(standings, TargetUnit.Emails));
    }

    [Theory]
    [InlineData(TargetPeriod.Day, "2026-11-25", "2026-11-25")]
    [InlineData(TargetPeriod.Week, "2026-11-23", "2026-11-29")]
    [InlineData(TargetPeriod.Month, "2026-11-01", "2026-11-30")]
    [InlineData(TargetPeriod.Quarter, "2026-10-01", "2026-12-31")]
    public void Periods_are_the_calendars(TargetPeriod period, string start, string end) =>
        Assert.Equal(
            (DateOnly.Parse(start, null), DateOnly.Parse(end, null)), DayPlanning.PeriodAround(new DateOnly(2026, 11, 25), period));

    [Fact]
    public void A_week_holds_its_monday_and_its_sunday()
    {
        Assert.Equal(A.Monday, DayPlanning.PeriodAround(A.Monday, TargetPeriod.Week).Start);
        Assert.Equal(A.Monday, DayPlanning.PeriodAround(A.Monday.AddDays(6), TargetPeriod.Week).Start);
        Assert.Equal(A.Monday.AddDays(7), DayPlanning.PeriodAround(A.Monday.AddDays(7), TargetPeriod.Week).Start);
    }

    [Fact]
    public void Large_numbers_do_not_overflow()
    {
        var standing = Stand(A.Target(int.MaxValue), FirstMonday, 20);

        Assert.Equal(int.MaxValue, standing.Aim);
        Assert.True(standing.DayGoal > 100_000_000);
    }

    [Fact]
    public void A_period_without_a_working_day_asks_for_nothing()
    {
        var calendar = A.Calendar(days: new HashSet<DayOfWeek>());

        var standing = DayPlanning.Stand(A.Target(400), Done(0), calendar, A.Monday, 5);

        Assert.Equal((0, false), (standing.DayGoal, standing.Reachable));
    }

    [Fact]
    public void Done_is_needed_from_the_start_of_the_longest_open_period()
    {
        Assert.Equal(A.Monday, BoardNeeds.EarliestOpenPeriodStart([], A.Monday));
        Assert.Equal(new DateOnly(2026, 10, 1), BoardNeeds.EarliestOpenPeriodStart(
            [A.Target(400), A.Target(9, TargetPeriod.Quarter, TargetUnit.Meetings)], A.Monday));
        Assert.Equal(new DateOnly(2026, 11, 10), BoardNeeds.EarliestOpenPeriodStart([A.Target(400, from: new(2026, 11, 10))], A.Monday));
    }

    [Fact]
    public void Who_makes_every_days_goal_reaches_the_aim_unless_the_ceiling_binds() =>
        Gen.Select(
            Gen.Int[1, 2000],
            A.OneOf(TargetPeriod.Day, TargetPeriod.Week, TargetPeriod.Month, TargetPeriod.Quarter),
            Gen.Int[0, 20],
            Gen.Int[0, 91],
            Gen.Int[0, 91].Array[0, 20],
            Gen.Int[0, 40].Array[92])
            .Sample((amount, period, margin, from, off, doneBefore) =>
            {
                var quarter = new DateOnly(2026, 10, 1);
                var calendar = A.Calendar(daysOff: [.. off.Select(x => quarter.AddDays(x))]);
                var target = A.Target(amount, period, from: quarter.AddDays(from));
                var start = DayPlanning.PeriodAround(target.From, period);

                // Some days pass at whatever pace; from then on every day's goal is made.
                var begin = target.From.AddDays(doneBefore[0] % 10);
                var done = new Dictionary<DateOnly, DayCounts>();
                var binds = false;
                var worked = 0;
                for (var day = target.From; day <= start.End; day = day.AddDays(1))
                {
                    var standing = DayPlanning.Stand(target, done, calendar, day, margin);
                    var made = day < begin ? doneBefore[day.DayNumber % 92] : standing.DayGoal;
                    var isWorked = calendar.IsWorkingDay(day);
                    worked += isWorked && day >= begin ? 1 : 0;
                    binds |= isWorked && day >= begin && standing.DayGoal == standing.Ceiling
                        && (long)standing.Ceiling * standing.WorkingDaysLeft < standing.Aim - standing.Done;
                    done[day] = new DayCounts(made, 0, 0);
                }

                var end = DayPlanning.Stand(target, done, calendar, start.End, margin);
                var total = done.Values.Sum(x => x.Calls);
                Assert.True(total >= end.Aim || binds || worked == 0, $"{total} of {end.Aim}");
            }, iter: 2_000);

    private static TargetStanding Stand(Target target, DateOnly today, int margin, int done = 0) =>
        DayPlanning.Stand(target, Done(done), A.Calendar(), today, margin);

    private static Dictionary<DateOnly, DayCounts> Done(int calls) => new() { [FirstMonday.AddDays(-1)] = new DayCounts(calls, 0, 0) };
}
