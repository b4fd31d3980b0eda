namespace InboxGate.Simulator.Mailboxes;

/// <summary>
/// What lies in a folder, and the log of what happened in it, from which deltas are read: an entry that a later one has
/// overtaken is passed over.
/// </summary>
internal sealed class FolderContent(string folder)
{
    private readonly List<LogEntry> log = [];

    public ByReceived Items { get; } = new();

    public void Enter(MailItem item)
    {
        Items.Add(item);
        log.Add(new LogEntry(item.Sequence, item, Removed: null, DefaultId: null));
    }

    public void Change(MailItem item) => log.Add(new LogEntry(item.Sequence, item, Removed: null, DefaultId: null));

    public void Leave(MailItem item, long sequence, string reason)
    {
        Items.Remove(item);
        log.Add(new LogEntry(sequence, item, reason, item.DefaultId));
    }

    /// <summary>What happened after a sequence number, oldest first, each item once, as it is now.</summary>
    public IEnumerable<MailChange> ChangesAfter(long sequence)
    {
        for (var index = FirstAfter(sequence); index < log.Count; index++)
        {
            var entry = log[index];
            var isCurrent = entry.Removed is null ? IsHere(entry.Item) && entry.Item.Sequence == entry.Sequence : !IsHere(entry.Item);
            if (isCurrent)
                yield return new MailChange(entry.Sequence, entry.Item, entry.Removed, entry.DefaultId);
        }
    }

    /// <summary>
    /// The same for a first round, of what was received within some time: found by that where it is little of much.
    /// What left before the round began at <paramref name="start"/> is not told.
    /// </summary>
    public IEnumerable<MailChange> ContentAfter(long sequence, long start, DateTimeOffset least, DateTimeOffset most)
    {
        var (from, end) = Items.Between(least, most);
        if (end - from > log.Count / 8)
            return ChangesAfter(sequence);

        return Enumerable.Range(from, Math.Max(0, end - from)).Select(place => Items[place])
            .Where(item => item.Sequence > sequence)
            .Select(item => new MailChange(item.Sequence, item, Removed: null, OldDefaultId: null))
            .Concat(ChangesAfter(Math.Max(sequence, start)).Where(change => change.Removed is not null))
            .OrderBy(change => change.Sequence);
    }

    /// <summary>
    /// What was added or changed after one sequence number and still lay here at another, each item once; Removed tells
    /// of those that have left since.
    /// </summary>
    public IReadOnlyList<MailChange> StoodHere(long after, long until)
    {
        var standing = new Dictionary<MailItem, long>();
        var index = FirstAfter(after);
        for (; index < log.Count && log[index].Sequence <= until; index++)
        {
            if (log[index].Removed is null)
                standing[log[index].Item] = log[index].Sequence;
            else
                standing.Remove(log[index].Item);
        }

        var gone = log.Skip(index).Where(entry => entry.Removed is not null && !IsHere(entry.Item)).ToLookup(entry => entry.Item);
        return [.. standing.OrderBy(pair => pair.Value).Select(pair =>
            new MailChange(pair.Value, pair.Key, gone[pair.Key].FirstOrDefault()?.Removed, gone[pair.Key].FirstOrDefault()?.DefaultId))];
    }

    private bool IsHere(MailItem item) => !item.Deleted && item.Folder == folder;

    private int FirstAfter(long sequence) => ChangeLogs.FirstAfter(log, sequence, entry => entry.Sequence);

    /// <summary><paramref name="DefaultId"/> is the one under which a removed item was known while it lay here.</summary>
    private sealed record LogEntry(long Sequence, MailItem Item, string? Removed, string? DefaultId);
}

/// <summary><paramref name="Removed"/> is null for an item that is there, else why it is gone.</summary>
internal sealed record MailChange(long Sequence, MailItem Item, string? Removed, string? OldDefaultId)
{
    public string IdFor(bool immutable) => immutable ? Item.Id : OldDefaultId ?? Item.DefaultId;
}
