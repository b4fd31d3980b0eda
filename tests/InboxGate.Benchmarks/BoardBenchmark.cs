using System.Globalization;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Benchmarks;

/// <summary>
/// A rep's board that the pane has already, and one that has changed, beside an endpoint of the same host that knows who asks
/// and answers a constant. One process, sixteen connections, both databases.
/// </summary>
internal static class BoardBenchmark
{
    private const int Rounds = 5;
    private const double LeastUnchanged = 0.60;
    private const double LeastChanged = 0.25;

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        var isFastEnough = true;
        foreach (var database in new[] { await postgres.CreateDatabaseAsync(), null })
        {
            await using var office = await Office.OpenAsync(database);
            var name = database is null ? "SQLite" : "PostgreSQL";
            await office.EachAsync(Ask, Shown);
            await office.LoadAsync(Bound);
            isFastEnough &= await CompareAsync(office, $"unchanged, {name}", LeastUnchanged, report, UnchangedAsync);
            isFastEnough &= await CompareAsync(office, $"changed, {name}", LeastChanged, report, ChangedAsync);
            isFastEnough &= await CompareAsync(office, $"elsewhere, {name}", LeastChanged, report, ChangedElsewhereAsync);
        }

        return isFastEnough;
    }

    private static async Task<bool> CompareAsync(Office office, string what, double least, TextWriter report, Func<Office, Task<double>> ask)
    {
        await ask(office);
        var (bound, product, ratio) = await Measured.InTurnsAsync(
            Rounds, () => office.LoadAsync(Bound), () => ask(office), Office.Uncounted);
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"board {what,-24}{product:N0} a second, {bound:N0} of the bound: ratio {ratio:F2} (at least {least:F2})"));
        return ratio >= least;
    }

    private static Task<double> UnchangedAsync(Office office) => office.LoadAsync(Ask);

    /// <summary>Each rep has logged a call here, and another pane of theirs asks.</summary>
    private static async Task<double> ChangedAsync(Office office)
    {
        await office.ForgetCallsAsync();
        for (var calls = 0; calls < 8; calls++)
        {
            await office.EachAsync(_ => new HttpRequestMessage(HttpMethod.Put, $"/api/calls/{Guid.NewGuid()}"));
        }

        return await office.LoadAsync(Ask, most: office.Panes.Count * 4);
    }

    /// <summary>A fact was added for each rep by another server.</summary>
    private static async Task<double> ChangedElsewhereAsync(Office office)
    {
        await office.RaiseAsync();
        return await office.LoadAsync(Ask, most: office.Panes.Count);
    }

    private static HttpRequestMessage Bound(Office.Pane pane) => new(HttpMethod.Get, "/bound/read");

    private static HttpRequestMessage Ask(Office.Pane pane)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/board");
        if (pane.Tag is { } tag)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return request;
    }

    private static void Shown(Office.Pane pane, HttpResponseMessage answer) => pane.Tag = answer.Headers.ETag;
}
