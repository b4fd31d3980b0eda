using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>Watches the mailboxes of enrolled reps.</summary>
public interface IMailboxWatch
{
    /// <summary>Something may have changed there: read it at once, and at most once a second. Hints are coalesced and cost nothing.</summary>
    void LookAgain(RepKey rep);

    /// <summary>The subscriptions may be gone or near their end: renew them, or make them again, then read.</summary>
    void Resubscribe(RepKey rep);

    /// <summary>Ends once the mailbox, and with it the rep's zone and hours, was read for the first time, or could not be.</summary>
    Task EnsureReadAsync(RepKey rep, CancellationToken ct);
}
