using InboxGate.Web.Boards;
using InboxGate.Web.People;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Storage;

/// <summary>Adds facts to one rep: raises the revision, saves, commits, then tells every open pane.</summary>
public sealed partial class RepWriter(StoreWriter writer, IRevisionNews news, ILogger<RepWriter> logger)
{
    /// <summary>Runs <paramref name="addFacts"/> in the rep's transaction. It answers false when nothing was added: then nothing is saved and the revision stays.</summary>
    /// <returns>The rep's revision afterwards; null when no such rep is enrolled.</returns>
    public async Task<long?> WriteAsync(RepKey rep, Func<Store, RepRow, CancellationToken, Task<bool>> addFacts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(addFacts);
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        long? revision = null;
        var isWritten = await writer.WriteAsync(async (store, token) =>
        {
            revision = null;
            // The update comes first: its row lock (PostgreSQL) or the write lock (SQLite) lets one writer of this rep in at a time.
            var raised = await store.Reps
                .Where(x => x.TenantId == tenantId && x.RepId == repId)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), token);
            if (raised == 0)
            {
                return false;
            }

            var row = await store.Reps.SingleAsync(x => x.TenantId == tenantId && x.RepId == repId, token);
            var hasChanged = await addFacts(store, row, token);
            revision = hasChanged ? row.Revision : row.Revision - 1;
            return hasChanged;
        }, ct);
        if (isWritten)
        {
            await TellAsync(rep, revision!.Value);
        }

        return revision;
    }

    /// <summary>The facts are saved, and panes find them at their next look: news that does not go out fails nobody.</summary>
    private async Task TellAsync(RepKey rep, long revision)
    {
        try
        {
            await news.TellAsync(rep, revision);
        }
#pragma warning disable CA1031 // In whatever way the hub or what stands behind it fails.
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
