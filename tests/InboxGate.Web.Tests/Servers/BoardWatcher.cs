using System.Text.Json.Nodes;
using InboxGate.Web.Boards;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace InboxGate.Web.Tests.Servers;

/// <summary>Does as an open pane does, but for its clock: fetches the board when the hub tells another revision, and connects again whenever the connection breaks.</summary>
internal sealed class BoardWatcher : IAsyncDisposable
{
    private readonly HubConnection hub;
    private readonly Func<Task<JsonNode>> fetch;
    private readonly CancellationTokenSource ended = new();
    private readonly SemaphoreSlim told = new(0);
    private readonly Task following;

    /// <param name="fetch">The board; tried until it comes.</param>
    public BoardWatcher(Uri server, string token, Func<Task<JsonNode>> fetch)
    {
        this.fetch = fetch;
        hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/board"), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
            })
            .Build();
        hub.On<long>(BoardHub.Revision, revision =>
        {
            if (revision != BoardHub.LookAgain)
            {
                Heard = (Math.Min(Heard.Least, revision), Math.Max(Heard.Most, revision));
            }

            if (revision != Board?["revision"]!.GetValue<long>())
            {
                told.Release();
            }
        });
        hub.Closed += why =>
        {
            _ = ConnectAsync();
            return Task.CompletedTask;
        };
        following = FollowAsync();
    }

    public JsonNode? Board { get; private set; }

    /// <summary>Of all revisions that it was told.</summary>
    public (long Least, long Most) Heard { get; private set; } = (long.MaxValue, long.MinValue);

    public bool IsConnected => hub.State == HubConnectionState.Connected;

    public async Task ConnectAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await hub.StartAsync(ended.Token);
                return;
            }
            catch (Exception) when (!ended.IsCancellationRequested)
            {
                await Task.Delay(Random.Shared.Next(300, 900));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await hub.DisposeAsync();
        await following;
        ended.Dispose();
        told.Dispose();
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await told.WaitAsync(ended.Token);
                while (told.Wait(0))
                {
                    // One look is enough for all that was told until now.
                }

                Board = await fetch();
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }
}
