namespace InboxGate.Web.People;

/// <summary>What is known of a tenant's directory.</summary>
public sealed class TenantRow
{
    public Guid TenantId { get; set; }

    /// <summary>Verified domains, lower case, ASCII.</summary>
    public List<string> Domains { get; set; } = [];
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Raised by whoever writes for many reps at once; it serialises them.</summary>
    public long Revision { get; set; }
}
