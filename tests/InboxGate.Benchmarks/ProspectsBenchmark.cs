using System.Diagnostics;
using System.Globalization;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// A rep's list over HTTP on SQLite, with 1,000 entries and with 100,000: the first page, searches of every sort, and the
/// first question after the list has changed as a whole. A search is asked beside a page of as long a list, which a busy
/// machine slows as much, and may take little more than that.
/// </summary>
internal static class ProspectsBenchmark
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private const int Rounds = 9;
    private const int RequestsPerRound = 20;
    private const double MostRatio = 2.5;

    private static readonly string[] FirstNames = ["Ann", "Bob", "Zoë", "Søren", "Jürgen", "María", "François", "Łukasz", "İbrahim", "Noor"];
    private static readonly string[] LastNames = ["Müller", "Ångström", "O'Neil", "García", "Schmidt", "Dubois", "Kowalski", "Yılmaz", "Nielsen", "Okafor", "Rossi"];

    private static readonly (string Name, Func<int, string> Ask)[] Questions =
    [
        ("first page", _ => ""),
        ("one person", at => $"?search=person{at * 7 % Few}@"),
        ("name", at => $"?search={Uri.EscapeDataString($"{LastNames[at % LastNames.Length]} {FirstNames[at % FirstNames.Length]}")}"),
        ("number", at => $"?search={Uri.EscapeDataString($"030 {1000 + (at * 13 % 900)}")}"),
        ("a letter", at => $"?search={(char)('a' + (at % 26))}"),
        ("nobody", at => $"?search=nobody{at}"),
        ("kind", at => $"?kind=vip&search=company{at}"),
    ];

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        string[] users = ["few@contoso.com", "many@contoso.com"];
        await laboratory.AddUsersAsync(users);
        var ids = await laboratory.IdsAsync();
        await laboratory.StartProductAsync(users.Select(x => ids[x]), ("Mailbox:SweepInterval", "01:00:00"));
        await FillAsync(laboratory, ids[users[0]], Few);
        await FillAsync(laboratory, ids[users[1]], Many);
        using var few = await laboratory.SignedInAsync(users[0]);
        using var many = await laboratory.SignedInAsync(users[1]);

        await TimeAsync(few, "");
        var anew = await TimeAsync(many, "");
        await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"prospects, read anew  {anew:F0} ms with {Many:N0} entries, once after each change of more than one"));
        var isFastEnough = true;
        foreach (var (name, ask) in Questions)
        {
            var (fewTimes, manyTimes, pages) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                for (var at = 0; at < RequestsPerRound; at++)
                {
                    var (one, other, page) = (await TimeAsync(few, ask(at)), await TimeAsync(many, ask(at)), await TimeAsync(many, ""));
                    if (round >= 0)
                    {
                        fewTimes.Add(one);
                        manyTimes.Add(other);
                        pages.Add(page);
                    }
                }
            }

            var (fewTime, manyTime, pageTime) = (Measured.Median(fewTimes), Measured.Median(manyTimes), Measured.Median(pages));
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"prospects, {name,-10}  p50 {fewTime:F2} ms with {Few:N0} entries, {manyTime:F2} ms with {Many:N0}, where a page takes {pageTime:F2} ms: ratio {manyTime / pageTime:F2} (at most {MostRatio:F2})"));
            isFastEnough &= manyTime <= pageTime * MostRatio;
        }

        return isFastEnough;
    }

    private static async Task FillAsync(Laboratory laboratory, Guid repId, int entries)
    {
        var list = new ListKey(laboratory.TenantId, Scope.Rep, repId);
        foreach (var some in Enumerable.Range(0, entries).Chunk(5_000))
        {
            await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
            store.ChangeTracker.AutoDetectChangesEnabled = false;
            store.ListEntries.AddRange(some.Select(x => Row(list, x)));
            await store.SaveChangesAsync();
        }
    }

    private static ListEntryRow Row(ListKey list, int number)
    {
        var row = SenderEntries.New(list, ListEntry.TryParse($"person{number}@company{number / 10}.example", out var entry, out _) ? entry! : throw new InvalidOperationException());
        row.Kind = (SenderKind)(number % 5);
        row.Name = $"{FirstNames[number % FirstNames.Length]} {LastNames[number % LastNames.Length]} {number}";
        row.Company = $"Company {number / 10} GmbH";
        row.Phone = string.Create(CultureInfo.InvariantCulture, $"+4930{10_000_000 + (number * 7):00000000}");
        row.TimeZones = "Europe/Berlin";
        row.Index();
        return row;
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> TimeAsync(HttpClient http, string query)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri($"/api/prospects{query}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
    }
}
