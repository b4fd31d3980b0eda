using System.Globalization;
using InboxGate.Core.Plan;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

/// <summary>The rep's own checkpoints, margin and days off. The margin is nobody else's.</summary>
[Route("api/plan")]
public sealed class PlanController(RepWriter writer, IDbContextFactory<Store> stores, TimeProvider clock) : RepController
{
    private const int MostDaysOff = 400;

    [HttpGet]
    [ProducesResponseType<PlanAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanAnswer>> Get(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var row = await store.Plans.AsNoTracking()
            .Where(x => x.TenantId == Rep.TenantId && x.RepId == Rep.RepId)
            .OrderByDescending(x => x.SetAt).FirstOrDefaultAsync(ct);
        return new PlanAnswer(
            row?.Checkpoints?.ConvertAll(x => new CheckpointStatement(x.Time.ToString("HH:mm", CultureInfo.InvariantCulture), x.Share)),
            row?.Margin ?? RepPlan.DefaultMargin,
            row?.DaysOff ?? []);
    }

    /// <summary>Replaces the plan from now on. Checkpoints left out are the defaults of the working day.</summary>
    [HttpPut]
    [ProducesResponseType<PlanAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanAnswer>> Put(PlanStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var checkpoints = statement.Checkpoints?.Select(Parse).ToList();
        var daysOff = (statement.DaysOff ?? []).Distinct().Order().ToList();
        var margin = statement.Margin ?? RepPlan.DefaultMargin;
        if (daysOff.Count > MostDaysOff)
        {
            throw RefusalException.Unprocessable("plan", "That plan does not hold.", "Send at most 400 days off.");
        }

        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            // On a shift over midnight the times rise from its start, not from midnight.
            if (RepPlan.Refuse(new RepPlan(checkpoints, margin), await Working.CalendarAsync(store, rep, token)) is { } words)
            {
                throw RefusalException.Unprocessable("plan", "That plan does not hold.", words);
            }

            store.Plans.Add(new PlanRow
            {
                TenantId = rep.TenantId,
                RepId = rep.RepId,
                SetAt = clock.GetUtcNow(),
                Checkpoints = checkpoints?.ConvertAll(x => new PlanCheckpoint(x.Time, x.Share)),
                Margin = margin,
                DaysOff = daysOff,
            });
            return true;
        }, ct);
        return await Get(ct);
    }

    private static CheckpointPlan Parse(CheckpointStatement checkpoint) =>
        TimeOnly.TryParseExact(checkpoint?.Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new CheckpointPlan(time, checkpoint.Share)
            : throw RefusalException.Unprocessable("plan", "That plan does not hold.", "A checkpoint's time is written like 09:00.");
}

/// <param name="Time">Local, as "09:00".</param>
/// <param name="Share">Percent of the day goal due by then, cumulative.</param>
public sealed record CheckpointStatement(string Time, int Share);

/// <param name="Margin">Percent, 0 to 20; 5 when left out.</param>
public sealed record PlanStatement(
    IReadOnlyList<CheckpointStatement>? Checkpoints = null, int? Margin = null, IReadOnlyList<DateOnly>? DaysOff = null);

/// <param name="Checkpoints">Null means the defaults of the working day.</param>
public sealed record PlanAnswer(IReadOnlyList<CheckpointStatement>? Checkpoints, int Margin, IReadOnlyList<DateOnly> DaysOff);
