using System.Text.Json;
using CsCheck;
using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Boards;

public sealed class BoardDrawingLaws
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Int[0, 3 * 24 * 4].Select(x => A.At("00:00", -1).AddMinutes(15 * x));

    private static readonly Gen<BoardFacts> Facts = Gen.Select(
        Gen.Select(Gen.Int[1, 9], Times, Gen.Int[1, 4], (id, opened, calls) => A.Gate(id, opened, calls)).Array[0, 6],
        Gen.Select(Gen.Int[1, 99], Times, (id, time) => A.Call(id, time)).Array[0, 20],
        Gen.Int[0, 500],
        Gen.Int[0, 20],
        A.OneOf(CountingMode.Shared, CountingMode.OneByOne),
        (gates, calls, amount, margin, counting) => A.Facts([.. gates.DistinctBy(x => x.Id)]) with
        {
            Calls = [.. calls.DistinctBy(x => x.Id)],
            Targets = [A.Target(amount), A.Target(amount / 15, TargetPeriod.Day), A.Target(30, TargetPeriod.Week, TargetUnit.Emails)],
            Plan = new RepPlan(null, margin),
            Counting = counting,
            DoneBefore = new Dictionary<DateOnly, DayCounts> { [A.Monday.AddDays(-3)] = new(amount * 3 / 4, 2, 0) },
        });

    [Fact]
    public void The_order_of_facts_and_repeats_never_matter() =>
        Facts.SelectMany(x => Gen.Select(Gen.Shuffle(x.Gates.ToArray()), Gen.Shuffle(x.Calls.ToArray()), Times,
                (gates, calls, now) => (x, Other: x with { Gates = gates, Calls = [.. calls, .. calls], Targets = [.. x.Targets.Reverse()] }, now)))
            .Sample(x => Assert.Equal(Json(x.x, x.now), Json(x.Other, x.now)), iter: 2_000);

    /// <summary>Between now and the announced change the board stays as it is, but for its time.</summary>
    [Fact]
    public void Nothing_changes_before_the_announced_change() =>
        Gen.Select(Facts, Times, Gen.Int[0, 99]).Sample((facts, now, percent) =>
        {
            var board = BoardDrawing.Draw(facts, now);
            var next = facts.Calls.Select(x => x.MadeAt).Where(x => x > now).Append(board.NextChangeAt!.Value + BoardDrawing.ClockTolerance).Min()
                - BoardDrawing.ClockTolerance;
            if (next <= now)
            {
                return;
            }

            var later = BoardDrawing.Draw(facts, now + (next - now) * (percent / 100.0));
            Assert.Equal(Json(board), Json(later with { AsOf = board.AsOf }));
        }, iter: 2_000);

    [Fact]
    public void One_more_call_never_lowers_a_count_or_raises_what_the_next_gate_asks() =>
        Gen.Select(Facts, Times).Sample((facts, now) =>
        {
            var shared = facts with { Counting = CountingMode.Shared };
            var before = BoardDrawing.Draw(shared, now);
            var after = BoardDrawing.Draw(shared with { Calls = [.. facts.Calls, A.Call(500, now)] }, now);
            Assert.Equal(before.Counts.Calls + 1, after.Counts.Calls);
            Assert.All(before.Gates.Zip(after.Gates), x => Assert.True(x.Second.CallsRemaining <= x.First.CallsRemaining));
        }, iter: 2_000);

    /// <summary>Facts that are read once in the morning, and calls and mails added one by one, come to the same as all of them at once.</summary>
    [Fact]
    public void One_morning_does_for_a_day_of_calls_and_mails() =>
        Gen.Select(Facts, Times, Times.Array[0, 5]).Sample((facts, now, emails) =>
        {
            var morning = Morning.Of(facts with { Calls = [], EmailsToday = [] }, facts.Calendar.DateAt(now));
            var calls = facts.Calls.Aggregate(OrderedCalls.Of([]), (known, call) => known.With(call));
            var whole = facts with { EmailsToday = emails };
            Assert.Equal(Json(whole, now), Json(BoardDrawing.Draw(whole with { Calls = calls }, morning, now)));
        }, iter: 2_000);

    [Fact]
    public void Calls_added_one_by_one_are_as_if_put_in_order_at_once() =>
        Gen.Select(Gen.Int[1, 20], Times, (id, time) => A.Call(id, time)).Array[0, 20].Sample(
            calls => Assert.Equal(OrderedCalls.Of(calls), calls.Aggregate(OrderedCalls.Of([]), (known, call) => known.With(call))), iter: 2_000);

    private static string Json(BoardFacts facts, DateTimeOffset now) => Json(BoardDrawing.Draw(facts, now));

    private static string Json(Board board) => JsonSerializer.Serialize(board);
}
