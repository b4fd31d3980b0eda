using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

public static class TargetReading
{
    /// <summary>The rep's targets, their own and their team's; of several from the same day the one set last.</summary>
    /// <param name="saidBy">For a finished day its end (UTC): what was asked or taken back later changes it no more.</param>
    public static async Task<IReadOnlyList<Target>> ReadAsync(Store store, RepRow rep, CancellationToken ct, DateTimeOffset? saidBy = null)
    {
        ArgumentNullException.ThrowIfNull(rep);
        return [.. (await ReadAsync(store, [rep], ct, saidBy))[rep.RepId]];
    }

    /// <summary>The same for several reps of one tenant, by their ids, in one query.</summary>
    public static async Task<ILookup<Guid, Target>> ReadAsync(Store store, IReadOnlyList<RepRow> reps, CancellationToken ct, DateTimeOffset? saidBy = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reps);
        var tenantId = reps.Count == 0 ? Guid.Empty : reps[0].TenantId;
        var ids = reps.Select(x => x.RepId).ToList();
        var teams = reps.Select(x => x.TeamId).OfType<Guid>().Distinct().ToList();
        var asked = store.Targets.AsNoTracking()
            .Where(x => x.TenantId == tenantId
                && ((x.Scope == Scope.Rep && ids.Contains(x.OwnerId)) || (x.Scope == Scope.Team && teams.Contains(x.OwnerId))));
        asked = saidBy is { } end
            ? asked.Where(x => x.SetAt < end && (x.TakenBackAt == null || x.TakenBackAt >= end))
            : asked.Where(x => x.TakenBackAt == null);
        var owned = (await asked.ToListAsync(ct)).ToLookup(x => (x.Scope, x.OwnerId));
        return reps
            .SelectMany(rep => Settle(owned[(Scope.Rep, rep.RepId)].Concat(rep.TeamId is { } team ? owned[(Scope.Team, team)] : []))
                .Select(row => (rep.RepId, Target: row.ToTarget())))
            .ToLookup(x => x.RepId, x => x.Target);
    }

    /// <summary>One for each unit, period and day: of several the one set last.</summary>
    public static IEnumerable<TargetRow> Settle(IEnumerable<TargetRow> rows) => rows
        .GroupBy(x => (x.Unit, x.Period, x.From))
        .Select(same => same.MaxBy(x => (x.SetAt, x.TargetId))!);
}
