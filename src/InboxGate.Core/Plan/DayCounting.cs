using InboxGate.Core.Calls;

namespace InboxGate.Core.Plan;

/// <summary>What a day's facts amount to.</summary>
public static class DayCounting
{
    /// <param name="emails">Instants (UTC) of mails sent to at least one prospect.</param>
    public static DayCounts CountOn(
        DateOnly date, IEnumerable<ProspectingCall> calls, IEnumerable<DateTimeOffset> emails, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(emails);
        ArgumentNullException.ThrowIfNull(calendar);
        var made = CallCounting.InOrder(calls, DateTimeOffset.MaxValue).Where(x => calendar.DateAt(x.MadeAt) == date).ToList();
        return Of(made, emails.Count(x => calendar.DateAt(x) == date));
    }

    /// <param name="calls">Of the day, each once.</param>
    /// <param name="emails">How many.</param>
    internal static DayCounts Of(IReadOnlyCollection<ProspectingCall> calls, int emails) =>
        new(calls.Count, emails, calls.Count(x => x.Outcome == CallOutcome.Meeting));
}
