using Azure.Identity;
using InboxGate.Core.Boards;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
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

    /// <summary>Only slower, not out of reach: the gate stays as it is.</summary>
    private const string Throttled = "throttled";

    public async Task<ReadingOutcome> ReadAsync(RepKey key, bool resubscribe, TaskCompletionSource profileTried, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(profileTried);
        var rep = await FindAsync(key, ct);
        if (rep is null)
        {
            profileTried.TrySetResult();
            return new ReadingOutcome(IsRead: false, IsEnrolled: false);
        }

        try
        {
            var now = clock.GetUtcNow();
            if (rep.ProfileReadAt is not { } readAt || now - readAt >= options.Value.ProfileInterval || readAt > now)
            {
                var profile = await reader.ProfileAsync(key, ct);
                await writer.WriteAsync(key, (store, row, token) => SaveProfileAsync(store, row, profile, now, token), ct);
            }

            profileTried.TrySetResult();
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
            profileTried.TrySetResult();
            var problem = ProblemOf(failure, ct)!;
            Log.Unreachable(logger, key.TenantId, key.RepId, problem, (failure as ApiException)?.ResponseStatusCode ?? 0);
            if (problem != Throttled)
            {
                await SetWatchAsync(key, WatchState.MailboxUnreachable, problem, ct);
            }

            return new ReadingOutcome(IsRead: false, IsEnrolled: true, RetryAfterOf(failure));
        }
    }

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
            if (resubscribe)
            {
                row.SubscriptionExpiresAt = null;
            }

            string? problem = null;
            var kept = (Id: row.SubscriptionId, ExpiresAt: row.SubscriptionExpiresAt);
            try
            {
                kept = await subscriptions.KeepAsync(key, row, clock.GetUtcNow(), ct);
            }
            catch (ApiException refused) when (refused.ResponseStatusCode is >= 400 and < 500 and not 401 and not 403 and not 404 and not 429)
            {
                // Without notifications the sweep still reads everything, only later.
                problem = "subscriptionRefused";
                Log.SubscriptionRefused(logger, key.TenantId, key.RepId, refused.ResponseStatusCode);
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
        var from = row.ReadAt is { } readAt && readAt - Overlap > first ? readAt - Overlap : first;
        var link = row.Link;
        var startedAt = clock.GetUtcNow();
        while (true)
        {
            MailPage page;
            try
            {
                page = await reader.ReadAsync(rep.Key, folder, link, from, ct);
            }
            catch (DeltaExpiredException) when (link is not null)
            {
                link = null;
                continue;
            }

            await TakeInAsync(rep.Key, folder, page, page.IsLast ? startedAt : row.ReadAt, ct);
            link = page.Link;
            if (page.IsLast)
            {
                return;
            }
        }
    }

    /// <summary>Saves a page's mail and the way on in one transaction, so that a crash repeats a page and never skips one.</summary>
    private async Task TakeInAsync(RepKey key, string folder, MailPage page, DateTimeOffset? readAt, CancellationToken ct)
    {
        if (page.Received.Count + page.Sent.Count + page.Removed.Count == 0)
        {
            await SaveWatchAsync(key, folder, row => (row.Link, row.ReadAt) = (page.Link, readAt), ct);
            return;
        }

        var received = await WithHeadersAsync(key, page.Received, ct);
        var sent = await WithHeadersAsync(key, page.Sent, ct);
        await writer.WriteAsync(key, async (store, rep, token) =>
        {
            var addresses = received.Select(x => SenderClassifier.SenderAddress(x.Facts)).Concat(sent.SelectMany(x => x.Recipients));
            var context = await intake.ContextAsync(store, rep, addresses, token);
            foreach (var mail in sent.OrderBy(x => x.SentAt))
            {
                await intake.SendAsync(store, rep, mail, context, token);
                await store.SaveChangesAsync(token);
            }

            foreach (var mail in received.OrderBy(x => x.ReceivedAt))
            {
                await intake.ReceiveAsync(store, rep, mail, context, token);
                await store.SaveChangesAsync(token);
            }

            if (folder == MailFolders.Inbox)
            {
                foreach (var id in page.Removed)
                {
                    await intake.LeaveInboxAsync(store, rep, id, token);
                    await store.SaveChangesAsync(token);
                }
            }

            var row = await RowAsync(store, key, folder, token);
            row.Link = page.Link;
            row.ReadAt = readAt;
            return true;
        }, ct);
    }

    /// <summary>Fetches headers only where they can change the verdict, and only of mail not judged before.</summary>
    private async Task<List<ReceivedMail>> WithHeadersAsync(RepKey key, IReadOnlyList<ReceivedMail> mails, CancellationToken ct)
    {
        if (mails.Count == 0)
        {
            return [];
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        var ids = mails.Select(x => x.InternetMessageId).ToList();
        var known = await store.Messages
            .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && ids.Contains(x.InternetMessageId) && x.GraphId != null)
            .Select(x => x.InternetMessageId).ToHashSetAsync(ct);
        var rep = await store.Reps.AsNoTracking().SingleAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
        var context = await intake.ContextAsync(store, rep, mails.Select(x => SenderClassifier.SenderAddress(x.Facts)), ct);
        var result = new List<ReceivedMail>();
        foreach (var mail in mails)
        {
            var isUndecided = mail is { GraphId: not null, IsMeeting: false, IsDraft: false }
                && !known.Contains(mail.InternetMessageId)
                && mail.ReceivedAt >= rep.EnrolledAt
                && SenderClassifier.HeadersDecide(mail.Facts, context.Senders);
            result.Add(isUndecided
                ? mail with { Facts = mail.Facts with { Headers = await reader.HeadersAsync(key, mail.GraphId!, ct) } }
                : mail);
        }

        return result;
    }

    /// <summary>Finds out which sent mails a machine wrote on the rep's behalf: only their headers tell.</summary>
    private async Task<List<SentMail>> WithHeadersAsync(RepKey key, IReadOnlyList<SentMail> mails, CancellationToken ct)
    {
        if (mails.Count == 0)
        {
            return [];
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        var ids = mails.Select(x => x.InternetMessageId).ToList();
        var known = await store.SentMessages
            .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && ids.Contains(x.InternetMessageId))
            .Select(x => x.InternetMessageId).ToHashSetAsync(ct);
        var result = new List<SentMail>();
        foreach (var mail in mails.Where(x => !known.Contains(x.InternetMessageId)))
        {
            var headers = mail is { GraphId: not null, IsMeeting: false } ? await reader.HeadersAsync(key, mail.GraphId, ct) : [];
            result.Add(mail with
            {
                IsAutomaticReply = headers.Any(x =>
                    x.Name.Equals("Auto-Submitted", StringComparison.OrdinalIgnoreCase) && !x.Value.Trim().Equals("no", StringComparison.OrdinalIgnoreCase)),
            });
        }

        return result;
    }

    private static async Task<bool> SaveProfileAsync(Store store, RepRow rep, RepProfile profile, DateTimeOffset now, CancellationToken ct)
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
        rep.ProfileReadAt = now;
        var tenant = await store.Tenants.FindAsync([rep.TenantId], ct);
        if (tenant is null)
        {
            store.Tenants.Add(tenant = new TenantRow { TenantId = rep.TenantId });
        }

        tenant.Domains = [.. profile.TenantDomains];
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
        ApiException => "graphUnavailable",
        AuthenticationFailedException => "tokenRefused",
        HttpRequestException or OperationCanceledException or Polly.Timeout.TimeoutRejectedException or System.Text.Json.JsonException => "graphUnavailable",
        _ => null,
    };

    private static TimeSpan? RetryAfterOf(Exception failure) =>
        failure is ApiException { ResponseHeaders: { } headers }
        && headers.FirstOrDefault(x => x.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } text
        && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox of rep {RepId} in tenant {TenantId} cannot be read ({Problem}, status {Status}); its gate is off meanwhile.")]
        public static partial void Unreachable(ILogger logger, Guid tenantId, Guid repId, string problem, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Microsoft Graph refused a subscription for rep {RepId} in tenant {TenantId} with status {Status}; the sweep reads the mailbox meanwhile.")]
        public static partial void SubscriptionRefused(ILogger logger, Guid tenantId, Guid repId, int status);
    }
}
