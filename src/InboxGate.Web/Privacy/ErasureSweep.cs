namespace InboxGate.Web.Privacy;

/// <summary>Goes on with what a server that ended has left half erased: at the start, and every half minute.</summary>
public sealed partial class ErasureSweep(Erasure erasure, ILogger<ErasureSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        do
        {
            try
            {
                await erasure.FinishAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever is wrong with the database, the next round tries again.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.SweepFailed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An erasure that was begun could not be finished; it is tried again.")]
        public static partial void SweepFailed(ILogger logger, Exception failure);
    }
}
