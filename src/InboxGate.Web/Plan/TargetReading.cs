using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

public static class TargetReading
{
    /// <summary>The rep's targets; of several from the same day the one set last.</summary>
    public static async Task<IReadOnlyList<Target>> ReadAsync(Store store, RepKey rep, CancellationToken ct) =>
        [.. (await ReadAsync(store, rep.TenantId, [rep.RepId], ct)).Select(x => x.Target)];

    /// <summary>The same for several reps of a tenant, in one query.</summary>
    public static async Task<IEnumerable<(Guid RepId, Target Target)>> ReadAsync(Store store, Guid tenantId, IReadOnlyList<Guid> reps, CancellationToken ct)
    {
        var rows = await store.Targets.AsNoTracking()
            .Where(x => x.TenantId == tenantId && reps.Contains(x.RepId))
            .ToListAsync(ct);
        return rows
            .GroupBy(x => (x.RepId, x.Unit, x.Period, x.From))
            .Select(same => same.MaxBy(x => (x.SetAt, x.TargetId))!)
            .Select(x => (x.RepId, new Target(x.Unit, x.Period, x.Amount, x.From)));
    }
}
