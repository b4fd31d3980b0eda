using CsCheck;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>A half day carries half of what a whole one does, and ends in its middle.</summary>
public sealed class HalfDayTests
{
    [Fact]
    public void A_half_day_ends_in_the_middle_of_the_working_day()
    {
        var calendar = A.Calendar() with { HalfDays = new HashSet<DateOnly> { A.Monday } };

        Assert.Equal(A.At("12:30"), calendar.PeriodOf(A.Monday)!.Value.EndsAt);
        Assert.Null(calendar.PeriodAt(A.At("12:30")));
        Assert.Equal(A.At("17:00", 1), calendar.PeriodOf(A.Monday.AddDays(1))!.Value.EndsAt);
    }

    [Theory]
    [InlineData(null, 20, 20)]
    [InlineData(0, 11, 22)]
    [InlineData(1, 22, 11)]
    public void It_asks_for_half_as_much(int? half, int monday, int tuesday)
    {
        // 120 are left over six days, five and a half with a half day among them.
        var calendar = A.Calendar();
        calendar = half is { } day ? calendar with { HalfDays = new HashSet<DateOnly> { A.Monday.AddDays(day) } } : calendar;
        var done = new Dictionary<DateOnly, DayCounts> { [A.Monday.AddDays(-1)] = new(280, 0, 0) };

        Assert.Equal(monday, Stand(A.Monday).DayGoal);
        done[A.Monday] = new DayCounts(monday, 0, 0);
        Assert.Equal(tuesday, Stand(A.Monday.AddDays(1)).DayGoal);

        TargetStanding Stand(DateOnly today) => DayPlanning.Stand(A.Target(400), done, calendar, today, 0);
    }

    [Fact]
    public void A_day_off_beside_it_stays_off()
    {
        var calendar = A.Calendar(daysOff: A.Monday) with { HalfDays = new HashSet<DateOnly> { A.Monday, A.Monday.AddDays(1) } };

        Assert.Equal((0, 1, 2), (calendar.Halves(A.Monday), calendar.Halves(A.Monday.AddDays(1)), calendar.Halves(A.Monday.AddDays(2))));
        Assert.Equal(7, calendar.Halves(A.Monday, A.Monday.AddDays(6)));
        Assert.Null(calendar.PeriodOf(A.Monday));
    }

    [Fact]
    public void Who_makes_every_goal_over_whole_and_half_days_ends_at_the_aim_unless_the_ceiling_binds() =>
        Gen.Select(Gen.Int[1, 2000], Gen.Int[0, 20], Gen.Int[0, 29].Array[0, 12], Gen.Int[0, 29].Array[0, 4]).Sample((amount, margin, halves, off) =>
        {
            var first = new DateOnly(2026, 11, 1);
            var calendar = A.Calendar(daysOff: [.. off.Select(x => first.AddDays(x))]) with { HalfDays = halves.Select(x => first.AddDays(x)).ToHashSet() };
            var done = new Dictionary<DateOnly, DayCounts>();
            var binds = false;
            for (var day = first; day.Month == 11; day = day.AddDays(1))
            {
                var standing = DayPlanning.Stand(A.Target(amount), done, calendar, day, margin);
                binds |= calendar.IsWorkingDay(day) && standing.DayGoal == standing.Ceiling && standing.Reach < standing.Aim - standing.Done;
                done[day] = new DayCounts(standing.DayGoal, 0, 0);
            }

            var aim = DayPlanning.Stand(A.Target(amount), done, calendar, new DateOnly(2026, 11, 30), margin).Aim;
            Assert.True(done.Values.Sum(x => x.Calls) >= aim || binds);
        }, iter: 2_000);
}
