using InboxGate.Core.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>The lists of a team and of a tenant.</summary>
public sealed class SharedSenders(ListWriter writer, IDbContextFactory<Store> stores, TimeProvider clock)
{
    public async Task<SenderPage> ReadAsync(SharedBy by, string? after, int take, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var store = await stores.CreateDbContextAsync(ct);
        var listed = ListKey.Of(by).In(store).AsNoTracking();
        if (after is not null)
        {
#pragma warning disable CA1309 // It is the database that compares, in the order in which it sorts.
            listed = listed.Where(x => string.Compare(x.Entry, after) > 0);
#pragma warning restore CA1309
        }

        var page = await listed.OrderBy(x => x.Entry).Take(take + 1).Select(x => new ListedSender(x.Entry, x.Kind)).ToListAsync(ct);
        var isLast = page.Count <= take;
        return new SenderPage(isLast ? page : page[..take], isLast ? null : page[take - 1].Entry);
    }

    public async Task<ListedSender> FindAsync(SharedBy by, ListEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var store = await stores.CreateDbContextAsync(ct);
        var row = await SenderEntries.FindAsync(store, ListKey.Of(by), entry, ct);
        return new ListedSender(row.Entry, row.Kind);
    }

    /// <param name="kind">Null takes it from the list.</param>
    public async Task<ListedSender> SetAsync(SharedBy by, ListEntry entry, SenderKind? kind, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(entry);
        var list = ListKey.Of(by);
        await writer.WriteAsync(list, (store, token) => SenderEntries.SetAsync(store, list, entry, kind, clock.GetUtcNow(), token), ct);
        return new ListedSender(entry.Key, kind);
    }
}
