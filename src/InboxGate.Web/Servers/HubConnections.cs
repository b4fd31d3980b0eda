using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace InboxGate.Web.Servers;

/// <summary>The connections of a hub at this server, so that they can be sent away: SignalR by itself would only drop them when the server stops.</summary>
public sealed class HubConnections<THub>(ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger)
    where THub : Hub
{
    private static readonly CloseMessage ComeBack = new(error: null, allowReconnect: true);
    private readonly ConcurrentDictionary<string, HubConnectionContext> open = new();

    public bool IsEmpty => open.IsEmpty;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        open[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        open.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>Whoever hears it connects again, to another server.</summary>
    public Task SendAwayAsync() => Task.WhenAll(open.Values.Select(x => x.WriteAsync(ComeBack).AsTask()));
}
