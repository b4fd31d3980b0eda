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

    public static void MapLive<T>(this WebApplication app, string path)
        where T : Hub => app.MapHub<T>(path, connection =>
        {
            connection.Transports = HttpTransportType.WebSockets;
            connection.ApplicationMaxBufferSize = LargestMessage * 4;
            // Else whoever lost a role would listen on. Panes come back with a new token.
            connection.CloseOnAuthenticationExpiration = true;
        });
}
