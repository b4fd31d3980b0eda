using InboxGate.Web.People;

namespace InboxGate.Web.Prospects;

/// <summary>One file that was read into a list: so that sending it twice counts once, and what it took away can come back.</summary>
public sealed class ImportRow
{
    public Guid TenantId { get; set; }
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }

    /// <summary>The client's.</summary>
    public Guid ImportId { get; set; }
    public DateTimeOffset At { get; set; }
    public int Added { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; }
    public int Rejected { get; set; }
    public int Removed { get; set; }
    public int Conflicts { get; set; }
    public DateTimeOffset? RemovalUndoneAt { get; set; }
}
