using Microsoft.Extensions.Options;

namespace InboxGate.Web.Privacy;

/// <summary>Looks after old details, a few reps at a time. Every server does it; none waits for another.</summary>
public sealed partial class RetentionSweep(Retention retention, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionSweep> logger) : BackgroundService
{
    private const int RepsAtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken))
                {
                    // Until nobody is due.
                }
            }
#pragma warning disable CA1031 // Whatever is wrong with the database, the next round tries again.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.SweepFailed(logger, failure);
            }
        }
    }

    /// <returns>Whether more reps may be due.</returns>
    private async Task<bool> SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = (await retention.DueAsync(now, RepsAtOnce, ct)).ToArray();
        // Not in the same order on every server: what one has done is no work for another.
        Random.Shared.Shuffle(due);
        var failed = 0;
        foreach (var rep in due)
        {
            try
            {
                await retention.TrimAsync(rep, now, ct);
            }
#pragma warning disable CA1031 // One rep's trouble is not the others'.
            catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failed++;
                Log.TrimFailed(logger, rep.RepId, rep.TenantId, failure);
            }
        }

        return due.Length == RepsAtOnce && failed == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Old details could not be looked after; it is tried again.")]
        public static partial void SweepFailed(ILogger logger, Exception failure);

        [LoggerMessage(Level = LogLevel.Error, Message = "Old details of rep {RepId} in tenant {TenantId} could not be deleted; it is tried again.")]
        public static partial void TrimFailed(ILogger logger, Guid repId, Guid tenantId, Exception failure);
    }
}
