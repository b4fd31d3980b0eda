using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>How far one folder of one mailbox was read, and the subscription that hints at more.</summary>
public sealed class MailboxWatchRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }

    /// <summary><c>inbox</c> or <c>sentitems</c>.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The whole next or delta link; null before the first round.</summary>
    public string? Link { get; set; }
    public string? SubscriptionId { get; set; }
    public DateTimeOffset? SubscriptionExpiresAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public string? Problem { get; set; }

    /// <summary>While much mail is caught up: how much was read, of how many, and received how late the last of it was.</summary>
    public int? CatchUpRead { get; set; }
    public int? CatchUpOf { get; set; }
    public DateTimeOffset? CatchUpFrom { get; set; }

    /// <summary>The folder's row, added when there is none.</summary>
    /// <exception cref="ReadElsewhereException">The rep was erased meanwhile.</exception>
    public static async Task<MailboxWatchRow> OfAsync(Store store, RepKey rep, string folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        var row = await store.MailboxWatches.SingleOrDefaultAsync(x => x.TenantId == tenantId && x.RepId == repId && x.Folder == folder, ct);
        if (row is null)
        {
            // As every writer of a rep does, the row first: of a rep who was erased while this was read nothing begins anew.
            var held = await store.Reps.Where(x => x.TenantId == tenantId && x.RepId == repId && x.ErasingAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision), ct);
            if (held == 0)
            {
                throw new ReadElsewhereException();
            }

            store.MailboxWatches.Add(row = new MailboxWatchRow { TenantId = rep.TenantId, RepId = rep.RepId, Folder = folder });
        }

        return row;
    }
}
