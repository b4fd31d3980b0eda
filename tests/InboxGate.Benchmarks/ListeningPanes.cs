using System.Net.Sockets;
using System.Text;

namespace InboxGate.Benchmarks;

/// <summary>Many panes' live connections, as a browser opens them: a WebSocket without negotiation, the token in the query. They say that they live, and no more.</summary>
internal sealed class ListeningPanes : IAsyncDisposable
{
    private const int Together = 64;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private static readonly byte[] Handshake = Frame("""{"protocol":"json","version":1}""");
    private static readonly byte[] Ping = Frame("""{"type":6}""");
    private readonly CancellationTokenSource ending = new();
    private readonly List<Socket> sockets;
    private readonly Task living;

    private ListeningPanes(List<Socket> sockets)
    {
        this.sockets = sockets;
        living = LiveAsync(ending.Token);
    }

    /// <summary>Those that the server has not closed.</summary>
    public int Open => sockets.Count(x => !(x.Poll(0, SelectMode.SelectRead) && x.Available == 0));

    public static async Task<ListeningPanes> ConnectAsync(Uri server, IReadOnlyList<string> tokens)
    {
        var sockets = new Socket[tokens.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, tokens.Count), new ParallelOptions { MaxDegreeOfParallelism = Together }, async (x, ct) => sockets[x] = await ConnectAsync(server, tokens[x], ct));
        return new ListeningPanes([.. sockets]);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await living;
        sockets.ForEach(x => x.Dispose());
        ending.Dispose();
    }

    private static async Task<Socket> ConnectAsync(Uri server, string token, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, ct);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /hubs/board?access_token={token} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), ct);
        await HearAsync(socket, "101 Switching", ct);
        await socket.SendAsync(Handshake, ct);
        await HearAsync(socket, "revision", ct);
        return socket;
    }

    private static async Task HearAsync(Socket socket, string word, CancellationToken ct)
    {
        var (heard, buffer) = ("", new byte[1024]);
        while (!heard.Contains(word, StringComparison.Ordinal))
        {
            var length = await socket.ReceiveAsync(buffer, ct);
            heard += length > 0 ? Encoding.ASCII.GetString(buffer, 0, length) : throw new InvalidOperationException($"The server has closed after: {heard}");
        }
    }

    /// <summary>A server lets go of whoever says nothing for half a minute.</summary>
    private async Task LiveAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                foreach (var socket in sockets)
                {
                    await socket.SendAsync(Ping, ct);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It was enough.
        }
    }

    /// <summary>A text of SignalR's in a frame of a client's, masked with zeros.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.ASCII.GetBytes(text + '\u001e');
        return [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }
}
