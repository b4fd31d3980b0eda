using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace InboxGate.Benchmarks;

/// <summary>How soon the demo is ready and how much memory it holds when idle, product and simulator in one process. Absolute figures: reported, never judged.</summary>
internal static class StartBenchmark
{
    private const int Repeats = 3;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(TextWriter report)
    {
        for (var repeat = 1; repeat <= Repeats; repeat++)
        {
            var port = FreePorts();
            var startedAt = Stopwatch.GetTimestamp();
            using var demo = Process.Start(new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    Demo, "--empty", "--no-browser",
                    "--port", port.ToString(CultureInfo.InvariantCulture),
                    "--simulator-port", (port + 1).ToString(CultureInfo.InvariantCulture),
                },
            })!;
            try
            {
                while (await demo.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Ready", StringComparison.Ordinal))
                {
                    // What it prints before that is for people.
                }

                var ready = Stopwatch.GetElapsedTime(startedAt);
                await Task.Delay(Settling);
                demo.Refresh();
                await report.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"demo: ready after {ready.TotalMilliseconds:0} ms (aim 5000); {demo.WorkingSet64 / 1024 / 1024} MB resident when idle, simulator included"));
            }
            finally
            {
                demo.Kill(entireProcessTree: true);
                await demo.WaitForExitAsync();
            }
        }
    }

    private static string Demo =>
        typeof(StartBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(x => x.Key == "Demo").Value!;

    /// <summary>The first of three ports in a row that are free now.</summary>
    private static int FreePorts()
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 50_000);
            try
            {
                foreach (var port in new[] { first, first + 1, first + 2 })
                {
                    using var listener = new TcpListener(IPAddress.Loopback, port);
                    listener.Start();
                }

                return first;
            }
            catch (SocketException)
            {
                // Taken: try others.
            }
        }
    }
}
