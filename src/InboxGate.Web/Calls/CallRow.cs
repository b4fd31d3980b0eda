using InboxGate.Core.Calls;

namespace InboxGate.Web.Calls;

/// <summary>One call, or the undo of one that has not arrived yet (no <see cref="MadeAt"/>).</summary>
public sealed class CallRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public Guid CallId { get; set; }
    public DateTimeOffset? MadeAt { get; set; }
    public DateTimeOffset LoggedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public CallOutcome? Outcome { get; set; }
    public CallEvidence Evidence { get; set; }
    public string? Prospect { get; set; }
}
