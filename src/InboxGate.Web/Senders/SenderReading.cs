using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>Reads of the lists only the entries that could decide about the addresses at hand: lists may be long, mails are few.</summary>
public static class SenderReading
{
    public static async Task<(SenderContext Senders, ListUse Use)> ContextAsync(Store store, RepRow rep, Policy policy, IEnumerable<string?> addresses, CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in addresses)
        {
            if (MailAddress.TryParse(text, out var address))
            {
                keys.Add(address.WithoutTag);
                for (var domain = address.Domain; domain.Contains('.', StringComparison.Ordinal); domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
                {
                    keys.Add(domain);
                }
            }
        }

        var rows = await ListKey.FindFor(store, rep, x => keys.Contains(x.Bare)).AsNoTracking().ToListAsync(ct);
        var tenantId = rep.TenantId;
        var tenant = await store.Tenants.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == tenantId, ct);
        var senders = new SenderContext(
            rep.Addresses, rep.ManagerAddress, policy.ManagerIsVip, policy.InferFromMyOutreach,
            ListOf(Scope.Rep), ListOf(Scope.Team), ListOf(Scope.Tenant), tenant?.Domains ?? []);
        return (senders, new ListUse(rows));

        SenderList ListOf(Scope scope) => new(rows.Where(x => x.Scope == scope).Select(x => (Parse(x.Entry), x.Kind)));
    }

    private static ListEntry Parse(string entry) =>
        ListEntry.TryParse(entry, out var parsed, out _) ? parsed! : throw new InvalidOperationException("A stored list entry is not valid.");
}
