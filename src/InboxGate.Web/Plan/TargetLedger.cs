using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Plan;

/// <summary>Asks, takes back and tells what managers ask of the reps who report to them directly.</summary>
public sealed class TargetLedger(RepWriter writer, IDbContextFactory<Store> stores, IOptionsMonitor<TeamOptions> options, TimeProvider clock)
{
    public const int LargestAmount = 100_000;
    public const int FarthestDays = 366;
    private const int PreviewedDays = 14;

    public async Task<TargetsAnswer> ReadAsync(AskedOf asked, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        RefuseSingleIfHidden(asked);
        await using var store = await stores.CreateDbContextAsync(ct);
        var reps = await asked.Reps(store).AsNoTracking().ToListAsync(ct);
        RefuseOutside(asked, reps);
        var rows = await store.Targets.AsNoTracking()
            .Where(x => x.TenantId == asked.Manager.TenantId
                && ((x.Scope == Scope.Team && x.OwnerId == asked.Manager.RepId) || (x.Scope == Scope.Rep && x.OwnerId == asked.Rep)))
            .ToListAsync(ct);
        var standing = TargetReading.Settle(rows.Where(x => x.TakenBackAt is null)).ToDictionary(x => x.ToTarget());
        return new TargetsAnswer(
            [
                .. DayPlanning.InForce(standing.Keys, await TodayAsync(store, asked, reps, ct))
                    .Select(x => new TargetInForce(x.Unit, x.Period, x.Amount, x.From, standing[x].Scope)),
            ],
            [.. rows.OrderByDescending(x => x.SetAt).ThenByDescending(x => x.TargetId).Select(TargetRecord.Of)]);
    }

    /// <returns>For how many reps it was set; the same when it had been before.</returns>
    public async Task<TargetAnswer> AskAsync(AskedOf asked, string? byName, TargetStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(statement);
        RefuseSingleIfHidden(asked);
        var now = clock.GetUtcNow();
        RefuseOutOfRange(statement, now);
        var touched = 0;
        await writer.WriteAsync(
            asked.Manager.TenantId,
            asked.Reps,
            async (store, reps, token) =>
            {
                RefuseOutside(asked, reps);
                touched = reps.Count;
                var said = await store.Targets
                    .Where(x => x.TenantId == asked.Manager.TenantId && x.Scope == asked.Scope && x.OwnerId == asked.OwnerId && x.TakenBackAt == null
                        && x.Unit == statement.Unit && x.Period == statement.Period && x.From == statement.From)
                    .OrderByDescending(x => x.SetAt)
                    .FirstOrDefaultAsync(token);
                if (said?.Amount == statement.Amount)
                {
                    return false;
                }

                // One's own word is corrected by a new one; another's is not talked over unseen.
                if (said is not null && said.SetBy != asked.Manager.RepId)
                {
                    throw RefusalException.Conflict(
                        "target-overlaps", "Another manager asks another amount from that day.", "Take that target back first, or choose another day.");
                }

                var latest = await store.Targets.Where(x => x.TenantId == asked.Manager.TenantId).MaxAsync(x => (DateTimeOffset?)x.SetAt, token);
                store.Targets.Add(new TargetRow
                {
                    TenantId = asked.Manager.TenantId,
                    Scope = asked.Scope,
                    OwnerId = asked.OwnerId,
                    TargetId = Guid.CreateVersion7(),
                    Unit = statement.Unit,
                    Period = statement.Period,
                    Amount = statement.Amount,
                    From = statement.From,
                    // The order of what was asked does not hang on a clock that stands still or is put back.
                    SetAt = latest >= now ? latest.Value.AddTicks(1) : now,
                    SetBy = asked.Manager.RepId,
                    SetByName = byName,
                });
                return true;
            },
            ct);
        return new TargetAnswer(statement.Unit, statement.Period, statement.Amount, statement.From, touched);
    }

    public async Task<TargetsAnswer> TakeBackAsync(AskedOf asked, string? byName, Guid targetId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        RefuseSingleIfHidden(asked);
        await writer.WriteAsync(
            asked.Manager.TenantId,
            asked.Reps,
            async (store, reps, token) =>
            {
                RefuseOutside(asked, reps);
                var row = await store.Targets.FindAsync([asked.Manager.TenantId, asked.Scope, asked.OwnerId, targetId], token)
                    ?? throw RefusalException.NotFound("target-not-known", "There is no such target.", "Send the id of a target from the history of this rep, or of the team.");
                if (row.TakenBackAt is not null)
                {
                    return false;
                }

                (row.TakenBackAt, row.TakenBackBy, row.TakenBackByName) = (clock.GetUtcNow(), asked.Manager.RepId, byName);
                return true;
            },
            ct);
        return await ReadAsync(asked, ct);
    }

    public async Task<TargetPreview> PreviewAsync(AskedOf asked, TargetStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(statement);
        RefuseSingleIfHidden(asked);
        var now = clock.GetUtcNow();
        RefuseOutOfRange(statement, now);
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var reps = await asked.Reps(store).AsNoTracking().ToListAsync(ct);
        RefuseOutside(asked, reps);
        var isIndividual = options.CurrentValue.IndividualView;
        if (!isIndividual && reps.Count < TeamOptions.FewestReps)
        {
            return new TargetPreview(reps.Count, null, []);
        }

        var target = statement.ToTarget();
        var ahead = (await TeamReading.FactsAsync(store, reps, target, now, ct)).Select(x => Ahead(x, target, now)).ToList();
        var first = ahead.Select(x => x.Today).DefaultIfEmpty(DateOnly.FromDateTime(now.UtcDateTime)).Min();
        return new TargetPreview(
            reps.Count,
            ahead.Count(x => !x.IsReachable),
            [
                .. Enumerable.Range(0, PreviewedDays).Select(first.AddDays)
                    .Select(date => new PreviewDay(date, Sum(date, x => x.Before), Sum(date, x => x.After))),
            ]);

        // Where it is a day later already, the first date is past and asks for nothing.
        DayGoals Sum(DateOnly date, Func<GoalsOfOne, IReadOnlyList<int>> goals)
        {
            var day = ahead.Where(x => x.Today <= date).Select(x => goals(x)[date.DayNumber - x.Today.DayNumber]).ToList();
            return new DayGoals(day.Sum(), isIndividual && day.Count > 0 ? day.Min() : null, isIndividual && day.Count > 0 ? day.Max() : null);
        }
    }

    private static GoalsOfOne Ahead(MemberFacts facts, Target target, DateTimeOffset now)
    {
        var today = facts.Calendar.DateAt(now);
        List<Target> after = [.. facts.Targets, target];
        var isInForce = DayPlanning.InForce(after, target.From > today ? target.From : today).Contains(target);
        return new GoalsOfOne(
            today,
            GoalsAhead.Of(facts.Targets, facts.Days, facts.Calendar, today, target.Unit, PreviewedDays),
            GoalsAhead.Of(after, facts.Days, facts.Calendar, today, target.Unit, PreviewedDays),
            !isInForce || GoalsAhead.IsReachable(target, facts.Days, facts.Calendar, today));
    }

    /// <summary>Where the rep is; for the team where the manager is, as far as that is known.</summary>
    private async Task<DateOnly> TodayAsync(Store store, AskedOf asked, List<RepRow> reps, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (asked.Rep is not null)
        {
            return (await Working.CalendarAsync(store, reps[0], ct)).DateAt(now);
        }

        var zone = await store.Reps.Where(x => x.TenantId == asked.Manager.TenantId && x.RepId == asked.Manager.RepId).Select(x => x.TimeZone).SingleOrDefaultAsync(ct);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Working.Zone(zone ?? "UTC")).DateTime);
    }

    private void RefuseSingleIfHidden(AskedOf asked)
    {
        if (asked.Rep is not null && !options.CurrentValue.IndividualView)
        {
            throw RefusalException.Forbidden("single-reps-hidden", "Single reps are not shown here.", "Ask of the whole team; an administrator has switched single reps off.");
        }
    }

    private static void RefuseOutside(AskedOf asked, IReadOnlyCollection<RepRow> reps)
    {
        if (asked.Rep is not null && reps.Count == 0)
        {
            throw RefusalException.Forbidden("rep-not-in-team", "That rep is not in your team.", "Only your direct reports who have opened InboxGate can be given targets.");
        }
    }

    private static void RefuseOutOfRange(TargetStatement statement, DateTimeOffset now)
    {
        if (statement.Amount is < 1 or > LargestAmount)
        {
            throw RefusalException.Unprocessable("target-amount", "That amount is out of range.", "Ask for 1 to 100000. To ask for nothing more, take the target back.");
        }

        if (Math.Abs(statement.From.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber) > FarthestDays)
        {
            throw RefusalException.Unprocessable("target-from", "That date is too far away.", "Choose a day within a year of today.");
        }
    }

    private sealed record GoalsOfOne(DateOnly Today, IReadOnlyList<int> Before, IReadOnlyList<int> After, bool IsReachable);
}

/// <summary>Of whom a manager asks: of one rep, or of the team.</summary>
/// <param name="Rep">Null for the team.</param>
public sealed record AskedOf(RepKey Manager, Guid? Rep)
{
    public Scope Scope => Rep is null ? Scope.Team : Scope.Rep;

    public Guid OwnerId => Rep ?? Manager.RepId;

    public static AskedOf Parse(RepKey manager, string rep) => new(
        manager,
        rep == "team" ? null
            : Guid.TryParse(rep, out var id) ? id
            : throw RefusalException.Unprocessable("rep-id", "That is not a rep.", "Send the rep's Entra object id, or team."));

    /// <summary>Whose goals it touches: direct reports alone.</summary>
    public IQueryable<RepRow> Reps(Store store)
    {
        var direct = TeamMembers.Direct(store, Manager);
        return Rep is { } single ? direct.Where(x => x.RepId == single) : direct;
    }
}
