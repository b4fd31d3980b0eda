using System.Globalization;

namespace InboxGate.Core.Plan;

/// <summary>One of the rep's own checkpoints: a local time and the cumulative share of the day goal due by then.</summary>
/// <param name="Share">Percent, 0 to 100; never decreases along the day; the last is 100.</param>
public sealed record CheckpointPlan(TimeOnly Time, int Share);

/// <summary>The rep's own settings of the plan; null checkpoints mean the defaults of the working day.</summary>
/// <param name="Margin">Percent on top of what was asked, 0 to 20; private to the rep.</param>
/// <param name="KeepsPaceUntil">The last day on which no goal asks for more than a normal day, because the rep chose not to make up for what is behind.</param>
public sealed record RepPlan(IReadOnlyList<CheckpointPlan>? Checkpoints, int Margin, DateOnly? KeepsPaceUntil = null)
{
    public const int DefaultMargin = 5;
    public const int LargestMargin = 20;
    public static readonly RepPlan Default = new(null, DefaultMargin);

    /// <summary>Why a plan cannot be kept, in words for the person who sent it; null when it can.</summary>
    /// <param name="calendar">Knows the working day, which no checkpoint leaves, and whether it runs over midnight, where times rise from its start on; null for a day shift of any hours.</param>
    /// <param name="before">What was said before: its checkpoints may be said again when the hours have changed around them.</param>
    public static string? Refuse(RepPlan plan, WorkCalendar? calendar = null, RepPlan? before = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Margin is < 0 or > LargestMargin)
        {
            return $"The margin is a percentage from 0 to {LargestMargin}.";
        }

        if (plan.Checkpoints is not { } checkpoints)
        {
            return null;
        }

        if (checkpoints.Count == 0)
        {
            return "Name at least one checkpoint, or none of your own to have the usual ones.";
        }

        if (checkpoints.Any(x => x is null || x.Share is < 0 or > 100))
        {
            return "A checkpoint's share is a percentage from 0 to 100.";
        }

        for (var i = 1; i < checkpoints.Count; i++)
        {
            if (SinceStart(checkpoints[i].Time) <= SinceStart(checkpoints[i - 1].Time))
            {
                return "Each checkpoint's time must be later than the one before it.";
            }

            if (checkpoints[i].Share < checkpoints[i - 1].Share)
            {
                return "A checkpoint's share cannot be smaller than the one before it.";
            }
        }

        if (checkpoints[^1].Share != 100)
        {
            return "The last checkpoint's share must be 100.";
        }

        return calendar is null || checkpoints.SequenceEqual(before?.Checkpoints ?? []) || checkpoints.All(x => IsWithin(x.Time, calendar))
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Each checkpoint's time must be after the working day's start, {calendar.Start:HH:mm}, and not after its end, {calendar.End:HH:mm}.");

        TimeSpan SinceStart(TimeOnly time) =>
            calendar is not null && calendar.End <= calendar.Start ? time - calendar.Start : time.ToTimeSpan();
    }

    private static bool IsWithin(TimeOnly time, WorkCalendar calendar) =>
        // Differences of times of day run around the clock.
        time != calendar.Start && (calendar.Start == calendar.End || time - calendar.Start <= calendar.End - calendar.Start);
}

/// <summary>A finished day, as its closed row tells it.</summary>
/// <param name="CallsGoal">The calls goal of that day; 0 neither counts nor breaks a streak.</param>
/// <param name="AimReached">The goal was 0 because a calls target's aim had been reached, so that day's inbox was free.</param>
public sealed record ClosedDay(DateOnly Date, DayCounts Done, int CallsGoal, bool AimReached = false);
