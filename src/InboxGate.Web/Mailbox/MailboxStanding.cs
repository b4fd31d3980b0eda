using InboxGate.Core.Boards;
using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>What the board says about the rep's mailbox.</summary>
public static class MailboxStanding
{
    public static async Task<BoardMailbox> ReadAsync(Store store, RepRow rep, MailboxAccess access, CancellationToken ct)
    {
        var inbox = await store.MailboxWatches.AsNoTracking()
            .SingleOrDefaultAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Folder == MailFolders.Inbox, ct);
        var policy = await PolicyReading.ReadAsync(store, rep, ct);
        return new BoardMailbox(
            access,
            rep.WatchProblem,
            inbox?.CatchUpRead is { } read ? new BoardCatchUp(read, inbox.CatchUpOf) : null,
            rep.Assumed,
            rep.ClaimsChallenge,
            !policy.MarkMessages ? "off" : rep.MarksProblem ?? "on");
    }
}
