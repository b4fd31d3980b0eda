using System.Collections.Concurrent;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Lets one server at a time read a mailbox, by one statement. One that was too slow, and whose claim another has taken
/// since, saves nothing any more: it might undo what the other read later. Real time, whatever the domain's clock says.
/// </summary>
public sealed class MailboxClaims(IDbContextFactory<Store> stores)
{
    /// <summary>How long a mailbox waits whose server was killed while it read.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(15);
    private readonly Guid server = Guid.CreateVersion7();
    private readonly ConcurrentDictionary<RepKey, DateTimeOffset> claimed = new();

    /// <returns>False while another server reads it.</returns>
    public async Task<bool> TakeAsync(RepKey rep, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var store = await stores.CreateDbContextAsync(ct);
        if (store is SqliteStore)
        {
            // A file is one server's alone.
            return true;
        }

        var taken = await store.Reps
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId
                && (x.WatchedUntil == null || x.WatchedBy == server || x.WatchedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.WatchedBy, server).SetProperty(x => x.WatchedUntil, now + Life), ct);
        claimed[rep] = now;
        return taken == 1;
    }

    /// <summary>Whether this server may still save what it read.</summary>
    /// <param name="held">Locked by the transaction that saves it: until its end nobody takes the claim.</param>
    public bool IsOurs(RepRow held)
    {
        ArgumentNullException.ThrowIfNull(held);
        return held.WatchedBy is null || held.WatchedBy == server;
    }

    /// <summary>The reading goes on: so does the claim.</summary>
    public Task KeepAsync(RepKey rep, CancellationToken ct) =>
        claimed.TryGetValue(rep, out var since) && TimeProvider.System.GetUtcNow() - since < Life / 3 ? Task.CompletedTask : TakeAsync(rep, ct);

    public async Task ReleaseAsync(RepKey rep, CancellationToken ct)
    {
        if (!claimed.TryRemove(rep, out _))
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        await store.Reps.Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.WatchedBy == server)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.WatchedUntil, (DateTimeOffset?)null), ct);
    }
}
