using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>How far a folder was read. It only moves on from where its reader found it, so that two servers never undo each other's way.</summary>
/// <param name="Link">The whole next or delta link; null before the first round.</param>
/// <param name="ReadAt">When the last whole reading began.</param>
/// <param name="CatchUpFrom">Set while a round that began anew is not finished: received when or later.</param>
/// <param name="CatchUpRead">Mails read of it.</param>
/// <param name="CatchUpOf">How many there are; null while that is not known.</param>
public sealed record FolderPosition(string? Link, DateTimeOffset? ReadAt, DateTimeOffset? CatchUpFrom, int? CatchUpRead, int? CatchUpOf)
{
    public static FolderPosition Of(MailboxWatchRow? row) => row is null
        ? new(null, null, null, null, null)
        : new(row.Link, row.ReadAt, row.CatchUpFrom, row.CatchUpRead, row.CatchUpOf);

    /// <summary>Moves on within the transaction that saves what was read.</summary>
    /// <exception cref="ReadElsewhereException">Somebody else has moved on meanwhile.</exception>
    public static async Task<bool> MoveAsync(Store store, RepKey rep, string folder, FolderPosition from, FolderPosition to, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        // By one statement: of two that come from the same place, the second finds it moved.
        var moved = await store.MailboxWatches
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Folder == folder
                && x.Link == from.Link && x.ReadAt == from.ReadAt && x.CatchUpFrom == from.CatchUpFrom && x.CatchUpRead == from.CatchUpRead && x.CatchUpOf == from.CatchUpOf)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.Link, to.Link).SetProperty(x => x.ReadAt, to.ReadAt)
                .SetProperty(x => x.CatchUpFrom, to.CatchUpFrom).SetProperty(x => x.CatchUpRead, to.CatchUpRead).SetProperty(x => x.CatchUpOf, to.CatchUpOf), ct);
        if (moved == 1)
        {
            return true;
        }

        var row = await MailboxWatchRow.OfAsync(store, rep, folder, ct);
        if (Of(row) != from)
        {
            throw new ReadElsewhereException();
        }

        (row.Link, row.ReadAt, row.CatchUpFrom, row.CatchUpRead, row.CatchUpOf) = (to.Link, to.ReadAt, to.CatchUpFrom, to.CatchUpRead, to.CatchUpOf);
        return true;
    }
}

/// <summary>Another server reads the same folder, or has erased the rep: what it saved is the truth, and this reading is given up.</summary>
public sealed class ReadElsewhereException() : Exception("Another server has read on in this folder.");
