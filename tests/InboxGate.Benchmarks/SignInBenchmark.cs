using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// The processor time of a request with a token that the server has seen before, against the same request without one. The
/// client is in the same process, and its share in both.
/// </summary>
internal static class SignInBenchmark
{
    private const int Requests = 4_000;
    private const int Together = 16;
    private const int Rounds = 9;
    private const double MostRatio = 1.5;
    private const string Rep = "mira@contoso.com";

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        await laboratory.AddUsersAsync([Rep]);
        await laboratory.StartProductAsync(
            [(await laboratory.IdsAsync())[Rep]],
            TimeProvider.System,
            builder => builder.Services.AddControllers().AddApplicationPart(typeof(BoundController).Assembly),
            ("Mailbox:SweepInterval", "01:00:00"));
        using var known = await laboratory.SignedInAsync(Rep);
        using var anonymous = new HttpClient { BaseAddress = laboratory.Address };
        await CostAsync(known, "/bound/read");
        await CostAsync(anonymous, "/bound/anonymous");
        var (without, with, ratio) = await Measured.InTurnsAsync(Rounds, () => CostAsync(anonymous, "/bound/anonymous"), () => CostAsync(known, "/bound/read"));
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"sign-in         {with:F0} microseconds of processor time with a known token, {without:F0} without one: ratio {ratio:F2} (at most {MostRatio:F2})"));
        return ratio <= MostRatio;
    }

    /// <returns>Microseconds of processor time for each request.</returns>
    private static async Task<double> CostAsync(HttpClient http, string path)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = Together }, async (_, ct) =>
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
            answer.EnsureSuccessStatusCode();
        });
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / Requests;
    }
}
