namespace InboxGate.Core.Plan;

/// <summary>Counts working days in a row with the calls goal met; one miss a week is forgiven.</summary>
public static class Streak
{
    /// <param name="closedDays">Finished days in any order, back to the Monday of the week in which the streak must have ended.</param>
    /// <param name="callsGoal">Today's; while it is not met, today is no miss, for the day has not ended.</param>
    public static int Of(IReadOnlyCollection<ClosedDay> closedDays, DateOnly today, int callsToday, int callsGoal)
    {
        ArgumentNullException.ThrowIfNull(closedDays);
        var asked = closedDays.Where(x => x.Date < today && x.CallsGoal > 0)
            .DistinctBy(x => x.Date).OrderByDescending(x => x.Date).ToList();
        var firstMisses = asked.Where(x => !IsMet(x)).GroupBy(x => MondayOf(x.Date)).Select(x => x.Min(y => y.Date)).ToHashSet();
        var days = callsGoal > 0 && callsToday >= callsGoal ? 1 : 0;
        foreach (var day in asked)
        {
            if (IsMet(day))
            {
                days++;
            }
            else if (!firstMisses.Contains(day.Date))
            {
                break;
            }
        }

        return days;
    }

    private static bool IsMet(ClosedDay day) => day.Done.Calls >= day.CallsGoal;

    private static DateOnly MondayOf(DateOnly date) => DayPlanning.PeriodAround(date, TargetPeriod.Week).Start;
}
