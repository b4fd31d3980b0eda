using System.Collections.Concurrent;
using InboxGate.Web.Mailbox;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Marks;

/// <summary>Works off the hints of MessageMarks: one run at a time for each rep, at least a second apart, and a bounded number over all.</summary>
internal sealed partial class MarkingService(MessageMarks marks, Marking marking, IOptions<MailboxOptions> options, ILogger<MarkingService> logger)
    : BackgroundService
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim places = new(MostAtOnce);

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Watch)
        {
            // This server touches no mailbox; one that reads it follows the board there.
            return;
        }

        var running = new ConcurrentDictionary<MarkedRep, Task>();
        try
        {
            await foreach (var rep in marks.DueAsync(stoppingToken))
            {
                running[rep] = RunAsync(rep, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(running.Values);
        }
    }

    /// <summary>Runs until no hint is left.</summary>
    private async Task RunAsync(MarkedRep rep, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(rep.PauseLeft(), ct);
                if (!rep.Begin())
                {
                    return;
                }

                await places.WaitAsync(ct);
                try
                {
                    await RunOnceAsync(rep, ct);
                }
                finally
                {
                    places.Release();
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops; what was not finished is found at the next start.
        }
    }

    private async Task RunOnceAsync(MarkedRep rep, CancellationToken ct)
    {
        var (tenantId, repId) = (rep.Key.TenantId, rep.Key.RepId);
        try
        {
            if (await marking.MarkAsync(rep, ct) is { } wait)
            {
                rep.RepeatAfter(wait);
            }

            rep.Failures = 0;
        }
#pragma warning disable CA1031 // Marks are a courtesy: whatever becomes of them disturbs nothing else.
        catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            rep.Failures++;
            var problem = MailboxProblem.Of(failure);
            if (problem is null)
            {
                Log.Failed(logger, tenantId, repId, failure);
            }
            else
            {
                Log.Postponed(logger, tenantId, repId, problem);
            }

            // What a pause does not mend waits for the next reading of the mailbox.
            if (problem is null or MailboxProblem.Throttled or MailboxProblem.GraphUnavailable)
            {
                rep.RepeatAfter(RetryAfter.Of(failure) ?? Backoff(rep.Failures));
            }
        }
    }

    /// <summary>5, 10, 20 … seconds, at most five minutes.</summary>
    private static TimeSpan Backoff(int failures) =>
        TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, Math.Min(failures, 10) - 1), LongestBackoff.TotalSeconds));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Marking mail of rep {RepId} in tenant {TenantId} has to wait ({Problem}).")]
        public static partial void Postponed(ILogger logger, Guid tenantId, Guid repId, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "Marking mail of rep {RepId} in tenant {TenantId} failed unexpectedly; it is tried again.")]
        public static partial void Failed(ILogger logger, Guid tenantId, Guid repId, Exception failure);
    }
}
