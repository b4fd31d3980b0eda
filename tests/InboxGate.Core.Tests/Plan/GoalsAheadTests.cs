using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>Five working days a week; a week's hundred calls are twenty a day.</summary>
public sealed class GoalsAheadTests
{
    private static readonly Dictionary<DateOnly, DayCounts> Nothing = [];

    [Fact]
    public void Each_day_supposes_that_the_goals_before_it_were_made() =>
        Assert.Equal([20, 20, 20, 20, 20, 0, 0, 20], Ahead(Nothing, A.Target(100, TargetPeriod.Week)));

    [Fact]
    public void What_was_done_beyond_today_s_goal_lightens_the_days_after() =>
        Assert.Equal([20, 15, 15, 15, 15, 0, 0, 20], Ahead(new() { [A.Monday] = new(40, 0, 0) }, A.Target(100, TargetPeriod.Week)));

    [Fact]
    public void What_was_missed_is_spread_up_to_the_ceiling() =>
        Assert.Equal([25, 25, 25, 0, 0, 20, 20, 20], Ahead(Nothing, A.Monday.AddDays(2), A.Target(100, TargetPeriod.Week)));

    [Fact]
    public void A_target_dated_ahead_counts_from_its_day_on() =>
        Assert.Equal(
            [20, 20, 30, 30, 30, 0, 0, 30],
            Ahead(Nothing, A.Target(100, TargetPeriod.Week), A.Target(150, TargetPeriod.Week, from: A.Monday.AddDays(2))));

    [Fact]
    public void Other_units_ask_for_none_of_it() =>
        Assert.All(Ahead(Nothing, A.Target(100, TargetPeriod.Week, TargetUnit.Emails)), x => Assert.Equal(0, x));

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, false)]
    [InlineData(2, 25, true)]
    [InlineData(4, 74, false)]
    [InlineData(4, 75, true)]
    public void A_target_is_out_of_reach_when_full_days_do_not_bring_it(int daysGone, int done, bool isReachable) =>
        Assert.Equal(isReachable, GoalsAhead.IsReachable(
            A.Target(100, TargetPeriod.Week), new Dictionary<DateOnly, DayCounts> { [A.Monday] = new(done, 0, 0) }, A.Calendar(), A.Monday.AddDays(daysGone)));

    [Fact]
    public void A_target_dated_ahead_starts_with_all_its_days() =>
        Assert.True(GoalsAhead.IsReachable(A.Target(100, TargetPeriod.Week, from: A.Monday.AddDays(4)), Nothing, A.Calendar(), A.Monday));

    private static IReadOnlyList<int> Ahead(Dictionary<DateOnly, DayCounts> done, params Target[] targets) => Ahead(done, A.Monday, targets);

    private static IReadOnlyList<int> Ahead(Dictionary<DateOnly, DayCounts> done, DateOnly today, params Target[] targets) =>
        GoalsAhead.Of(targets, done, A.Calendar(), today, TargetUnit.Calls, 8);
}
