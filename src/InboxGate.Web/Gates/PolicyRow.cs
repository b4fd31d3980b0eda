using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.Senders;

namespace InboxGate.Web.Gates;

/// <summary>What one scope says of the policy; null leaves the word to the wider scope.</summary>
public sealed class PolicyRow
{
    public Guid TenantId { get; set; }
    public ListScope Scope { get; set; }
    public Guid OwnerId { get; set; }
    public bool? On { get; set; }
    public DateTimeOffset? PausedUntil { get; set; }
    public Dictionary<SenderKind, int> CallsRequired { get; set; } = [];
    public CountingMode? Counting { get; set; }
    public bool? InferFromMyOutreach { get; set; }
    public bool? ManagerIsVip { get; set; }

    /// <summary>Categories in the message list that say how many calls come first.</summary>
    public bool? MarkMessages { get; set; }
    public DateTimeOffset SetAt { get; set; }
}
