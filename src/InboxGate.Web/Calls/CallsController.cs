using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace InboxGate.Web.Calls;

[Route("api/calls/{id:guid}")]
public sealed class CallsController(CallLedger ledger, BoardReading boards, Enrolment enrolment) : RepController
{
    /// <summary>Logs a call. Repeating it changes nothing and answers the same.</summary>
    [HttpPut]
    [EnrolsItself]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<Board>(StatusCodes.Status201Created)]
    [ProducesResponseType<Board>(StatusCodes.Status200OK)]
    public async Task<ActionResult<Board>> Log(Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] CallStatement? statement)
    {
        if (statement?.Prospect is { Length: > 320 })
        {
            throw RefusalException.Unprocessable("prospect-too-long", "prospect is too long.", "Send at most 320 characters.");
        }

        statement ??= new CallStatement();
        if (await ledger.TryLogPlainAsync(Rep, id, statement, Aborted) is var (call, stamp))
        {
            return Board(await boards.DrawAfterAsync(Rep, stamp, call, Aborted), StatusCodes.Status201Created);
        }

        await EnrolAsync(enrolment);
        var isNew = await ledger.LogAsync(Rep, id, statement, Aborted);
        return Board(await boards.DrawAsync(Rep, Aborted), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Takes a call of today back. Repeatable; it may also arrive before its call.</summary>
    [HttpDelete]
    [Refuses(StatusCodes.Status409Conflict)]
    [ProducesResponseType<Board>(StatusCodes.Status200OK)]
    public async Task<ActionResult<Board>> Undo(Guid id, CancellationToken ct)
    {
        await ledger.UndoAsync(Rep, id, ct);
        return Board(await boards.DrawAsync(Rep, ct));
    }

    /// <summary>Adds or changes how the call went.</summary>
    [HttpPut("outcome")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    [ProducesResponseType<Board>(StatusCodes.Status200OK)]
    public async Task<ActionResult<Board>> SetOutcome(Guid id, OutcomeStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        await ledger.SetOutcomeAsync(Rep, id, statement.Outcome, ct);
        return Board(await boards.DrawAsync(Rep, ct));
    }
}

public sealed record OutcomeStatement
{
    public required CallOutcome Outcome { get; init; }
}
