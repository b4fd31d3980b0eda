namespace InboxGate.Core.Plan;

/// <summary>The day goals to come, without a margin, supposing that each day's goal is made and no more.</summary>
public static class GoalsAhead
{
    /// <param name="targets">As for <see cref="DayPlanning.InForce"/>; those dated ahead count from their day on.</param>
    /// <param name="done">By local day, today included, at least from <see cref="Boards.BoardNeeds.EarliestOpenPeriodStart"/> on.</param>
    /// <param name="days">How many calendar days, today the first.</param>
    /// <returns>One goal of the unit for each day, in order; 0 on a day that is not worked.</returns>
    public static IReadOnlyList<int> Of(
        IReadOnlyList<Target> targets, IReadOnlyDictionary<DateOnly, DayCounts> done, WorkCalendar calendar, DateOnly today, TargetUnit unit, int days)
    {
        ArgumentNullException.ThrowIfNull(done);
        var asked = targets.Where(x => x.Unit == unit).ToList();
        var supposed = new Dictionary<DateOnly, DayCounts>(done);
        var goals = new List<int>(days);
        for (var date = today; goals.Count < days; date = date.AddDays(1))
        {
            goals.Add(DayPlanning.DayGoal(DayPlanning.Plan(asked, supposed, calendar, date, margin: 0), unit));
            var made = Math.Max(goals[^1], done.GetValueOrDefault(date).Of(unit));
            // Of the other units nothing is read.
            supposed[date] = new DayCounts(made, made, made);
        }

        return goals;
    }

    /// <summary>Whether a target can be made from the first day it counts on: today, or its own day ahead.</summary>
    /// <param name="done">By local day, from the start of the target's period on.</param>
    public static bool IsReachable(Target target, IReadOnlyDictionary<DateOnly, DayCounts> done, WorkCalendar calendar, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(target);
        return DayPlanning.Stand(target, done, calendar, target.From > today ? target.From : today, margin: 0).Reachable;
    }
}
