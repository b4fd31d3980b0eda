using InboxGate.Core.Senders;

namespace InboxGate.Web.Mail;

/// <summary>A mail found in the rep's inbox, or stated by the pane that shows it. Never a body.</summary>
/// <param name="GraphId">Graph's immutable id; null when the pane states it.</param>
public sealed record ReceivedMail(
    string InternetMessageId,
    string? GraphId,
    string? ConversationId,
    string? Subject,
    MessageFacts Facts,
    DateTimeOffset ReceivedAt,
    bool IsMeeting = false,
    bool IsDraft = false);

/// <summary>A mail found in the rep's Sent Items.</summary>
/// <param name="IsReply">The mail answers one (its conversation index is longer than a first mail's), as far as known.</param>
/// <param name="IsFirst">The mail certainly answers none: its conversation index is a first mail's.</param>
public sealed record SentMail(
    string InternetMessageId,
    string? GraphId,
    string? ConversationId,
    IReadOnlyList<string> Recipients,
    DateTimeOffset SentAt,
    bool IsReply,
    bool IsFirst,
    bool IsAutomaticReply,
    bool IsMeeting)
{
    public bool ByHand => this is { IsAutomaticReply: false, IsMeeting: false };
}
