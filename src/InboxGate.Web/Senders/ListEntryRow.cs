using InboxGate.Core.Senders;
using InboxGate.Web.People;

namespace InboxGate.Web.Senders;

/// <summary>One address or domain on a list. The owner is the rep, the manager whose team it is, or the tenant.</summary>
public sealed class ListEntryRow
{
    public Guid TenantId { get; set; }
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }

    /// <summary>Normalised: a lower-case address or an ASCII domain.</summary>
    public string Entry { get; set; } = "";

    /// <summary>The entry without a plus-tag, because addresses also compare without them on both sides.</summary>
    public string Bare { get; set; } = "";
    public SenderKind Kind { get; set; }
    public DateTimeOffset SetAt { get; set; }
}
