using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Team;

/// <summary>Who is in a manager's team: reps enrolled now whom the directory or an administrator placed there.</summary>
public static class TeamMembers
{
    /// <summary>No organisation is deeper; a circle in the directory ends here at the latest.</summary>
    private const int DeepestLevel = 20;

    public static IQueryable<RepRow> Direct(Store store, RepKey manager)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (tenantId, managerId) = (manager.TenantId, manager.RepId);
        return store.Reps.Where(x => x.TenantId == tenantId && x.TeamId == managerId && x.LeftAt == null);
    }

    /// <param name="isTransitive">Also the teams of those in the team, as far as they go; one query for each level.</param>
    public static async Task<List<RepRow>> ReadAsync(Store store, RepKey manager, bool isTransitive, CancellationToken ct)
    {
        var found = await Direct(store, manager).AsNoTracking().ToListAsync(ct);
        var seen = found.Select(x => x.RepId).Append(manager.RepId).ToHashSet();
        var level = found;
        for (var depth = 1; isTransitive && level.Count > 0 && depth < DeepestLevel; depth++)
        {
            var above = level.ConvertAll(x => (Guid?)x.RepId);
            level = await store.Reps.AsNoTracking()
                .Where(x => x.TenantId == manager.TenantId && above.Contains(x.TeamId) && x.LeftAt == null)
                .ToListAsync(ct);
            level.RemoveAll(x => !seen.Add(x.RepId));
            found.AddRange(level);
        }

        return found;
    }
}
