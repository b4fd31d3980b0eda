using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using InboxGate.Web.Boards;
using InboxGate.Web.DryRun;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Marks;
using InboxGate.Web.People;
using InboxGate.Web.Prospects.List;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Privacy;

/// <summary>
/// Erases everything about a rep. First a mark after which nothing more is written for them, then their rows table by table
/// and few at a time, last the row with the mark: whoever finds the mark goes on where a server that ended had come to.
/// </summary>
public sealed partial class Erasure(
    IDbContextFactory<Store> stores,
    StoreWriter writer,
    RepWriter reps,
    RowDeletion rows,
    IMailboxWatch watch,
    MarkRemoval marks,
    SubscriptionKeeper subscriptions,
    RecentHistories histories,
    ListIndexes indexes,
    FactsMemory facts,
    TeamNews news,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<Erasure> logger)
{
    /// <summary>Microsoft 365 is asked for so long, in real time; what it has not confirmed by then ends by itself.</summary>
    private static readonly TimeSpan OutsidePatience = TimeSpan.FromSeconds(10);

    /// <summary>An erasure that was begun so long ago may have lost its server. Two at once do no harm.</summary>
    private static readonly TimeSpan LikelyAbandoned = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<RepKey, Lazy<Task<Erased>>> running = new();

    /// <summary>Goes on also when nobody waits any more. Repeatable; also of a rep of whom nothing is kept.</summary>
    /// <param name="patience">Real time.</param>
    /// <returns>What became of it; not done yet when it takes longer than <paramref name="patience"/>.</returns>
    public async Task<Erased> EraseAsync(RepKey rep, TimeSpan patience, CancellationToken ct)
    {
        await MarkAsync(rep, ct);
        var erasing = running.GetOrAdd(rep, key => new Lazy<Task<Erased>>(() => Task.Run(() => RunAsync(key, lifetime.ApplicationStopping), CancellationToken.None)));
        try
        {
            return await erasing.Value.WaitAsync(patience, ct);
        }
        catch (TimeoutException)
        {
            return new Erased(Done: false, MarksRemoved: false, SubscriptionsEnded: false);
        }
    }

    /// <summary>Goes on with erasures whose servers have ended.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        List<RepKey> unfinished;
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            var before = clock.GetUtcNow() - LikelyAbandoned;
            unfinished = await store.Reps.Where(x => x.ErasingAt <= before).Select(x => new RepKey(x.TenantId, x.RepId)).ToListAsync(ct);
        }

        foreach (var rep in unfinished)
        {
            await EraseAsync(rep, Timeout.InfiniteTimeSpan, ct);
        }
    }

    /// <summary>From here on no fact of the rep is added, on whatever server. Open panes are told nothing: their next board would begin anew.</summary>
    /// <returns>Whether there is such a rep.</returns>
    private Task<bool> MarkAsync(RepKey key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return writer.WriteAsync(
            async (store, token) => await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(x => x.ErasingAt, x => x.ErasingAt ?? now)
                        .SetProperty(x => x.LeftAt, x => x.LeftAt ?? now),
                    token) > 0,
            ct);
    }

    private async Task<Erased> RunAsync(RepKey rep, CancellationToken ct)
    {
        try
        {
            var marksRemoved = await marks.RemoveAsync(rep, OutsidePatience, ct);
            watch.Forget(rep);
            var subscriptionsEnded = await EndSubscriptionsAsync(rep, ct);
            var team = await TeamAsync(rep, ct);
            await ReleaseTeamAsync(rep, ct);
            await EraseRowsAsync(rep, ct);
            histories.Forget(rep);
            indexes.Forget(ListKey.Of(rep));
            facts.Forget(rep);
            if (team is { } manager)
            {
                news.Tell(rep.TenantId, manager);
            }

            Log.Done(logger, rep.RepId, rep.TenantId);
            return new Erased(Done: true, marksRemoved, subscriptionsEnded);
        }
        finally
        {
            running.TryRemove(rep, out _);
        }
    }

    private async Task<Guid?> TeamAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).Select(x => x.TeamId).SingleOrDefaultAsync(ct);
    }

    /// <returns>Whether the service has confirmed the end of all of them.</returns>
    private async Task<bool> EndSubscriptionsAsync(RepKey rep, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(OutsidePatience);
        await using var store = await stores.CreateDbContextAsync(ct);
        var isDone = true;
        foreach (var folder in await store.MailboxWatches.AsNoTracking().Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId).ToListAsync(ct))
        {
            try
            {
                isDone &= await subscriptions.EndAsync(rep, folder, patience.Token) is { Id: null, Problem: null };
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                isDone = false;
            }
        }

        return isDone;
    }

    /// <summary>Of a manager: nobody is in their team any more. Whom the directory still names as a manager it names again at its next reading.</summary>
    private async Task ReleaseTeamAsync(RepKey key, CancellationToken ct)
    {
        await reps.WriteAsync(
            key.TenantId,
            store => store.Reps.Where(x => x.ErasingAt == null && (x.ManagerId == key.RepId || x.AssignedManagerId == key.RepId)),
            (_, members, _) =>
            {
                foreach (var member in members)
                {
                    if (member.ManagerId == key.RepId)
                    {
                        (member.ManagerId, member.ManagerAddress) = (null, null);
                    }

                    member.AssignedManagerId = member.AssignedManagerId == key.RepId ? null : member.AssignedManagerId;
                    member.PlaceInTeam();
                }

                return Task.FromResult(members.Count > 0);
            },
            ct);
    }

    private async Task EraseRowsAsync(RepKey rep, CancellationToken ct)
    {
        List<(string Table, string Condition)> tables;
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            tables = [.. RepTables.Of(store)];
        }

        foreach (var (table, condition) in tables)
        {
            await rows.DeleteAsync(table, condition, [rep.TenantId, rep.RepId], ct);
        }

        await writer.WriteAsync((store, token) => FinishAsync(store, rep, tables, token), ct);
    }

    /// <summary>The rep's row, what a reading under way at the mark has added since, and the rep's name on what is others'.</summary>
    private static async Task<bool> FinishAsync(Store store, RepKey key, IReadOnlyList<(string Table, string Condition)> tables, CancellationToken ct)
    {
        await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision), ct);
        foreach (var (table, condition) in tables)
        {
            await store.Database.ExecuteSqlAsync(FormattableStringFactory.Create($"DELETE FROM {table} WHERE {condition}", key.TenantId, key.RepId), ct);
        }

        // What a manager asked of others stays asked, by nobody in particular.
        await store.Targets.Where(x => x.TenantId == key.TenantId && x.SetBy == key.RepId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.SetBy, Guid.Empty).SetProperty(x => x.SetByName, (string?)null), ct);
        await store.Targets.Where(x => x.TenantId == key.TenantId && x.TakenBackBy == key.RepId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.TakenBackBy, (Guid?)null).SetProperty(x => x.TakenBackByName, (string?)null), ct);
        await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).ExecuteDeleteAsync(ct);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Everything about rep {RepId} in tenant {TenantId} has been erased.")]
        public static partial void Done(ILogger logger, Guid repId, Guid tenantId);
    }
}

/// <param name="Done">False while it is still going on; it ends by itself.</param>
/// <param name="MarksRemoved">False when categories of ours may have stayed on mail, because the mailbox did not let them be taken off.</param>
/// <param name="SubscriptionsEnded">False when Microsoft Graph has not confirmed it; the subscriptions end by themselves, and what they tell is passed over.</param>
public sealed record Erased(bool Done, bool MarksRemoved, bool SubscriptionsEnded);
