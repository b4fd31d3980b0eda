using InboxGate.Core.Boards;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>400 in November's 21 working days is 20 a normal day; before the 23rd fifteen of them are over, an even pace of 285.</summary>
public sealed class WayBackTests
{
    [Theory]
    [InlineData(284, 1, 0, 404)]
    [InlineData(280, 5, 0, 400)]
    [InlineData(271, 14, 2, 391)]
    [InlineData(256, 29, 4, 376)]
    public void Who_is_behind_closes_it_with_a_little_more_a_day_or_finishes_below(int done, int behind, int more, int finish)
    {
        var way = Of(A.Target(400), done)!;

        Assert.Equal((behind, more, finish), (way.Behind, way.MorePerDay, way.FinishAt));
        Assert.Equal((20, new DateOnly(2026, 11, 30)), (way.NormalDay, way.Until));
    }

    [Theory]
    [InlineData(285)]
    [InlineData(400)]
    public void Who_is_on_pace_needs_no_way_back(int done) => Assert.Null(Of(A.Target(400), done));

    [Fact]
    public void What_cannot_be_reached_is_not_promised()
    {
        var way = Of(A.Target(400), 200)!;

        Assert.Null(way.MorePerDay);
        Assert.Equal((320, 344), (way.FinishAt, way.AtMost));
    }

    [Fact]
    public void A_single_day_and_a_period_without_days_left_have_none()
    {
        Assert.Null(Of(A.Target(20, TargetPeriod.Day), 0));
        var sunday = A.Monday.AddDays(6);
        Assert.Null(WayBack.Of(DayPlanning.Stand(A.Target(100, TargetPeriod.Week), Done(0), A.Calendar(), sunday, 0), A.Calendar(), sunday));
    }

    [Theory]
    [InlineData("2026-11-23T08:00", true)]
    [InlineData("2026-11-24T11:59", false)]
    [InlineData("2026-11-24T12:00", true)]
    [InlineData("2026-11-28T12:00", false)]
    [InlineData("2026-12-01T08:00", true)]
    [InlineData("2026-12-02T08:00", false)]
    public void It_is_spoken_of_on_Monday_on_the_first_and_after_lunch(string local, bool isFreshStart)
    {
        var calendar = A.Calendar();
        var now = new DateTimeOffset(DateTime.Parse(local, null), TimeSpan.FromHours(1));
        var today = calendar.DateAt(now);
        IReadOnlyList<DayCheckpoint> checkpoints = calendar.PeriodOf(today) is { } period ? Checkpoints.Of(period, calendar, RepPlan.Default) : [];

        Assert.Equal(isFreshStart, WayBack.IsFreshStart(calendar, today, checkpoints, now));
    }

    [Theory]
    [InlineData(null, 24, true)]
    [InlineData("2026-11-22", 24, true)]
    [InlineData("2026-11-23", 20, false)]
    [InlineData("2026-11-30", 20, false)]
    public void Who_keeps_the_pace_is_asked_for_normal_days_and_not_asked_again(string? until, int goal, bool offered)
    {
        var facts = A.Facts() with
        {
            Targets = [A.Target(400)],
            DoneBefore = Done(270),
            Plan = RepPlan.Default with { KeepsPaceUntil = until is null ? null : DateOnly.Parse(until, null) },
        };

        var board = BoardDrawing.Draw(facts, A.At("08:00"));

        Assert.Equal(goal, board.Goals.Calls);
        Assert.Equal((15, 2, offered), (board.WayBack!.Behind, board.WayBack.MorePerDay!.Value, board.WayBack.Offered));
        Assert.False(BoardDrawing.Draw(facts, A.At("11:00", 1)).WayBack!.Offered);
    }

    [Fact]
    public void The_unit_that_comes_first_is_spoken_of_and_of_its_targets_the_one_farthest_behind()
    {
        var facts = A.Facts() with
        {
            Targets = [A.Target(200, unit: TargetUnit.Emails), A.Target(400), A.Target(900, TargetPeriod.Quarter)],
            DoneBefore = Done(280),
        };

        var way = BoardDrawing.Draw(facts, A.At("08:00")).WayBack!;

        Assert.Equal((TargetUnit.Calls, TargetPeriod.Quarter), (way.Unit, way.Period));
        Assert.Null(BoardDrawing.Draw(facts with { Targets = [A.Target(300)] }, A.At("08:00")).WayBack);
    }

    private static WayBack? Of(Target target, int done) =>
        WayBack.Of(DayPlanning.Stand(target, Done(done), A.Calendar(), A.Monday, 0), A.Calendar(), A.Monday);

    private static Dictionary<DateOnly, DayCounts> Done(int calls) => new() { [A.Monday.AddDays(-1)] = new DayCounts(calls, 0, 0) };
}
