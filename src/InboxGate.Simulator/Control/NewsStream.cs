using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Control;

/// <summary>GET /sim/events: what happens, as server-sent events, so that a page needs no polling.</summary>
internal sealed class NewsStream(CancellationToken stopping)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Channel<string>, bool> listeners = new();

    public void ListenTo(TenantWorld world) => world.Happened += news =>
    {
        if (listeners.IsEmpty || KindOf(news) is not { } kind)
            return;

        var address = world.TryFindUser(news.User.ToString(), out var user) ? user.Address : null;
        var line = new JsonObject { ["user"] = address, ["kind"] = kind }.ToJsonString();
        foreach (var listener in listeners.Keys)
            listener.Writer.TryWrite(line);
    };

    public async Task SendAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);

        // A page that does not keep up loses the oldest: it reads the mailbox anew anyway.
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        listeners.TryAdd(channel, true);
        try
        {
            await context.Response.WriteAsync(": listening\n\n", ended.Token);
            while (true)
            {
                await context.Response.Body.FlushAsync(ended.Token);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
                patience.CancelAfter(Heartbeat);
                try
                {
                    var line = await channel.Reader.ReadAsync(patience.Token);
                    await context.Response.WriteAsync($"data: {line}\n\n", ended.Token);
                }
                catch (OperationCanceledException) when (!ended.IsCancellationRequested)
                {
                    await context.Response.WriteAsync(": still here\n\n", ended.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed, or the simulator stops.
        }
        finally
        {
            listeners.TryRemove(channel, out _);
        }
    }

    private static string? KindOf(WorldNews news) => (news.Change, news.Folder) switch
    {
        ("clock", _) => "clock",
        ("created", Folders.Inbox) => "message",
        ("updated", Folders.Inbox) => "message",
        ("created", Folders.SentItems) => "sent",
        ("deleted", Folders.Inbox or Folders.SentItems) => "removed",
        _ => null,
    };
}
