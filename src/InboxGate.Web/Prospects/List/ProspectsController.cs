using System.ComponentModel.DataAnnotations;
using InboxGate.Core.Boards;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Prospects.List;

/// <summary>The rep's own list with all that is known of who stands on it. A change re-decides that sender's unanswered gates at once.</summary>
[Route("api/prospects")]
public sealed class ProspectsController(
    ProspectReading reading, ProspectEditing editing, ProspectExport export, BoardReading boards) : RepController
{
    /// <summary>By name, page by page.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="scope"><c>all</c> shows the team's and the tenant's entries too.</param>
    [HttpGet]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectPage>(StatusCodes.Status200OK)]
    public Task<ProspectPage> List([FromQuery] ProspectQuery query, CancellationToken ct, ProspectScope scope = ProspectScope.Own) =>
        reading.ReadAsync(Rep, scope == ProspectScope.All, ProspectQuery.Parse(query), ct);

    [HttpGet("{entry}")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectAnswer>(StatusCodes.Status200OK)]
    public async Task<ProspectAnswer> Get(string entry, CancellationToken ct) =>
        new(await reading.FindAsync(ListKey.Of(Rep), ProspectQuery.Entry(entry), ct));

    /// <summary>Lists somebody, or says anew all that is known of them. Repeatable.</summary>
    [HttpPut("{entry}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectAnswer>(StatusCodes.Status200OK)]
    public async Task<ProspectAnswer> Put(string entry, ProspectStatement statement, CancellationToken ct) =>
        new(await editing.PutAsync(ListKey.Of(Rep), Rep, ProspectQuery.Entry(entry), statement, ct), Board: await boards.DrawAsync(Rep, ct));

    /// <summary>Repeatable.</summary>
    [HttpDelete("{entry}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectAnswer>(StatusCodes.Status200OK)]
    public async Task<ProspectAnswer> Delete(string entry, CancellationToken ct)
    {
        var was = await editing.DeleteAsync(ListKey.Of(Rep), ProspectQuery.Entry(entry), ct);
        return new ProspectAnswer(null, was, await boards.DrawAsync(Rep, ct));
    }

    /// <summary>The whole list as a file of comma-separated values.</summary>
    [HttpGet("export")]
    [Produces("text/csv")]
    public Task Export(CancellationToken ct) => export.SendAsync(Response, ListKey.Of(Rep), ct);
}

/// <param name="Entry">As it is now; null when it is on the list no more.</param>
/// <param name="Was">As it was, after it was taken off: PUT again, it is back.</param>
/// <param name="Board">The new board, after a change of the rep's own list.</param>
public sealed record ProspectAnswer(ProspectEntry? Entry, ProspectEntry? Was = null, Board? Board = null);

public enum ProspectScope
{
    Own,
    All,
}

public sealed record ProspectQuery
{
    /// <summary>Words that must all be in name, company, entry or number; case and accents do not matter.</summary>
    [MaxLength(200)]
    public string? Search { get; init; }

    public SenderKind? Kind { get; init; }

    public ListSource? Source { get; init; }

    /// <summary>What the page before gave as <c>next</c>.</summary>
    [MaxLength(ProspectCursor.Longest)]
    public string? After { get; init; }

    [Range(1, 200)]
    public int Take { get; init; } = 50;

    public static ProspectSearch Parse(ProspectQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new ProspectSearch(query.Search, query.Kind, query.Source, string.IsNullOrEmpty(query.After) ? null : ProspectCursor.Parse(query.After), query.Take);
    }

    /// <summary>The entry that an address of ours names. Of all that is escaped in a path, only a slash comes as it was sent.</summary>
    public static ListEntry Entry(string inPath)
    {
        ArgumentNullException.ThrowIfNull(inPath);
        return SenderEntries.Parse(inPath.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
    }
}
