using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>
/// One person's contacts. Every change takes the next sequence number and is written into its folder's log, from which
/// deltas are read: an entry that a later one has overtaken is passed over.
/// </summary>
internal sealed class ContactBook
{
    /// <summary>The default folder is also known by this name.</summary>
    public const string WellKnown = "contacts";

    private readonly Guid user;
    private readonly Dictionary<string, ContactItem> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContactItem> itemsByDefaultId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContactFolder> folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ContactChange>> logs = new(StringComparer.Ordinal);
    private int foldersMade;

    public ContactBook(Guid user)
    {
        this.user = user;
        Default = new ContactFolder(ItemIds.Folder(user, WellKnown), null, "Contacts");
        Keep(Default);
    }

    public ContactFolder Default { get; }

    /// <summary>Of the last change; never 0, which stands for a delta round that has not ended yet.</summary>
    public long Sequence { get; private set; } = 1;

    public string NextItemId => ItemIds.Immutable(user, -(items.Count + 1));

    public string NextFolderId => ItemIds.Folder(user, $"{WellKnown}/{foldersMade + 1}");

    public IEnumerable<ContactFolder> ChildrenOf(string folderId) => folders.Values.Where(folder => folder.ParentId == folderId);

    public ContactFolder? FindFolder(string nameOrId) =>
        nameOrId.Equals(WellKnown, StringComparison.OrdinalIgnoreCase) ? Default : folders.GetValueOrDefault(nameOrId);

    public bool TryFind(string id, [NotNullWhen(true)] out ContactItem? item) =>
        (items.TryGetValue(id, out item) || itemsByDefaultId.TryGetValue(id, out item)) && !item.Deleted;

    public bool HasEverHeld(string id) => items.ContainsKey(id);

    /// <summary>In the order in which they came in or were changed last.</summary>
    public IEnumerable<ContactItem> ContentOf(string folderId) =>
        ChangesAfter(folderId, 0).Where(change => change.Removed is null).Select(change => change.Item);

    /// <summary>What happened in a folder after a sequence number, oldest first, each contact once, as it is now.</summary>
    public IEnumerable<ContactChange> ChangesAfter(string folderId, long sequence)
    {
        var log = logs[folderId];
        for (var index = ChangeLogs.FirstAfter(log, sequence, change => change.Sequence); index < log.Count; index++)
        {
            var change = log[index];
            var isHere = !change.Item.Deleted && change.Item.Folder == folderId;
            if (change.Removed is null ? isHere && change.Item.Sequence == change.Sequence : !isHere)
                yield return change;
        }
    }

    public void Keep(ContactFolder folder)
    {
        foldersMade += folders.ContainsKey(folder.Id) || folder.ParentId is null ? 0 : 1;
        folders[folder.Id] = folder;
        logs.TryAdd(folder.Id, []);
    }

    /// <summary>With all that lies in it.</summary>
    public void DropFolder(string id)
    {
        foreach (var child in ChildrenOf(id).ToList())
            DropFolder(child.Id);
        foreach (var item in ContentOf(id).ToList())
            Delete(item.Id);
        folders.Remove(id);
    }

    /// <summary>Adds a contact, or replaces the named members of one that is there; in another folder it then leaves the one before.</summary>
    public void Save(string id, string folderId, JsonObject members)
    {
        if (!items.TryGetValue(id, out var item))
            items.Add(id, item = new ContactItem(id, folderId, []));
        else if (item.Folder != folderId)
            Move(item, folderId);
        foreach (var (name, value) in members)
            item.Contact[name] = value?.DeepClone();

        item.Sequence = ++Sequence;
        itemsByDefaultId[item.DefaultId] = item;
        logs[folderId].Add(new ContactChange(item.Sequence, item, Removed: null, item.DefaultId));
    }

    public void Delete(string id)
    {
        var item = items[id];
        item.Deleted = true;
        item.Sequence = ++Sequence;
        itemsByDefaultId.Remove(item.DefaultId);
        logs[item.Folder].Add(new ContactChange(item.Sequence, item, "deleted", item.DefaultId));
    }

    private void Move(ContactItem item, string folderId)
    {
        itemsByDefaultId.Remove(item.DefaultId);
        logs[item.Folder].Add(new ContactChange(++Sequence, item, "changed", item.DefaultId));
        item.Folder = folderId;
        item.Moves++;
    }
}
