using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

public static class PlanReading
{
    /// <summary>The checkpoints and the margin that count on a day: those said last that count from that day or before.</summary>
    /// <param name="date">The rep's local day.</param>
    public static async Task<RepPlan> ReadAsync(Store store, RepKey rep, DateOnly date, CancellationToken ct)
    {
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        var row = await store.Plans.AsNoTracking()
            .Where(x => x.TenantId == tenantId && x.RepId == repId && x.CountsFrom <= date)
            .OrderByDescending(x => x.SetAt)
            .FirstOrDefaultAsync(ct);
        return row?.ToRepPlan() ?? RepPlan.Default;
    }
}
