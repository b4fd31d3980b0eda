using InboxGate.Core.Senders;

namespace InboxGate.Web.Prospects;

/// <summary>Outlook contacts that a rep wants on the own list: those of a folder, or those of a category in it.</summary>
public sealed class ContactSourceRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }

    /// <summary>Graph's id of the contact folder; empty for the mailbox's default one.</summary>
    public string FolderId { get; set; } = "";

    /// <summary>Empty: all contacts of the folder.</summary>
    public string Category { get; set; } = "";

    /// <summary>The folder's name as it was when it was chosen.</summary>
    public string? FolderName { get; set; }
    public SenderKind Kind { get; set; }
    public DateTimeOffset SetAt { get; set; }

    /// <summary>Where the next reading goes on; null before the first and after a lost one.</summary>
    public string? DeltaLink { get; set; }
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Names the reading of the whole folder that is under way, or was the last: entries carry it as their <c>ImportId</c>.</summary>
    public Guid Round { get; set; }

    /// <summary>The whole folder is being read; what that does not name is taken off at its end.</summary>
    public bool ReadsAnew { get; set; }

    /// <summary>Stable code of why the contacts cannot be read; null while all is well.</summary>
    public string? Problem { get; set; }

    /// <summary>All sources of a rep begin anew together: only all of them know what none of them names any more.</summary>
    public void BeginAnew() => (Round, ReadsAnew, DeltaLink) = (Guid.CreateVersion7(), true, null);
}
