using System.Collections.Concurrent;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>Keeps what is known of a rep and the tenant as the directory and the mailbox settings have it; nothing tells when they change.</summary>
public sealed class ProfileReading(
    IMailboxReader reader, RepWriter writer, StoreWriter store, IDbContextFactory<Store> stores, IOptions<MailboxOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> domainReading = new();

    public void Dispose()
    {
        foreach (var tenant in domainReading.Values)
        {
            tenant.Dispose();
        }
    }

    public async Task RefreshAsync(RepRow rep, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        if (!IsDue(rep.ProfileReadAt, now))
        {
            return;
        }

        var profile = await AreDomainsDueAsync(rep.TenantId, now, ct)
            ? await ReadWithDomainsAsync(rep, now, ct)
            : await reader.ProfileAsync(rep.Key, withDomains: false, ct);
        var hasChanged = false;
        await writer.WriteAsync(rep.Key, (changing, row, _) =>
        {
            // A profile that says nothing new raises no revision.
            if (row.LeftAt is not null)
            {
                return Task.FromResult(false);
            }

            Apply(row, profile);
            hasChanged = changing.ChangeTracker.HasChanges();
            row.ProfileReadAt = now;
            return Task.FromResult(hasChanged);
        }, ct);
        if (!hasChanged)
        {
            await store.WriteAsync(async (changing, token) => await changing.Reps.Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.ProfileReadAt, now), token) > 0, ct);
        }
    }

    /// <summary>The tenant's domains are read for one of its reps: the others wait for them rather than ask for the same.</summary>
    private async Task<RepProfile> ReadWithDomainsAsync(RepRow rep, DateTimeOffset now, CancellationToken ct)
    {
        var tenant = domainReading.GetOrAdd(rep.TenantId, _ => new SemaphoreSlim(1));
        await tenant.WaitAsync(ct);
        try
        {
            var profile = await reader.ProfileAsync(rep.Key, await AreDomainsDueAsync(rep.TenantId, now, ct), ct);
            if (profile.TenantDomains is { } domains)
            {
                await SaveDomainsAsync(rep.TenantId, domains, profile.Assumed.Contains("domains"), now, ct);
            }

            return profile;
        }
        finally
        {
            tenant.Release();
        }
    }

    private async Task<bool> AreDomainsDueAsync(Guid tenantId, DateTimeOffset now, CancellationToken ct)
    {
        await using var reading = await stores.CreateDbContextAsync(ct);
        return IsDue(await reading.Tenants.Where(x => x.TenantId == tenantId).Select(x => x.ReadAt).SingleOrDefaultAsync(ct), now);
    }

    /// <summary>Never read, too old, or read at a time that has not come yet, because the clock was put back.</summary>
    private bool IsDue(DateTimeOffset? readAt, DateTimeOffset now) => readAt is not { } at || now - at >= options.Value.ProfileInterval || at > now;

    private static void Apply(RepRow rep, RepProfile profile)
    {
        rep.Name = profile.Name ?? rep.Name;
        rep.Addresses = profile.Addresses.Count > 0 ? [.. profile.Addresses] : rep.Addresses;
        if (!profile.Assumed.Contains("manager"))
        {
            rep.ManagerId = profile.ManagerId;
            rep.ManagerAddress = profile.ManagerAddress;
            rep.PlaceInTeam();
        }

        rep.TimeZone = profile.TimeZone ?? rep.TimeZone;
        rep.WorkStart = profile.WorkStart ?? rep.WorkStart;
        rep.WorkEnd = profile.WorkEnd ?? rep.WorkEnd;
        rep.WorkDays = profile.WorkDays is { Count: > 0 } days ? [.. days] : rep.WorkDays;
        rep.AutomaticReplies = profile.AutomaticReplies;
        rep.AutomaticRepliesFrom = profile.AutomaticRepliesFrom;
        rep.AutomaticRepliesUntil = profile.AutomaticRepliesUntil;
        // The tenant's domains are not asked for each time: what was known of them stays.
        rep.Assumed = [.. profile.Assumed, .. profile.TenantDomains is null ? rep.Assumed.Where(x => x == "domains") : []];
    }

    private async Task SaveDomainsAsync(Guid tenantId, IReadOnlyList<string> domains, bool areAssumed, DateTimeOffset now, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var tenant = await store.Tenants.FindAsync([tenantId], ct);
        if (tenant is null)
        {
            store.Tenants.Add(tenant = new TenantRow { TenantId = tenantId });
        }

        // Assumed from one rep's addresses, they add to what is known from others'.
        (tenant.Domains, tenant.ReadAt) = (areAssumed ? [.. tenant.Domains.Union(domains)] : [.. domains], now);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another server was first with a new tenant, and has saved the same.
        }
    }
}
