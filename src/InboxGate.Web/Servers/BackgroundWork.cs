using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InboxGate.Web.Servers;

/// <summary>
/// What goes on in the background and nobody waits for: it is made and begun a moment after the server's start. Those who ask at
/// once, as after an upgrade, have the processor to themselves.
/// </summary>
public static class BackgroundWork
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddBackgroundWork<T>(this IServiceCollection services)
        where T : BackgroundService
    {
        services.TryAddSingleton<T>();
        return services.AddHostedService<Later<T>>();
    }

    private sealed class Later<T>(IServiceProvider services) : BackgroundService
        where T : BackgroundService
    {
        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            await services.GetRequiredService<T>().StopAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(Pause, stoppingToken);
            var work = services.GetRequiredService<T>();
            await work.StartAsync(stoppingToken);
            await work.ExecuteTask!;
        }
    }
}
