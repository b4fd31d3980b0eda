using InboxGate.Web.Boards;
using InboxGate.Web.People;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Storage;

/// <summary>Adds facts to one rep or to many: raises each revision, saves, commits, then tells every open pane.</summary>
public sealed partial class RepWriter(StoreWriter writer, IRevisionNews news, ILogger<RepWriter> logger)
{
    /// <summary>Runs <paramref name="addFacts"/> in the rep's transaction. It answers false when nothing was added: then nothing is saved and the revision stays.</summary>
    /// <returns>The rep's revision afterwards; null when no such rep is enrolled, or everything about them is being erased.</returns>
    public async Task<long?> WriteAsync(RepKey rep, Func<Store, RepRow, CancellationToken, Task<bool>> addFacts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(addFacts);
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        long? revision = null;
        RepRow? written = null;
        var isWritten = await writer.WriteAsync(async (store, token) =>
        {
            revision = null;
            // The update comes first: its row lock (PostgreSQL) or the write lock (SQLite) lets one writer of this rep in at a time.
            var raised = await store.Reps
                .Where(x => x.TenantId == tenantId && x.RepId == repId && x.ErasingAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), token);
            if (raised == 0)
            {
                return false;
            }

            written = await store.Reps.SingleAsync(x => x.TenantId == tenantId && x.RepId == repId, token);
            var hasChanged = await addFacts(store, written, token);
            revision = hasChanged ? written.Revision : written.Revision - 1;
            return hasChanged;
        }, ct);
        if (isWritten)
        {
            Tell(written!);
        }

        return revision;
    }

    /// <summary>
    /// The same for a fact that touches many reps of a tenant at once, in one transaction. Whoever writes so waits for the one
    /// before, so that two never hold each other's reps.
    /// </summary>
    /// <param name="touched">The reps whose boards change, chosen within the transaction; there may be none.</param>
    /// <returns>How many were touched; 0 when nothing was added.</returns>
    public async Task<int> WriteAsync(
        Guid tenantId, Func<Store, IQueryable<RepRow>> touched, Func<Store, IReadOnlyList<RepRow>, CancellationToken, Task<bool>> addFacts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(touched);
        ArgumentNullException.ThrowIfNull(addFacts);
        List<RepRow> reps = [];
        var isWritten = await writer.WriteAsync(async (store, token) =>
        {
            await EnterAsync(store, tenantId, token);
            var ids = await touched(store).Where(x => x.TenantId == tenantId).Select(x => x.RepId).ToListAsync(token);
            await store.Reps
                .Where(x => x.TenantId == tenantId && ids.Contains(x.RepId))
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), token);
            reps = await store.Reps.Where(x => x.TenantId == tenantId && ids.Contains(x.RepId)).ToListAsync(token);
            return await addFacts(store, reps, token);
        }, ct);
        if (!isWritten)
        {
            return 0;
        }

        foreach (var rep in reps)
        {
            Tell(rep);
        }

        return reps.Count;
    }

    /// <summary>Takes the tenant's row, which is there from now on at the latest.</summary>
    private static async Task EnterAsync(Store store, Guid tenantId, CancellationToken ct)
    {
        await store.Database.ExecuteSqlAsync(
            $"""INSERT INTO tenants ("TenantId", "Domains", "Revision") VALUES ({tenantId}, '[]', 0) ON CONFLICT DO NOTHING""", ct);
        await store.Tenants
            .Where(x => x.TenantId == tenantId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), ct);
    }

    private void Tell(RepRow rep) => Tell(rep.Key, rep.TeamId, rep.Revision);

    /// <summary>The facts are saved, and panes find them at their next look: news that does not go out fails nobody.</summary>
    public void Tell(RepKey rep, Guid? teamId, long revision)
    {
        try
        {
            news.Tell(rep, teamId, revision);
        }
#pragma warning disable CA1031 // In whatever way the telling fails.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, rep.TenantId, rep.RepId, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The panes of rep {RepId} in tenant {TenantId} could not be told of a new revision.")]
        public static partial void NotTold(ILogger logger, Guid tenantId, Guid repId, Exception failure);
    }
}
