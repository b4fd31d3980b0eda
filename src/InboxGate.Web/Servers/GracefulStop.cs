using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using InboxGate.Web.Team;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Servers;

/// <summary>
/// How a server stops: it is unready at once and its hubs send their pages away, who come back to another server; after
/// <see cref="ServerOptions.Drain"/> it takes no more connections; requests in flight finish, and readings of mailboxes are
/// put down meanwhile.
/// </summary>
public sealed class GracefulStop(
    IHostApplicationLifetime lifetime, HubConnections<BoardHub> boards, HubConnections<TeamHub> teams, IOptions<ServerOptions> options)
    : IHostedLifecycleService, IHealthCheck
{
    /// <summary>For pages to hear that they are sent away.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Then the rest is cut off. A little under ten seconds, for the process has to end too.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(9);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A signal has said it already; a host that is stopped by code has not.
        lifetime.StopApplication();
        await Task.Delay(options.Value.Drain, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The server stops.") : HealthCheckResult.Healthy());

    /// <summary>A page that comes back too soon is sent on to another server.</summary>
    /// <exception cref="RefusalException">503 while the server stops.</exception>
    public Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        return lifetime.ApplicationStopping.IsCancellationRequested
            ? throw new RefusalException(StatusCodes.Status503ServiceUnavailable, "server-stopping", "This server stops.", "Try again: another one answers.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            }
            : next(context);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>SignalR drops its connections when the stop is said. What was registered last is told first, and what is told next waits for it.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => SendAwayAsync().Wait(Farewell));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SendAwayAsync()
    {
        await Task.WhenAll(boards.SendAwayAsync(), teams.SendAwayAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!boards.IsEmpty || !teams.IsEmpty)
        {
            await Task.Delay(BetweenLooks);
        }
    }
}
