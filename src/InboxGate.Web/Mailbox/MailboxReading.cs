using InboxGate.Core.Boards;
using InboxGate.Web.Marks;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Prospects.Contacts;
using InboxGate.Web.Storage;
using InboxGate.Web.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Mailbox;

/// <param name="RetryAfter">When to read again: as the service asked; null for our own pace.</param>
public readonly record struct ReadingOutcome(bool IsRead, bool IsEnrolled, TimeSpan? RetryAfter = null);

/// <summary>One reading of one mailbox: who the rep is, the subscriptions, then the watched folders' changes to the end. Every step may repeat harmlessly.</summary>
public sealed partial class MailboxReading(
    ProfileReading profiles,
    SubscriptionKeeper subscriptions,
    FolderReading folders,
    UnfinishedMail unfinished,
    ContactReading contacts,
    MailboxClaims claims,
    DayClosing days,
    RepWriter writer,
    StoreWriter store,
    IDbContextFactory<Store> stores,
    IOptions<MailboxOptions> options,
    MailboxMetrics metrics,
    MessageMarks marks,
    TimeProvider clock,
    ILogger<MailboxReading> logger)
{
    /// <summary>A mailbox that another server is reading is looked at again this soon: what it missed, ours must not.</summary>
    private static readonly TimeSpan ReadElsewhere = TimeSpan.FromSeconds(1);

    public async Task<ReadingOutcome> ReadAsync(RepKey key, CancellationToken ct)
    {
        if (await FindAsync(key, ct) is not { LeftAt: null } rep)
        {
            return new ReadingOutcome(IsRead: false, IsEnrolled: false);
        }

        if (!await claims.TakeAsync(key, ct))
        {
            return new ReadingOutcome(IsRead: false, IsEnrolled: true, ReadElsewhere);
        }

        metrics.ReadingBegun();
        using var span = Traces.Source.StartActivity("read mailbox");
        try
        {
            return await ReadAsync(rep, ct);
        }
        finally
        {
            metrics.ReadingEnded();
            // Also when the server stops: another one goes on at once.
            await claims.ReleaseAsync(key, CancellationToken.None);
        }
    }

    /// <summary>The watch failed in a way nobody foresaw: then too the gate is off, and says so.</summary>
    public async Task GiveUpAsync(RepKey key, CancellationToken ct)
    {
        if (await FindAsync(key, ct) is { } rep)
        {
            await SetWatchAsync(rep, WatchState.MailboxUnreachable, MailboxProblem.WatchFailed, null, ct);
        }
    }

    private async Task<ReadingOutcome> ReadAsync(RepRow rep, CancellationToken ct)
    {
        try
        {
            var now = clock.GetUtcNow();
            // Also of a rep whose pane stays shut: what may no longer be known is erased at the day's end.
            await days.CloseAsync(rep.Key, now, ct);
            await profiles.RefreshAsync(rep, now, ct);
            if (options.Value.Access == MailboxAccess.Application)
            {
                await SubscribeAsync(rep.Key, ct);
            }

            var left = Unfinished.Nothing;
            foreach (var folder in options.Value.Access == MailboxAccess.Application ? MailFolders.Watched : MailFolders.ReadOnBehalf)
            {
                try
                {
                    left = left.And(await folders.ReadAsync(rep, folder, ct));
                }
                catch (MailboxBusyException busy)
                {
                    // One mail that the service has no time for keeps no other folder waiting.
                    left = left.And(new Unfinished(true, busy.RetryAfter));
                }
            }

            if (!left.IsAny)
            {
                left = await unfinished.FinishAsync(rep.Key, ct);
            }

            await SetWatchAsync(rep, WatchState.Watching, null, null, ct);
            // After the mail, and whatever comes of it: no gate waits for contacts.
            left = left.And(await contacts.ReadAsync(rep, ct));
            marks.Follow(rep.Key);
            return new ReadingOutcome(IsRead: !left.IsAny, IsEnrolled: true, left.RetryAfter);
        }
        catch (ReadElsewhereException)
        {
            return new ReadingOutcome(IsRead: false, IsEnrolled: true, ReadElsewhere);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && MailboxProblem.Of(failure) is not null)
        {
            var problem = MailboxProblem.Of(failure)!;
            var retryAfter = RetryAfter.Of(failure);
            if (problem == MailboxProblem.Throttled)
            {
                Log.Throttled(logger, rep.TenantId, rep.RepId, retryAfter?.TotalSeconds);
                return new ReadingOutcome(IsRead: false, IsEnrolled: true, retryAfter);
            }

            if (rep.WatchProblem != problem)
            {
                Log.Unreachable(logger, rep.TenantId, rep.RepId, problem, (failure as ApiException)?.ResponseStatusCode ?? 0);
            }

            await SetWatchAsync(rep, WatchState.MailboxUnreachable, problem, MailboxProblem.ClaimsOf(failure), ct);
            return new ReadingOutcome(IsRead: false, IsEnrolled: true, retryAfter);
        }
    }

    private async Task<RepRow?> FindAsync(RepKey key, CancellationToken ct)
    {
        await using var reading = await stores.CreateDbContextAsync(ct);
        return await reading.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
    }

    private async Task SubscribeAsync(RepKey key, CancellationToken ct)
    {
        List<MailboxWatchRow> rows;
        await using (var reading = await stores.CreateDbContextAsync(ct))
        {
            rows = await reading.MailboxWatches.AsNoTracking().Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).ToListAsync(ct);
        }

        List<(string Folder, SubscriptionStanding Kept)> changed = [];
        foreach (var folder in MailFolders.Watched)
        {
            var row = rows.Find(x => x.Folder == folder) ?? new MailboxWatchRow { TenantId = key.TenantId, RepId = key.RepId, Folder = folder };
            var kept = await subscriptions.KeepAsync(key, row, clock.GetUtcNow(), ct);
            if (kept.Id != row.SubscriptionId || kept.ExpiresAt != row.SubscriptionExpiresAt || kept.Problem != row.Problem)
            {
                changed.Add((folder, kept));
            }
        }

        if (changed.Count > 0)
        {
            await store.WriteAsync(async (changing, token) =>
            {
                foreach (var (folder, kept) in changed)
                {
                    var row = await MailboxWatchRow.OfAsync(changing, key, folder, token);
                    (row.SubscriptionId, row.SubscriptionExpiresAt, row.Problem) = (kept.Id, kept.ExpiresAt, kept.Problem);
                }

                return true;
            }, ct);
        }
    }

    private async Task SetWatchAsync(RepRow rep, WatchState state, string? problem, string? claims, CancellationToken ct)
    {
        if (rep.Watch == state && rep.WatchProblem == problem && rep.ClaimsChallenge == claims)
        {
            return;
        }

        await writer.WriteAsync(rep.Key, (_, row, _) =>
        {
            if (row.LeftAt is not null)
            {
                return Task.FromResult(false);
            }

            var hasChanged = row.Watch != state || row.WatchProblem != problem || row.ClaimsChallenge != claims;
            row.WatchProblemSince = problem is null ? null : row.WatchProblem is null ? clock.GetUtcNow() : row.WatchProblemSince;
            (row.Watch, row.WatchProblem, row.ClaimsChallenge) = (state, problem, claims);
            return Task.FromResult(hasChanged);
        }, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox of rep {RepId} in tenant {TenantId} cannot be read ({Problem}, status {Status}); its gate is off meanwhile.")]
        public static partial void Unreachable(ILogger logger, Guid tenantId, Guid repId, string problem, int status);

        [LoggerMessage(Level = LogLevel.Information, Message = "Microsoft Graph throttles the mailbox of rep {RepId} in tenant {TenantId}; asked to wait {RetryAfterSeconds} seconds.")]
        public static partial void Throttled(ILogger logger, Guid tenantId, Guid repId, double? retryAfterSeconds);
    }
}
