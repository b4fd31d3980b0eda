using InboxGate.Core.Boards;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

public sealed class NextSteppingTests
{
    [Fact]
    public void Off_hours_there_is_nothing_to_do() =>
        Assert.Equal(NextStepKind.OffHours, NextStepping.Choose(false, A.Settle([A.Gate()], []), [Day(TargetUnit.Calls, 20, 0, "08:30")]).Kind);

    [Fact]
    public void The_pending_gate_with_the_fewest_calls_comes_first()
    {
        var gates = A.Settle([A.Gate(1), A.Gate(2, A.At("09:10"), 5), A.Gate(3, callsRequired: 1)], A.Calls("09:05"));

        var step = NextStepping.Choose(true, gates, [Day(TargetUnit.Calls, 20, 1, "08:30")]);

        Assert.Equal(new BoardNextStep(NextStepKind.Gate, TargetUnit.Calls, 2, null), step);
    }

    [Theory]
    [InlineData(0, "08:30", NextStepKind.Checkpoint, 3)]
    [InlineData(4, "08:30", NextStepKind.Checkpoint, 2)]
    [InlineData(6, "08:30", NextStepKind.Checkpoint, 3)]
    [InlineData(19, "16:29", NextStepKind.Checkpoint, 1)]
    [InlineData(15, "16:30", NextStepKind.Goal, 3)]
    [InlineData(19, "16:30", NextStepKind.Goal, 1)]
    [InlineData(20, "16:30", NextStepKind.Done, 0)]
    [InlineData(20, "08:30", NextStepKind.Done, 0)]
    [InlineData(21, "08:30", NextStepKind.Done, 0)]
    public void Then_at_most_three_to_the_next_checkpoint_then_to_the_goal(int done, string now, NextStepKind kind, int amount)
    {
        var step = NextStepping.Choose(true, [], [Day(TargetUnit.Calls, 20, done, now)]);

        Assert.Equal((kind, amount), (step.Kind, step.Amount));
        Assert.Equal(kind == NextStepKind.Checkpoint, step.By is not null);
    }

    [Fact]
    public void Calls_come_before_emails()
    {
        var emails = Day(TargetUnit.Emails, 10, 0, "08:30");

        Assert.Equal(TargetUnit.Calls, NextStepping.Choose(true, [], [Day(TargetUnit.Calls, 20, 19, "08:30"), emails]).Unit);
        Assert.Equal(
            new BoardNextStep(NextStepKind.Checkpoint, TargetUnit.Emails, 3, A.At("09:00")),
            NextStepping.Choose(true, [], [Day(TargetUnit.Calls, 20, 20, "08:30"), emails]));
    }

    [Fact]
    public void An_earned_gate_asks_for_nothing() =>
        Assert.Equal(NextStepKind.Done, NextStepping.Choose(true, A.Settle([A.Gate(callsRequired: 1)], A.Calls("09:05")), []).Kind);

    private static UnitDay Day(TargetUnit unit, int goal, int done, string now)
    {
        var calendar = A.Calendar();
        var times = Checkpoints.Of(calendar.PeriodOf(A.Monday)!.Value, calendar, RepPlan.Default);
        return new UnitDay(unit, goal, done, Checkpoints.Stand(times, goal, [.. Enumerable.Repeat(A.At("08:10"), done)], A.At(now)));
    }
}
