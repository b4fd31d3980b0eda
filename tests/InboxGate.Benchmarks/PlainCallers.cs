using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace InboxGate.Benchmarks;

/// <summary>
/// Callers who allocate nothing while they ask, so that whatever is allocated meanwhile is the server's: each a thread with a
/// socket of its own, and requests that lie ready.
/// </summary>
internal static class PlainCallers
{
    /// <returns>Bytes allocated for each request.</returns>
    public static double AllocatedForEach(Uri server, int callers, IReadOnlyList<byte[]> requests)
    {
        using var ready = new Barrier(callers + 1);
        Exception? failure = null;
        var asked = -1;
        List<Thread> threads = [.. Enumerable.Range(0, callers).Select(_ => new Thread(() =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(server.Host, server.Port);
            var answer = new byte[64 * 1024];
            ready.SignalAndWait();
            try
            {
                while (Interlocked.Increment(ref asked) is var next && next < requests.Count)
                {
                    Ask(socket, requests[next], answer);
                }
            }
            catch (Exception wrong) when (wrong is SocketException or InvalidOperationException)
            {
                failure = wrong;
            }

            ready.SignalAndWait();
        }))];
        threads.ForEach(x => x.Start());
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        ready.SignalAndWait();
        ready.SignalAndWait();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        threads.ForEach(x => x.Join());
        return failure is null ? allocated / (double)requests.Count : throw failure;
    }

    public static byte[] Request(string method, string path, string token, string body) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

    private static void Ask(Socket socket, byte[] request, byte[] answer)
    {
        socket.Send(request);
        for (var length = 0; !IsWhole(answer.AsSpan(0, length));)
        {
            length += socket.Receive(answer.AsSpan(length)) is > 0 and var more ? more : throw new InvalidOperationException("The server has closed.");
        }

        if (!answer.AsSpan().StartsWith("HTTP/1.1 2"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer.AsSpan(0, 256)));
        }
    }

    /// <summary>An answer says its length, or comes in chunks of which the last is empty.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf("\r\n\r\n"u8) is not (>= 0 and var end))
        {
            return false;
        }

        var head = answer[..end];
        var body = answer[(end + 4)..];
        var name = "Content-Length: "u8;
        return head.IndexOf(name) is >= 0 and var at
            ? System.Buffers.Text.Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) && body.Length >= length
            : body.EndsWith("0\r\n\r\n"u8);
    }
}
