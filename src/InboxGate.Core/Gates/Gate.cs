using InboxGate.Core.Senders;

namespace InboxGate.Core.Gates;

public enum GateState
{
    Pending,
    Earned,
    Answered,
    Waived,
    Expired,
    Released,
}

/// <summary>A mail that calls must be made before answering, as the facts tell it.</summary>
/// <param name="From">Null once erased; kept only while the gate is pending or earned.</param>
/// <param name="CallsRequired">At least 1; zero means that there is no gate.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="OpenedAt">UTC; the start of the next working period when received off hours.</param>
/// <param name="AnsweredAt">When the rep first sent mail in the conversation at or after <paramref name="ReceivedAt"/>.</param>
/// <param name="WaivedAt">Null again when the waiver was taken back.</param>
/// <param name="ReleasedAt">When the mail left the inbox, or its sender's kind was corrected to one that owes nothing.</param>
public sealed record Gate(
    Guid Id,
    string InternetMessageId,
    string? ConversationId,
    Correspondent? From,
    string? Subject,
    SenderKind SenderKind,
    VerdictReason Reason,
    string? Match,
    int CallsRequired,
    DateTimeOffset ReceivedAt,
    DateTimeOffset OpenedAt,
    DateTimeOffset? AnsweredAt = null,
    DateTimeOffset? WaivedAt = null,
    DateTimeOffset? ReleasedAt = null);

/// <summary>How calls are counted against gates.</summary>
public enum CountingMode
{
    /// <summary>A call counts for every pending gate opened by then.</summary>
    Shared,

    /// <summary>Each call is spent on the oldest gate pending at that time only.</summary>
    OneByOne,
}

/// <summary>Where a gate stands at an instant: derived, never stored.</summary>
/// <param name="EarnedAt">UTC; null while calls are owed.</param>
/// <param name="DayGoalMet">Earned because the day's calls goal was met rather than by its own calls.</param>
/// <param name="ClosedAt">UTC; null while pending or earned.</param>
public sealed record GateStanding(
    Gate Gate, GateState State, int CallsRemaining, DateTimeOffset? EarnedAt, bool DayGoalMet, DateTimeOffset? ClosedAt);
