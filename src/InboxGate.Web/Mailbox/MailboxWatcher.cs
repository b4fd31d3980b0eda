using System.Collections.Concurrent;
using InboxGate.Core.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Servers;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Decides when a mailbox is read: at a hint, at the sweep, and again after a failure. One reading at a time for each
/// mailbox and a bounded number over all, in which a mailbox that waits takes no place; waiting takes real time,
/// whatever the domain's clock says.
/// </summary>
/// <param name="reading">Not before a mailbox is read: it takes a while to be made, and every board asks for the watch.</param>
public sealed partial class MailboxWatcher(
    Lazy<MailboxReading> reading, UserTokens tokens, Connections connections, IOptions<MailboxOptions> options, ILogger<MailboxWatcher> logger)
    : BackgroundService, IMailboxWatch
{
    /// <summary>How long a reading under way may take to be put down when the server stops.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<RepKey, WatchedMailbox> mailboxes = new();
    private readonly SemaphoreSlim places = new(options.Value.MaxConcurrentReads);

    /// <summary>The sweep leaves places free, so that a hint need not queue behind it.</summary>
    private readonly SemaphoreSlim sweepPlaces = new(Math.Max(1, options.Value.MaxConcurrentReads * 3 / 4));
    private readonly CancellationTokenSource stopping = new();

    public void LookAgain(RepKey rep) => Hint(rep);

    public void Visited(RepKey rep)
    {
        if (options.Value.Access == MailboxAccess.Delegated)
        {
            Hint(rep);
        }
    }

    public Task EnsureReadAsync(RepKey rep, CancellationToken ct)
    {
        Hint(rep);
        return mailboxes.TryGetValue(rep, out var mailbox) ? mailbox.FirstTried.WaitAsync(ct) : Task.CompletedTask;
    }

    public void Forget(RepKey rep)
    {
        tokens.Forget(rep);
        if (mailboxes.TryRemove(rep, out var mailbox))
        {
            mailbox.Forget();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
        try
        {
            await Task.WhenAll(mailboxes.Values.Select(x => x.Running)).WaitAsync(StopPatience, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            Log.StoppedEarly(logger, mailboxes.Values.Count(x => !x.IsIdle));
        }
    }

    public override void Dispose()
    {
        stopping.Dispose();
        places.Dispose();
        sweepPlaces.Dispose();
        base.Dispose();
    }

    /// <summary>The sweep: what makes a lost notification cost only time. On behalf of reps there is none, for nobody is there to ask for.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Watch || options.Value.Access == MailboxAccess.Delegated)
        {
            return;
        }

        // What happened while this server was down is not known: first every mailbox is read as soon as there is a place.
        var pace = TimeSpan.Zero;
        using var timer = new PeriodicTimer(options.Value.SweepInterval);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(pace, stoppingToken);
                    pace = options.Value.SweepInterval;
                }
#pragma warning disable CA1031 // A database that is away for a while, in whatever way its driver words it, must not end the sweep for good.
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    Log.SweepFailed(logger, failure);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The watch ends with the server, or before it.
        }
    }

    /// <summary>Spreads the mailboxes evenly over <paramref name="pace"/>, and slower where the places do not suffice.</summary>
    private async Task SweepAsync(TimeSpan pace, CancellationToken ct)
    {
        var reps = await RepsAsync(ct);
        LetGo([.. reps]);
        if (pace == TimeSpan.Zero && reps.Count > 0)
        {
            await Task.Delay(BackgroundWork.Pause, ct);
        }

        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < reps.Count; i++)
        {
            var early = (pace * ((double)i / reps.Count)) - TimeProvider.System.GetElapsedTime(began);
            if (early > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(early, ct);
            }

            await sweepPlaces.WaitAsync(ct);
            _ = Hint(reps[i]).ContinueWith(_ => sweepPlaces.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<List<RepKey>> RepsAsync(CancellationToken ct)
    {
        await using var connection = await connections.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "TenantId", "RepId" FROM reps WHERE "LeftAt" IS NULL""";
        await using var rows = await command.ExecuteReaderAsync(ct);
        List<RepKey> reps = [];
        while (await rows.ReadAsync(ct))
        {
            reps.Add(new RepKey(rows.GetGuid(0), rows.GetGuid(1)));
        }

        return reps;
    }

    /// <summary>Of reps who left by way of another server nothing stays in memory here either.</summary>
    private void LetGo(HashSet<RepKey> watched)
    {
        foreach (var (rep, mailbox) in mailboxes)
        {
            // One that runs may belong to a rep who enrolled a moment ago.
            if (!watched.Contains(rep) && mailbox.IsIdle)
            {
                Forget(rep);
            }
        }
    }

    private Task Hint(RepKey rep)
    {
        while (options.Value.Watch && !stopping.IsCancellationRequested)
        {
            var mailbox = mailboxes.GetOrAdd(rep, _ => new WatchedMailbox());
            if (mailbox.TryHint(watched => RunAsync(rep, watched), out var next))
            {
                return next;
            }

            mailboxes.TryRemove(new(rep, mailbox));
        }

        return Task.CompletedTask;
    }

    /// <summary>Reads until no hint is left.</summary>
    private async Task RunAsync(RepKey rep, WatchedMailbox mailbox)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        mailbox.PutDownBy(ends.Cancel);
        try
        {
            var isEnrolled = true;
            while (mailbox.HasHint(isEnrolled))
            {
                await mailbox.WaitAsync(ends.Token);
                await places.WaitAsync(ends.Token);
                try
                {
                    mailbox.Begin();
                    var outcome = await ReadAsync(rep, mailbox, ends.Token);
                    isEnrolled = outcome.IsEnrolled;
                    mailbox.End(outcome.IsRead, failures => IsWorthRetrying(rep, outcome) ? outcome.RetryAfter ?? Backoff(failures) : null);
                }
                finally
                {
                    places.Release();
                }
            }

            if (!isEnrolled)
            {
                mailboxes.TryRemove(new(rep, mailbox));
            }
        }
#pragma warning disable CA1031 // The server stops, or the rep left: whatever the reading ends in, it is done again when the mailbox is watched again.
        catch (Exception) when (ends.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }
        finally
        {
            mailbox.Ended(ends.Cancel);
        }
    }

    /// <summary>On behalf of a rep, a failure is tried again only while the rep's token lasts; the next visit brings another.</summary>
    private bool IsWorthRetrying(RepKey rep, ReadingOutcome outcome) =>
        outcome.IsEnrolled && (options.Value.Access == MailboxAccess.Application || tokens.TryGet(rep, out _));

    private async Task<ReadingOutcome> ReadAsync(RepKey rep, WatchedMailbox mailbox, CancellationToken ct)
    {
        try
        {
            return await reading.Value.ReadAsync(rep, ct);
        }
#pragma warning disable CA1031 // A mailbox that fails in a way nobody foresaw must not end the watch of it, or of the others.
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            if (mailbox.Failures == 0)
            {
                Log.ReadingFailed(logger, rep.TenantId, rep.RepId, failure);
            }

            try
            {
                await reading.Value.GiveUpAsync(rep, ct);
            }
            catch (Exception alsoFailed) when (!ct.IsCancellationRequested)
            {
                // Most likely the database itself: nothing can be said on the board before it is back.
                if (mailbox.Failures == 0)
                {
                    Log.ReadingFailed(logger, rep.TenantId, rep.RepId, alsoFailed);
                }
            }
#pragma warning restore CA1031

            return new ReadingOutcome(IsRead: false, IsEnrolled: true);
        }
    }

    /// <summary>2, 4, 8, … seconds up to the sweep's pace; not the same for all, or all would come back at once.</summary>
    private TimeSpan Backoff(int failures)
    {
        var seconds = Math.Min(Math.Pow(2, Math.Min(failures, 12)), Math.Max(2, options.Value.SweepInterval.TotalSeconds));
        return TimeSpan.FromSeconds(seconds * (0.8 + (0.2 * Random.Shared.NextDouble())));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The mailbox sweep could not read the list of reps; it goes on at the next one.")]
        public static partial void SweepFailed(ILogger logger, Exception failure);

        [LoggerMessage(Level = LogLevel.Error, Message = "Reading the mailbox of rep {RepId} in tenant {TenantId} failed unexpectedly; it is tried again, and told once.")]
        public static partial void ReadingFailed(ILogger logger, Guid tenantId, Guid repId, Exception failure);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The server stops while {Readings} readings are under way; they are done again at the next start.")]
        public static partial void StoppedEarly(ILogger logger, int readings);
    }
}
