using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

public static class TargetReading
{
    /// <summary>The targets of several reps of one tenant, by their ids, their own and their team's, in one query; of several from the same day the one set last.</summary>
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
                .Select(row => (rep.RepId, Target: row.ToTarget())))
            .ToLookup(x => x.RepId, x => x.Target);
    }

    /// <summary>One for each unit, period and day: of several the one set last.</summary>
    public static IEnumerable<TargetRow> Settle(IEnumerable<TargetRow> rows) => rows
        .GroupBy(x => (x.Unit, x.Period, x.From))
        .Select(same => same.MaxBy(x => (x.SetAt, x.TargetId))!);
}
