using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

public static class TargetReading
{
    /// <summary>The rep's targets, their own and their team's; of several from the same day the one set last.</summary>
    public static async Task<IReadOnlyList<Target>> ReadAsync(Store store, RepRow rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        return [.. (await ReadAsync(store, [rep], ct))[rep.RepId]];
    }

    /// <summary>The same for several reps of one tenant, by their ids, in one query.</summary>
    public static async Task<ILookup<Guid, Target>> ReadAsync(Store store, IReadOnlyList<RepRow> reps, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reps);
        var tenantId = reps.Count == 0 ? Guid.Empty : reps[0].TenantId;
        var ids = reps.Select(x => x.RepId).ToList();
        var teams = reps.Select(x => x.TeamId).OfType<Guid>().Distinct().ToList();
        var rows = await store.Targets.AsNoTracking()
            .Where(x => x.TenantId == tenantId && x.TakenBackAt == null
                && ((x.Scope == Scope.Rep && ids.Contains(x.OwnerId)) || (x.Scope == Scope.Team && teams.Contains(x.OwnerId))))
            .ToListAsync(ct);
        var owned = rows.ToLookup(x => (x.Scope, x.OwnerId));
        return reps
            .SelectMany(rep => Settle(owned[(Scope.Rep, rep.RepId)].Concat(rep.TeamId is { } team ? owned[(Scope.Team, team)] : []))
                .Select(target => (rep.RepId, Target: target)))
            .ToLookup(x => x.RepId, x => x.Target);
    }

    private static IEnumerable<Target> Settle(IEnumerable<TargetRow> rows) => rows
        .GroupBy(x => (x.Unit, x.Period, x.From))
        .Select(same => same.MaxBy(x => (x.SetAt, x.TargetId))!)
        .Select(x => new Target(x.Unit, x.Period, x.Amount, x.From));
}
