using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>Watches the mailboxes of enrolled reps.</summary>
public interface IMailboxWatch
{
    /// <summary>Starts watching a rep's mailbox; does not wait for it.</summary>
    void Enrol(RepKey rep);

    /// <summary>Something may have changed there. Hints are coalesced.</summary>
    void LookAgain(RepKey rep);

    /// <summary>Ends once the rep's zone, hours and addresses were read, or could not be.</summary>
    Task EnsureProfileAsync(RepKey rep, CancellationToken ct);
}
