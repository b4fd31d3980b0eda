using InboxGate.Web.Mailbox;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>What tells whether what was read for a rep's board still holds: whatever changes a board changes this, and nothing else does, but time.</summary>
/// <param name="Revision">Raised with every fact of the rep, and with every shared one that touches them.</param>
/// <param name="TenantRevision">Raised with every fact that is shared, for who came into a team or a tenant while it was written; -1 before the first.</param>
/// <param name="EnrolledAt">Who was erased begins anew.</param>
/// <param name="MarksProblem">Taken back without a revision.</param>
/// <param name="CatchUpRead">It moves on without a revision.</param>
public sealed record FactsStamp(long Revision, long TenantRevision, DateTimeOffset EnrolledAt, string? MarksProblem, int? CatchUpRead, int? CatchUpOf);

/// <summary>One look at the database: whether a rep who asks is there, and what their board stands on.</summary>
public sealed record RepLook(FactsStamp Stamp, bool HasLeft, bool IsBeingErased);

/// <summary>Looks at a rep, in one query.</summary>
public sealed class RepLooking(IDbContextFactory<Store> stores)
{
    private readonly Func<Store, Guid, Guid, CancellationToken, Task<RepLook?>> look = EF.CompileAsyncQuery(
        (Store store, Guid tenantId, Guid repId, CancellationToken ct) => store.Reps
            .Where(x => x.TenantId == tenantId && x.RepId == repId)
            .Select(x => new RepLook(
                new FactsStamp(
                    x.Revision,
                    store.Tenants.Where(y => y.TenantId == tenantId).Select(y => (long?)y.Revision).FirstOrDefault() ?? -1,
                    x.EnrolledAt,
                    x.MarksProblem,
                    store.MailboxWatches.Where(y => y.TenantId == tenantId && y.RepId == repId && y.Folder == MailFolders.Inbox).Select(y => y.CatchUpRead).FirstOrDefault(),
                    store.MailboxWatches.Where(y => y.TenantId == tenantId && y.RepId == repId && y.Folder == MailFolders.Inbox).Select(y => y.CatchUpOf).FirstOrDefault()),
                x.LeftAt != null,
                x.ErasingAt != null))
            .SingleOrDefault());

    /// <returns>Null when there is no such rep.</returns>
    public async Task<RepLook?> LookAsync(RepKey rep, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await LookAsync(store, rep, ct);
    }

    public Task<RepLook?> LookAsync(Store store, RepKey rep, CancellationToken ct) => look(store, rep.TenantId, rep.RepId, ct);
}
