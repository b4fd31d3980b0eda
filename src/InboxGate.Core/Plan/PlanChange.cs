namespace InboxGate.Core.Plan;

/// <summary>From which day a changed plan counts.</summary>
public static class PlanChange
{
    /// <summary>
    /// Today when the new plan asks at no time of today for less than the one before; tomorrow otherwise, so that a
    /// hard hour is not planned away while it lasts.
    /// </summary>
    /// <param name="today">The rep's local day; on a day that is not worked nothing is asked, and the change counts at once.</param>
    public static DateOnly CountsFrom(RepPlan before, RepPlan after, WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(calendar);
        if (calendar.PeriodOf(today) is not { } period)
        {
            return today;
        }

        var were = Checkpoints.Of(period, calendar, before);
        var are = Checkpoints.Of(period, calendar, after);
        var isEasier = after.Margin < before.Margin || (KeepsPace(after) && !KeepsPace(before)) || were.Any(x => ShareBy(x.At, are) < x.Share);
        return isEasier ? today.AddDays(1) : today;

        bool KeepsPace(RepPlan plan) => plan.KeepsPaceUntil >= today;
    }

    /// <summary>The share of the day that is due by an instant: that of the last checkpoint until then.</summary>
    private static int ShareBy(DateTimeOffset at, IReadOnlyList<DayCheckpoint> checkpoints) =>
        checkpoints.LastOrDefault(x => x.At <= at)?.Share ?? 0;
}
