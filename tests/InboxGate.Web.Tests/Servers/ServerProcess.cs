using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Servers;

/// <summary>The server as a process of its own, to be killed at any instant. One that ends by itself is started again, as a supervisor does.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, string?> settings;
    private readonly ConcurrentQueue<string> output = new();
    private readonly HttpClient client;
    private Process? process;

    /// <param name="settings">All but its own address.</param>
    public ServerProcess(IReadOnlyDictionary<string, string?> settings)
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{World.FreePort()}"));
        this.settings = new Dictionary<string, string?>(settings) { ["Urls"] = Address.ToString() };
        client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join('\n', output.TakeLast(40));

    public void Start()
    {
        process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "InboxGate.Web.dll"), .. settings.Select(x => $"--{x.Key}={x.Value}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task UntilReadyAsync()
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Patience, $"The server never became ready:\n{Output}");
            if (process!.HasExited)
            {
                process.Dispose();
                Start();
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async Task KillAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            process = null;
        }
    }

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> EndedAsync()
    {
        await process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        client.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
