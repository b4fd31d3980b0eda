using InboxGate.Core.Boards;
using InboxGate.Web.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Marks;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Tenant;

/// <summary>A rep leaves: nothing more is read, what is known of the mail is erased, the subscriptions are ended. Every step may repeat.</summary>
public sealed class Leaving(IDbContextFactory<Store> stores, SubscriptionKeeper subscriptions, IMailboxWatch watch, MessageMarks marks, FactsMemory facts, TimeProvider clock)
{
    /// <returns>Null when no such rep was ever enrolled.</returns>
    public async Task<RepLeft?> LeaveAsync(RepKey rep, CancellationToken ct)
    {
        if (await ForgetAsync(rep, ct) is not { } leftAt)
        {
            return null;
        }

        watch.Forget(rep);
        facts.Forget(rep);
        marks.Reconsider(rep);
        return new RepLeft(rep.RepId, leftAt, await EndSubscriptionsAsync(rep, ct));
    }

    /// <summary>What is left to be done for reps who have left: a service that did not answer, a reading that was under way.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var unfinished = await store.Reps
            .Where(x => x.LeftAt != null && x.ErasingAt == null && store.MailboxWatches.Any(watch => watch.TenantId == x.TenantId && watch.RepId == x.RepId
                && (watch.SubscriptionId != null || watch.Problem != null || watch.Link != null)))
            .Select(x => new RepKey(x.TenantId, x.RepId))
            .ToListAsync(ct);
        foreach (var rep in unfinished)
        {
            await LeaveAsync(rep, ct);
        }
    }

    private async Task<DateTimeOffset?> ForgetAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var transaction = await store.Database.BeginTransactionAsync(ct);

        // As every writer of a rep does, the row first. But open panes are told nothing: their next board would enrol the rep again.
        var raised = await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), ct);
        if (raised == 0)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var rep = await store.Reps.SingleAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
        rep.LeftAt ??= now;
        (rep.Watch, rep.WatchProblem, rep.WatchProblemSince, rep.ClaimsChallenge) = (WatchState.NotWatching, null, null, null);
        foreach (var gate in await store.Gates.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.ErasedAt == null).ToListAsync(ct))
        {
            gate.Erase();
            gate.LeftInboxAt ??= now;
            gate.ErasedAt = now;
        }

        foreach (var folder in await store.MailboxWatches.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).ToListAsync(ct))
        {
            (folder.Link, folder.ReadAt, folder.CatchUpFrom, folder.CatchUpRead, folder.CatchUpOf) = (null, null, null, null, null);
        }

        foreach (var source in await store.ContactSources.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).ToListAsync(ct))
        {
            source.BeginAnew();
        }

        await store.Unjudged.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).ExecuteDeleteAsync(ct);
        await store.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return rep.LeftAt;
    }

    /// <returns>Whether the service has confirmed the end of all of them; what it has not stays noted, to be tried again.</returns>
    private async Task<bool> EndSubscriptionsAsync(RepKey rep, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var isDone = true;
        foreach (var folder in await store.MailboxWatches.Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId).ToListAsync(ct))
        {
            var left = await subscriptions.EndAsync(rep, folder, ct);
            (folder.SubscriptionId, folder.SubscriptionExpiresAt, folder.Problem) = (left.Id, left.ExpiresAt, left.Problem);
            isDone &= left is { Id: null, Problem: null };
        }

        await store.SaveChangesAsync(ct);
        return isDone;
    }
}

/// <param name="Rep">The rep's Entra object id.</param>
/// <param name="SubscriptionsEnded">False while Microsoft Graph has not confirmed it; it is tried again by itself.</param>
public sealed record RepLeft(Guid Rep, DateTimeOffset LeftAt, bool SubscriptionsEnded);
