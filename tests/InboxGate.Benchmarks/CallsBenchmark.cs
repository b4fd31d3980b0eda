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
    private const string Constant = """{"name":"constant","number":42}""";

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
            var (written, logged, ratio) = await Measured.InTurnsAsync(Rounds, () => office.LoadAsync(Write), () => LogAsync(office));
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
        var (bound, product, ratio) = await Measured.InTurnsAsync(Rounds, () => office.LoadAsync(Echo), () => LogAsync(office), Office.Uncounted);
        await BeginDayAsync(office);
        var bytes = office.Allocated("PUT", NewCall, "{}");
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"calls, {database,-12}{product:N0} a second, {bound:N0} echoes: ratio {ratio:F2} (at least {least:F2}); the server allocates {bytes / 1024:F1} KB for each (at most {MostBytes / 1024:F0}), {office.Allocated("POST", () => "/bound/echo", Constant) / 1024:F1} KB for an echo"));
        return ratio >= least && bytes <= MostBytes;
    }

    private static async Task<double> LogAsync(Office office)
    {
        await BeginDayAsync(office);
        return await office.LoadAsync(_ => new HttpRequestMessage(HttpMethod.Put, NewCall()) { Content = Json("{}") });
    }

    /// <summary>Who logs a call has a board on screen.</summary>
    private static async Task BeginDayAsync(Office office)
    {
        await office.ForgetCallsAsync();
        await office.EachAsync(_ => new HttpRequestMessage(HttpMethod.Get, "/api/board"));
    }

    private static HttpRequestMessage Echo(Office.Pane pane) => new(HttpMethod.Post, "/bound/echo") { Content = Json(Constant) };

    private static HttpRequestMessage Write(Office.Pane pane) => new(HttpMethod.Put, $"/bound/write/{Guid.NewGuid()}") { Content = Json(Constant) };

    private static string NewCall() => $"/api/calls/{Guid.NewGuid()}";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
