using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>Watches the mailboxes of enrolled reps.</summary>
public interface IMailboxWatch
{
    /// <summary>Something may have changed there: read it at once, and at most once a second. Hints are coalesced and cost nothing.</summary>
    void LookAgain(RepKey rep);

    /// <summary>The rep is here. On behalf of a rep a mailbox can be read only now; where the app has permissions of its own it is read anyway.</summary>
    void Visited(RepKey rep);

    /// <summary>Ends once the mailbox, and with it the rep's zone and hours, was read for the first time, or could not be.</summary>
    Task EnsureReadAsync(RepKey rep, CancellationToken ct);

    /// <summary>The rep has left: a reading under way is put down, and nothing of the rep is kept in memory.</summary>
    void Forget(RepKey rep);
}
