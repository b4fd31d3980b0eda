using InboxGate.Core.Boards;
using InboxGate.Core.Gates;

namespace InboxGate.Core.Plan;

/// <summary>One unit's day: its goal, what is done of it and where its checkpoints stand.</summary>
public sealed record UnitDay(TargetUnit Unit, int Goal, int Done, IReadOnlyList<CheckpointStanding> Checkpoints);

/// <summary>The one small thing to do next.</summary>
public static class NextStepping
{
    /// <summary>However far behind: never more than this at once.</summary>
    public const int LargestStep = 3;

    /// <param name="pending">The gates that stand in the way now; none while the gate is off.</param>
    /// <param name="days">In the order in which they are asked: calls before emails.</param>
    public static BoardNextStep Choose(bool isWorkingTime, IEnumerable<GateStanding> pending, IEnumerable<UnitDay> days)
    {
        ArgumentNullException.ThrowIfNull(pending);
        ArgumentNullException.ThrowIfNull(days);
        if (!isWorkingTime)
        {
            return new BoardNextStep(NextStepKind.OffHours, TargetUnit.Calls, 0, null);
        }

        var fewest = pending.Where(x => x.State == GateState.Pending).Select(x => x.CallsRemaining).DefaultIfEmpty().Min();
        if (fewest > 0)
        {
            return new BoardNextStep(NextStepKind.Gate, TargetUnit.Calls, fewest, null);
        }

        foreach (var day in days)
        {
            if (day.Checkpoints.FirstOrDefault(x => x.State == CheckpointState.Next) is { } next)
            {
                return new BoardNextStep(
                    NextStepKind.Checkpoint, day.Unit, Math.Min(LargestStep, next.Due - day.Done), next.Checkpoint.At);
            }

            if (day.Done < day.Goal)
            {
                return new BoardNextStep(NextStepKind.Goal, day.Unit, Math.Min(LargestStep, day.Goal - day.Done), null);
            }
        }

        return new BoardNextStep(NextStepKind.Done, TargetUnit.Calls, 0, null);
    }
}
