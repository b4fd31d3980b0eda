using System.Globalization;
using System.Text;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Benchmarks;

/// <summary>
/// Logging a call, the answer included and the call on disk by then, beside an endpoint of the same host that knows who asks
/// and echoes what was sent; on SQLite also beside one that does nothing but write. One process, sixteen connections.
/// </summary>
internal static class CallsBenchmark
{
    private const int Rounds = 5;
    private const double LeastOnPostgres = 0.25;
    private const double LeastOnSqlite = 0.18;
    private const double LeastOfBareWriter = 0.7;
    private const double MostBytes = 25 * 1024;

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        var isFastEnough = true;
        await using (var office = await Office.OpenAsync(await postgres.CreateDatabaseAsync()))
        {
            isFastEnough &= await CompareAsync(office, "PostgreSQL", LeastOnPostgres, report);
        }

        await using (var office = await Office.OpenAsync(null))
        {
            isFastEnough &= await CompareAsync(office, "SQLite", LeastOnSqlite, report);
            await office.LoadAsync(Write);
            await LogAsync(office);
            var (written, logged, ratio) = await Measured.InTurnsAsync(Rounds, async () => (await office.LoadAsync(Write)).PerSecond, async () => (await LogAsync(office)).PerSecond);
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"calls, SQLite      {logged:N0} a second, {written:N0} by a bare writer that commits together: ratio {ratio:F2} (at least {LeastOfBareWriter:F2})"));
            isFastEnough &= ratio >= LeastOfBareWriter;
        }

        return isFastEnough;
    }

    private static async Task<bool> CompareAsync(Office office, string database, double least, TextWriter report)
    {
        await office.LoadAsync(Echo);
        await LogAsync(office);
        var (echoes, calls) = (new List<Office.Taken>(), new List<Office.Taken>());
        var (bound, product, ratio) = await Measured.InTurnsAsync(
            Rounds,
            async () => Kept(echoes, await office.LoadAsync(Echo)),
            async () => Kept(calls, await LogAsync(office)));
        var (bytes, boundBytes) = (Measured.Median(calls.Select(x => x.Bytes)), Measured.Median(echoes.Select(x => x.Bytes)));
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"calls, {database,-12}{product:N0} a second, {bound:N0} echoes: ratio {ratio:F2} (at least {least:F2}); allocated {bytes / 1024:F1} KB each, {boundBytes / 1024:F1} KB for an echo, both with their client (at most {MostBytes / 1024:F0} KB)"));
        return ratio >= least && bytes <= MostBytes;
    }

    private static async Task<Office.Taken> LogAsync(Office office)
    {
        await office.ForgetCallsAsync();
        // Who logs a call has a board on screen.
        await office.EachAsync(_ => new HttpRequestMessage(HttpMethod.Get, "/api/board"));
        return await office.LoadAsync(_ => new HttpRequestMessage(HttpMethod.Put, $"/api/calls/{Guid.NewGuid()}") { Content = Json("{}") });
    }

    private static HttpRequestMessage Echo(Office.Pane pane) => new(HttpMethod.Post, "/bound/echo") { Content = Json("""{"name":"constant","number":42}""") };

    private static HttpRequestMessage Write(Office.Pane pane) =>
        new(HttpMethod.Put, $"/bound/write/{Guid.NewGuid()}") { Content = Json("""{"name":"constant","number":42}""") };

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static double Kept(List<Office.Taken> all, Office.Taken taken)
    {
        all.Add(taken);
        return taken.PerSecond;
    }
}
