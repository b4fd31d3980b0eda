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
public sealed class PlanController(RepWriter writer, DayClosing days, IDbContextFactory<Store> stores, TimeProvider clock) : RepController
{
    [HttpGet]
    [ProducesResponseType<PlanAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanAnswer>> Get(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var row = await PlanReading.LatestAsync(store, Rep, ct);
        return new PlanAnswer(
            row?.Checkpoints?.ConvertAll(x => new CheckpointStatement(x.Time.ToString("HH:mm", CultureInfo.InvariantCulture), x.Share)),
            row?.Margin ?? RepPlan.DefaultMargin,
            row?.DaysOff ?? [],
            row?.HalfDays ?? [],
            row?.KeepsPaceUntil,
            row?.CountsFrom,
            await PlanReading.ManagerAddressAsync(store, Rep, ct));
    }

    /// <summary>
    /// Replaces the plan. Checkpoints left out are the defaults of the working day. Days off count at once; checkpoints and
    /// margin that ask for less at some time of today count from tomorrow on.
    /// </summary>
    [HttpPut]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<PlanAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanAnswer>> Put(PlanStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var said = PlanSaid.Parse(statement);
        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            var calendar = await Working.CalendarAsync(store, rep, token);
            var latest = await PlanReading.LatestAsync(store, rep.Key, token);
            said.ThrowIfRefused(calendar, latest);
            var now = clock.GetUtcNow();
            var today = calendar.DateAt(now);
            var before = await PlanReading.ReadAsync(store, rep.Key, today, token);
            store.Plans.Add(new PlanRow
            {
                TenantId = rep.TenantId,
                RepId = rep.RepId,
                // The order of what was said does not hang on a clock that stands still or is put back.
                SetAt = latest?.SetAt >= now ? latest.SetAt.AddTicks(1) : now,
                CountsFrom = PlanChange.CountsFrom(before, said.Plan, calendar, today),
                Checkpoints = said.Plan.Checkpoints?.Select(x => new PlanCheckpoint(x.Time, x.Share)).ToList(),
                Margin = said.Plan.Margin,
                DaysOff = said.DaysOff,
                HalfDays = said.HalfDays,
                KeepsPaceUntil = said.Plan.KeepsPaceUntil,
            });
            return true;
        }, ct);
        return await Get(ct);
    }

    /// <summary>What a plan would come to, were it put now; refused as it would be. Nothing is saved.</summary>
    [HttpPost("preview")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<PlanPreview>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PlanPreview>> Preview(PlanStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var said = PlanSaid.Parse(statement);
        var now = clock.GetUtcNow();
        // What was done before today is known from closed days.
        await days.CloseAsync(Rep, now, ct);
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(Rep, ct);
        var facts = await FactsReading.ReadAsync(store, rep, now, ct);
        said.ThrowIfRefused(facts.Calendar, await PlanReading.LatestAsync(store, Rep, ct));
        var holidays = await Working.HolidaysAsync(store, rep.TenantId, [rep.TeamId ?? Guid.Empty], ct);
        return PlanPreview.Of(facts, said, holidays(rep), now);
    }
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
/// <param name="Manager">The address of the manager in whose team the rep is; null when it is not known.</param>
public sealed record PlanAnswer(
    IReadOnlyList<CheckpointStatement>? Checkpoints,
    int Margin,
    IReadOnlyList<DateOnly> DaysOff,
    IReadOnlyList<DateOnly> HalfDays,
    DateOnly? KeepsPaceUntil,
    DateOnly? CountsFrom,
    string? Manager);
