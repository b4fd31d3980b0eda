using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Servers;

/// <summary>A real Redis of our own on a port of its own, to be stopped and started at will. It keeps nothing.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly int port = World.FreePort();
    private Process? process;

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Ends once it takes connections.</summary>
    public async Task StartAsync()
    {
        process = Process.Start(new ProcessStartInfo("redis-server",
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", "/dev/null"])
        {
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await World.UntilAsync(async () =>
        {
            Assert.False(process.HasExited, "Redis did not start.");
            return await AnswersAsync();
        });
    }

    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>It holds its connections and says nothing, as a machine does that is out of breath.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>Closes every connection that anybody has to it.</summary>
    public async Task CutAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await client.GetStream().WriteAsync("CLIENT KILL TYPE normal\r\nCLIENT KILL TYPE pubsub\r\n"u8.ToArray());
        var answer = new byte[256];
        Assert.NotEqual(0, await client.GetStream().ReadAsync(answer));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
