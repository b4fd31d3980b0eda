using InboxGate.Core.Senders;
using InboxGate.Web.People;

namespace InboxGate.Web.Senders;

/// <summary>One address, domain or phone number on a list, and what is known of who it is. The owner is the rep, the manager whose team it is, or the tenant.</summary>
public sealed class ListEntryRow
{
    public const int LongestText = 200;

    public Guid TenantId { get; set; }
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }

    /// <summary>Normalised: a lower-case address, an ASCII domain, or a number in E.164.</summary>
    public string Entry { get; set; } = "";

    /// <summary>The entry without a plus-tag, because addresses also compare without them on both sides.</summary>
    public string Bare { get; set; } = "";
    public SenderKind Kind { get; set; }

    /// <summary>When it was listed or last changed.</summary>
    public DateTimeOffset SetAt { get; set; }
    public ListSource Source { get; set; }

    /// <summary>Where it comes from, there: the id of the Outlook contact.</summary>
    public string? SourceId { get; set; }

    /// <summary>The last file that named it, or the last reading of the Outlook contacts.</summary>
    public Guid? ImportId { get; set; }

    /// <summary>Of a person with several addresses or numbers, the entry that stands for them; null where this is it.</summary>
    public string? MainEntry { get; set; }
    public string? Name { get; set; }
    public string? Company { get; set; }

    /// <summary>E.164.</summary>
    public string? Phone { get; set; }

    /// <summary>IANA zones, parted by commas: the stated one, else those the number may be in; null when nothing is known.</summary>
    public string? TimeZones { get; set; }
    public bool DoNotCall { get; set; }

    /// <summary>The last day (UTC) on which it decided who a sender is; of a rep's own list alone.</summary>
    public DateOnly? UsedOn { get; set; }

    /// <summary>Off the list, but to be had back.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>The file that took it off the list, because it did not name it.</summary>
    public Guid? RemovedBy { get; set; }

    /// <summary>Name, else company, else entry, folded.</summary>
    public string SortKey { get; set; } = "";

    /// <summary>Everything it can be found by, folded.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>Sorted and found by what it says now.</summary>
    public void Index()
    {
        SortKey = Core.Prospects.SearchText.Fold(Name ?? Company ?? Entry);
        SearchText = Core.Prospects.SearchText.Fold(string.Join(' ', new[] { Name, Company, Entry, Phone == Entry ? null : Phone }.OfType<string>()));
    }
}

public enum ListSource
{
    /// <summary>Somebody said so, by a tap or a form.</summary>
    Said,
    Import,
    Contacts,
}

/// <summary>A list's revision, raised with every change of an entry.</summary>
public sealed class ListRow
{
    public Guid TenantId { get; set; }
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }
    public long Revision { get; set; }
}
