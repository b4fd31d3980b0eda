using InboxGate.Web.People;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Team;

/// <summary>Whose word for many reps something is: a manager's for the team, or an administrator's for the tenant.</summary>
/// <param name="OwnerId">As in the rows: the manager, or the tenant.</param>
public sealed record SharedBy(Guid TenantId, Scope Scope, Guid OwnerId)
{
    public static SharedBy Team(RepKey manager) => new(manager.TenantId, Scope.Team, manager.RepId);

    public static SharedBy Tenant(RepKey administrator) => new(administrator.TenantId, Scope.Tenant, administrator.TenantId);

    /// <summary>The reps it touches: the manager's direct ones, or all of the tenant who have not left.</summary>
    public IQueryable<RepRow> Reps(Store store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Scope == Scope.Team
            ? TeamMembers.Direct(store, new RepKey(TenantId, OwnerId))
            : store.Reps.Where(x => x.TenantId == TenantId && x.LeftAt == null);
    }
}
