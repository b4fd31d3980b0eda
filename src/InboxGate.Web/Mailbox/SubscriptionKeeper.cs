using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using InboxGate.Web.People;
using InboxGate.Web.Telemetry;
using Microsoft.Extensions.Options;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Mailbox;

/// <summary>How a folder's subscription stands.</summary>
/// <param name="Id">Null while there is none, as far as is known.</param>
/// <param name="Problem">A code of <see cref="SubscriptionProblem"/>; null while all is well.</param>
public sealed record SubscriptionStanding(string? Id, DateTimeOffset? ExpiresAt, string? Problem);

/// <summary>
/// Keeps one subscription for each watched folder: created with both addresses, renewed well before its end, made again
/// when it is gone. A refusal is a standing, not an exception: the sweep reads the mailbox all the same.
/// </summary>
public sealed partial class SubscriptionKeeper(
    GraphClients clients,
    SubscriptionListing listing,
    ClientState states,
    MailboxMetrics metrics,
    IOptions<MailboxOptions> options,
    ILogger<SubscriptionKeeper> logger)
{
    /// <summary>Renewing also reauthorises: the service wants one of them, and not again so soon.</summary>
    private static readonly TimeSpan ReauthorizedFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<(RepKey Rep, string Folder), Known> known = new();

    /// <summary>The shortest life that was ever granted: less than asked for, renewing at half of what was asked would never end.</summary>
    private long grantedTicks = options.Value.SubscriptionLife.Ticks;

    private string NotificationUrl => MailboxAddresses.Notifications(options.Value.PublicAddress);

    private string LifecycleUrl => MailboxAddresses.Lifecycle(options.Value.PublicAddress);

    /// <summary>The service wants the subscription reauthorised: the next reading renews it.</summary>
    public void Reauthorize(RepKey rep, string folder) => KnownOf(rep, folder).Hear(mustReauthorize: true, mayBeGone: false);

    /// <summary>The service says that the subscription is gone: the next reading makes sure.</summary>
    public void Removed(RepKey rep, string folder) => KnownOf(rep, folder).Hear(mustReauthorize: false, mayBeGone: true);

    /// <summary>An administrator wants it tried now: the next reading makes sure of the subscriptions, whatever our own backoff says.</summary>
    public void AskAgain(RepKey rep)
    {
        foreach (var folder in MailFolders.Watched)
        {
            Removed(rep, folder);
        }
    }

    /// <returns>The row's own standing when nothing was due.</returns>
    public async Task<SubscriptionStanding> KeepAsync(RepKey rep, MailboxWatchRow row, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        var own = KnownOf(rep, row.Folder);
        var held = row is { SubscriptionId: { } id, SubscriptionExpiresAt: { } end } && end > now
            ? new SubscriptionStanding(id, end, null)
            : null;
        var isUrgent = own.MustReauthorize || own.MayBeGone;
        var isDue = held is not null && IsDue(own, held, isUrgent || row.Problem is not null, now);
        if ((held is not null && !isDue && own.IsChecked) || !own.MayTry(isUrgent))
        {
            return new SubscriptionStanding(row.SubscriptionId, row.SubscriptionExpiresAt, row.Problem);
        }

        // What is heard from here on is for the next time.
        own.TakeNews();
        try
        {
            if (held is not null)
            {
                // Null when it turns out to be gone: then a new one is made below.
                held = isDue ? await RenewAsync(rep, held, now, ct) : await CheckAsync(rep, row.Folder, held, ct);
            }
            else if (row is { SubscriptionId: null, Problem: SubscriptionProblem.GraphUnavailable })
            {
                held = await AdoptAsync(rep, row.Folder, own, now, ct);
            }

            held ??= await CreateAsync(rep, row.Folder, now, ct);
            own.Succeeded(isRenewed: isDue && held.Id == row.SubscriptionId);
            return held;
        }
        catch (Exception refused) when (SubscriptionProblem.Of(refused, ct) is { } problem)
        {
            own.Failed(RetryAfter.Of(refused));
            metrics.SubscriptionChanged(problem);
            if (row.Problem != problem)
            {
                Log.Refused(logger, row.Folder, rep.RepId, rep.TenantId, problem, (refused as ApiException)?.ResponseStatusCode ?? 0);
            }

            return new SubscriptionStanding(held?.Id, held?.ExpiresAt, problem);
        }
        finally
        {
            // Whatever went wrong, a token that was refused for example: what was heard is not forgotten.
            own.GiveNewsBack();
        }
    }

    /// <summary>Ends a folder's subscription for good.</summary>
    /// <returns>A standing with neither id nor problem once the service has confirmed it; until then it must be tried again.</returns>
    public async Task<SubscriptionStanding> EndAsync(RepKey rep, MailboxWatchRow row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            if (row.SubscriptionId is { } id)
            {
                await DeleteAsync(rep, id, ct);
            }
            else if (row.Problem is not null)
            {
                // One may have been made whose id never arrived.
                await DeleteOthersAsync(rep, row.Folder, ct);
            }

            known.TryRemove((rep, row.Folder), out _);
            return new SubscriptionStanding(null, null, null);
        }
        catch (Exception refused) when (!ct.IsCancellationRequested && (SubscriptionProblem.Of(refused, ct) ?? MailboxProblem.Of(refused)) is { } problem)
        {
            Log.NotEnded(logger, row.Folder, rep.RepId, rep.TenantId, problem, (refused as ApiException)?.ResponseStatusCode ?? 0);
            return new SubscriptionStanding(row.SubscriptionId, row.SubscriptionExpiresAt, problem);
        }
    }

    /// <summary>
    /// When a subscription is renewed: with 35 to 65 % of its life left, by a hash of its id, so that every server says
    /// the same and mailboxes that were subscribed together are not renewed together.
    /// </summary>
    public static DateTimeOffset RenewalOf(string id, DateTimeOffset expiresAt, TimeSpan life)
    {
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return expiresAt - (life * (0.35 + (0.3 * hash / uint.MaxValue)));
    }

    private static string Resource(RepKey rep, string folder) => $"users/{rep.RepId:D}/mailFolders('{folder}')/messages";

    private Known KnownOf(RepKey rep, string folder) => known.GetOrAdd((rep, folder), _ => new Known());

    private bool IsDue(Known own, SubscriptionStanding held, bool isAskedFor, DateTimeOffset now) =>
        own.MayBeGone
        || (isAskedFor && !own.WasRenewedWithin(ReauthorizedFor))
        || now >= RenewalOf(held.Id!, held.ExpiresAt!.Value, TimeSpan.FromTicks(Interlocked.Read(ref grantedTicks)));

    /// <summary>What became of it while this server was down, it was not told.</summary>
    private async Task<SubscriptionStanding?> CheckAsync(RepKey rep, string folder, SubscriptionStanding held, CancellationToken ct)
    {
        var told = await listing.AtStartAsync(rep, Resource(rep, folder), ct) is { } listed ? listed.FirstOrDefault(x => x.Id == held.Id) : null;
        try
        {
            told ??= await clients.For(rep).Subscriptions[held.Id].GetAsync(cancellationToken: ct);
        }
        catch (ODataError error) when (error.ResponseStatusCode is 404 or 410)
        {
            return null;
        }

        return await OursAsync(rep, told, held, ct);
    }

    /// <summary>One whose making was never answered; made a second time it would be a duplicate.</summary>
    private async Task<SubscriptionStanding?> AdoptAsync(RepKey rep, string folder, Known own, DateTimeOffset now, CancellationToken ct)
    {
        var listed = await listing.SinceAsync(rep, Resource(rep, folder), own.FailedAt ?? Stopwatch.GetTimestamp(), ct);
        var found = listed.FirstOrDefault(x => x.NotificationUrl == NotificationUrl && x.LifecycleNotificationUrl == LifecycleUrl && x.ExpirationDateTime > now);
        if (found is not null)
        {
            metrics.SubscriptionChanged("adopted");
        }

        return found is null ? null : new SubscriptionStanding(found.Id, found.ExpirationDateTime, null);
    }

    private async Task<SubscriptionStanding?> RenewAsync(RepKey rep, SubscriptionStanding held, DateTimeOffset now, CancellationToken ct)
    {
        if (options.Value.PreviousClientStateKey is not null)
        {
            // The key is being changed and a subscription keeps the state it was made with: it makes way for one with the new key.
            await DeleteAsync(rep, held.Id!, ct);
            return null;
        }

        try
        {
            var expiresAt = now + options.Value.SubscriptionLife;
            var renewed = await clients.For(rep).Subscriptions[held.Id].PatchAsync(new Subscription { ExpirationDateTime = expiresAt }, cancellationToken: ct);
            metrics.SubscriptionChanged("renewed");
            return await OursAsync(rep, renewed, Granted(held.Id!, renewed?.ExpirationDateTime ?? expiresAt, now), ct);
        }
        catch (ODataError error) when (error.ResponseStatusCode is 404 or 410)
        {
            return null;
        }
    }

    /// <summary>A subscription that notifies another address, ours before it was changed, makes way; an address cannot be changed on both ends.</summary>
    private async Task<SubscriptionStanding?> OursAsync(RepKey rep, Subscription? told, SubscriptionStanding held, CancellationToken ct)
    {
        if (told?.NotificationUrl is null || (told.NotificationUrl == NotificationUrl && (told.LifecycleNotificationUrl ?? LifecycleUrl) == LifecycleUrl))
        {
            return held;
        }

        await DeleteAsync(rep, held.Id!, ct);
        return null;
    }

    private async Task<SubscriptionStanding> CreateAsync(RepKey rep, string folder, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await PostAsync(rep, folder, now, ct);
        }
        catch (ODataError error) when (error.ResponseStatusCode == 409)
        {
            // Microsoft Graph refuses a second one: ours was forgotten, for example when a server died while making it.
            await DeleteOthersAsync(rep, folder, ct);
            return await PostAsync(rep, folder, now, ct);
        }
    }

    private async Task<SubscriptionStanding> PostAsync(RepKey rep, string folder, DateTimeOffset now, CancellationToken ct)
    {
        var expiresAt = now + options.Value.SubscriptionLife;
        var created = await clients.For(rep).Subscriptions.PostAsync(
            new Subscription
            {
                ChangeType = "created",
                Resource = Resource(rep, folder),
                NotificationUrl = NotificationUrl,
                LifecycleNotificationUrl = LifecycleUrl,
                ExpirationDateTime = expiresAt,
                ClientState = states.Create(rep, folder),
            },
            request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""),
            ct);
        metrics.SubscriptionChanged("created");
        return Granted(created?.Id ?? throw new IOException("A subscription was made without an id."), created.ExpirationDateTime ?? expiresAt, now);
    }

    private SubscriptionStanding Granted(string id, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        var granted = (expiresAt - now).Ticks;
        if (granted > 0 && granted < Interlocked.Read(ref grantedTicks))
        {
            Interlocked.Exchange(ref grantedTicks, granted);
        }

        return new SubscriptionStanding(id, expiresAt, null);
    }

    private async Task DeleteOthersAsync(RepKey rep, string folder, CancellationToken ct)
    {
        foreach (var other in await listing.SinceAsync(rep, Resource(rep, folder), since: Stopwatch.GetTimestamp(), ct))
        {
            await DeleteAsync(rep, other.Id!, ct);
        }
    }

    private async Task DeleteAsync(RepKey rep, string id, CancellationToken ct)
    {
        try
        {
            await clients.For(rep).Subscriptions[id].DeleteAsync(cancellationToken: ct);
            metrics.SubscriptionChanged("ended");
        }
        catch (ODataError error) when (error.ResponseStatusCode is 404 or 410)
        {
            // Ended in the meantime.
        }
    }

    /// <summary>What this server knows of one subscription beside the row; forgotten at a restart, which costs a listing.</summary>
    private sealed class Known
    {
        private readonly Lock gate = new();
        private int failures;
        private long? renewedAt;
        private (bool Reauthorize, bool Gone) hadNews;
        private TimeSpan asked;
        private TimeSpan backoff;

        public bool MustReauthorize { get; private set; }
        public bool MayBeGone { get; private set; }

        /// <summary>The service has confirmed it since this server started.</summary>
        public bool IsChecked { get; private set; }
        public long? FailedAt { get; private set; }

        public bool WasRenewedWithin(TimeSpan span) => renewedAt is { } at && Stopwatch.GetElapsedTime(at) < span;

        /// <summary>Waiting takes real time, whatever the domain's clock says. What the service asked for, nobody overrides.</summary>
        public bool MayTry(bool isUrgent) =>
            FailedAt is not { } at || Stopwatch.GetElapsedTime(at) >= (isUrgent || asked > backoff ? asked : backoff);

        /// <summary>What is heard comes at any time, also while a reading is under way.</summary>
        public void Hear(bool mustReauthorize, bool mayBeGone)
        {
            lock (gate)
            {
                (MustReauthorize, MayBeGone) = (MustReauthorize || mustReauthorize, MayBeGone || mayBeGone);
            }
        }

        public void TakeNews()
        {
            lock (gate)
            {
                (hadNews, MustReauthorize, MayBeGone) = ((MustReauthorize, MayBeGone), false, false);
            }
        }

        /// <summary>Unless it was acted on.</summary>
        public void GiveNewsBack()
        {
            Hear(hadNews.Reauthorize, hadNews.Gone);
            hadNews = default;
        }

        /// <param name="isRenewed">Renewed, and so reauthorised; neither new nor only found to be there.</param>
        public void Succeeded(bool isRenewed)
        {
            (failures, FailedAt, IsChecked, hadNews) = (0, null, true, default);
            renewedAt = isRenewed ? Stopwatch.GetTimestamp() : renewedAt;
        }

        public void Failed(TimeSpan? retryAfter)
        {
            failures = Math.Min(failures + 1, 12);
            (FailedAt, renewedAt) = (Stopwatch.GetTimestamp(), null);
            asked = retryAfter ?? TimeSpan.Zero;
            backoff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures), LongestBackoff.TotalSeconds));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The subscription to {Folder} of rep {RepId} in tenant {TenantId} cannot be had ({Problem}, status {Status}); the sweep reads the mailbox meanwhile.")]
        public static partial void Refused(ILogger logger, string folder, Guid repId, Guid tenantId, string problem, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The subscription to {Folder} of rep {RepId} in tenant {TenantId}, who left, could not be ended ({Problem}, status {Status}); it is tried again.")]
        public static partial void NotEnded(ILogger logger, string folder, Guid repId, Guid tenantId, string problem, int status);
    }
}
