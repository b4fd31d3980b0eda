using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Mailbox;

/// <summary>How mailboxes are watched.</summary>
public sealed class MailboxOptions
{
    public const string Section = "Mailbox";

    /// <summary>Microsoft Graph, version included; government clouds have their own.</summary>
    [Required] public Uri GraphBaseAddress { get; init; } = new("https://graph.microsoft.com/v1.0");

    /// <summary>This server's address as Microsoft Graph can reach it; notifications come there.</summary>
    [Required(ErrorMessage = "Mailbox:PublicAddress is missing: this server's address as Microsoft Graph can reach it.")]
    public required Uri PublicAddress { get; init; }

    /// <summary>Signs the state of subscriptions; the same on every server.</summary>
    [Required(ErrorMessage = "Mailbox:ClientStateKey is missing: a secret of at least 32 characters."), MinLength(32)]
    public required string ClientStateKey { get; init; }

    /// <summary>The key before the last change, still accepted.</summary>
    [MinLength(32)] public string? PreviousClientStateKey { get; init; }

    /// <summary>How often every mailbox is read whether or not a notification came: what a lost one costs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(5);

    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan ProfileInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Mailboxes read at once by this server.</summary>
    [Range(1, 200)] public int MaxConcurrentReads { get; init; } = 16;

    [Range(1, 999)] public int PageSize { get; init; } = 50;

    /// <summary>How long a subscription is asked for; Outlook's most is 10,080 minutes.</summary>
    [Range(typeof(TimeSpan), "00:45:00", "7.00:00:00")]
    public TimeSpan SubscriptionLife { get; init; } = TimeSpan.FromMinutes(10_080 - 15);
}
