using Azure.Identity;
using InboxGate.Core.Boards;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Mailbox;

/// <param name="RetryAfter">As the service asked; null for our own pace.</param>
public readonly record struct ReadingOutcome(bool IsRead, bool IsEnrolled, TimeSpan? RetryAfter = null);

/// <summary>One reading of one mailbox: who the rep is, the subscriptions, then both folders' changes to the end. Every step may repeat harmlessly.</summary>
public sealed partial class MailboxReading(
    MailboxReader reader,
    SubscriptionKeeper subscriptions,
    MailIntake intake,
    DayClosing days,
    RepWriter writer,
    IDbContextFactory<Store> stores,
    IOptions<MailboxOptions> options,
    TimeProvider clock,
    ILogger<MailboxReading> logger)
{
    /// <summary>How far back sent mail is read at first, to learn whom the rep wrote to.</summary>
    private static readonly TimeSpan OutreachSpan = TimeSpan.FromDays(30);

    /// <summary>A new round after a lost link begins this long before the last reading.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>As many messages as a filtered round brings; beyond, a mail that did not come may still be there.</summary>
    private const int LargestRound = 5000;

    /// <summary>Only slower, not out of reach: the gate stays as it is.</summary>
    private const string Throttled = "throttled";
    private const string WatchFailed = "watchFailed";
    private const string SubscriptionRefused = "subscriptionRefused";
    private const string GraphUnavailable = "graphUnavailable";

    public async Task<ReadingOutcome> ReadAsync(RepKey key, bool resubscribe, CancellationToken ct)
    {
        var rep = await FindAsync(key, ct);
        if (rep is null)
        {
            return new ReadingOutcome(IsRead: false, IsEnrolled: false);
        }

        try
        {
            var now = clock.GetUtcNow();
            // Also of a rep whose pane stays shut: what may no longer be known is erased at the day's end.
            await days.CloseAsync(key, now, ct);
            if (rep.ProfileReadAt is not { } readAt || now - readAt >= options.Value.ProfileInterval || readAt > now)
            {
                await SaveProfileAsync(key, await reader.ProfileAsync(key, ct), now, ct);
            }

            await SubscribeAsync(key, resubscribe, ct);
            foreach (var folder in MailFolders.Watched)
            {
                await ReadFolderAsync(rep, folder, ct);
            }

            await SetWatchAsync(key, WatchState.Watching, null, ct);
            return new ReadingOutcome(IsRead: true, IsEnrolled: true);
        }
        catch (Exception failure) when (ProblemOf(failure, ct) is not null)
        {
            var problem = ProblemOf(failure, ct)!;
            var retryAfter = RetryAfter.Of((failure as ApiException)?.ResponseHeaders);
            if (problem == Throttled)
            {
                Log.Throttled(logger, key.TenantId, key.RepId, retryAfter?.TotalSeconds);
                return new ReadingOutcome(IsRead: false, IsEnrolled: true, retryAfter);
            }

            if (rep.WatchProblem != problem)
            {
                Log.Unreachable(logger, key.TenantId, key.RepId, problem, (failure as ApiException)?.ResponseStatusCode ?? 0);
            }

            await SetWatchAsync(key, WatchState.MailboxUnreachable, problem, ct);
            return new ReadingOutcome(IsRead: false, IsEnrolled: true, retryAfter);
        }
    }

    /// <summary>The watch failed in a way nobody foresaw: then too the gate is off, and says so.</summary>
    public Task GiveUpAsync(RepKey key, CancellationToken ct) => SetWatchAsync(key, WatchState.MailboxUnreachable, WatchFailed, ct);

    private async Task<RepRow?> FindAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
    }

    private async Task SubscribeAsync(RepKey key, bool resubscribe, CancellationToken ct)
    {
        foreach (var folder in MailFolders.Watched)
        {
            var row = await WatchRowAsync(key, folder, ct);
            string? problem = null;
            var kept = (Id: row.SubscriptionId, ExpiresAt: row.SubscriptionExpiresAt);
            try
            {
                kept = await subscriptions.KeepAsync(key, row, resubscribe || row.Problem is not null, clock.GetUtcNow(), ct);
            }
            catch (ApiException refused) when (refused.ResponseStatusCode is >= 400 and not 401 and not 403 and not 404)
            {
                // Without notifications the sweep still reads everything, only later.
                problem = SubscriptionRefused;
                if (row.Problem != problem)
                {
                    Log.SubscriptionRefused(logger, key.TenantId, key.RepId, refused.ResponseStatusCode);
                }
            }

            if (kept.Id != row.SubscriptionId || kept.ExpiresAt != row.SubscriptionExpiresAt || problem != row.Problem)
            {
                await SaveWatchAsync(key, folder, watch =>
                {
                    watch.SubscriptionId = kept.Id;
                    watch.SubscriptionExpiresAt = kept.ExpiresAt;
                    watch.Problem = problem;
                }, ct);
            }
        }
    }

    private async Task ReadFolderAsync(RepRow rep, string folder, CancellationToken ct)
    {
        var row = await WatchRowAsync(rep.Key, folder, ct);
        var first = folder == MailFolders.SentItems ? rep.EnrolledAt - OutreachSpan : rep.EnrolledAt;
        var startedAt = clock.GetUtcNow();
        // The clock may have been put back since.
        var lastRead = row.ReadAt is { } readAt && readAt > startedAt ? startedAt : row.ReadAt;
        var from = lastRead is { } last && last - Overlap > first ? last - Overlap : first;
        var link = row.Link;
        var hasBegunAgain = false;
        HashSet<string>? present = null;
        while (true)
        {
            MailPage page;
            try
            {
                page = await reader.ReadAsync(rep.Key, folder, link, from, ct);
            }
            catch (DeltaExpiredException) when (link is not null && !hasBegunAgain)
            {
                // A new round tells what is there, no longer what has left: that is what a gate stands before and is not there.
                (link, hasBegunAgain, present) = (null, true, []);
                from = folder == MailFolders.Inbox && await OldestGatedAsync(rep.Key, ct) is { } oldest && oldest < from ? oldest : from;
                continue;
            }

            present?.UnionWith(page.Received.Select(x => x.GraphId).OfType<string>());
            if (page.IsLast && folder == MailFolders.Inbox && present is { Count: < LargestRound })
            {
                page = page with { Removed = [.. page.Removed, .. await LeftSinceAsync(rep.Key, from, present, ct)] };
            }

            await TakeInAsync(rep, folder, page, page.IsLast ? startedAt : row.ReadAt, ct);
            if (page.IsLast)
            {
                return;
            }

            link = page.Link != link ? page.Link : throw new DeltaExpiredException();
        }
    }

    private async Task<DateTimeOffset?> OldestGatedAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await Gated(store, key).MinAsync(x => (DateTimeOffset?)x.ReceivedAt, ct);
    }

    private async Task<List<string>> LeftSinceAsync(RepKey key, DateTimeOffset from, HashSet<string> present, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var gated = await Gated(store, key).Where(x => x.ReceivedAt >= from).Select(x => x.GraphId!).ToListAsync(ct);
        return [.. gated.Where(x => !present.Contains(x))];
    }

    /// <summary>The mail that a gate not yet closed stands before.</summary>
    private static IQueryable<MessageRow> Gated(Store store, RepKey key) => store.Messages.Where(x =>
        x.TenantId == key.TenantId && x.RepId == key.RepId && x.GraphId != null && !x.LeftInbox && x.GateId != null
        && store.Gates.Any(gate => gate.TenantId == key.TenantId && gate.RepId == key.RepId && gate.GateId == x.GateId && gate.ErasedAt == null));

    /// <summary>Saves a page's mail and the way on in one transaction, so that a crash repeats a page and never skips one.</summary>
    private async Task TakeInAsync(RepRow rep, string folder, MailPage page, DateTimeOffset? readAt, CancellationToken ct)
    {
        var key = rep.Key;
        var received = await WithHeadersAsync(rep, page.Received, ct);
        var sent = await WithHeadersAsync(rep, page.Sent, ct);
        var removed = folder == MailFolders.Inbox ? page.Removed : [];
        var hasChanged = false;
        if (received.Count + sent.Count + removed.Count > 0)
        {
            await writer.WriteAsync(key, async (store, row, token) =>
            {
                var addresses = received.Select(x => SenderClassifier.SenderAddress(x.Facts)).Concat(sent.SelectMany(x => x.Recipients));
                var context = await intake.ContextAsync(store, row, addresses, token);
                foreach (var mail in sent.OrderBy(x => x.SentAt))
                {
                    hasChanged |= await intake.SendAsync(store, row, mail, context, token);
                    await store.SaveChangesAsync(token);
                }

                foreach (var mail in received.OrderBy(x => x.ReceivedAt))
                {
                    hasChanged |= await intake.ReceiveAsync(store, row, mail, context, token);
                    await store.SaveChangesAsync(token);
                }

                foreach (var id in removed)
                {
                    hasChanged |= await intake.LeaveInboxAsync(store, row, id, token);
                    await store.SaveChangesAsync(token);
                }

                var watch = await RowAsync(store, key, folder, token);
                (watch.Link, watch.ReadAt) = (page.Link, readAt);
                return hasChanged;
            }, ct);
        }

        // Nothing new, a read mark for example: no revision, only the way on.
        if (!hasChanged)
        {
            await SaveWatchAsync(key, folder, row => (row.Link, row.ReadAt) = (page.Link, readAt), ct);
        }
    }

    /// <summary>
    /// The mail not judged before, with its headers where they can change the verdict. Judged mail comes again with every
    /// read mark; without its headers it would be judged worse than before.
    /// </summary>
    private async Task<IReadOnlyList<ReceivedMail>> WithHeadersAsync(RepRow rep, IReadOnlyList<ReceivedMail> mails, CancellationToken ct)
    {
        if (mails.Count == 0)
        {
            return [];
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        var ids = mails.Select(x => x.InternetMessageId).ToList();
        var judged = await store.Messages
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && ids.Contains(x.InternetMessageId) && x.GraphId != null)
            .Select(x => x.InternetMessageId).ToHashSetAsync(ct);
        var current = await store.Reps.AsNoTracking().SingleAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId, ct);
        var context = await intake.ContextAsync(store, current, mails.Select(x => SenderClassifier.SenderAddress(x.Facts)), ct);
        return await EachAsync(
            [.. mails.Where(x => !judged.Contains(x.InternetMessageId))],
            mail => mail is { GraphId: not null, IsMeeting: false, IsDraft: false }
                && mail.ReceivedAt >= rep.EnrolledAt
                && SenderClassifier.HeadersDecide(mail.Facts, context.Senders),
            async (mail, token) => mail with { Facts = mail.Facts with { Headers = await reader.HeadersAsync(rep.Key, mail.GraphId!, token) } },
            ct);
    }

    /// <summary>
    /// The sent mail not counted before. Whether a machine wrote it on the rep's behalf, only its headers tell; they are
    /// fetched only since enrolment, because mail from before is neither counted nor an answer to a gate.
    /// </summary>
    private async Task<IReadOnlyList<SentMail>> WithHeadersAsync(RepRow rep, IReadOnlyList<SentMail> mails, CancellationToken ct)
    {
        if (mails.Count == 0)
        {
            return [];
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        var ids = mails.Select(x => x.InternetMessageId).ToList();
        var counted = await store.SentMessages
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && ids.Contains(x.InternetMessageId))
            .Select(x => x.InternetMessageId).ToHashSetAsync(ct);
        return await EachAsync(
            [.. mails.Where(x => !counted.Contains(x.InternetMessageId))],
            mail => mail is { GraphId: not null, IsMeeting: false, IsAutomaticReply: false } && mail.SentAt >= rep.EnrolledAt,
            async (mail, token) => mail with { IsAutomaticReply = IsFromMachine(await reader.HeadersAsync(rep.Key, mail.GraphId!, token)) },
            ct);
    }

    private static bool IsFromMachine(IReadOnlyList<MessageHeader> headers) => headers.Any(x =>
        x.Name.Equals("Auto-Submitted", StringComparison.OrdinalIgnoreCase) && !x.Value.Trim().Equals("no", StringComparison.OrdinalIgnoreCase));

    /// <summary>Completes those that need it, a few at once: Outlook serves four requests of a mailbox at a time.</summary>
    private static async Task<IReadOnlyList<T>> EachAsync<T>(
        T[] mails, Func<T, bool> isIncomplete, Func<T, CancellationToken, Task<T>> complete, CancellationToken ct)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, mails.Length).Where(i => isIncomplete(mails[i])),
            new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = ct },
            async (i, token) => mails[i] = await complete(mails[i], token));
        return mails;
    }

    /// <summary>A profile that says nothing new raises no revision.</summary>
    private async Task SaveProfileAsync(RepKey key, RepProfile profile, DateTimeOffset now, CancellationToken ct)
    {
        await writer.WriteAsync(key, (store, row, token) => ApplyAsync(store, row, profile, now, token), ct);
        await using var store = await stores.CreateDbContextAsync(ct);
        await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.ProfileReadAt, now), ct);
    }

    private static async Task<bool> ApplyAsync(Store store, RepRow rep, RepProfile profile, DateTimeOffset now, CancellationToken ct)
    {
        rep.Name = profile.Name ?? rep.Name;
        rep.Addresses = [.. profile.Addresses];
        rep.ManagerId = profile.ManagerId;
        rep.ManagerAddress = profile.ManagerAddress;
        rep.TimeZone = profile.TimeZone ?? rep.TimeZone;
        rep.WorkStart = profile.WorkStart ?? rep.WorkStart;
        rep.WorkEnd = profile.WorkEnd ?? rep.WorkEnd;
        rep.WorkDays = profile.WorkDays is null ? rep.WorkDays : [.. profile.WorkDays];
        rep.AutomaticReplies = profile.AutomaticReplies;
        rep.AutomaticRepliesFrom = profile.AutomaticRepliesFrom;
        rep.AutomaticRepliesUntil = profile.AutomaticRepliesUntil;
        var tenant = await store.Tenants.FindAsync([rep.TenantId], ct);
        if (tenant is null)
        {
            store.Tenants.Add(tenant = new TenantRow { TenantId = rep.TenantId });
        }

        tenant.Domains = [.. profile.TenantDomains];
        if (!store.ChangeTracker.HasChanges())
        {
            return false;
        }

        tenant.ReadAt = now;
        return true;
    }

    private async Task SetWatchAsync(RepKey key, WatchState state, string? problem, CancellationToken ct) =>
        await ((await FindAsync(key, ct)) is { } rep && rep.Watch == state && rep.WatchProblem == problem
            ? Task.CompletedTask
            : writer.WriteAsync(key, (_, row, _) =>
            {
                var changed = row.Watch != state || row.WatchProblem != problem;
                row.Watch = state;
                row.WatchProblem = problem;
                return Task.FromResult(changed);
            }, ct));

    private async Task<MailboxWatchRow> WatchRowAsync(RepKey key, string folder, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.MailboxWatches.AsNoTracking()
            .SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.Folder == folder, ct)
            ?? new MailboxWatchRow { TenantId = key.TenantId, RepId = key.RepId, Folder = folder };
    }

    /// <summary>How far a folder was read is no fact of the board: it raises no revision.</summary>
    private async Task SaveWatchAsync(RepKey key, string folder, Action<MailboxWatchRow> change, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        change(await RowAsync(store, key, folder, ct));
        await store.SaveChangesAsync(ct);
    }

    private static async Task<MailboxWatchRow> RowAsync(Store store, RepKey key, string folder, CancellationToken ct)
    {
        var row = await store.MailboxWatches.FindAsync([key.TenantId, key.RepId, folder], ct);
        if (row is null)
        {
            store.MailboxWatches.Add(row = new MailboxWatchRow { TenantId = key.TenantId, RepId = key.RepId, Folder = folder });
        }

        return row;
    }

    /// <summary>A stable code for what an administrator must know; null when the failure is our own.</summary>
    private static string? ProblemOf(Exception failure, CancellationToken ct) => failure switch
    {
        OperationCanceledException when ct.IsCancellationRequested => null,
        ApiException { ResponseStatusCode: 401 } => "signInRefused",
        ApiException { ResponseStatusCode: 403 } => "accessDenied",
        ApiException { ResponseStatusCode: 404 } => "mailboxNotFound",
        ApiException { ResponseStatusCode: 429 } => Throttled,
        ApiException or DeltaExpiredException => GraphUnavailable,
        AuthenticationFailedException => "tokenRefused",
        // No answer, none in time, one that breaks off, or one that is not Graph's.
        HttpRequestException or IOException or OperationCanceledException or Polly.Timeout.TimeoutRejectedException or System.Text.Json.JsonException => GraphUnavailable,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox of rep {RepId} in tenant {TenantId} cannot be read ({Problem}, status {Status}); its gate is off meanwhile.")]
        public static partial void Unreachable(ILogger logger, Guid tenantId, Guid repId, string problem, int status);

        [LoggerMessage(Level = LogLevel.Information, Message = "Microsoft Graph throttles the mailbox of rep {RepId} in tenant {TenantId}; asked to wait {RetryAfterSeconds} seconds.")]
        public static partial void Throttled(ILogger logger, Guid tenantId, Guid repId, double? retryAfterSeconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Microsoft Graph refused a subscription for rep {RepId} in tenant {TenantId} with status {Status}; the sweep reads the mailbox meanwhile.")]
        public static partial void SubscriptionRefused(ILogger logger, Guid tenantId, Guid repId, int status);
    }
}
