namespace InboxGate.Core.Plan;

/// <summary>A calm way back for who is behind a target: two choices, in numbers.</summary>
/// <param name="Behind">What an even pace would have brought before today, less what was done; at least 1.</param>
/// <param name="MorePerDay">On top of a normal day, on each working day until <paramref name="Until"/>, to bring what is left; null when that is more than a day may ask.</param>
/// <param name="Until">The period's last day.</param>
/// <param name="NormalDay">What a day asks that makes up for nothing.</param>
/// <param name="FinishAt">What the period comes to when every day left is a normal one.</param>
/// <param name="AtMost">What the period comes to at most: every day left as full as a day may be.</param>
public sealed record WayBack(TargetStanding Standing, int Behind, int? MorePerDay, DateOnly Until, int NormalDay, int FinishAt, int AtMost)
{
    /// <summary>The way back to what was asked, without the rep's margin; null for who is not behind, and for a target of a single day.</summary>
    public static WayBack? Of(TargetStanding standing, WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(calendar);
        if (standing.Target.Period == TargetPeriod.Day || standing.WorkingDaysLeft == 0)
        {
            return null;
        }

        if (standing.Pace <= standing.Done)
        {
            return null;
        }

        long halvesLeft = calendar.Halves(today, standing.PeriodEnd);
        var perDay = (int)DayPlanning.CeilingOf(standing.Left * 2L, halvesLeft);
        return new WayBack(
            standing,
            standing.Pace - standing.Done,
            standing.Reachable ? Math.Max(0, perDay - standing.NormalDay) : null,
            standing.PeriodEnd,
            standing.NormalDay,
            (int)Math.Min(int.MaxValue, standing.Done + (standing.NormalDay * halvesLeft / 2)),
            (int)Math.Min(int.MaxValue, (long)standing.Done + standing.Reach));
    }

    /// <summary>
    /// Whether it is a good moment to speak of it: the first working day of a week or of a month, or the afternoon of a day
    /// whose morning is over. People take up new plans at such beginnings.
    /// </summary>
    /// <param name="checkpoints">Today's.</param>
    public static bool IsFreshStart(WorkCalendar calendar, DateOnly today, IReadOnlyList<DayCheckpoint> checkpoints, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(checkpoints);
        if (!calendar.IsWorkingDay(today))
        {
            return false;
        }

        return IsFirstOf(TargetPeriod.Week) || IsFirstOf(TargetPeriod.Month)
            || checkpoints.SkipLast(1).LastOrDefault() is { } lunch && now >= lunch.At;

        bool IsFirstOf(TargetPeriod period) =>
            calendar.WorkingDays(DayPlanning.PeriodAround(today, period).Start, today) == 1;
    }
}
