using InboxGate.Core.Boards;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Mail;

[Route("api/messages")]
public sealed class MessagesController(Judging judging, BoardReading boards) : RepController
{
    private const int LongestId = 998;
    private const int MostReplyTo = 50;
    private const int MostHeaders = 500;

    /// <summary>Who wrote the mail on screen, and its gate: made now if the server has not seen the mail yet.</summary>
    [HttpPost("verdict")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [RequestSizeLimit(256 * 1024)]
    [ProducesResponseType<VerdictAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<VerdictAnswer>> Judge(MessageStatement message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Check(message);
        var known = Look is null ? null : judging.Find(Rep, message, Look);
        var judgement = known ?? await judging.JudgeAsync(Rep, message, Look, Aborted);
        // What was judged only now may be on a later board than the one this request came upon.
        var board = await boards.DrawAsync(Rep, Aborted, known is null ? null : Look);
        var gate = board.Gates.FirstOrDefault(x => x.Id == judgement.GateId);
        var verdict = judgement.Verdict;
        return new VerdictAnswer(verdict.Kind, verdict.Reason, verdict.Match, VerdictWords.Because(verdict, message.From), gate, board);
    }

    private static void Check(MessageStatement message)
    {
        if (message.InternetMessageId.Trim().Length is 0 or > LongestId)
        {
            throw RefusalException.Unprocessable("message-id", "internetMessageId is empty or too long.", "Send the mail's Message-ID, 1 to 998 characters.");
        }

        if (message.ConversationId?.Length > LongestId || message.Subject?.Length > 1000)
        {
            throw RefusalException.Unprocessable("message-facts", "conversationId or subject is too long.", "Send them as the mailbox gives them.");
        }

        if (message.ReplyTo?.Count > MostReplyTo || message.Headers?.Count > MostHeaders
            || message.ReplyTo?.Contains(null!) == true || message.Headers?.Any(x => x?.Name is null || x.Value is null) == true)
        {
            throw RefusalException.Unprocessable("message-facts", "replyTo or headers have too many or empty items.", "Send at most 50 replyTo and 500 headers, each complete.");
        }
    }
}

/// <summary>The facts of the message on screen. No body is taken.</summary>
/// <param name="ItemId">The host's id of the item; kept nowhere.</param>
/// <param name="ReceivedAt">When the mailbox received it; left out or in the future it counts as now.</param>
public sealed record MessageStatement(
    [property: System.Text.Json.Serialization.JsonRequired] string InternetMessageId,
    DateTimeOffset? ReceivedAt = null,
    string? ConversationId = null,
    string? ItemId = null,
    string? Subject = null,
    Correspondent? From = null,
    Correspondent? Sender = null,
    IReadOnlyList<Correspondent>? ReplyTo = null,
    IReadOnlyList<MessageHeader>? Headers = null,
    bool IsMeeting = false);

/// <param name="Gate">The mail's gate as the board shows it; null when none stands before it.</param>
public sealed record VerdictAnswer(
    SenderKind SenderKind, VerdictReason Reason, string? Match, string Because, BoardGateRow? Gate, Board Board);
