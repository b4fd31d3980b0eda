using System.Globalization;
using InboxGate.Core.Plan;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Plan;

/// <summary>A plan as a rep says it, read and looked at in the same way whether it is put or only tried.</summary>
/// <param name="DaysOff">In order, each once.</param>
public sealed record PlanSaid(RepPlan Plan, List<DateOnly> DaysOff, List<DateOnly> HalfDays)
{
    private const int MostDays = 400;

    /// <exception cref="RefusalException">A time or the number of days cannot be read as a plan.</exception>
    public static PlanSaid Parse(PlanStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new PlanSaid(
            new RepPlan(statement.Checkpoints?.Select(Parse).ToList(), statement.Margin ?? RepPlan.DefaultMargin, statement.KeepsPaceUntil),
            Days(statement.DaysOff),
            Days(statement.HalfDays));
    }

    /// <param name="latest">What was said last; its checkpoints may be said again.</param>
    /// <exception cref="RefusalException">The plan does not hold.</exception>
    public void ThrowIfRefused(WorkCalendar calendar, PlanRow? latest)
    {
        // On a shift over midnight the times rise from its start, not from midnight.
        if (RepPlan.Refuse(Plan, calendar, latest?.ToRepPlan()) is { } words)
        {
            throw Refused(words);
        }
    }

    private static List<DateOnly> Days(IReadOnlyList<DateOnly>? days) =>
        (days ?? []).Distinct().Order().ToList() is { Count: <= MostDays } sorted
            ? sorted
            : throw Refused("Send at most 400 days off and 400 half days.");

    private static CheckpointPlan Parse(CheckpointStatement checkpoint) =>
        TimeOnly.TryParseExact(checkpoint?.Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new CheckpointPlan(time, checkpoint.Share)
            : throw Refused("A checkpoint's time is written like 09:00.");

    private static RefusalException Refused(string words) => RefusalException.Unprocessable("plan", "That plan does not hold.", words);
}
