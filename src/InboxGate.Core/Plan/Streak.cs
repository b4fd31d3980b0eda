namespace InboxGate.Core.Plan;

/// <summary>Counts working days in a row with the calls goal met; one miss a week is forgiven.</summary>
public static class Streak
{
    /// <param name="closedDays">Finished days in any order, back to the Monday of the week in which the streak must have ended.</param>
    /// <param name="callsGoal">Today's; while it is not met, today is no miss, for the day has not ended.</param>
    public static int Of(IReadOnlyCollection<ClosedDay> closedDays, DateOnly today, int callsToday, int callsGoal) =>
        Before(closedDays, today) + Of(callsToday, callsGoal);

    /// <summary>What today adds.</summary>
    internal static int Of(int callsToday, int callsGoal) => callsGoal > 0 && callsToday >= callsGoal ? 1 : 0;

    /// <summary>The finished days of it.</summary>
    internal static int Before(IReadOnlyCollection<ClosedDay> closedDays, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(closedDays);
        List<ClosedDay> asked = [.. closedDays.Where(x => x.Date < today && x.CallsGoal > 0).OrderByDescending(x => x.Date)];
        var days = 0;
        for (var i = 0; i < asked.Count; i++)
        {
            if (i > 0 && asked[i].Date == asked[i - 1].Date)
            {
                continue;
            }

            if (IsMet(asked[i]))
            {
                days++;
            }
            else if (asked.Exists(x => x.Date < asked[i].Date && !IsMet(x) && MondayOf(x.Date) == MondayOf(asked[i].Date)))
            {
                // The first miss of a week is forgiven, no other.
                break;
            }
        }

        return days;
    }

    private static bool IsMet(ClosedDay day) => day.Done.Calls >= day.CallsGoal;

    private static DateOnly MondayOf(DateOnly date) => DayPlanning.PeriodAround(date, TargetPeriod.Week).Start;
}
