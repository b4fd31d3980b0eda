using System.Globalization;
using System.Net.Http.Json;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Benchmarks;

/// <summary>
/// The verdict on a mail that the server knows, as a pane asks for it whenever the rep opens that mail again: who wrote, the
/// gate and the board. Beside an endpoint of the same host that knows who asks and answers a constant; both databases.
/// </summary>
internal static class KnownVerdictBenchmark
{
    private const int Rounds = 7;
    private const double LeastRatio = 0.30;

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        return await MeasureAsync(await postgres.CreateDatabaseAsync(), report) & await MeasureAsync(null, report);
    }

    /// <param name="postgres">Null for SQLite.</param>
    private static async Task<bool> MeasureAsync(string? postgres, TextWriter report)
    {
        await using var office = await Office.OpenAsync(postgres);
        await office.EachAsync(Verdict);
        await office.LoadAsync(Bound);
        await office.LoadAsync(Verdict);
        var (bound, product, ratio) = await Measured.InTurnsAsync(
            Rounds, () => office.LoadAsync(Bound), () => office.LoadAsync(Verdict), Office.Uncounted);
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"known-verdict, {(postgres is null ? "SQLite" : "PostgreSQL"),-12}{product:N0} a second, {bound:N0} of the bound: ratio {ratio:F2} (at least {LeastRatio:F2})"));
        return ratio >= LeastRatio;
    }

    private static HttpRequestMessage Bound(Office.Pane pane) => new(HttpMethod.Get, "/bound/read");

    private static HttpRequestMessage Verdict(Office.Pane pane) => new(HttpMethod.Post, "/api/messages/verdict")
    {
        Content = JsonContent.Create(new
        {
            internetMessageId = $"<{pane.Rep.RepId}@contoso.com>",
            conversationId = $"conversation {pane.Rep.RepId}",
            subject = "A question",
            from = new { name = "Ann", address = Laboratory.Colleague },
        }),
    };
}
