using InboxGate.Core.Gates;
using InboxGate.Core.Senders;

namespace InboxGate.Web.Gates;

public sealed class GateRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public Guid GateId { get; set; }
    public string InternetMessageId { get; set; } = "";
    public string? ConversationId { get; set; }

    /// <summary>
    /// Name, address and subject of the mail: erased when the gate is answered or gone, and at that day's end when it
    /// expired, or was waived or corrected, because those two can be taken back the same day.
    /// </summary>
    public string? FromName { get; set; }
    public string? FromAddress { get; set; }
    public string? Subject { get; set; }

    public SenderKind SenderKind { get; set; }
    public VerdictReason Reason { get; set; }
    public string? Match { get; set; }
    public int CallsRequired { get; set; }

    /// <summary>Kind and number when the gate was made: what a correction taken back goes back to.</summary>
    public SenderKind MadeKind { get; set; }
    public int MadeCallsRequired { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? WaivedAt { get; set; }
    public string? WaiverReason { get; set; }
    public DateTimeOffset? LeftInboxAt { get; set; }
    public DateTimeOffset? CorrectedAt { get; set; }

    /// <summary>When the gate was closed, once that day is over: it is then on no board any more.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    public Gate ToGate() => new(
        GateId, InternetMessageId, ConversationId,
        FromName is null && FromAddress is null ? null : new Correspondent(FromName, FromAddress), Subject,
        SenderKind, Reason, Match, CallsRequired, ReceivedAt, OpenedAt, AnsweredAt, WaivedAt,
        Earlier(LeftInboxAt, CorrectedAt));

    /// <summary>Forgets who wrote and about what.</summary>
    public void Erase()
    {
        FromName = null;
        FromAddress = null;
        Subject = null;
        Match = null;
        WaiverReason = null;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null ? b : b is null ? a : a < b ? a : b;
}
