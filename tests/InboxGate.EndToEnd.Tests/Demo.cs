using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The demo as a person starts it: a process of its own, on free ports, with a day of its own.</summary>
internal sealed class Demo : IAsyncDisposable
{
    public const string Rep = "mira@contoso.com";

    // A Monday, ten past eight in Berlin: nine o'clock and lunch are ahead.
    private const string Now = "2026-03-02T08:10:00+01:00";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private static readonly Lock PortSearch = new();
    private static int lastPort = 20_000 + (Environment.ProcessId % 500 * 20);

    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Demo(Process process, int port, int simulatorPort)
    {
        this.process = process;
        Product = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        Simulator = new HttpClient { BaseAddress = new Uri($"http://localhost:{simulatorPort}") };
    }

    public HttpClient Product { get; }

    public HttpClient Simulator { get; }

    /// <summary>The look-alike, with the rep's mailbox and no mail that arrives by itself.</summary>
    public string Outlook => $"{Simulator.BaseAddress}?user={Rep}&quiet";

    public static string Named(string key) =>
        typeof(Demo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == key).Value!;

    public static async Task<Demo> StartAsync(CancellationToken ct, params string[] more)
    {
        var port = FreePorts(3);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Named("Demo"), "--no-browser", "--now", Now,
                "--port", $"{port}", "--simulator-port", $"{port + 1}",
            },
        };
        foreach (var argument in more)
        {
            start.ArgumentList.Add(argument);
        }

        var demo = new Demo(Process.Start(start)!, port, port + 1);
        demo.Listen();
        try
        {
            await demo.ready.Task.WaitAsync(StartsWithin, ct);
        }
        catch (Exception problem) when (problem is TimeoutException or InvalidOperationException)
        {
            await demo.DisposeAsync();
            throw new InvalidOperationException("The demo did not start:\n" + string.Join('\n', demo.said), problem);
        }

        demo.Product.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await demo.TokenAsync(ct));
        return demo;
    }

    public async Task<JsonNode> BoardAsync(CancellationToken ct) =>
        (await Product.GetFromJsonAsync<JsonNode>("/api/board", ct))!;

    public async Task<int> CallsAsync(CancellationToken ct) =>
        (await BoardAsync(ct))["counts"]!["calls"]!.GetValue<int>();

    /// <summary>Subjects in Sent Items, as the mailbox itself has them.</summary>
    public async Task<IReadOnlyList<string>> SentAsync(CancellationToken ct)
    {
        var mailbox = await Simulator.GetFromJsonAsync<JsonNode>($"/sim/mailbox?user={Rep}", ct);
        return [.. mailbox!["sent"]!.AsArray().Select(message => message!["subject"]!.GetValue<string>())];
    }

    public async Task TellSimulatorAsync(string path, object body, CancellationToken ct)
    {
        using var answer = await Simulator.PostAsJsonAsync(path, body, ct);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
        Product.Dispose();
        Simulator.Dispose();
    }

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        using var answer = await Simulator.PostAsJsonAsync("/sim/tokens", new { user = Rep }, ct);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(ct))!["accessToken"]!.GetValue<string>();
    }

    private void Listen()
    {
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("It ended."));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        said.Enqueue(line);
        if (line.StartsWith("Ready", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    /// <summary>The first of some ports in a row that nobody listens on.</summary>
    private static int FreePorts(int count)
    {
        lock (PortSearch)
        {
            while (true)
            {
                lastPort += count;
                if (Enumerable.Range(lastPort, count).All(IsFree))
                {
                    return lastPort;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
