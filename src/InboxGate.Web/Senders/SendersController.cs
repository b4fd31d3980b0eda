using InboxGate.Core.Boards;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>The rep's own list: who is a prospect, a customer, or neither. A change re-decides that sender's unanswered gates at once.</summary>
[Route("api/senders/{addressOrDomain}")]
public sealed class SendersController(ListWriter writer, BoardReading boards, IDbContextFactory<Store> stores, TimeProvider clock) : RepController
{
    [HttpGet]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<SenderAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SenderAnswer>> Get(string addressOrDomain, CancellationToken ct)
    {
        var entry = SenderEntries.Parse(addressOrDomain);
        await using var store = await stores.CreateDbContextAsync(ct);
        var row = await SenderEntries.FindAsync(store, ListKey.Of(Rep), entry, ct);
        return new SenderAnswer(row.Entry, row.Kind);
    }

    [HttpPut]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<SenderAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SenderAnswer>> Put(string addressOrDomain, SenderStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var entry = SenderEntries.Parse(addressOrDomain);
        SenderEntries.ThrowIfNotListable(statement.Kind);
        return await SetAsync(entry, statement.Kind, ct);
    }

    [HttpDelete]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<SenderAnswer>(StatusCodes.Status200OK)]
    public Task<SenderAnswer> Delete(string addressOrDomain, CancellationToken ct) => SetAsync(SenderEntries.Parse(addressOrDomain), null, ct);

    private async Task<SenderAnswer> SetAsync(ListEntry entry, SenderKind? kind, CancellationToken ct)
    {
        var list = ListKey.Of(Rep);
        await writer.WriteAsync(list, (store, token) => SenderEntries.SetAsync(store, list, entry, kind, clock.GetUtcNow(), token), ct);
        return new SenderAnswer(entry.Key, kind, await boards.DrawAsync(Rep, ct));
    }
}

public sealed record SenderStatement
{
    public required SenderKind Kind { get; init; }
}

/// <param name="Entry">As it is kept: lower case, ASCII.</param>
/// <param name="Kind">Null when it is on the rep's list no more.</param>
/// <param name="Board">The new board, after a change.</param>
public sealed record SenderAnswer(string Entry, SenderKind? Kind, Board? Board = null);
