using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Prospects;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// A rep's next three calls on SQLite and on PostgreSQL, from a list of 1,000 prospects and from one of 100,000, five hundred
/// of whom were called before. However long the list is, the answer may not take longer.
/// </summary>
internal static class NextCallsBenchmark
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private const int Called = 500;
    private const int RowsAtOnce = 5_000;
    private const int Rounds = 15;
    private const int RequestsPerRound = 20;
    private const double MostRatio = 1.3;
    private const string Rep = "mira@contoso.com";
    private const string Path = "/api/prospects/next";
    private static readonly string[] Zones = ["Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago,America/New_York"];

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        var isFastEnough = await MeasureAsync(report, "SQLite", () => Task.FromResult<(string, string)[]>([]));
        return await MeasureAsync(report, "PostgreSQL", async () => [("Storage:SqliteFile", ""), ("Storage:Postgres", await postgres.CreateDatabaseAsync())])
            && isFastEnough;
    }

    private static async Task<bool> MeasureAsync(TextWriter report, string database, Func<Task<(string, string)[]>> settings)
    {
        await using var small = await OpenAsync(await settings(), Few);
        await using var large = await OpenAsync(await settings(), Many);
        using var few = await small.SignedInAsync(Rep);
        using var many = await large.SignedInAsync(Rep);
        await MedianAsync(few);
        await MedianAsync(many);
        var (fewTime, manyTime, ratio) = await Measured.InTurnsAsync(Rounds, () => MedianAsync(few), () => MedianAsync(many));
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"next calls on {database}: p50 {fewTime:F2} ms of {Few:N0} prospects, {manyTime:F2} ms of {Many:N0}: ratio {ratio:F2} (at most {MostRatio:F2})"));
        return ratio <= MostRatio;
    }

    private static async Task<Laboratory> OpenAsync((string, string)[] settings, int prospects)
    {
        var laboratory = await Laboratory.OpenAsync();
        await laboratory.AddUsersAsync([Rep]);
        var id = (await laboratory.IdsAsync())[Rep];
        await laboratory.StartProductAsync([id], new Tuesday(), [("Mailbox:SweepInterval", "01:00:00"), .. settings]);
        await FillAsync(laboratory, new RepKey(laboratory.TenantId, id), prospects);
        return laboratory;
    }

    private static async Task FillAsync(Laboratory laboratory, RepKey rep, int prospects)
    {
        var stores = laboratory.Services.GetRequiredService<IDbContextFactory<Store>>();
        var listedAt = DateTimeOffset.UnixEpoch.AddYears(50);
        foreach (var some in Enumerable.Range(0, prospects).Chunk(RowsAtOnce))
        {
            await using var store = await stores.CreateDbContextAsync();
            foreach (var number in some)
            {
                var row = SenderEntries.New(ListKey.Of(rep), SenderEntries.Parse(string.Create(CultureInfo.InvariantCulture, $"bea{number}@fabrikam.com")));
                (row.Kind, row.SetAt, row.Name) = (SenderKind.Prospect, listedAt, $"Bea {number}");
                (row.Phone, row.TimeZones) = (string.Create(CultureInfo.InvariantCulture, $"+4930{1_000_000 + number}"), Zones[number % Zones.Length]);
                row.Index();
                store.ListEntries.Add(row);
                if (number < Called)
                {
                    store.ProspectTouches.Add(new ProspectTouchRow
                    {
                        TenantId = rep.TenantId, RepId = rep.RepId, Entry = row.Entry, LastCalledAt = listedAt.AddDays(1), LastContactAt = listedAt.AddDays(1),
                    });
                }
            }

            await store.SaveChangesAsync();
        }

        await using var filled = await stores.CreateDbContextAsync();
        if (filled is PostgresStore)
        {
            // As it does by itself before long.
            await filled.Database.ExecuteSqlRawAsync("ANALYZE");
        }
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> MedianAsync(HttpClient http)
    {
        var times = new List<double>(RequestsPerRound);
        for (var request = 0; request < RequestsPerRound; request++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(Path, UriKind.Relative));
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            if (JsonNode.Parse(text)!["calls"]!.AsArray().Count != 3)
            {
                throw new InvalidOperationException($"Nobody is called: {text}");
            }
        }

        return Measured.Median(times);
    }

    /// <summary>A clock that runs from a Tuesday morning ahead: at other times nobody is called.</summary>
    private sealed class Tuesday : TimeProvider
    {
        private readonly TimeSpan ahead = Ahead(System.GetUtcNow());

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

        private static TimeSpan Ahead(DateTimeOffset now)
        {
            var days = ((int)DayOfWeek.Tuesday - (int)now.DayOfWeek + 7) % 7;
            return new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(days == 0 ? 7 : days).AddHours(10) - now;
        }
    }
}
