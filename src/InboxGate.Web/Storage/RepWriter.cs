using InboxGate.Web.Boards;
using InboxGate.Web.People;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Storage;

/// <summary>Adds facts to one rep: raises the revision, saves, commits, then tells every open pane.</summary>
public sealed class RepWriter(IDbContextFactory<Store> stores, IRevisionNews news)
{
    /// <summary>Runs <paramref name="addFacts"/> in the rep's transaction. It answers false when nothing was added: then nothing is saved and the revision stays.</summary>
    /// <returns>The rep's revision afterwards; null when no such rep is enrolled.</returns>
    public async Task<long?> WriteAsync(RepKey rep, Func<Store, RepRow, CancellationToken, Task<bool>> addFacts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(addFacts);
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var transaction = await store.Database.BeginTransactionAsync(ct);

        // The update comes first: its row lock (PostgreSQL) or the write lock (SQLite) lets one writer of this rep in at a time.
        var raised = await store.Reps
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), ct);
        if (raised == 0)
        {
            return null;
        }

        var row = await store.Reps.SingleAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId, ct);
        if (!await addFacts(store, row, ct))
        {
            return row.Revision - 1;
        }

        await store.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await news.TellAsync(rep, row.Revision);
        return row.Revision;
    }
}
