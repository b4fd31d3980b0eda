using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.People;

namespace InboxGate.Web.Gates;

/// <summary>What one scope says of the policy; null leaves the word to the wider scope.</summary>
public sealed class PolicyRow
{
    public Guid TenantId { get; set; }
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }
    public bool? On { get; set; }
    public DateTimeOffset? PausedUntil { get; set; }
    public Dictionary<SenderKind, int> CallsRequired { get; set; } = [];
    public CountingMode? Counting { get; set; }
    public bool? InferFromMyOutreach { get; set; }
    public bool? ManagerIsVip { get; set; }

    /// <summary>Categories in the message list that say how many calls come first.</summary>
    public bool? MarkMessages { get; set; }

    /// <summary>What a prospect's number is dialled with.</summary>
    public DialWith? DialWith { get; set; }

    /// <summary>A team's or the tenant's; they stand in for those of the mailbox.</summary>
    public WorkHours? Hours { get; set; }

    /// <summary>A team's or the tenant's: how far a rep's own word may go.</summary>
    public PolicyLimits? Limits { get; set; }
    public DateTimeOffset SetAt { get; set; }
}
