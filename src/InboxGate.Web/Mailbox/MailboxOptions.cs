using System.ComponentModel.DataAnnotations;
using InboxGate.Core.Boards;

namespace InboxGate.Web.Mailbox;

/// <summary>How mailboxes are watched.</summary>
public sealed class MailboxOptions : IValidatableObject
{
    public const string Section = "Mailbox";
    private const int LeastKeyLength = 32;
    private const string OutOfRange = "Mailbox:{0} must lie between {1} and {2}.";

    /// <summary>False on a server that only answers panes: it reads no mailbox and keeps no subscription.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>With the app's own permissions, or on behalf of each rep where an administrator refuses those.</summary>
    public MailboxAccess Access { get; init; } = MailboxAccess.Application;

    /// <summary>Microsoft Graph, version included; government clouds have their own.</summary>
    [Required(ErrorMessage = "Mailbox:GraphBaseAddress is missing, for example https://graph.microsoft.com/v1.0.")]
    public Uri GraphBaseAddress { get; init; } = new("https://graph.microsoft.com/v1.0");

    /// <summary>Whom tokens for Microsoft Graph are for; by default the origin of its address.</summary>
    public Uri? GraphResource { get; init; }

    /// <summary>This server's address as Microsoft Graph can reach it; notifications come there.</summary>
    [Required(ErrorMessage = "Mailbox:PublicAddress is missing: this server's address as Microsoft Graph can reach it.")]
    public required Uri PublicAddress { get; init; }

    /// <summary>Signs the state of subscriptions; the same on every server.</summary>
    [Required(ErrorMessage = "Mailbox:ClientStateKey is missing: a secret of at least 32 characters.")]
    [MinLength(LeastKeyLength, ErrorMessage = "Mailbox:ClientStateKey is too short: a secret of at least 32 characters.")]
    public required string ClientStateKey { get; init; }

    /// <summary>The key before the last change, still accepted.</summary>
    [MinLength(LeastKeyLength, ErrorMessage = "Mailbox:PreviousClientStateKey is too short: a secret of at least 32 characters.")]
    public string? PreviousClientStateKey { get; init; }

    /// <summary>How often every mailbox is read whether or not a notification came: what a lost one costs, and how long an outage stays unseen.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = OutOfRange)]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How old zone, hours, automatic replies and manager may grow; nothing tells when they change.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ErrorMessage = OutOfRange)]
    public TimeSpan ProfileInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Mailboxes read at once by this server.</summary>
    [Range(1, 200, ErrorMessage = OutOfRange)] public int MaxConcurrentReads { get; init; } = 16;

    [Range(1, 999, ErrorMessage = OutOfRange)] public int PageSize { get; init; } = 50;

    /// <summary>As many mails as a filtered round of changes brings; where it brought so many, the rest is listed.</summary>
    [Range(1, 5000, ErrorMessage = OutOfRange)] public int LargestFilteredRound { get; init; } = 5000;

    /// <summary>How long a subscription is asked for; Outlook's most is 10,080 minutes.</summary>
    [Range(typeof(TimeSpan), "00:45:00", "7.00:00:00", ErrorMessage = OutOfRange)]
    public TimeSpan SubscriptionLife { get; init; } = TimeSpan.FromMinutes(10_080 - 15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The SDK sends a token over plain http to the machine itself only.
        if (!IsHttp(GraphBaseAddress) || (GraphBaseAddress.Scheme == Uri.UriSchemeHttp && !GraphBaseAddress.IsLoopback))
        {
            yield return new ValidationResult("Mailbox:GraphBaseAddress must be an https address; http is taken for this machine only.", [nameof(GraphBaseAddress)]);
        }

        if (!IsHttp(PublicAddress))
        {
            yield return new ValidationResult("Mailbox:PublicAddress must be an http or https address.", [nameof(PublicAddress)]);
        }
    }

    private static bool IsHttp(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
