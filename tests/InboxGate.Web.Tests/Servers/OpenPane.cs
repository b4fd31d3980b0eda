using System.Collections.Concurrent;
using InboxGate.Web.Boards;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace InboxGate.Web.Tests.Servers;

/// <summary>What the hub tells a pane, connected as the pane connects: by WebSocket, without negotiation.</summary>
internal sealed class OpenPane : IAsyncDisposable
{
    private readonly HubConnection hub;
    private readonly ConcurrentQueue<long> heard = new();

    private OpenPane(Uri server, string token)
    {
        hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/board"), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
            })
            .Build();
        hub.On<long>(BoardHub.Revision, heard.Enqueue);
    }

    public IReadOnlyCollection<long> Heard => heard;

    public static async Task<OpenPane> ConnectAsync(Uri server, string token)
    {
        var pane = new OpenPane(server, token);
        await pane.hub.StartAsync(TestContext.Current.CancellationToken);
        return pane;
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
