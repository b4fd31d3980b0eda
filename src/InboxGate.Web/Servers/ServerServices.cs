using InboxGate.Web.Boards;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.SignalR;

namespace InboxGate.Web.Servers;

public static class ServerServices
{
    /// <summary>What makes several servers one: any of them may be killed at any time.</summary>
    public static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = GracefulStop.Longest);
        services.AddHubConnections<BoardHub>().AddHubConnections<TeamHub>();
        services.AddSingleton<GracefulStop>();
        services.AddHostedService(provider => provider.GetRequiredService<GracefulStop>());
        services.AddSingleton<RevisionRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<RevisionRelay>());
        services.AddHostedService<RevisionLook>();
        return services;
    }

    private static IServiceCollection AddHubConnections<THub>(this IServiceCollection services)
        where THub : Hub =>
        services.AddSingleton<HubConnections<THub>>().AddSingleton<HubLifetimeManager<THub>>(provider => provider.GetRequiredService<HubConnections<THub>>());
}
