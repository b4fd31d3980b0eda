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

    /// <summary>What the rep said last, from whatever day it counts; null while nothing was said.</summary>
    public static Task<PlanRow?> LatestAsync(Store store, RepKey rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        return store.Plans.AsNoTracking()
            .Where(x => x.TenantId == tenantId && x.RepId == repId)
            .OrderByDescending(x => x.SetAt)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>The address of the manager in whose team the rep is: the directory's word, or that of a manager named by hand who is a rep too.</summary>
    public static async Task<string?> ManagerAddressAsync(Store store, RepKey key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(key, ct);
        if (rep.TeamId == rep.ManagerId)
        {
            return rep.ManagerAddress;
        }

        var manager = await store.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == rep.TeamId, ct);
        return manager?.Addresses.FirstOrDefault();
    }
}
