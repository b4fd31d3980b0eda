namespace InboxGate.Web.Mailbox;

/// <summary>How far one folder of one mailbox was read, and the subscription that hints at more.</summary>
public sealed class MailboxWatchRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }

    /// <summary><c>inbox</c> or <c>sentitems</c>.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The whole next or delta link; null before the first round.</summary>
    public string? Link { get; set; }
    public string? SubscriptionId { get; set; }
    public DateTimeOffset? SubscriptionExpiresAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public string? Problem { get; set; }
}
