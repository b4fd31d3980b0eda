using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Gates;

/// <summary>The policy that holds for a rep: the tenant's, then the team's, then the rep's own word within the limits.</summary>
public static class PolicyReading
{
    public static async Task<Policy> ReadAsync(Store store, RepRow rep, CancellationToken ct) => (await ReadAllAsync(store, rep, ct)).Policy;

    public static async Task<PolicyInForce> ReadAllAsync(Store store, RepRow rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        var team = rep.TeamId ?? Guid.Empty;
        var rows = await store.Policies.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId
                && ((x.Scope == Scope.Tenant && x.OwnerId == rep.TenantId)
                    || (x.Scope == Scope.Team && x.OwnerId == team)
                    || (x.Scope == Scope.Rep && x.OwnerId == rep.RepId)))
            .ToListAsync(ct);
        return InForce(rows);
    }

    /// <param name="rows">What the tenant, the rep's team and the rep say.</param>
    public static PolicyInForce InForce(List<PolicyRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var shared = rows.Where(x => x.Scope != Scope.Rep).ToList();
        var limits = LimitsOf(shared);
        var own = rows.Find(x => x.Scope == Scope.Rep) is { } said ? Within(said, limits) : null;
        var wider = Merge(shared);
        // The team's hours before the tenant's.
        var hours = shared.Where(x => x.Hours is not null).OrderBy(x => x.Scope).FirstOrDefault()?.Hours;
        return new PolicyInForce(own is null ? wider : Under(wider, own), wider, limits, own, hours);
    }

    /// <summary>What several scopes say together: the narrower before the wider.</summary>
    public static Policy Merge(IEnumerable<PolicyRow> rows) => rows.OrderByDescending(x => x.Scope).Aggregate(Policy.Default, Under);

    public static PolicyLimits LimitsOf(IEnumerable<PolicyRow> rows) => rows.OrderByDescending(x => x.Scope)
        .Select(x => x.Limits).OfType<PolicyLimits>()
        .Aggregate(PolicyLimits.None, (wider, narrower) => narrower.Before(wider));

    private static Policy Under(Policy wider, PolicyRow row)
    {
        var calls = new Dictionary<SenderKind, int>(wider.CallsRequired);
        foreach (var (kind, number) in row.CallsRequired)
        {
            calls[kind] = number;
        }

        return wider with
        {
            On = row.On ?? wider.On,
            PausedUntil = row.PausedUntil ?? wider.PausedUntil,
            CallsRequired = calls,
            Counting = row.Counting ?? wider.Counting,
            InferFromMyOutreach = row.InferFromMyOutreach ?? wider.InferFromMyOutreach,
            ManagerIsVip = row.ManagerIsVip ?? wider.ManagerIsVip,
            MarkMessages = row.MarkMessages ?? wider.MarkMessages,
            DialWith = row.DialWith ?? wider.DialWith,
        };
    }

    /// <summary>What a rep said before there were limits, as far as it holds now.</summary>
    private static PolicyRow Within(PolicyRow said, PolicyLimits limits) => new()
    {
        TenantId = said.TenantId,
        Scope = said.Scope,
        OwnerId = said.OwnerId,
        On = said.On == false && limits.MaySwitchOff == false ? null : said.On,
        PausedUntil = said.PausedUntil is { } until && limits.LatestPause(said.SetAt) is var latest && until > latest ? latest : said.PausedUntil,
        CallsRequired = said.CallsRequired.ToDictionary(x => x.Key, x => limits.Nearest(x.Key, x.Value)),
        Counting = limits.MayChooseCounting == false ? null : said.Counting,
        InferFromMyOutreach = said.InferFromMyOutreach,
        ManagerIsVip = said.ManagerIsVip,
        MarkMessages = said.MarkMessages,
        DialWith = said.DialWith,
        SetAt = said.SetAt,
    };
}

/// <param name="Wider">What holds without the rep's own word.</param>
/// <param name="Own">The rep's word within the limits; null while nothing was said.</param>
/// <param name="Hours">In place of those of the mailbox; null leaves it at them.</param>
public sealed record PolicyInForce(Policy Policy, Policy Wider, PolicyLimits Limits, PolicyRow? Own, WorkHours? Hours);
