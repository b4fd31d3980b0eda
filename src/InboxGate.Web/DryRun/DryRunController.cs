using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.DryRun;

/// <summary>What the gate would have held, before it holds anything. Nothing is stored.</summary>
[Route("api/dryrun")]
public sealed class DryRunController(DryRunning dryRun) : RepController
{
    [HttpGet]
    [ProducesResponseType<DryRunAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<DryRunAnswer>> Get(CancellationToken ct)
    {
        Response.Headers.CacheControl = "private, no-store";
        return await dryRun.RunAsync(Rep, ct);
    }
}

/// <param name="From">Since when mail was looked at; later than 14 days ago when <paramref name="Truncated"/>.</param>
/// <param name="Mails">All that is in the inbox from then on: held, joined and passed.</param>
/// <param name="Held">Gates that would have opened.</param>
/// <param name="Joined">Mails that would have waited behind the gate of an earlier one in their conversation.</param>
/// <param name="Passed">Mails that would have waited for nothing.</param>
/// <param name="Senders">One for each sender and verdict; by gates, then by mails.</param>
/// <param name="Truncated">There was too much mail: the oldest is left out.</param>
public sealed record DryRunAnswer(
    DateTimeOffset From, DateTimeOffset To, int Mails, int Held, int Joined, int Passed, IReadOnlyList<DryRunSender> Senders, bool Truncated);

/// <param name="CallsRequired">For each gate; 0 when this sender's mail is never held.</param>
public sealed record DryRunSender(
    Correspondent From,
    SenderKind SenderKind,
    VerdictReason Reason,
    string? Match,
    string Because,
    int Mails,
    int Held,
    int Joined,
    int CallsRequired);
