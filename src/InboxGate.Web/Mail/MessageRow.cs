namespace InboxGate.Web.Mail;

/// <summary>A received mail that was judged: ids and times only. It makes a repeat harmless.</summary>
public sealed class MessageRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public string InternetMessageId { get; set; } = "";
    public string? GraphId { get; set; }
    public string? ConversationId { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public Guid? GateId { get; set; }
    public bool LeftInbox { get; set; }

    /// <summary>The category of ours that the mail carries in the message list; null for none.</summary>
    public string? Mark { get; set; }

    /// <summary>The rep took our category off: it is not put there again.</summary>
    public bool MarkDeclined { get; set; }
}

/// <summary>
/// A mail in the inbox that must be fetched and judged: the delta told too little about it, or an answer that came to
/// light later parted it from its gate. Gone once the mail is judged.
/// </summary>
public sealed class UnjudgedRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public string GraphId { get; set; } = "";
}

/// <summary>A mail the rep sent: ids, time and whether it was prospecting.</summary>
public sealed class SentMessageRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public string InternetMessageId { get; set; } = "";
    public string? ConversationId { get; set; }
    public DateTimeOffset SentAt { get; set; }
    public bool Prospecting { get; set; }

    /// <summary>Neither an automatic reply nor meeting traffic: it answers its conversation.</summary>
    public bool ByHand { get; set; }
}

/// <summary>The rep wrote first in a conversation to an outside address, which is kept as a keyed hash only.</summary>
public sealed class OutreachRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public string ConversationId { get; set; } = "";
    public string AddressHash { get; set; } = "";
    public DateTimeOffset SentAt { get; set; }
}
