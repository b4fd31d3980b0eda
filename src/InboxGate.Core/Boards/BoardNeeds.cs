using InboxGate.Core.Gates;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Boards;

/// <summary>How far back the facts must be read for a board, so that its cost does not grow with history.</summary>
public static class BoardNeeds
{
    /// <summary>The first day from which <see cref="BoardFacts.DoneBefore"/> is needed; today when no target asks for more.</summary>
    /// <param name="today">Pass an earlier day to know its goal too, as for gates that opened then.</param>
    public static DateOnly EarliestOpenPeriodStart(IEnumerable<Target> targets, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return DayPlanning.InForce(targets, today)
            .Select(x => DayPlanning.PeriodAround(today, x.Period).Start is var start && x.From > start ? x.From : start)
            .Append(today)
            .Min();
    }

    /// <summary>The instant (UTC) from which <see cref="BoardFacts.Calls"/> are needed.</summary>
    public static DateTimeOffset CallsFrom(IEnumerable<Gate> gates, WorkCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(calendar);
        return gates.Select(x => x.OpenedAt).Append(calendar.StartOf(calendar.DateAt(now))).Min().ToUniversalTime();
    }
}
