using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InboxGate.Web.Limits;

/// <summary>Connections on which the server talks and clients listen, for as long as the token lasts that opened them.</summary>
public static class LiveConnections
{
    /// <summary>Bytes; the largest that a client has to say is which protocol it speaks.</summary>
    private const int LargestMessage = 1024;

    public static IServiceCollection AddLiveConnections(this IServiceCollection services)
    {
        services.AddSignalR(hubs => hubs.MaximumReceiveMessageSize = LargestMessage);
        services.RemoveAll<IHubProtocol>();
        return services.AddSingleton<IHubProtocol>(provider => new ListenOnlyProtocol(ActivatorUtilities.CreateInstance<JsonHubProtocol>(provider)));
    }

    /// <summary>After it is known who asks: a request that runs on for an hour need not hold on to its token.</summary>
    public static void UseLiveConnections(this WebApplication app) =>
        app.UseWhen(RequestLimits.IsLive, live => live.Use((context, next) =>
        {
            context.Request.Headers.Authorization = default;
            return next(context);
        }));

    public static void MapLive<T>(this WebApplication app, string path)
        where T : Hub => app.MapHub<T>(path, connection =>
        {
            connection.Transports = HttpTransportType.WebSockets;
            connection.ApplicationMaxBufferSize = LargestMessage * 4;
            // Else whoever lost a role would listen on. Panes come back with a new token.
            connection.CloseOnAuthenticationExpiration = true;
        });
}
