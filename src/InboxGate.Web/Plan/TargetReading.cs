using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

public static class TargetReading
{
    /// <summary>The rep's targets; of several from the same day the one set last.</summary>
    public static async Task<IReadOnlyList<Target>> ReadAsync(Store store, RepKey rep, CancellationToken ct)
    {
        var rows = await store.Targets.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId)
            .ToListAsync(ct);
        return rows
            .GroupBy(x => (x.Unit, x.Period, x.From))
            .Select(same => same.MaxBy(x => (x.SetAt, x.TargetId))!)
            .Select(x => new Target(x.Unit, x.Period, x.Amount, x.From))
            .ToList();
    }
}
