using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>One person's mail. Every change takes the next sequence number and is written into its folder's log.</summary>
internal sealed class Mailbox(Guid user)
{
    private readonly Dictionary<string, MailItem> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailItem> itemsByDefaultId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MailItem>> itemsByMessageId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FolderContent> contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> foldersById = Folders.WellKnown.ToDictionary(folder => ItemIds.Folder(user, folder), StringComparer.Ordinal);

    public Guid User { get; } = user;

    public MailboxState State { get; set; }

    /// <summary>Of the last change; never 0, which stands for a delta round that has not ended yet.</summary>
    public long Sequence { get; private set; } = 1;

    public Dictionary<string, (string Id, string Color)> Categories { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ContactBook Contacts { get; } = new(user);

    /// <summary>Of all folders.</summary>
    public ByReceived All { get; } = new();

    public string NextItemId => ItemIds.Immutable(User, items.Count + 1);

    public IEnumerable<string> FolderNames => foldersById.Values;

    public FolderContent ContentOf(string folder)
    {
        if (!contents.TryGetValue(folder, out var content))
            contents.Add(folder, content = new FolderContent(folder));
        return content;
    }

    /// <summary>With or without the angle brackets, which are easily lost on the way; oldest first.</summary>
    public IEnumerable<MailItem> WithInternetMessageId(string internetMessageId) =>
        itemsByMessageId.GetValueOrDefault(Bare(internetMessageId))?.Where(item => !item.Deleted) ?? [];

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
        if (item.InternetMessageId is { } messageId)
        {
            if (!itemsByMessageId.TryGetValue(Bare(messageId), out var same))
                itemsByMessageId.Add(Bare(messageId), same = new List<MailItem>(1));
            same.Add(item);
        }

        Enter(item);
        return item;
    }

    public MailItem Change(string id, JsonObject changes)
    {
        var item = items[id];
        foreach (var (name, value) in changes)
            item.Message[name] = value?.DeepClone();

        item.Sequence = ++Sequence;
        ContentOf(item.Folder).Change(item);
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
        Leave(item, "deleted");
        item.Deleted = true;
        return item;
    }

    private void Enter(MailItem item)
    {
        item.Sequence = item.EnteredAt = ++Sequence;
        itemsByDefaultId[item.DefaultId] = item;
        foldersById.TryAdd(ItemIds.Folder(User, item.Folder), item.Folder);
        All.Add(item);
        ContentOf(item.Folder).Enter(item);
    }

    private void Leave(MailItem item, string reason)
    {
        All.Remove(item);
        ContentOf(item.Folder).Leave(item, ++Sequence, reason);
        itemsByDefaultId.Remove(item.DefaultId);
    }

    private static string Bare(string internetMessageId) => internetMessageId.Trim().Trim('<', '>');
}
