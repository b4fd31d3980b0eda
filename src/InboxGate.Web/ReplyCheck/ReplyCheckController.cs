using InboxGate.Web.Calls;
using InboxGate.Web.Limits;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.ReplyCheck;

/// <summary>For the scripts of Outlook's events, which show a ticket in place of a sign-in.</summary>
[ApiController]
[AllowAnonymous]
[EnableCors(ReplyCheckServices.EventScripts)]
[RequestSizeLimit(16 * 1024)]
[Consumes("application/json")]
[Route("api/reply-check")]
public sealed class ReplyCheckController(ReplyTickets tickets, ReplyChecking checking, CallLedger ledger, RepLimits limits) : ControllerBase
{
    /// <summary>How many calls are still to be made before this answer is earned.</summary>
    /// <remarks>
    /// The mail is found by <c>inReplyTo</c>, or else as the newest gated one of the conversation that came from a recipient.
    /// Zeros when nothing is owed or it cannot be told: then the answer goes.
    /// </remarks>
    [HttpPost]
    [ProducesResponseType<ReplyAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")]
    public Task<ActionResult<ReplyAnswer>> Check(ReplyStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return ForAsync(statement, _ => Task.FromResult(StatusCodes.Status200OK), ct);
    }

    /// <summary>Logs a call of the ticket's rep and answers what is owed then. Repeating it changes nothing and answers the same.</summary>
    [HttpPut("calls/{id:guid}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ReplyAnswer>(StatusCodes.Status201Created)]
    [ProducesResponseType<ReplyAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")]
    public Task<ActionResult<ReplyAnswer>> Log(Guid id, ReplyCallStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return ForAsync(
            statement,
            async rep => await ledger.LogAsync(rep, id, new CallStatement(SecondsAgo: statement.SecondsAgo), ct)
                ? StatusCodes.Status201Created
                : StatusCodes.Status200OK,
            ct);
    }

    private async Task<ActionResult<ReplyAnswer>> ForAsync(ReplyStatement statement, Func<RepKey, Task<int>> act, CancellationToken ct)
    {
        if (await tickets.ReadAsync(statement.Ticket) is not { } rep || !await checking.IsRepAsync(rep, ct))
        {
            Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
            return Problem(
                type: ProblemAnswers.TypePrefix + "reply-ticket",
                title: "That ticket is not valid.",
                detail: "Open InboxGate in Outlook: it fetches a new one.",
                statusCode: StatusCodes.Status401Unauthorized);
        }

        limits.Count(rep);
        var status = await act(rep);
        Response.Headers.CacheControl = "no-store";
        return StatusCode(status, await checking.AnswerAsync(rep, new ReplyQuestion(statement.InReplyTo, statement.ConversationId, statement.Recipients), ct));
    }
}

/// <param name="Ticket">From <c>POST /api/reply-ticket</c>.</param>
/// <param name="InReplyTo">The internet message id of the mail that is answered, or of the one that is read.</param>
/// <param name="ConversationId">As Microsoft Graph or as Exchange writes it.</param>
/// <param name="Recipients">The addresses that the answer goes to.</param>
public record ReplyStatement(
    [property: System.Text.Json.Serialization.JsonRequired] string Ticket,
    string? InReplyTo = null,
    string? ConversationId = null,
    IReadOnlyList<string?>? Recipients = null);

/// <param name="SecondsAgo">0 to 604800; for clicks made while offline. Left out for a call made now.</param>
public sealed record ReplyCallStatement(
    string Ticket,
    string? InReplyTo = null,
    string? ConversationId = null,
    IReadOnlyList<string?>? Recipients = null,
    long? SecondsAgo = null)
    : ReplyStatement(Ticket, InReplyTo, ConversationId, Recipients);
