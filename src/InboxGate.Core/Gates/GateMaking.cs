using InboxGate.Core.Plan;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Gates;

/// <summary>What a new gate asks for, and from when.</summary>
public static class GateMaking
{
    /// <summary>
    /// The instant from which the gate stands: when the mail was received or, off hours, the start of the next working
    /// period. A rep who works on no day that can be seen gets the end of what was searched.
    /// </summary>
    public static DateTimeOffset OpenedAt(DateTimeOffset receivedAt, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return (calendar.PeriodAt(receivedAt) is not null ? receivedAt
            : calendar.NextPeriodFrom(receivedAt)?.StartsAt ?? receivedAt.AddDays(WorkCalendar.SearchedDays)).ToUniversalTime();
    }

    /// <summary>Calls to make before the answer; the rep's own mail never asks for any. Zero means no gate.</summary>
    public static int CallsRequired(Verdict verdict, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (verdict.Reason == VerdictReason.Self)
        {
            return 0;
        }

        return Math.Max(0, policy.CallsRequired.TryGetValue(verdict.Kind, out var calls)
            ? calls
            : Policy.DefaultCallsRequired.GetValueOrDefault(verdict.Kind));
    }
}
