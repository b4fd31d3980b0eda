using System.Linq.Expressions;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;

namespace InboxGate.Web.Senders;

/// <summary>Whose list it is.</summary>
/// <param name="OwnerId">The rep, the manager whose team it is, or the tenant.</param>
public readonly record struct ListKey(Guid TenantId, Scope Scope, Guid OwnerId)
{
    public static ListKey Of(RepKey rep) => new(rep.TenantId, Scope.Rep, rep.RepId);

    public static ListKey Of(SharedBy shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return new(shared.TenantId, shared.Scope, shared.OwnerId);
    }

    /// <summary>Every list that decides for a rep: the own one, the team's and the tenant's, the narrowest first.</summary>
    public static IReadOnlyList<ListKey> For(RepRow rep)
    {
        ArgumentNullException.ThrowIfNull(rep);
        List<ListKey> lists = [Of(rep.Key)];
        if (rep.TeamId is { } team)
        {
            lists.Add(new(rep.TenantId, Scope.Team, team));
        }

        return [.. lists, new(rep.TenantId, Scope.Tenant, rep.TenantId)];
    }

    /// <summary>Entries of every list that decides for a rep. Each list is read by its own index; one condition over all of them at once would have a database read whole lists.</summary>
    public static IQueryable<ListEntryRow> FindFor(Store store, RepRow rep, Expression<Func<ListEntryRow, bool>> which) =>
        For(rep).Select(x => x.In(store).Where(which)).Aggregate((some, more) => some.Concat(more));

    /// <summary>What stands on it, and what was taken off but may come back.</summary>
    public IQueryable<ListEntryRow> AllIn(Store store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (tenantId, scope, ownerId) = (TenantId, Scope, OwnerId);
        return store.ListEntries.Where(x => x.TenantId == tenantId && x.Scope == scope && x.OwnerId == ownerId);
    }

    /// <summary>What stands on it.</summary>
    public IQueryable<ListEntryRow> In(Store store) => AllIn(store).Where(x => x.RemovedAt == null);
}
