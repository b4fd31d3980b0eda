using System.Collections.Concurrent;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Decides when a mailbox is read: at a hint, at the sweep, and again after a failure. One reading at a time for each
/// mailbox and a bounded number over all; waiting takes real time, whatever the domain's clock says.
/// </summary>
public sealed partial class MailboxWatcher(
    MailboxReading reading, IDbContextFactory<Store> stores, IOptions<MailboxOptions> options, ILogger<MailboxWatcher> logger)
    : BackgroundService, IMailboxWatch
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<RepKey, Watched> mailboxes = new();
    private readonly SemaphoreSlim places = new(options.Value.MaxConcurrentReads);
    private readonly CancellationTokenSource stopping = new();

    public void LookAgain(RepKey rep) => Hint(rep, resubscribe: false);

    public void Resubscribe(RepKey rep) => Hint(rep, resubscribe: true);

    public Task EnsureReadAsync(RepKey rep, CancellationToken ct)
    {
        LookAgain(rep);
        return options.Value.Watch ? mailboxes[rep].FirstTried.Task.WaitAsync(ct) : Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(mailboxes.Values.Select(x => x.Running)).WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        stopping.Dispose();
        places.Dispose();
        base.Dispose();
    }

    /// <summary>The sweep: what makes a lost notification cost only time.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Watch)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.SweepInterval);
        do
        {
            try
            {
                await using var store = await stores.CreateDbContextAsync(stoppingToken);
                var reps = await store.Reps.AsNoTracking().Select(x => new RepKey(x.TenantId, x.RepId)).ToListAsync(stoppingToken);
                foreach (var rep in reps)
                {
                    LookAgain(rep);
                    if (reps.Count > options.Value.MaxConcurrentReads)
                    {
                        // Spread over half the interval, so that hints find room between.
                        await Task.Delay(options.Value.SweepInterval / 2 / reps.Count, stoppingToken);
                    }
                }
            }
#pragma warning disable CA1031 // A database that is away for a while, in whatever way its driver words it, must not end the sweep for good.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.SweepFailed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Hint(RepKey rep, bool resubscribe)
    {
        if (!options.Value.Watch)
        {
            return;
        }

        var mailbox = mailboxes.GetOrAdd(rep, _ => new Watched());
        lock (mailbox)
        {
            mailbox.HasHint = true;
            mailbox.MustResubscribe |= resubscribe;
            if (!mailbox.IsRunning && !stopping.IsCancellationRequested)
            {
                mailbox.IsRunning = true;
                mailbox.Running = Task.Run(() => RunAsync(rep, mailbox, stopping.Token), CancellationToken.None);
            }
        }
    }

    /// <summary>Reads until no hint is left.</summary>
    private async Task RunAsync(RepKey rep, Watched mailbox, CancellationToken ct)
    {
        try
        {
            while (mailbox.TakeHint(out var resubscribe))
            {
                await Task.Delay(mailbox.PauseLeft(), ct);
                await places.WaitAsync(ct);
                try
                {
                    mailbox.Started();
                    var outcome = await ReadAsync(rep, resubscribe, ct);
                    mailbox.FirstTried.TrySetResult();
                    mailbox.Failures = outcome.IsRead ? 0 : mailbox.Failures + 1;
                    if (!outcome.IsRead && outcome.IsEnrolled)
                    {
                        mailbox.HintAgain(resubscribe, outcome.RetryAfter ?? Backoff(mailbox.Failures));
                    }
                }
                finally
                {
                    places.Release();
                }
            }
        }
#pragma warning disable CA1031 // The server stops: whatever the reading ends in, it is done again at the next start.
        catch (Exception) when (ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }
    }

    private async Task<ReadingOutcome> ReadAsync(RepKey rep, bool resubscribe, CancellationToken ct)
    {
        try
        {
            return await reading.ReadAsync(rep, resubscribe, ct);
        }
#pragma warning disable CA1031 // A mailbox that fails in a way nobody foresaw must not end the watch of it, or of the others.
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.ReadingFailed(logger, rep.TenantId, rep.RepId, failure);
            try
            {
                await reading.GiveUpAsync(rep, ct);
            }
            catch (Exception alsoFailed) when (!ct.IsCancellationRequested)
            {
                // Most likely the database itself: nothing can be said on the board before it is back.
                Log.ReadingFailed(logger, rep.TenantId, rep.RepId, alsoFailed);
            }
#pragma warning restore CA1031

            return new ReadingOutcome(IsRead: false, IsEnrolled: true);
        }
    }

    /// <summary>2, 4, 8, 16 seconds, then every half minute or at the sweep's pace: a mailbox that is back is seen soon.</summary>
    private TimeSpan Backoff(int failures) => TimeSpan.FromSeconds(
        Math.Min(Math.Pow(2, Math.Min(failures, 5)), Math.Clamp(options.Value.SweepInterval.TotalSeconds, 2, 30)));

    /// <summary>What is known of one mailbox's readings; its own lock guards the hints.</summary>
    private sealed class Watched
    {
        private long startedAt;
        private TimeSpan pause;

        public bool HasHint { get; set; }
        public bool MustResubscribe { get; set; }
        public bool IsRunning { get; set; }
        public int Failures { get; set; }
        public Task Running { get; set; } = Task.CompletedTask;
        public TaskCompletionSource FirstTried { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TakeHint(out bool resubscribe)
        {
            lock (this)
            {
                resubscribe = MustResubscribe;
                MustResubscribe = false;
                IsRunning = HasHint;
                HasHint = false;
                return IsRunning;
            }
        }

        public void HintAgain(bool resubscribe, TimeSpan after)
        {
            lock (this)
            {
                HasHint = true;
                MustResubscribe |= resubscribe;
                pause = after;
            }
        }

        public void Started()
        {
            startedAt = TimeProvider.System.GetTimestamp();
            pause = LeastPause;
        }

        public TimeSpan PauseLeft()
        {
            var left = startedAt == 0 ? TimeSpan.Zero : pause - TimeProvider.System.GetElapsedTime(startedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The mailbox sweep could not read the list of reps; it goes on at the next one.")]
        public static partial void SweepFailed(ILogger logger, Exception failure);

        [LoggerMessage(Level = LogLevel.Error, Message = "Reading the mailbox of rep {RepId} in tenant {TenantId} failed unexpectedly; it is tried again.")]
        public static partial void ReadingFailed(ILogger logger, Guid tenantId, Guid repId, Exception failure);
    }
}
