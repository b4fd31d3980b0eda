using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Plan;

/// <summary>What a manager asks of the reps who report to them, dated, never overwritten.</summary>
[ApiController]
[Authorize(EntraSignIn.ManagerRole)]
[RequestSizeLimit(64 * 1024)]
[Consumes("application/json")]
[Route("api/targets/{rep}")]
public sealed class TargetsController(RepWriter writer, TimeProvider clock) : ControllerBase
{
    public const int LargestAmount = 100_000;
    public const int FarthestDays = 366;

    /// <param name="rep">The rep's Entra object id, or <c>team</c> for whoever reports directly to the manager, now and later.</param>
    [HttpPut]
    [ProducesResponseType<TargetAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<TargetAnswer>> Put(string rep, TargetStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (statement.Amount is < 1 or > LargestAmount)
        {
            throw RefusalException.Unprocessable("target-amount", "That amount is out of range.", "Ask for 1 to 100000.");
        }

        if (Math.Abs(statement.From.DayNumber - today.DayNumber) > FarthestDays)
        {
            throw RefusalException.Unprocessable("target-from", "That date is too far away.", "Choose a day within a year of today.");
        }

        var manager = User.Rep();
        Guid? single = rep == "team" ? null
            : Guid.TryParse(rep, out var id) ? id
            : throw RefusalException.Unprocessable("rep-id", "That is not a rep.", "Send the rep's Entra object id, or team.");
        var touched = await writer.WriteAsync(
            manager.TenantId,
            store => TeamMembers.Direct(store, manager).Where(x => single == null || x.RepId == single),
            (store, reps, _) =>
            {
                if (single is not null && reps.Count == 0)
                {
                    throw RefusalException.Forbidden("rep-not-in-team", "That rep is not in your team.", "Only your direct reports who have opened InboxGate can be given targets.");
                }

                store.Targets.Add(new TargetRow
                {
                    TenantId = manager.TenantId,
                    Scope = single is null ? Scope.Team : Scope.Rep,
                    OwnerId = single ?? manager.RepId,
                    TargetId = Guid.CreateVersion7(),
                    Unit = statement.Unit,
                    Period = statement.Period,
                    Amount = statement.Amount,
                    From = statement.From,
                    SetAt = now,
                    SetBy = manager.RepId,
                    SetByName = User.FindFirst("name")?.Value,
                });
                return Task.FromResult(true);
            },
            ct);
        return new TargetAnswer(statement.Unit, statement.Period, statement.Amount, statement.From, touched);
    }
}

/// <summary>A target as a manager asks it; <see cref="From"/> is the local day from which it counts, within a year of today.</summary>
public sealed record TargetStatement
{
    public required TargetUnit Unit { get; init; }
    public required TargetPeriod Period { get; init; }
    public required int Amount { get; init; }
    public required DateOnly From { get; init; }
}

/// <param name="Reps">How many reps it was set for.</param>
public sealed record TargetAnswer(TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From, int Reps);
