using InboxGate.Core.Boards;
using InboxGate.Core.Gates;
using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Gates;

/// <summary>"Answer now": always possible, with a reason that stays the rep's own.</summary>
[Route("api/gates/{id:guid}/waiver")]
public sealed class WaiversController(RepWriter writer, BoardReading boards, TimeProvider clock) : RepController
{
    public const int LongestReason = 200;

    [HttpPost]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<Board>(StatusCodes.Status200OK)]
    public async Task<ActionResult<Board>> Waive(Guid id, WaiverStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var reason = statement.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason)
        {
            throw RefusalException.Unprocessable("waiver-reason", "A reason is needed.", "Say in 1 to 200 characters why this answer cannot wait.");
        }

        var now = clock.GetUtcNow();
        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            var gate = await FindAsync(store, rep, id, token);
            var facts = await FactsReading.ReadAsync(store, rep, now, token);
            var row = BoardDrawing.Draw(facts, now).Gates.FirstOrDefault(x => x.Id == id);
            if (row?.State is not (GateState.Pending or GateState.Earned))
            {
                throw RefusalException.Conflict("gate-closed", "That mail is not waiting any more.", "Nothing is needed: answer it.");
            }

            gate.WaivedAt = now;
            gate.WaiverReason = reason;
            return true;
        }, ct);
        return Board(await boards.DrawAsync(Rep, ct));
    }

    [HttpDelete]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    [ProducesResponseType<Board>(StatusCodes.Status200OK)]
    public async Task<ActionResult<Board>> TakeBack(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            var gate = await FindAsync(store, rep, id, token);
            if (gate.WaivedAt is not { } waivedAt)
            {
                return false;
            }

            var calendar = await Working.CalendarAsync(store, rep, token);
            if (calendar.DateAt(waivedAt) != calendar.DateAt(now))
            {
                throw RefusalException.Conflict("waiver-not-today", "That was not waived today.", "Only today's can be taken back.");
            }

            gate.WaivedAt = null;
            gate.WaiverReason = null;
            return true;
        }, ct);
        return Board(await boards.DrawAsync(Rep, ct));
    }

    private static async Task<GateRow> FindAsync(Store store, RepRow rep, Guid id, CancellationToken ct) =>
        await store.Gates.FindAsync([rep.TenantId, rep.RepId, id], ct)
        ?? throw RefusalException.NotFound("unknown-gate", "There is no such gate.", "Fetch the board: its gates carry their ids.");
}

/// <param name="Reason">1 to 200 characters after trimming.</param>
public sealed record WaiverStatement(string? Reason);
