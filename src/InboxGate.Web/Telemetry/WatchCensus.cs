using InboxGate.Web.Storage;
using InboxGate.Web.Tenant;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Telemetry;

/// <summary>
/// Counts mailboxes and subscriptions by state where they are noted, in the database: steps up and down, counted by each
/// server, would drift apart with every restart.
/// </summary>
public sealed partial class WatchCensus(MailboxMetrics metrics, IDbContextFactory<Store> stores, TimeProvider clock, ILogger<WatchCensus> logger) : BackgroundService
{
    /// <summary>About as often as metrics are usually collected.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async Task CountAsync(CancellationToken ct)
    {
        if (!metrics.IsCensusWanted)
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        foreach (var state in Enum.GetValues<MailboxState>())
        {
            metrics.MailboxesCounted(Word(state), await store.Reps.In(state, store).LongCountAsync(ct));
        }

        var now = clock.GetUtcNow();
        var wanted = store.MailboxWatches.Where(x => store.Reps.Any(rep => rep.TenantId == x.TenantId && rep.RepId == x.RepId && rep.LeftAt == null));
        foreach (var state in Enum.GetValues<SubscriptionState>())
        {
            metrics.SubscriptionsCounted(Word(state), await wanted.In(state, now).LongCountAsync(ct));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await CountAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A count that fails is only a gap in a chart.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.CountFailed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>As the API spells it.</summary>
    private static string Word<T>(T state)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Mailboxes and subscriptions could not be counted for the metrics.")]
        public static partial void CountFailed(ILogger logger, Exception failure);
    }
}
