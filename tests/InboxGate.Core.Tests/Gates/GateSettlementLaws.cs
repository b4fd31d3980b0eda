using CsCheck;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;

namespace InboxGate.Core.Tests.Gates;

public sealed class GateSettlementLaws
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Int[0, 2 * 24 * 12].Select(x => A.At("06:00").AddMinutes(5 * x));

    private static readonly Gen<DateTimeOffset?> Perhaps =
        Gen.Select(Gen.Int[0, 3], Times, (chance, time) => chance == 0 ? time : (DateTimeOffset?)null);

    private static readonly Gen<Gate> Gates =
        Gen.Select(Gen.Int[1, 12], Times, Gen.Int[1, 5], Perhaps, Perhaps, Perhaps, (id, opened, required, answered, waived, released) =>
            A.Gate(id, opened, required, answeredAt: answered, waivedAt: waived, releasedAt: released));

    private static readonly Gen<ProspectingCall> Calls =
        Gen.Select(Gen.Int[1, 1000], Times, (id, time) => A.Call(id, time));

    private static readonly Gen<(Gate[] Gates, ProspectingCall[] Calls, CountingMode Counting, DayGoalMet[] Met)> Facts = Gen.Select(
        Gates.Array[0, 8].Select(x => x.DistinctBy(y => y.Id).ToArray()),
        Calls.Array[0, 20].Select(x => x.DistinctBy(y => y.Id).ToArray()),
        A.OneOf(CountingMode.Shared, CountingMode.OneByOne),
        Gen.Int[0, 2].SelectMany(x => Times.Select(y => x == 0 ? new[] { new DayGoalMet(A.Calendar().DateAt(y), y) } : [])));

    [Fact]
    public void The_order_of_facts_never_matters() =>
        Facts.SelectMany(x => Gen.Select(Gen.Shuffle(x.Gates), Gen.Shuffle(x.Calls), Times, (gates, calls, now) => (x, gates, calls, now)))
            .Sample(x => Assert.Equal(Settle(x.x.Gates, x.x.Calls, x.x, x.now), Settle(x.gates, x.calls, x.x, x.now)), iter: 2_000);

    [Fact]
    public void A_repeat_changes_nothing() =>
        Gen.Select(Facts, Times).Sample((facts, now) => Assert.Equal(
            Settle(facts.Gates, facts.Calls, facts, now),
            Settle([.. facts.Gates, .. facts.Gates], [.. facts.Calls, .. facts.Calls], facts, now)), iter: 2_000);

    [Fact]
    public void One_more_call_never_raises_what_remains_when_shared() =>
        Gen.Select(Facts, Calls, Times).Sample((facts, call, now) =>
        {
            var shared = facts with { Counting = CountingMode.Shared };
            var before = Settle(facts.Gates, facts.Calls, shared, now);
            var after = Settle(facts.Gates, [.. facts.Calls, call with { Id = A.Id(5000) }], shared, now);
            Assert.All(before.Zip(after), x => Assert.True(x.Second.CallsRemaining <= x.First.CallsRemaining));
        }, iter: 2_000);

    [Fact]
    public void One_more_call_never_raises_what_remains_over_all_when_one_by_one() =>
        Gen.Select(Facts, Calls, Times).Sample((facts, call, now) =>
        {
            var oneByOne = facts with { Counting = CountingMode.OneByOne };
            var before = Settle(facts.Gates, facts.Calls, oneByOne, now);
            var after = Settle(facts.Gates, [.. facts.Calls, call with { Id = A.Id(5000) }], oneByOne, now);
            Assert.True(after.Sum(x => x.CallsRemaining) <= before.Sum(x => x.CallsRemaining));
        }, iter: 2_000);

    [Fact]
    public void One_by_one_spends_a_call_at_most_once() =>
        Gen.Select(Facts, Times).Sample((facts, now) =>
        {
            var standings = Settle(facts.Gates, facts.Calls, facts with { Counting = CountingMode.OneByOne, Met = [] }, now);
            var spent = standings.Where(x => x.State != GateState.Answered).Sum(x => x.Gate.CallsRequired - x.CallsRemaining);
            Assert.True(spent <= facts.Calls.Length);
        }, iter: 2_000);

    private static IReadOnlyList<GateStanding> Settle(
        Gate[] gates, ProspectingCall[] calls,
        (Gate[], ProspectingCall[], CountingMode Counting, DayGoalMet[] Met) facts, DateTimeOffset now) =>
        GateSettlement.Settle(gates, calls, facts.Counting, A.Calendar(), facts.Met, now);
}
