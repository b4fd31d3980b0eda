using System.Collections.Concurrent;
using System.Diagnostics;
using InboxGate.Web.People;
using Microsoft.Graph.Models;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// The app's subscriptions in a tenant. Microsoft Graph lists all of them or none, so that one listing serves every
/// mailbox that asks at about the same time: after a restart, or an outage, all of them do.
/// </summary>
public sealed class SubscriptionListing(GraphClients clients)
{
    private static readonly TimeSpan LongestUse = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, Tenant> tenants = new();

    /// <summary>
    /// Those to one resource, from the listing that is made when the first mailbox of the tenant asks. Null when that one
    /// is too old to be of use: by then few ask, and each can ask for its own.
    /// </summary>
    public Task<IReadOnlyList<Subscription>?> AtStartAsync(RepKey rep, string resource, CancellationToken ct) =>
        InTurnAsync(rep, async tenant =>
        {
            tenant.Latest ??= await ReadAsync(rep, ct);
            return tenant.Latest.IsFresh ? tenant.Latest.Of(resource) : null;
        }, ct);

    /// <summary>Those to one resource, from a listing that was begun at <paramref name="since"/> or later.</summary>
    /// <param name="since">A timestamp of the system's clock.</param>
    public async Task<IReadOnlyList<Subscription>> SinceAsync(RepKey rep, string resource, long since, CancellationToken ct) =>
        (await InTurnAsync(rep, async tenant =>
        {
            tenant.Latest = tenant.Latest is { IsFresh: true } latest && latest.BegunAt >= since ? latest : await ReadAsync(rep, ct);
            return tenant.Latest.Of(resource);
        }, ct))!;

    /// <summary>One listing of a tenant at a time: who waited for it meanwhile shares it.</summary>
    private async Task<IReadOnlyList<Subscription>?> InTurnAsync(
        RepKey rep, Func<Tenant, Task<IReadOnlyList<Subscription>?>> use, CancellationToken ct)
    {
        var tenant = tenants.GetOrAdd(rep.TenantId, _ => new Tenant());
        await tenant.Turn.WaitAsync(ct);
        try
        {
            return await use(tenant);
        }
        finally
        {
            tenant.Turn.Release();
        }
    }

    private async Task<Listing> ReadAsync(RepKey rep, CancellationToken ct)
    {
        var begunAt = Stopwatch.GetTimestamp();
        var all = new List<Subscription>();
        var client = clients.For(rep);
        var page = await client.Subscriptions.GetAsync(cancellationToken: ct);
        while (page is not null)
        {
            all.AddRange(page.Value?.Where(x => x.Id is not null) ?? []);
            page = page.OdataNextLink is { } next && clients.IsOurs(next) ? await client.Subscriptions.WithUrl(next).GetAsync(cancellationToken: ct) : null;
        }

        return new Listing(begunAt, all.ToLookup(x => x.Resource ?? "", StringComparer.OrdinalIgnoreCase));
    }

    private sealed record Listing(long BegunAt, ILookup<string, Subscription> ByResource)
    {
        public bool IsFresh => Stopwatch.GetElapsedTime(BegunAt) < LongestUse;

        public IReadOnlyList<Subscription> Of(string resource) => [.. ByResource[resource]];
    }

    private sealed class Tenant
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public Listing? Latest { get; set; }
    }
}
