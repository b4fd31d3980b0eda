using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Plan;

/// <summary>
/// What a manager asks of the reps who report to them, dated, never overwritten. In the address <c>rep</c> is the rep's
/// Entra object id, or <c>team</c> for whoever reports directly to the manager, now and later.
/// </summary>
[ApiController]
[Authorize(EntraSignIn.ManagerRole)]
[RequestSizeLimit(64 * 1024)]
[Consumes("application/json")]
[Route("api/targets/{rep}")]
public sealed class TargetsController(TargetLedger ledger) : ControllerBase
{
    /// <summary>What is asked now, and all that ever was; of a rep what is asked of the team too.</summary>
    [HttpGet]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<TargetsAnswer>(StatusCodes.Status200OK)]
    public Task<TargetsAnswer> Get(string rep, CancellationToken ct) => ledger.ReadAsync(Asked(rep), ct);

    /// <summary>Asks. Repeatable; of several for the same unit, period and day the last holds, but another manager's must be taken back first.</summary>
    [HttpPut]
    [Refuses(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<TargetAnswer>(StatusCodes.Status200OK)]
    public Task<TargetAnswer> Put(string rep, TargetStatement statement, CancellationToken ct) =>
        ledger.AskAsync(Asked(rep), User.Identity!.Name, statement, ct);

    /// <summary>Takes a target back, as if it had never been asked; finished days keep their goals. Repeatable.</summary>
    [HttpDelete("{id:guid}")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<TargetsAnswer>(StatusCodes.Status200OK)]
    public Task<TargetsAnswer> TakeBack(string rep, Guid id, CancellationToken ct) =>
        ledger.TakeBackAsync(Asked(rep), User.Identity!.Name, id, ct);

    /// <summary>What a target would make of the day goals of the next fourteen days. Saves nothing.</summary>
    [HttpPost("preview")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<TargetPreview>(StatusCodes.Status200OK)]
    public Task<TargetPreview> Preview(string rep, TargetStatement statement, CancellationToken ct) =>
        ledger.PreviewAsync(Asked(rep), statement, ct);

    private AskedOf Asked(string rep) => AskedOf.Parse(User.Rep(), rep);
}

/// <summary>A target as a manager asks it; <see cref="From"/> is the local day from which it counts, within a year of today.</summary>
public sealed record TargetStatement
{
    public required TargetUnit Unit { get; init; }
    public required TargetPeriod Period { get; init; }
    public required int Amount { get; init; }
    public required DateOnly From { get; init; }

    public Target ToTarget() => new(Unit, Period, Amount, From);
}

/// <param name="Reps">How many reps it was set for.</param>
public sealed record TargetAnswer(TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From, int Reps);

/// <param name="History">Newest first, those dated ahead and those taken back included.</param>
public sealed record TargetsAnswer(IReadOnlyList<TargetInForce> InForce, IReadOnlyList<TargetRecord> History);

/// <param name="Scope">Asked of the rep alone, or of the team.</param>
public sealed record TargetInForce(TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From, Scope Scope);

public sealed record TargetRecord(
    Guid Id, TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From, DateTimeOffset SetAt, AskedBy SetBy, Scope Scope, TargetTakenBack? TakenBack)
{
    public static TargetRecord Of(TargetRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new TargetRecord(
            row.TargetId, row.Unit, row.Period, row.Amount, row.From, row.SetAt, new AskedBy(row.SetBy, row.SetByName), row.Scope,
            row is { TakenBackAt: { } at, TakenBackBy: { } by } ? new TargetTakenBack(at, new AskedBy(by, row.TakenBackByName)) : null);
    }
}

/// <param name="Id">The manager's Entra object id.</param>
public sealed record AskedBy(Guid Id, string? Name);

public sealed record TargetTakenBack(DateTimeOffset At, AskedBy By);

/// <param name="Reps">For how many reps it would be set.</param>
/// <param name="Unreachable">For how many of them it would be out of reach; null where too few reps to hide in would tell.</param>
/// <param name="Days">The next fourteen, today first; none where <paramref name="Unreachable"/> is null.</param>
public sealed record TargetPreview(int Reps, int? Unreachable, IReadOnlyList<PreviewDay> Days);

/// <param name="Before">The day goals of the unit without the target, and without anybody's margin.</param>
public sealed record PreviewDay(DateOnly Date, DayGoals Before, DayGoals After);

/// <param name="Least">The smallest of a single rep; null where single reps are not shown.</param>
public sealed record DayGoals(int Total, int? Least, int? Most);
