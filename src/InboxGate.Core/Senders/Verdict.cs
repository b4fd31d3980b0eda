namespace InboxGate.Core.Senders;

/// <summary>The rule that decided, in the order in which the rules are asked.</summary>
public enum VerdictReason
{
    Self,
    ListedAddress,
    Manager,
    Machine,
    ListedDomain,
    TenantDomain,
    YouWroteFirst,
    UnknownSender,
}

/// <summary>A decision about one mail's sender.</summary>
/// <param name="Match">The address, domain or header that decided; null when nothing did.</param>
public readonly record struct Verdict(SenderKind Kind, VerdictReason Reason, string? Match);
