using InboxGate.Core.Plan;

namespace InboxGate.Core.Prospects;

/// <summary>Why a prospect is the next to call, the most urgent first.</summary>
public enum CallReason
{
    FollowUpDue,
    NeverContacted,
    LongestUntouched,
}

/// <param name="Days">Days of the rep's since the follow-up fell due, since they were listed, or since the last contact.</param>
/// <param name="LocalTime">There; where the number may be in several zones, in <paramref name="Zone"/>, the first of them.</param>
public sealed record NextCall(CallCandidate Who, CallReason Reason, int Days, TimeOnly LocalTime, TimeZoneInfo Zone);

/// <summary>Whom to call next, and why: the one place where it is decided.</summary>
public static class CallOrder
{
    /// <summary>
    /// Those who may be called now: follow-ups that are due, the longest due first; then whom nobody contacted yet, the
    /// longest listed first; then the longest untouched. Ties go by the entry, in ordinal order.
    /// </summary>
    /// <param name="candidates">Prospects in any order; of an entry named twice the first counts.</param>
    /// <param name="calendar">The rep's: what "today" is, and where somebody is of whom no zone is known.</param>
    public static IReadOnlyList<NextCall> Choose(IEnumerable<CallCandidate> candidates, WorkCalendar calendar, DateTimeOffset now, int take)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(calendar);
        return
        [
            .. candidates.DistinctBy(x => x.Entry, StringComparer.Ordinal)
                .Where(x => MayBeCalled(x, calendar, now))
                .Select(x => (Who: x, Reason: ReasonFor(x, calendar, now)))
                .OrderBy(x => x.Reason)
                .ThenBy(x => x.Reason == CallReason.FollowUpDue ? x.Who.DueOn : null)
                .ThenBy(x => x.Reason == CallReason.LongestUntouched ? x.Who.LastContact!.At : x.Who.ListedAt)
                .ThenBy(x => x.Who.Entry, StringComparer.Ordinal)
                .Take(take)
                .Select(x => Explain(x.Who, x.Reason, calendar, now)),
        ];
    }

    /// <summary>A follow-up is settled by a call on its day or later.</summary>
    public static bool IsFollowUpDue(DateOnly? dueOn, DateTimeOffset? lastCalledAt, WorkCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return dueOn <= calendar.DateAt(now) && !(lastCalledAt is { } called && calendar.DateAt(called) >= dueOn);
    }

    private static bool MayBeCalled(CallCandidate who, WorkCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.DateAt(now);
        return who is { Phone: not null, DoNotCall: false, Never: false }
            && who.WrongNumber != who.Phone
            && who.SkippedOn != today
            && !(who.DueOn > today)
            && !(who.LastCalledAt is { } called && calendar.DateAt(called) >= today)
            && CallingHours.AreOpen(ZonesOf(who, calendar), now);
    }

    private static CallReason ReasonFor(CallCandidate who, WorkCalendar calendar, DateTimeOffset now) =>
        IsFollowUpDue(who.DueOn, who.LastCalledAt, calendar, now) ? CallReason.FollowUpDue
        : who.LastContact is null ? CallReason.NeverContacted
        : CallReason.LongestUntouched;

    private static NextCall Explain(CallCandidate who, CallReason reason, WorkCalendar calendar, DateTimeOffset now)
    {
        var since = reason switch
        {
            CallReason.FollowUpDue => who.DueOn!.Value,
            CallReason.NeverContacted => calendar.DateAt(who.ListedAt),
            _ => calendar.DateAt(who.LastContact!.At),
        };
        var zone = ZonesOf(who, calendar)[0];
        return new NextCall(
            who, reason, Math.Max(0, calendar.DateAt(now).DayNumber - since.DayNumber), TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(now, zone).TimeOfDay), zone);
    }

    private static IReadOnlyList<TimeZoneInfo> ZonesOf(CallCandidate who, WorkCalendar calendar) => who.Zones.Count > 0 ? who.Zones : [calendar.Zone];
}
