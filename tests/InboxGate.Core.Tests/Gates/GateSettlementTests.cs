using InboxGate.Core.Calls;
using InboxGate.Core.Gates;

namespace InboxGate.Core.Tests.Gates;

public sealed class GateSettlementTests
{
    [Theory]
    [InlineData(0, 3, GateState.Pending)]
    [InlineData(1, 2, GateState.Pending)]
    [InlineData(2, 1, GateState.Pending)]
    [InlineData(3, 0, GateState.Earned)]
    [InlineData(5, 0, GateState.Earned)]
    public void Each_call_leaves_one_fewer(int made, int remaining, GateState state)
    {
        var calls = Enumerable.Range(0, made).Select(x => A.Call(x, A.At("09:30").AddMinutes(x))).ToList();

        var standing = Assert.Single(A.Settle([A.Gate()], calls));

        Assert.Equal((remaining, state), (standing.CallsRemaining, standing.State));
    }

    [Fact]
    public void A_gate_is_earned_at_the_time_of_its_last_required_call()
    {
        var standing = Assert.Single(A.Settle([A.Gate()], A.Calls("09:20", "09:05", "09:10", "09:15")));

        Assert.Equal(A.At("09:15"), standing.EarnedAt);
        Assert.False(standing.DayGoalMet);
    }

    [Theory]
    [InlineData("08:59", 1)]
    [InlineData("09:00", 0)]
    [InlineData("16:00", 0)]
    [InlineData("16:01", 1)]
    public void A_call_counts_from_the_instant_the_gate_opened_and_not_before_it_is_made(string made, int remaining) =>
        Assert.Equal(remaining, Assert.Single(A.Settle([A.Gate(callsRequired: 1)], A.Calls(made))).CallsRemaining);

    [Fact]
    public void A_call_with_the_same_id_counts_once()
    {
        var call = A.Call(1, A.At("09:30"));

        Assert.Equal(2, Assert.Single(A.Settle([A.Gate()], [call, call, call with { MadeAt = A.At("09:40") }])).CallsRemaining);
    }

    [Fact]
    public void Ten_mails_waiting_still_take_three_calls()
    {
        var gates = Enumerable.Range(1, 10).Select(x => A.Gate(x, A.At("09:00").AddMinutes(x))).ToList();

        Assert.All(A.Settle(gates, A.Calls("09:30", "09:31", "09:32")), x => Assert.Equal(GateState.Earned, x.State));
    }

    [Fact]
    public void A_gate_that_opens_later_is_not_there_yet()
    {
        Assert.Empty(A.Settle([A.Gate(openedAt: A.At("16:01"))], []));
        Assert.Single(A.Settle([A.Gate(openedAt: A.At("16:00"))], []));
    }

    [Fact]
    public void One_by_one_spends_each_call_on_the_oldest_pending_gate()
    {
        var gates = new[] { A.Gate(2, A.At("09:05"), 1), A.Gate(1, A.At("09:00"), 2), A.Gate(3, A.At("09:30"), 1) };

        var standings = A.Settle(gates, A.Calls("09:06", "09:10", "09:20", "09:25"), counting: CountingMode.OneByOne);

        // The fourth call finds nothing pending and is not kept for the gate that opens afterwards.
        Assert.Equal([A.At("09:10"), A.At("09:20"), null], standings.Select(x => x.EarnedAt));
    }

    [Fact]
    public void One_by_one_breaks_a_tie_of_gates_and_of_calls_by_id()
    {
        var gates = new[] { A.Gate(2, callsRequired: 1), A.Gate(1, callsRequired: 1) };

        var standings = A.Settle(gates, [A.Call(1, A.At("10:00"))], counting: CountingMode.OneByOne);

        Assert.Equal([GateState.Earned, GateState.Pending], standings.Select(x => x.State));
        Assert.Equal([A.Id(1), A.Id(2)], standings.Select(x => x.Gate.Id));
    }

    [Fact]
    public void One_by_one_passes_over_a_gate_that_was_closed_before_the_call()
    {
        var gates = new[] { A.Gate(1, callsRequired: 2, waivedAt: A.At("09:10")), A.Gate(2, A.At("09:05"), 1) };

        var standings = A.Settle(gates, A.Calls("09:10", "09:11"), counting: CountingMode.OneByOne);

        Assert.Equal(1, standings[0].CallsRemaining);
        Assert.Equal(A.At("09:11"), standings[1].EarnedAt);
    }

    [Fact]
    public void One_by_one_passes_over_a_gate_that_the_days_goal_has_freed()
    {
        var yesterday = A.Gate(1, A.At("10:00"), 2);
        var freed = A.Gate(2, A.At("09:00", 1), 1);
        var met = new DayGoalMet(A.Monday.AddDays(1), A.At("09:30", 1));
        ProspectingCall[] calls = [A.Call(1, A.At("09:30", 1)), A.Call(2, A.At("09:40", 1))];

        var standings = GateSettlement.Settle([yesterday, freed], calls, CountingMode.OneByOne, A.Calendar(), [met], A.At("10:00", 1));

        Assert.Equal(A.At("09:40", 1), standings[0].EarnedAt);
        Assert.Equal((A.At("09:30", 1), true), (standings[1].EarnedAt!.Value, standings[1].DayGoalMet));
    }

    [Fact]
    public void One_by_one_leaves_a_call_to_the_next_days_gate_when_the_older_one_was_freed()
    {
        var gates = new[] { A.Gate(1, A.At("10:00"), 1), A.Gate(2, A.At("09:00", 1), 1) };
        var met = new DayGoalMet(A.Monday, A.At("16:00"));

        var standings = GateSettlement.Settle(
            gates, [A.Call(1, A.At("09:30", 1))], CountingMode.OneByOne, A.Calendar(), [met], A.At("10:00", 1));

        Assert.Equal([A.At("16:00"), A.At("09:30", 1)], standings.Select(x => x.EarnedAt!.Value));
    }

    [Fact]
    public void The_days_goal_earns_every_gate_of_that_day_only()
    {
        var met = new DayGoalMet(A.Monday, A.At("11:00"));
        var gates = new[] { A.Gate(1, A.At("09:00")), A.Gate(2, A.At("15:00")), A.Gate(3, A.At("16:30", -3)) };

        var standings = A.Settle(gates, [], daysMet: met);

        Assert.Equal(GateState.Pending, standings[0].State);
        Assert.Equal((A.At("11:00"), 0, true), (standings[1].EarnedAt!.Value, standings[1].CallsRemaining, standings[1].DayGoalMet));
        Assert.Equal(A.At("15:00"), standings[2].EarnedAt);
    }

    [Fact]
    public void A_goal_met_after_closing_or_after_now_earns_nothing()
    {
        var gate = A.Gate(waivedAt: A.At("10:00"));

        Assert.Null(Assert.Single(A.Settle([gate], [], daysMet: new DayGoalMet(A.Monday, A.At("11:00")))).EarnedAt);
        Assert.Null(Assert.Single(A.Settle([A.Gate()], [], daysMet: new DayGoalMet(A.Monday, A.At("16:01")))).EarnedAt);
    }

    [Fact]
    public void The_first_cause_closes()
    {
        var gate = A.Gate(answeredAt: A.At("12:00"), waivedAt: A.At("11:00"), releasedAt: A.At("13:00"));

        Assert.Equal(GateState.Waived, Assert.Single(A.Settle([gate], [])).State);
        Assert.Equal(GateState.Pending, Assert.Single(A.Settle([gate], [], now: "10:59")).State);
        Assert.Equal(A.At("11:00"), Assert.Single(A.Settle([gate], [])).ClosedAt);
        Assert.Equal(GateState.Answered, Assert.Single(A.Settle([gate with { WaivedAt = null }], [])).State);
    }

    [Fact]
    public void Causes_of_the_same_instant_go_answered_waived_expired_released()
    {
        var end = A.At("17:00", 1);
        var all = A.Gate(answeredAt: end, waivedAt: end, releasedAt: end);

        Assert.Equal(GateState.Answered, StateOf(all));
        Assert.Equal(GateState.Waived, StateOf(all with { AnsweredAt = null }));
        Assert.Equal(GateState.Expired, StateOf(all with { AnsweredAt = null, WaivedAt = null }));
        Assert.Equal(GateState.Released, StateOf(all with { AnsweredAt = null, WaivedAt = null, ReleasedAt = end.AddTicks(-1) }));

        GateState StateOf(Gate gate) =>
            GateSettlement.Settle([gate], [], CountingMode.Shared, A.Calendar(), [], end).Single().State;
    }

    [Theory]
    [InlineData("09:00", 0, "17:00", 1)]
    [InlineData("16:59", 3, "17:00", 4)]
    [InlineData("09:00", 4, "17:00", 7)]
    public void A_gate_expires_at_the_end_of_the_working_day_after_the_one_it_opened_in(string opened, int day, string end, int endDay)
    {
        var gate = A.Gate(openedAt: A.At(opened, day));

        Assert.Equal(A.At(end, endDay), GateSettlement.ExpiresAt(gate, A.Calendar()));
        Assert.Equal(GateState.Pending, At(A.At(end, endDay).AddTicks(-1)));
        Assert.Equal(GateState.Expired, At(A.At(end, endDay)));

        GateState At(DateTimeOffset now) =>
            GateSettlement.Settle([gate], [], CountingMode.Shared, A.Calendar(), [], now).Single().State;
    }

    [Fact]
    public void A_gate_of_a_night_shift_expires_at_the_end_of_the_next_one()
    {
        var gate = A.Gate(openedAt: A.At("02:00", 1));

        Assert.Equal(A.At("06:00", 2), GateSettlement.ExpiresAt(gate, A.Calendar("22:00", "06:00")));
    }

    [Theory]
    [InlineData("09:29", false)]
    [InlineData("09:30", true)]
    [InlineData("12:00", true)]
    [InlineData("18:00", true)]
    public void An_answer_is_earned_by_the_calls_made_by_then_or_off_hours(string answered, bool earned)
    {
        var gate = A.Gate(callsRequired: 1, answeredAt: A.At(answered));
        var calls = answered == "18:00" ? [] : A.Calls("09:30");

        var standing = Assert.Single(A.Settle([gate], calls, now: "19:00"));

        Assert.Equal(GateState.Answered, standing.State);
        Assert.Equal(earned, standing.EarnedAt is not null);
        Assert.Equal(earned ? 0 : 1, standing.CallsRemaining);
    }

    [Fact]
    public void A_gate_named_twice_stands_once() => Assert.Single(A.Settle([A.Gate(), A.Gate()], []));
}
