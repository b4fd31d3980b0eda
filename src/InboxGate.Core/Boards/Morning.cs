using InboxGate.Core.Plan;

namespace InboxGate.Core.Boards;

/// <summary>What the morning of a day settles: nothing that is done on that day changes it, so that one will do for all its boards.</summary>
/// <param name="Period">Null on a day that is not worked.</param>
/// <param name="CallsAreFree">Whether no calls are asked because an aim is reached.</param>
/// <param name="Checkpoints">None on a day that is not worked.</param>
/// <param name="WayBack">To what is asked, without the rep's margin; null for who is not behind.</param>
/// <param name="StreakBefore">Days, the day itself not counted.</param>
public sealed record Morning(
    DateOnly Date,
    WorkingPeriod? Period,
    IReadOnlyList<TargetStanding> Targets,
    BoardGoals Goals,
    bool CallsAreFree,
    IReadOnlyList<DayCheckpoint> Checkpoints,
    WayBack? WayBack,
    int StreakBefore)
{
    /// <param name="facts">Their calls and mails do not matter.</param>
    public static Morning Of(BoardFacts facts, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var calendar = facts.Calendar;
        var period = calendar.PeriodOf(date);
        var targets = DayPlanning.Plan(facts.Targets, facts.DoneBefore, calendar, date, facts.Plan);
        return new Morning(
            date,
            period,
            targets,
            BoardGoals.Of(targets),
            DayPlanning.IsFreeDay(targets, TargetUnit.Calls),
            period is { } worked ? Plan.Checkpoints.Of(worked, calendar, facts.Plan) : [],
            WayBackOf(facts, date),
            Streak.Before(facts.ClosedDays, date));
    }

    /// <summary>Of the unit that comes first, and of its targets of that which is farthest behind.</summary>
    private static WayBack? WayBackOf(BoardFacts facts, DateOnly date) =>
        DayPlanning.Plan(facts.Targets, facts.DoneBefore, facts.Calendar, date, margin: 0)
            .Select(x => Plan.WayBack.Of(x, facts.Calendar, date))
            .OfType<WayBack>()
            .OrderBy(x => x.Standing.Target.Unit).ThenByDescending(x => x.Behind)
            .FirstOrDefault();
}
