using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Gates;

/// <summary>The policy that holds for a rep: the tenant's, then the team's, then the rep's own word.</summary>
public static class PolicyReading
{
    public static async Task<Policy> ReadAsync(Store store, RepRow rep, CancellationToken ct)
    {
        var team = rep.TeamId ?? Guid.Empty;
        var rows = await store.Policies.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId
                && ((x.Scope == Scope.Tenant && x.OwnerId == rep.TenantId)
                    || (x.Scope == Scope.Team && x.OwnerId == team)
                    || (x.Scope == Scope.Rep && x.OwnerId == rep.RepId)))
            .ToListAsync(ct);

        var policy = Policy.Default;
        foreach (var row in rows.OrderByDescending(x => x.Scope))
        {
            var calls = new Dictionary<SenderKind, int>(policy.CallsRequired);
            foreach (var (kind, number) in row.CallsRequired)
            {
                calls[kind] = number;
            }

            policy = policy with
            {
                On = row.On ?? policy.On,
                PausedUntil = row.PausedUntil ?? policy.PausedUntil,
                CallsRequired = calls,
                Counting = row.Counting ?? policy.Counting,
                InferFromMyOutreach = row.InferFromMyOutreach ?? policy.InferFromMyOutreach,
                ManagerIsVip = row.ManagerIsVip ?? policy.ManagerIsVip,
                MarkMessages = row.MarkMessages ?? policy.MarkMessages,
            };
        }

        return policy;
    }
}
