using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>
/// One person's mail. Every change takes the next sequence number and is added to the log that deltas are read from;
/// an entry that a later one has overtaken is passed over when read.
/// </summary>
internal sealed class Mailbox(Guid user)
{
    private readonly Dictionary<string, MailItem> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailItem> itemsByDefaultId = new(StringComparer.Ordinal);
    private readonly List<LogEntry> log = [];
    private readonly Dictionary<string, string> foldersById = Folders.WellKnown.ToDictionary(folder => ItemIds.Folder(user, folder), StringComparer.Ordinal);

    public Guid User { get; } = user;

    public long Sequence { get; private set; }

    public Dictionary<string, (string Id, string Color)> Categories { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<MailItem> Items => items.Values.Where(item => !item.Deleted);

    public string NextItemId => ItemIds.Immutable(User, items.Count + 1);

    public IEnumerable<string> FolderNames => foldersById.Values;

    public IEnumerable<MailItem> In(string folder) => Items.Where(item => item.Folder == folder);

    public IEnumerable<MailItem> WithInternetMessageId(string internetMessageId) =>
        Items.Where(item => item.InternetMessageId == internetMessageId);

    public bool TryFind(string id, [NotNullWhen(true)] out MailItem? item) =>
        (items.TryGetValue(id, out item) || itemsByDefaultId.TryGetValue(id, out item)) && !item.Deleted;

    public bool HasEverHeld(string id) => items.ContainsKey(id);

    /// <summary>The kept name of a folder from its well-known name or its id; null when there is none.</summary>
    public string? FolderOf(string nameOrId)
    {
        if (foldersById.TryGetValue(nameOrId, out var folder))
            return folder;

        var name = Folders.Normalise(nameOrId);
        return foldersById.ContainsKey(ItemIds.Folder(User, name)) ? name : null;
    }

    public MailItem Add(string id, string folder, JsonObject message)
    {
        var item = new MailItem(id, folder, message);
        items.Add(id, item);
        Enter(item);
        return item;
    }

    public MailItem Change(string id, JsonObject changes)
    {
        var item = items[id];
        foreach (var (name, value) in changes)
            item.Message[name] = value?.DeepClone();

        item.Sequence = ++Sequence;
        log.Add(new LogEntry(Sequence, item, item.Folder, Removed: null));
        return item;
    }

    public MailItem Move(string id, string folder, string at)
    {
        var item = items[id];
        Leave(item, "changed");
        item.Folder = folder;
        item.Moves++;
        item.Message["lastModifiedDateTime"] = at;
        Enter(item);
        return item;
    }

    public MailItem Delete(string id)
    {
        var item = items[id];
        item.Deleted = true;
        Leave(item, "deleted");
        return item;
    }

    /// <summary>What happened in a folder after a sequence number, oldest first, each item once, as it is now.</summary>
    public IEnumerable<MailChange> ChangesAfter(long sequence, string folder)
    {
        var first = log.BinarySearch(new LogEntry(sequence, null, "", null), LogEntry.BySequence);
        for (var index = first < 0 ? ~first : first + 1; index < log.Count; index++)
        {
            var entry = log[index];
            if (entry.Folder != folder)
                continue;

            var isHere = !entry.Item!.Deleted && entry.Item.Folder == folder;
            var isCurrent = entry.Removed is null ? isHere && entry.Item.Sequence == entry.Sequence : !isHere;
            if (isCurrent)
                yield return new MailChange(entry.Sequence, entry.Item, entry.Removed, entry.DefaultId);
        }
    }

    private void Enter(MailItem item)
    {
        item.Sequence = item.EnteredAt = ++Sequence;
        itemsByDefaultId[item.DefaultId] = item;
        foldersById.TryAdd(ItemIds.Folder(User, item.Folder), item.Folder);
        log.Add(new LogEntry(Sequence, item, item.Folder, Removed: null));
    }

    private void Leave(MailItem item, string reason)
    {
        log.Add(new LogEntry(++Sequence, item, item.Folder, reason) { DefaultId = item.DefaultId });
        itemsByDefaultId.Remove(item.DefaultId);
    }

    private sealed record LogEntry(long Sequence, MailItem? Item, string Folder, string? Removed)
    {
        public static readonly IComparer<LogEntry> BySequence =
            Comparer<LogEntry>.Create((left, right) => left.Sequence.CompareTo(right.Sequence));

        /// <summary>The default id under which a removed item was known in the folder it left.</summary>
        public string? DefaultId { get; init; }
    }
}

/// <summary><paramref name="Removed"/> is null for an item that is there, else why it is gone.</summary>
internal sealed record MailChange(long Sequence, MailItem Item, string? Removed, string? OldDefaultId)
{
    public string IdFor(bool immutable) => immutable ? Item.Id : OldDefaultId ?? Item.DefaultId;
}
