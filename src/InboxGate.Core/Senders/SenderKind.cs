namespace InboxGate.Core.Senders;

/// <summary>Who is writing, from the rep's point of view.</summary>
public enum SenderKind
{
    /// <summary>A person or company the rep is trying to win; never gated by default.</summary>
    Prospect,
    Customer,
    Colleague,
    Vip,

    /// <summary>Known, and not a prospect.</summary>
    Other,

    /// <summary>A machine wrote it. Cannot be listed.</summary>
    Automated,

    /// <summary>Nobody has said yet. Cannot be listed.</summary>
    Unknown,
}
