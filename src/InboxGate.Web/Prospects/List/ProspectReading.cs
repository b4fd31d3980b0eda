using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.List;

/// <summary>Lists page by page, searched and narrowed, in the order of their names. Further addresses of somebody are not shown by themselves.</summary>
public sealed class ProspectReading(IDbContextFactory<Store> stores, ListIndexes indexes)
{
    /// <summary>A rep's own list, or all that decide for the rep.</summary>
    public async Task<ProspectPage> ReadAsync(RepKey key, bool all, ProspectSearch search, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var lists = all
            ? ListKey.For(await store.Reps.AsNoTracking().EnrolledAsync(key, ct))
            : [ListKey.Of(key)];
        return await ReadAsync(store, lists, search, ct);
    }

    public async Task<ProspectPage> ReadAsync(ListKey list, ProspectSearch search, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        return await ReadAsync(store, [list], search, ct);
    }

    /// <exception cref="Problems.RefusalException">It is not on the list.</exception>
    public async Task<ProspectEntry> FindAsync(ListKey list, ListEntry entry, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        return await WithOthersAsync(store, list, await SenderEntries.FindAsync(store, list, entry, ct), ct);
    }

    public static async Task<ProspectEntry> WithOthersAsync(Store store, ListKey list, ListEntryRow row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        var main = row.Entry;
        return ProspectEntry.Of(row) with
        {
            Others = await list.In(store).Where(x => x.MainEntry == main).OrderBy(x => x.Entry).Select(x => x.Entry).ToListAsync(ct),
        };
    }

    private async Task<ProspectPage> ReadAsync(Store store, IReadOnlyList<ListKey> lists, ProspectSearch search, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(search);
        var query = SearchQuery.Parse(search.Text);
        var wanted = ListIndexes.Wanted(search.Kind, search.Source);
        List<Found> found = [];
        foreach (var list in lists)
        {
            var index = await indexes.ReadAsync(store, list, ct);
            found.Add(new Found(list, index, index.Find(query, wanted)));
        }

        if (search.After is { } after)
        {
            found.ForEach(x => x.SkipThrough(after));
        }

        List<(Found In, int Row)> page = [];
        while (page.Count <= search.Take && found.Where(x => x.HasMore).Order().FirstOrDefault() is { } next)
        {
            page.Add((next, next.Take()));
        }

        var isLast = page.Count <= search.Take;
        var shown = isLast ? page : page[..search.Take];
        return new ProspectPage(
            await RowsAsync(store, shown, ct),
            isLast ? null : shown[^1].In.CursorAt(shown[^1].Row).ToString(),
            found.Sum(x => x.Rows.Count));
    }

    private async Task<IReadOnlyList<ProspectEntry>> RowsAsync(Store store, List<(Found In, int Row)> shown, CancellationToken ct)
    {
        Dictionary<(Scope, string), ListEntryRow> rows = [];
        foreach (var some in shown.GroupBy(x => x.In))
        {
            var entries = some.Select(x => x.In.Index.EntryAt(x.Row)).ToList();
            foreach (var row in await some.Key.List.In(store).AsNoTracking().Where(x => entries.Contains(x.Entry)).ToListAsync(ct))
            {
                rows[(row.Scope, row.Entry)] = row;
            }
        }

        // Rows of a list that is being erased go before its index does, which is then read anew by the next who asks.
        foreach (var wrong in shown.Where(x => !rows.ContainsKey((x.In.List.Scope, x.In.Index.EntryAt(x.Row)))))
        {
            indexes.Forget(wrong.In.List);
        }

        return [.. shown.Select(x => rows.GetValueOrDefault((x.In.List.Scope, x.In.Index.EntryAt(x.Row)))).OfType<ListEntryRow>().Select(ProspectEntry.Of)];
    }

    /// <summary>What was found on one list, and how far it has been shown. In the order of what comes next.</summary>
    private sealed class Found(ListKey list, SearchIndex index, IReadOnlyList<int> rows) : IComparable<Found>
    {
        private int next;

        public ListKey List => list;

        public SearchIndex Index => index;

        public IReadOnlyList<int> Rows => rows;

        public bool HasMore => next < rows.Count;

        public int Take() => rows[next++];

        public ProspectCursor CursorAt(int row) => new(index.SortKeyAt(row), index.EntryAt(row), list.Scope);

        public void SkipThrough(ProspectCursor cursor)
        {
            var from = index.RowsBefore(cursor.SortKey, cursor.Entry);
            if (from < index.Count && list.Scope <= cursor.Scope && index.EntryAt(from) == cursor.Entry && index.SortKeyAt(from) == cursor.SortKey)
            {
                from++;
            }

            while (HasMore && rows[next] < from)
            {
                next++;
            }
        }

        public int CompareTo(Found? other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return SearchIndex.Compare(index, rows[next], other.Index, other.Rows[other.next]) is not 0 and var byRow ? byRow : list.Scope.CompareTo(other.List.Scope);
        }
    }
}

/// <param name="Text">Null looks for nothing in particular.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record ProspectSearch(string? Text, SenderKind? Kind, ListSource? Source, ProspectCursor? After, int Take);

/// <param name="Next">What to ask the next page after; null on the last.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record ProspectPage(IReadOnlyList<ProspectEntry> Entries, string? Next, int Total);
