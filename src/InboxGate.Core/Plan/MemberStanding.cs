using InboxGate.Core.Boards;

namespace InboxGate.Core.Plan;

/// <summary>What a manager sees of one rep: counts against what was asked, worked out without the rep's margin.</summary>
/// <param name="Today">The rep's local day.</param>
/// <param name="IsOnTrack">Every target is.</param>
public sealed record MemberStanding(
    DateOnly Today, DayCounts Counts, BoardGoals Goals, IReadOnlyList<TargetProgress> Targets, bool IsOnTrack)
{
    /// <param name="days">What was done on each local day from <see cref="BoardNeeds.EarliestOpenPeriodStart"/> on, today included.</param>
    public static MemberStanding Of(
        WorkCalendar calendar, IReadOnlyList<Target> targets, IReadOnlyDictionary<DateOnly, DayCounts> days, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(days);
        var today = calendar.DateAt(now);
        var counts = days.GetValueOrDefault(today);
        var standings = DayPlanning.Plan(targets, days, calendar, today, margin: 0);
        var progress = standings.Select(x => TargetProgress.Of(x, counts)).ToList();
        return new MemberStanding(
            today,
            counts,
            BoardGoals.Of(standings),
            progress,
            progress.TrueForAll(x => x.IsOnTrack));
    }
}

/// <summary>One target as it stands now.</summary>
/// <param name="Done">In the (dated) period, today included.</param>
/// <param name="IsOnTrack">What is done is at least what an even pace would have brought before today.</param>
public sealed record TargetProgress(TargetStanding Standing, int Done, bool IsOnTrack)
{
    public static TargetProgress Of(TargetStanding standing, DayCounts today)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var done = standing.Done + today.Of(standing.Target.Unit);
        return new TargetProgress(standing, done, done >= standing.Pace);
    }
}
