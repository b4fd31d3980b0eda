using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace InboxGate.Web.Prospects.List;

/// <summary>
/// Lists as they are searched, kept in memory while they are asked for. Each is of one revision of its list, which is read with
/// every request: several servers always answer the same. How much is kept over all lists is bounded.
/// </summary>
public sealed class ListIndexes(IDbContextFactory<Store> stores) : IDisposable
{
    /// <summary>Bytes. A list of 100,000 takes about eight megabytes.</summary>
    private const long MostMemory = 64 * 1024 * 1024;
    private const int Sources = 4;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostMemory });

    /// <summary>So that a list which is asked for twice is read once; lists that share one wait for each other now and then.</summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The list as it stands in the store's snapshot.</summary>
    public async Task<SearchIndex> ReadAsync(Store store, ListKey list, CancellationToken ct)
    {
        var revision = await RevisionAsync(store, list, ct);
        if (Find(list, revision) is { } known)
        {
            return known;
        }

        var turn = turns[(uint)list.GetHashCode() % turns.Length];
        await turn.WaitAsync(ct);
        try
        {
            if (Find(list, revision) is { } read)
            {
                return read;
            }

            var others = (await list.In(store)
                    .Where(x => x.MainEntry != null)
                    .Select(x => new { Main = x.MainEntry!, x.Entry })
                    .ToListAsync(ct))
                .ToLookup(x => x.Main, x => x.Entry);
            var builder = new SearchIndex.Builder();
            await foreach (var row in list.In(store).AsNoTracking()
                .Where(x => x.MainEntry == null)
                .OrderBy(x => x.SortKey).ThenBy(x => x.Entry)
                .Select(x => new { x.Entry, x.SortKey, x.SearchText, x.Kind, x.Source })
                .AsAsyncEnumerable().WithCancellation(ct))
            {
                builder.Add(new IndexedEntry(row.Entry, row.SortKey, TextOf(row.SearchText, others[row.Entry]), LabelOf(row.Kind, row.Source)));
            }

            var index = builder.Build();
            Keep(list, revision, index);
            return index;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>After a single entry and what belongs to it were written: where nothing else was meanwhile, the list need not be read anew.</summary>
    public async Task RefreshAsync(ListKey list, string entry, CancellationToken ct)
    {
        if (cache.Get<Kept>(list) is not { } kept)
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        if (await RevisionAsync(store, list, ct) == kept.Revision + 1)
        {
            var row = await list.In(store).AsNoTracking().SingleOrDefaultAsync(x => x.Entry == entry && x.MainEntry == null, ct);
            var others = await list.In(store).Where(x => x.MainEntry == entry).Select(x => x.Entry).ToListAsync(ct);
            var indexed = row is null ? null : new IndexedEntry(row.Entry, row.SortKey, TextOf(row.SearchText, others), LabelOf(row.Kind, row.Source));
            Keep(list, kept.Revision + 1, kept.Index.With(entry, indexed));
        }
    }

    public void Forget(ListKey list) => cache.Remove(list);

    /// <summary>Null where every entry is wanted.</summary>
    public static Predicate<byte>? Wanted(SenderKind? kind, ListSource? source) =>
        kind is null && source is null
            ? null
            : label => (kind is null || label / Sources == (int)kind) && (source is null || label % Sources == (int)source);

    public void Dispose()
    {
        cache.Dispose();
        foreach (var turn in turns)
        {
            turn.Dispose();
        }
    }

    /// <summary>Somebody is found by every address and number.</summary>
    private static string TextOf(string text, IEnumerable<string> others) => string.Join(' ', others.Select(SearchText.Fold).Prepend(text));

    private static byte LabelOf(SenderKind kind, ListSource source) => (byte)(((int)kind * Sources) + (int)source);

    private static async Task<long> RevisionAsync(Store store, ListKey list, CancellationToken ct)
    {
        var (tenantId, scope, ownerId) = (list.TenantId, list.Scope, list.OwnerId);
        return await store.Lists
            .Where(x => x.TenantId == tenantId && x.Scope == scope && x.OwnerId == ownerId)
            .Select(x => x.Revision)
            .SingleOrDefaultAsync(ct);
    }

    private SearchIndex? Find(ListKey list, long revision) => cache.Get<Kept>(list) is { } kept && kept.Revision == revision ? kept.Index : null;

    private void Keep(ListKey list, long revision, SearchIndex index)
    {
        if (!(cache.Get<Kept>(list)?.Revision > revision))
        {
            cache.Set(list, new Kept(revision, index), new MemoryCacheEntryOptions { Size = index.Size + 1, SlidingExpiration = Life });
        }
    }

    private sealed record Kept(long Revision, SearchIndex Index);
}
