using System.Buffers;
using System.Text;

namespace InboxGate.Core.Prospects;

/// <summary>
/// A list in memory, in the order in which it is shown, with all that its entries can be found by in one run of UTF-8: a search
/// is one pass over it. Immutable.
/// </summary>
public sealed class SearchIndex
{
    private const byte EndOfRow = (byte)'\n';

    private readonly byte[] texts;
    private readonly int[] textEnds;
    private readonly ushort[] sortKeyLengths;
    private readonly byte[] entries;
    private readonly int[] entryEnds;
    private readonly byte[] labels;

    private SearchIndex(byte[] texts, int[] textEnds, ushort[] sortKeyLengths, byte[] entries, int[] entryEnds, byte[] labels)
    {
        this.texts = texts;
        this.textEnds = textEnds;
        this.sortKeyLengths = sortKeyLengths;
        this.entries = entries;
        this.entryEnds = entryEnds;
        this.labels = labels;
    }

    public int Count => labels.Length;

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Size => texts.Length + entries.Length + (Count * (sizeof(int) + sizeof(int) + sizeof(ushort) + sizeof(byte)));

    /// <summary>The rows in which the query is found, ascending.</summary>
    /// <param name="isWanted">Of these labels only; null wants all.</param>
    public IReadOnlyList<int> Find(SearchQuery query, Predicate<byte>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var isFound = new bool[Count];
        if (query.Alternatives.Count == 0)
        {
            Array.Fill(isFound, true);
        }

        foreach (var words in query.Alternatives)
        {
            Mark(words, isFound);
        }

        var found = new List<int>();
        for (var row = 0; row < isFound.Length; row++)
        {
            if (isFound[row] && isWanted?.Invoke(labels[row]) != false)
            {
                found.Add(row);
            }
        }

        return found;
    }

    public string EntryAt(int row) => Encoding.UTF8.GetString(EntryBytes(row));

    public string SortKeyAt(int row) => Encoding.UTF8.GetString(SortKeyBytes(row));

    /// <summary>How many rows come before this place in the order; a row at this very place is not among them.</summary>
    public int RowsBefore(string sortKey, string entry)
    {
        var (key, name) = (Encoding.UTF8.GetBytes(sortKey), Encoding.UTF8.GetBytes(entry));
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(SortKeyBytes(middle), EntryBytes(middle), key, name) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The order of two rows of two lists: by sort key, then entry, both by code points.</summary>
    public static int Compare(SearchIndex one, int row, SearchIndex other, int otherRow)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Compare(one.SortKeyBytes(row), one.EntryBytes(row), other.SortKeyBytes(otherRow), other.EntryBytes(otherRow));
    }

    /// <summary>The same list with one entry changed, added, or (where <paramref name="now"/> is null) gone.</summary>
    public SearchIndex With(string entry, IndexedEntry? now)
    {
        var name = Encoding.UTF8.GetBytes(entry);
        var changed = new Builder();
        var place = now is null ? -1 : RowsBefore(now.SortKey, now.Entry);
        for (var row = 0; row <= Count; row++)
        {
            if (row == place)
            {
                changed.Add(now!);
            }

            if (row < Count && !EntryBytes(row).SequenceEqual(name))
            {
                changed.Add(EntryBytes(row), TextBytes(row), sortKeyLengths[row], labels[row]);
            }
        }

        return changed.Build();
    }

    private void Mark(byte[][] words, bool[] isFound)
    {
        var (rarest, others) = (words[0], words[1..]);
        for (int row = 0, from = 0; row < isFound.Length && texts.AsSpan(from).IndexOf(rarest) is >= 0 and var ahead; row++)
        {
            while (textEnds[row] <= from + ahead)
            {
                row++;
            }

            isFound[row] |= ContainsAll(TextBytes(row), others);
            from = textEnds[row];
        }
    }

    private static bool ContainsAll(ReadOnlySpan<byte> text, byte[][] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> TextBytes(int row) => texts.AsSpan(StartOf(textEnds, row)..(textEnds[row] - 1));

    private ReadOnlySpan<byte> SortKeyBytes(int row) => texts.AsSpan(StartOf(textEnds, row), sortKeyLengths[row]);

    private ReadOnlySpan<byte> EntryBytes(int row) => entries.AsSpan(StartOf(entryEnds, row)..entryEnds[row]);

    private static int StartOf(int[] ends, int row) => row == 0 ? 0 : ends[row - 1];

    private static int Compare(ReadOnlySpan<byte> key, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> otherKey, ReadOnlySpan<byte> otherEntry) =>
        key.SequenceCompareTo(otherKey) is not 0 and var byKey ? byKey : entry.SequenceCompareTo(otherEntry);

    public sealed class Builder
    {
        private readonly ArrayBufferWriter<byte> texts = new();
        private readonly List<int> textEnds = [];
        private readonly List<ushort> sortKeyLengths = [];
        private readonly ArrayBufferWriter<byte> entries = new();
        private readonly List<int> entryEnds = [];
        private readonly List<byte> labels = [];

        public void Add(IndexedEntry entry)
        {
            ArgumentNullException.ThrowIfNull(entry);
            // What it is sorted by it can be found by, and usually begins with.
            var text = entry.SearchText.StartsWith(entry.SortKey, StringComparison.Ordinal) ? entry.SearchText : $"{entry.SortKey} {entry.SearchText}";
            Add(Encoding.UTF8.GetBytes(entry.Entry), Encoding.UTF8.GetBytes(text), (ushort)Encoding.UTF8.GetByteCount(entry.SortKey), entry.Label);
        }

        internal void Add(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> text, ushort sortKeyLength, byte label)
        {
            texts.Write(text);
            texts.Write([EndOfRow]);
            textEnds.Add(texts.WrittenCount);
            sortKeyLengths.Add(sortKeyLength);
            entries.Write(entry);
            entryEnds.Add(entries.WrittenCount);
            labels.Add(label);
        }

        public SearchIndex Build()
        {
            var added = new SearchIndex(
                texts.WrittenSpan.ToArray(), [.. textEnds], [.. sortKeyLengths], entries.WrittenSpan.ToArray(), [.. entryEnds], [.. labels]);
            for (var row = 1; row < added.Count; row++)
            {
                if (Compare(added, row - 1, added, row) > 0)
                {
                    return Sorted(added);
                }
            }

            return added;
        }

        private static SearchIndex Sorted(SearchIndex added)
        {
            var rows = Enumerable.Range(0, added.Count).ToArray();
            Array.Sort(rows, (a, b) => Compare(added, a, added, b));
            var sorted = new Builder();
            foreach (var row in rows)
            {
                sorted.Add(added.EntryBytes(row), added.TextBytes(row), added.sortKeyLengths[row], added.labels[row]);
            }

            return sorted.Build();
        }
    }
}

/// <param name="Entry">Its key.</param>
/// <param name="SortKey">Folded, without line ends.</param>
/// <param name="SearchText">Folded, without line ends.</param>
/// <param name="Label">Whatever searches are narrowed by.</param>
public sealed record IndexedEntry(string Entry, string SortKey, string SearchText, byte Label);
