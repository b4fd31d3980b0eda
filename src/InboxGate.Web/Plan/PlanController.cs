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
    private const int MostDays = 400;

    [HttpGet]
    [ProducesResponseType<PlanAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanAnswer>> Get(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var row = await LatestAsync(store, ct);
        return new PlanAnswer(
            row?.Checkpoints?.ConvertAll(x => new CheckpointStatement(x.Time.ToString("HH:mm", CultureInfo.InvariantCulture), x.Share)),
            row?.Margin ?? RepPlan.DefaultMargin,
            row?.DaysOff ?? [],
            row?.HalfDays ?? [],
            row?.KeepsPaceUntil,
            row?.CountsFrom);
    }

    /// <summary>
    /// Replaces the plan. Checkpoints left out are the defaults of the working day. Days off count at once; checkpoints and
    /// margin that ask for less at some time of today count from tomorrow on.
    /// </summary>
    [HttpPut]
    [ProducesResponseType<PlanAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanAnswer>> Put(PlanStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var checkpoints = statement.Checkpoints?.Select(Parse).ToList();
        var plan = new RepPlan(checkpoints, statement.Margin ?? RepPlan.DefaultMargin, statement.KeepsPaceUntil);
        var daysOff = Days(statement.DaysOff);
        var halfDays = Days(statement.HalfDays);
        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            // On a shift over midnight the times rise from its start, not from midnight.
            var calendar = await Working.CalendarAsync(store, rep, token);
            if (RepPlan.Refuse(plan, calendar) is { } words)
            {
                throw RefusalException.Unprocessable("plan", "That plan does not hold.", words);
            }

            var now = clock.GetUtcNow();
            var today = calendar.DateAt(now);
            var before = await PlanReading.ReadAsync(store, rep.Key, today, token);
            var latest = await LatestAsync(store, token);
            store.Plans.Add(new PlanRow
            {
                TenantId = rep.TenantId,
                RepId = rep.RepId,
                // The order of what was said does not hang on a clock that stands still or is put back.
                SetAt = latest?.SetAt >= now ? latest.SetAt.AddTicks(1) : now,
                CountsFrom = PlanChange.CountsFrom(before, plan, calendar, today),
                Checkpoints = checkpoints?.ConvertAll(x => new PlanCheckpoint(x.Time, x.Share)),
                Margin = plan.Margin,
                DaysOff = daysOff,
                HalfDays = halfDays,
                KeepsPaceUntil = plan.KeepsPaceUntil,
            });
            return true;
        }, ct);
        return await Get(ct);
    }

    private Task<PlanRow?> LatestAsync(Store store, CancellationToken ct) => store.Plans.AsNoTracking()
        .Where(x => x.TenantId == Rep.TenantId && x.RepId == Rep.RepId)
        .OrderByDescending(x => x.SetAt).FirstOrDefaultAsync(ct);

    private static List<DateOnly> Days(IReadOnlyList<DateOnly>? days) =>
        (days ?? []).Distinct().Order().ToList() is { Count: <= MostDays } sorted
            ? sorted
            : throw RefusalException.Unprocessable("plan", "That plan does not hold.", "Send at most 400 days off and 400 half days.");

    private static CheckpointPlan Parse(CheckpointStatement checkpoint) =>
        TimeOnly.TryParseExact(checkpoint?.Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new CheckpointPlan(time, checkpoint.Share)
            : throw RefusalException.Unprocessable("plan", "That plan does not hold.", "A checkpoint's time is written like 09:00.");
}

/// <param name="Time">Local, as "09:00".</param>
/// <param name="Share">Percent of the day goal due by then, cumulative.</param>
public sealed record CheckpointStatement(string Time, int Share);

/// <param name="Margin">Percent, 0 to 20; 5 when left out.</param>
/// <param name="HalfDays">Worked until the middle of the working day.</param>
/// <param name="KeepsPaceUntil">The last day on which no goal asks for more than a normal day; null makes up for what is behind.</param>
public sealed record PlanStatement(
    IReadOnlyList<CheckpointStatement>? Checkpoints = null,
    int? Margin = null,
    IReadOnlyList<DateOnly>? DaysOff = null,
    IReadOnlyList<DateOnly>? HalfDays = null,
    DateOnly? KeepsPaceUntil = null);

/// <param name="Checkpoints">Null means the defaults of the working day.</param>
/// <param name="CountsFrom">The local day from which checkpoints and margin count: tomorrow when they are easier than those of today; null while the rep has said nothing.</param>
public sealed record PlanAnswer(
    IReadOnlyList<CheckpointStatement>? Checkpoints,
    int Margin,
    IReadOnlyList<DateOnly> DaysOff,
    IReadOnlyList<DateOnly> HalfDays,
    DateOnly? KeepsPaceUntil,
    DateOnly? CountsFrom);
