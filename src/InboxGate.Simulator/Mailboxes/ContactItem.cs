using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>A contact in a folder of the address book. <see cref="Sequence"/> rises with each change and orders the delta.</summary>
internal sealed class ContactItem(string id, string folder, JsonObject contact)
{
    public string Id { get; } = id;

    /// <summary>By its id.</summary>
    public string Folder { get; set; } = folder;

    public JsonObject Contact { get; } = contact;

    public int Moves { get; set; }

    public long Sequence { get; set; }

    public bool Deleted { get; set; }

    public string DefaultId => ItemIds.Default(Id, Folder, Moves);

    public string IdFor(bool immutable) => immutable ? Id : DefaultId;
}

/// <summary>A folder of the address book; the default one has no parent here.</summary>
internal sealed record ContactFolder(string Id, string? ParentId, string Name);

/// <summary><paramref name="Removed"/> is null for a contact that is there, else why it is gone.</summary>
internal sealed record ContactChange(long Sequence, ContactItem Item, string? Removed, string DefaultId)
{
    public string IdFor(bool immutable) => immutable ? Item.Id : DefaultId;
}
