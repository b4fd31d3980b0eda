using CsCheck;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

public sealed class CheckpointsTests
{
    [Theory]
    [InlineData("08:00", "17:00", "morning 9:00, lunch 12:00, leaving 16:30")]
    [InlineData("07:00", "16:00", "morning 9:00, lunch 12:00, leaving 15:30")]
    [InlineData("08:01", "17:00", "morning 9:01, lunch 12:00, leaving 16:30")]
    [InlineData("10:00", "18:30", "morning 11:00, lunch 12:00, leaving 18:00")]
    [InlineData("11:00", "19:00", "morning 12:00, leaving 18:30")]
    [InlineData("11:30", "19:00", "morning 12:30, leaving 18:30")]
    [InlineData("12:00", "20:00", "morning 13:00, leaving 19:30")]
    [InlineData("08:00", "12:30", "morning 9:00, leaving 12:00")]
    [InlineData("08:00", "12:31", "morning 9:00, lunch 12:00, leaving 12:01")]
    [InlineData("08:00", "09:30", "leaving 9:00")]
    [InlineData("08:00", "08:20", "leaving 7:50")]
    [InlineData("22:00", "06:00", "morning 23:00, leaving 5:30")]
    [InlineData("20:00", "13:00", "morning 21:00, lunch 12:00, leaving 12:30")]
    public void The_usual_checkpoints_stand_inside_the_working_day(string start, string end, string expected)
    {
        var calendar = A.Calendar(start, end);

        Assert.Equal(expected, Words(Checkpoints.Of(calendar.PeriodOf(A.Monday)!.Value, calendar, RepPlan.Default)));
    }

    [Fact]
    public void The_reps_own_keep_their_keys_and_the_last_always_stands()
    {
        var calendar = A.Calendar();
        var plan = Plan(("08:00", 10), ("08:30", 20), ("17:00", 30), ("18:00", 100));

        Assert.Equal("own2 8:30, own4 18:00", Words(Checkpoints.Of(calendar.PeriodOf(A.Monday)!.Value, calendar, plan)));
        Assert.Equal("own1 9:00", Words(Checkpoints.Of(calendar.PeriodOf(A.Monday)!.Value, calendar, Plan(("09:00", 100)))));
    }

    [Fact]
    public void Own_times_of_a_night_shift_lie_on_both_sides_of_midnight()
    {
        var calendar = A.Calendar("22:00", "06:00");

        var checkpoints = Checkpoints.Of(calendar.PeriodOf(A.Monday)!.Value, calendar, Plan(("23:00", 20), ("02:00", 60), ("05:00", 100)));

        Assert.Equal([A.At("23:00"), A.At("02:00", 1), A.At("05:00", 1)], checkpoints.Select(x => x.At));
    }

    [Fact]
    public void A_checkpoint_has_the_local_time_on_the_day_the_clocks_change()
    {
        var calendar = A.Calendar("00:30", "12:45", days: Enum.GetValues<DayOfWeek>().ToHashSet());

        var checkpoints = Checkpoints.Of(calendar.PeriodOf(new DateOnly(2026, 3, 29))!.Value, calendar, RepPlan.Default);

        Assert.Equal("morning 9:00, lunch 12:00, leaving 12:15", Words(checkpoints));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 7, 0, 0, TimeSpan.Zero), checkpoints[0].At);
    }

    [Theory]
    [InlineData(19, "6 15 19")]
    [InlineData(20, "6 15 20")]
    [InlineData(1, "1 1 1")]
    [InlineData(0, "0 0 0")]
    public void What_is_due_is_a_share_of_the_goal_rounded_up(int goal, string due) =>
        Assert.Equal(due, Due(goal, "08:00", []));

    [Theory]
    [InlineData("08:59", 5, "next later later", "6 15 20")]
    [InlineData("08:59", 6, "kept next later", "6 15 20")]
    [InlineData("08:59", 15, "kept kept next", "6 15 20")]
    [InlineData("08:59", 20, "kept kept kept", "6 15 20")]
    [InlineData("09:00", 5, "missed next later", "6 15 20")]
    [InlineData("09:00", 6, "kept next later", "6 15 20")]
    [InlineData("09:00", 2, "missed next later", "6 14 20")]
    [InlineData("09:00", 0, "missed next later", "6 13 20")]
    [InlineData("12:00", 2, "missed missed next", "6 14 20")]
    [InlineData("16:30", 2, "missed missed missed", "6 14 20")]
    public void After_a_missed_checkpoint_the_rest_is_cut_again(string now, int done, string states, string due)
    {
        var made = Enumerable.Range(0, done).Select(x => A.At("08:10").AddMinutes(x)).ToArray();

        Assert.Equal(states, States(20, now, made));
        Assert.Equal(due, Due(20, now, made));
    }

    [Fact]
    public void What_was_done_after_a_missed_time_does_not_mend_it()
    {
        DateTimeOffset[] made = [A.At("08:30"), .. Enumerable.Range(0, 9).Select(x => A.At("09:00").AddMinutes(x + 1))];

        Assert.Equal("missed next later", States(20, "09:30", made));
        Assert.Equal("6 14 20", Due(20, "09:30", made));
        Assert.Equal("missed kept next", States(20, "11:00", [.. made, .. Enumerable.Repeat(A.At("10:00"), 4)]));
    }

    [Fact]
    public void What_was_done_at_the_very_time_keeps_it() =>
        Assert.Equal("kept next later", States(20, "10:00", [.. Enumerable.Repeat(A.At("09:00"), 6)]));

    [Fact]
    public void After_a_missed_full_share_the_whole_goal_is_due()
    {
        DayCheckpoint[] checkpoints = [new("own1", "9:00", A.At("09:00"), 100), new("own2", "12:00", A.At("12:00"), 100)];

        var standings = Checkpoints.Stand(checkpoints, 10, [A.At("08:30")], A.At("10:00"));

        Assert.Equal([10, 10], standings.Select(x => x.Due));
    }

    [Fact]
    public void Planned_dues_never_decrease_and_the_last_is_the_goal() =>
        Gen.Select(Gen.Int[0, 500], Gen.Int[0, 100].Array[0, 6]).Sample((goal, shares) =>
        {
            var due = Checkpoints.Stand(Cut(shares), goal, [], A.At("07:00")).Select(x => x.Due).ToList();
            Assert.Equal(due.Order(), due);
            Assert.Equal(goal, due[^1]);
        }, iter: 2_000);

    [Fact]
    public void What_is_still_due_never_decreases_never_passes_the_goal_and_ends_at_it() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 100].Array[0, 6], Gen.Int[0, 600].Array[0, 60], Gen.Int[0, 600]).Sample((goal, shares, made, now) =>
        {
            var done = made.Select(x => A.At("07:00").AddMinutes(x)).ToList();
            var standings = Checkpoints.Stand(Cut(shares), goal, done, A.At("07:00").AddMinutes(now));
            var ahead = standings.Where(x => x.State is CheckpointState.Next or CheckpointState.Later).Select(x => x.Due).ToList();
            Assert.Equal(ahead.Order(), ahead);
            Assert.All(standings, x => Assert.InRange(x.Due, 0, goal));
            Assert.Equal(goal, standings[^1].Due);
            Assert.True(standings.Count(x => x.State == CheckpointState.Next) <= 1);
        }, iter: 2_000);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void The_margin_is_from_0_to_20(int margin, bool fine) =>
        Assert.Equal(fine, RepPlan.Refuse(new RepPlan(null, margin)) is null);

    [Theory]
    [InlineData("", false)]
    [InlineData("09:00=100", true)]
    [InlineData("09:00=99", false)]
    [InlineData("09:00=101", false)]
    [InlineData("09:00=-1 10:00=100", false)]
    [InlineData("09:00=0 10:00=100", true)]
    [InlineData("09:00=30 12:00=30 16:00=100", true)]
    [InlineData("09:00=30 12:00=29 16:00=100", false)]
    [InlineData("09:00=30 09:00=100", false)]
    [InlineData("09:00=30 08:59=100", false)]
    [InlineData("09:00=100 12:00=100", true)]
    public void Times_rise_shares_never_decrease_and_the_last_is_100(string plan, bool fine)
    {
        var checkpoints = plan.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(x => x.Split('=')).Select(x => new CheckpointPlan(TimeOnly.Parse(x[0], null), int.Parse(x[1], null))).ToList();

        Assert.Equal(fine, RepPlan.Refuse(new RepPlan(checkpoints, 5)) is null);
    }

    [Fact]
    public void Times_of_a_night_shift_rise_from_its_start()
    {
        var plan = Plan(("23:00", 20), ("02:00", 60), ("05:00", 100));

        Assert.Null(RepPlan.Refuse(plan, A.Calendar("22:00", "06:00")));
        Assert.NotNull(RepPlan.Refuse(plan));
        Assert.NotNull(RepPlan.Refuse(plan, A.Calendar()));
    }

    [Theory]
    [InlineData("08:00", "17:00", "08:00", "16:00", false)]
    [InlineData("08:00", "17:00", "08:01", "16:00", true)]
    [InlineData("08:00", "17:00", "07:00", "16:00", false)]
    [InlineData("08:00", "17:00", "09:00", "17:00", true)]
    [InlineData("08:00", "17:00", "09:00", "17:01", false)]
    [InlineData("22:00", "06:00", "23:00", "06:00", true)]
    [InlineData("22:00", "06:00", "23:00", "06:01", false)]
    [InlineData("22:00", "06:00", "21:59", "05:00", false)]
    public void Own_times_do_not_leave_the_working_day(string start, string end, string first, string last, bool fine)
    {
        var plan = Plan((first, 50), (last, 100));

        Assert.Equal(fine, RepPlan.Refuse(plan, A.Calendar(start, end)) is null);
    }

    [Fact]
    public void Own_times_said_before_may_be_said_again_when_the_hours_have_changed()
    {
        var before = Plan(("09:00", 50), ("17:00", 100));

        Assert.Null(RepPlan.Refuse(Plan(("09:00", 50), ("17:00", 100)) with { Margin = 0 }, A.Calendar("08:00", "15:00"), before));
        Assert.NotNull(RepPlan.Refuse(Plan(("09:00", 60), ("17:00", 100)), A.Calendar("08:00", "15:00"), before));
    }

    private static RepPlan Plan(params (string Time, int Share)[] checkpoints) =>
        new([.. checkpoints.Select(x => new CheckpointPlan(TimeOnly.Parse(x.Time, null), x.Share))], 5);

    private static List<DayCheckpoint> Cut(int[] shares) =>
    [
        .. shares.Order().Append(100).Select((x, i) => new DayCheckpoint($"own{i + 1}", "", A.At("08:00").AddHours(i), x)),
    ];

    private static string Words(IEnumerable<DayCheckpoint> checkpoints) =>
        string.Join(", ", checkpoints.Select(x => $"{x.Key} {x.Name}"));

    private static IReadOnlyList<CheckpointStanding> Stand(int goal, string now, DateTimeOffset[] made)
    {
        var calendar = A.Calendar();
        return Checkpoints.Stand(
            Checkpoints.Of(calendar.PeriodOf(A.Monday)!.Value, calendar, RepPlan.Default), goal, made, A.At(now));
    }

    private static string Due(int goal, string now, DateTimeOffset[] made) =>
        string.Join(' ', Stand(goal, now, made).Select(x => x.Due));

    private static string States(int goal, string now, DateTimeOffset[] made) =>
        string.Join(' ', Stand(goal, now, made).Select(x => x.State.ToString().ToLowerInvariant()));
}
