using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace InboxGate.Benchmarks;

/// <summary>
/// From when a mail is received to when the rep's panes are told, a thousand mailboxes watched and twenty mails a second
/// over all of them. Sent by the clock, so that a stall counts for all that wait in it. An absolute figure: reported, never
/// judged.
/// </summary>
internal static class LagBenchmark
{
    private const int Mailboxes = 1_000;
    private const int PerSecond = 20;
    private const int Seconds = 20;

    public static async Task RunAsync(TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        List<string> watched = [.. Enumerable.Range(0, Mailboxes).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync([Laboratory.Colleague, .. watched]);
        var ids = await laboratory.IdsAsync();
        await laboratory.StartProductAsync(watched.Select(x => ids[x]), ("Mailbox:SweepInterval", "00:01:00"));
        while (JsonNode.Parse(await laboratory.Control.GetStringAsync("/sim/subscriptions"))!.AsArray().Count < 2 * Mailboxes)
        {
            await Task.Delay(500);
        }

        var told = new ConcurrentDictionary<Guid, long>();
        laboratory.Told = rep => told.TryAdd(rep.RepId, Stopwatch.GetTimestamp());
        var receivedAt = new ConcurrentDictionary<Guid, long>();
        var startedAt = Stopwatch.GetTimestamp();
        var sending = new List<Task>();
        for (var i = 0; i < PerSecond * Seconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(startedAt);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var rep = watched[i];
            receivedAt[ids[rep]] = Stopwatch.GetTimestamp();
            sending.Add(laboratory.SayAsync("/sim/messages", new JsonObject
            {
                ["user"] = rep,
                ["message"] = new JsonObject
                {
                    ["subject"] = "A question",
                    ["from"] = new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = "Ann", ["address"] = Laboratory.Colleague } },
                },
            }));
        }

        await Task.WhenAll(sending);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var lags = receivedAt.Select(x => told.TryGetValue(x.Key, out var at) ? Stopwatch.GetElapsedTime(x.Value, at) : TimeSpan.MaxValue).Order().ToList();
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"lag: received to told p50 {lags[lags.Count / 2].TotalMilliseconds:0} ms, p95 {lags[lags.Count * 95 / 100].TotalMilliseconds:0} ms (aim 1000) over {Mailboxes} mailboxes at {PerSecond} mails a second"));
    }
}
