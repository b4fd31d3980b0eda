using InboxGate.Web.People;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Web.Mailbox;

/// <summary>Keeps one subscription for each watched folder: created with both addresses, renewed at half its life, made again when it is gone.</summary>
public sealed class SubscriptionKeeper(GraphClients clients, ClientState states, IOptions<MailboxOptions> options)
{
    /// <param name="mustRenew">The service said that the subscription wants renewing, or is gone.</param>
    /// <returns>The subscription's id and end; the row's own when nothing was due.</returns>
    public async Task<(string Id, DateTimeOffset ExpiresAt)> KeepAsync(
        RepKey rep, MailboxWatchRow row, bool mustRenew, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        var life = options.Value.SubscriptionLife;
        if (row is { SubscriptionId: { } id, SubscriptionExpiresAt: { } expiresAt } && expiresAt > now)
        {
            if (!mustRenew && expiresAt - now > life / 2)
            {
                return (id, expiresAt);
            }

            try
            {
                var renewed = await clients.For(rep).Subscriptions[id].PatchAsync(new Subscription { ExpirationDateTime = now + life }, cancellationToken: ct);
                return (id, renewed?.ExpirationDateTime ?? now + life);
            }
            catch (ODataError error) when (error.ResponseStatusCode == 404)
            {
                // Gone: make a new one.
            }
        }

        try
        {
            return await CreateAsync(rep, row.Folder, now + life, ct);
        }
        catch (ODataError error) when (error.ResponseStatusCode == 409)
        {
            await DeleteStaleAsync(rep, row.Folder, ct);
            return await CreateAsync(rep, row.Folder, now + life, ct);
        }
    }

    private static string Resource(RepKey rep, string folder) => $"users/{rep.RepId:D}/mailFolders('{folder}')/messages";

    private async Task<(string Id, DateTimeOffset ExpiresAt)> CreateAsync(RepKey rep, string folder, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var created = await clients.For(rep).Subscriptions.PostAsync(
            new Subscription
            {
                ChangeType = "created",
                Resource = Resource(rep, folder),
                NotificationUrl = new Uri(options.Value.PublicAddress, "/api/graph/notifications").ToString(),
                LifecycleNotificationUrl = new Uri(options.Value.PublicAddress, "/api/graph/lifecycle").ToString(),
                ExpirationDateTime = expiresAt,
                ClientState = states.Create(rep, folder),
            },
            request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""),
            ct);
        return (created!.Id!, created.ExpirationDateTime ?? expiresAt);
    }

    /// <summary>Microsoft Graph refuses a second subscription to the same folder: one of ours was forgotten, for example when a server died while making it.</summary>
    private async Task DeleteStaleAsync(RepKey rep, string folder, CancellationToken ct)
    {
        var client = clients.For(rep);
        var page = await client.Subscriptions.GetAsync(cancellationToken: ct);
        while (page is not null)
        {
            foreach (var stale in page.Value?.Where(x => string.Equals(x.Resource, Resource(rep, folder), StringComparison.OrdinalIgnoreCase) && x.Id is not null) ?? [])
            {
                await EndAsync(client, stale.Id!, ct);
            }

            page = page.OdataNextLink is { } next && clients.IsOurs(next) ? await client.Subscriptions.WithUrl(next).GetAsync(cancellationToken: ct) : null;
        }
    }

    private static async Task EndAsync(GraphServiceClient client, string id, CancellationToken ct)
    {
        try
        {
            await client.Subscriptions[id].DeleteAsync(cancellationToken: ct);
        }
        catch (ODataError error) when (error.ResponseStatusCode == 404)
        {
            // Ended in the meantime.
        }
    }
}
