using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace InboxGate.Benchmarks;

/// <summary>
/// What other reps' calls take while one rep sends as fast as sixteen connections can, against what they take in peace, in
/// turns. The limits are as shipped, and the flood has used up its burst.
/// </summary>
internal static class FloodBenchmark
{
    private const double MostRatio = 2;
    private const int Rounds = 7;
    private const int Calls = 1_000;
    private const int Connections = 16;

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        List<string> others = [.. Enumerable.Range(0, 10).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync(["flood@contoso.com", .. others]);
        var ids = await laboratory.IdsAsync();
        // Here all come from one address; elsewhere a flood has one of its own.
        await laboratory.StartProductAsync(ids.Values, ("Limits:Rates", "true"), ("Limits:AddressBurst", "10000000"), ("Limits:AddressPerSecond", "1000000"), ("Mailbox:Watch", "false"));
        using var flood = await laboratory.SignedInAsync("flood@contoso.com");
        var clients = await Task.WhenAll(others.Select(x => laboratory.SignedInAsync(x)));
        await CallsAsync(clients);
        while (await StatusAsync(flood) != HttpStatusCode.TooManyRequests)
        {
        }

        var (calm, flooded, ratio) = await Measured.InTurnsAsync(Rounds, () => CallsAsync(clients), async () =>
        {
            using var stop = new CancellationTokenSource();
            var flooding = Enumerable.Range(0, Connections).Select(_ => FloodAsync(flood, stop.Token)).ToList();
            var taken = await CallsAsync(clients);
            await stop.CancelAsync();
            await Task.WhenAll(flooding);
            return taken;
        });
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"flood: the 99th percentile of other reps' calls {flooded:0.00} ms during a flood, {calm:0.00} ms without: {ratio:0.00} (at most {MostRatio:0.0})"));
        Array.ForEach(clients, x => x.Dispose());
        return ratio <= MostRatio;
    }

    /// <returns>The 99th percentile of what each took, in milliseconds.</returns>
    private static async Task<double> CallsAsync(HttpClient[] clients)
    {
        var taken = new List<double>(Calls);
        for (var i = 0; i < Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await clients[i % clients.Length].PutAsJsonAsync($"/api/calls/{Guid.NewGuid()}", new JsonObject());
            answer.EnsureSuccessStatusCode();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            // Within what each of them may ask.
            await Task.Delay(5);
        }

        return taken.Order().ElementAt(Calls * 99 / 100);
    }

    private static async Task FloodAsync(HttpClient flood, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await StatusAsync(flood);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/board");
        return answer.StatusCode;
    }
}
