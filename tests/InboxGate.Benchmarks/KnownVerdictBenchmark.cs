using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// The verdict on a mail that the server knows, as a pane asks for it whenever the rep opens that mail again: who wrote, the
/// gate and the board. Beside an endpoint of the same host that knows who asks and answers a constant; both databases.
/// </summary>
internal static class KnownVerdictBenchmark
{
    private const int Reps = 200;
    private const int DaysBehind = 20;
    private const int Rounds = 7;
    private const double LeastRatio = 0.30;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1.5);

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        return await MeasureAsync(await postgres.CreateDatabaseAsync(), report) & await MeasureAsync(null, report);
    }

    /// <param name="postgres">Null for SQLite.</param>
    private static async Task<bool> MeasureAsync(string? postgres, TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        List<string> users = [.. Enumerable.Range(0, Reps).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync(users);
        var ids = await laboratory.IdsAsync();
        await laboratory.StartProductAsync(
            users.Select(x => ids[x]),
            TimeProvider.System,
            builder => builder.Services.AddControllers().AddApplicationPart(typeof(BoundController).Assembly),
            postgres is null ? [("Mailbox:Watch", "false")] : [("Mailbox:Watch", "false"), ("Storage:SqliteFile", ""), ("Storage:Postgres", postgres)]);
        await FillAsync(laboratory);
        List<AuthenticationHeaderValue> tokens = [];
        foreach (var user in users)
        {
            tokens.Add(new AuthenticationHeaderValue("Bearer", await laboratory.TokenAsync(user)));
        }

        using var http = ClosedLoop.Client(laboratory.Address);
        await Parallel.ForEachAsync(Enumerable.Range(0, Reps), async (x, _) => await JudgeAsync(http, tokens, x));
        await BoundAsync(http, tokens);
        await VerdictsAsync(http, tokens);
        var (bound, product, ratio) = await Measured.InTurnsAsync(Rounds, () => BoundAsync(http, tokens), () => VerdictsAsync(http, tokens));
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"known-verdict, {(postgres is null ? "SQLite" : "PostgreSQL"),-12}{product:N0} a second, {bound:N0} of the bound: ratio {ratio:F2} (at least {LeastRatio:F2})"));
        return ratio >= LeastRatio;
    }

    private static Task<double> BoundAsync(HttpClient http, List<AuthenticationHeaderValue> tokens) => ClosedLoop.PerSecondAsync(Span, async x =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bound/read") { Headers = { Authorization = tokens[x % Reps] } };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    });

    private static Task<double> VerdictsAsync(HttpClient http, List<AuthenticationHeaderValue> tokens) => ClosedLoop.PerSecondAsync(Span, x => JudgeAsync(http, tokens, x));

    private static async Task JudgeAsync(HttpClient http, List<AuthenticationHeaderValue> tokens, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages/verdict")
        {
            Headers = { Authorization = tokens[number % Reps] },
            Content = JsonContent.Create(new
            {
                internetMessageId = $"<{number % Reps}@contoso.com>",
                conversationId = $"conversation {number % Reps}",
                subject = "A question",
                from = new { name = "Ann", address = Laboratory.Colleague },
            }),
        };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A month behind each rep and the day still going on.</summary>
    private static async Task FillAsync(Laboratory laboratory)
    {
        await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var start = new DateTimeOffset(today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        store.Tenants.Add(new TenantRow { TenantId = laboratory.TenantId, Domains = ["contoso.com"] });
        foreach (var rep in await store.Reps.ToListAsync())
        {
            (rep.Watch, rep.EnrolledAt, rep.ClosedThrough, rep.ClosedUntil) = (WatchState.Watching, start.AddDays(-DaysBehind), today.AddDays(-1), start);
            (rep.WorkStart, rep.WorkEnd, rep.WorkDays) = (new TimeOnly(0, 0), new TimeOnly(23, 59), [.. Enum.GetValues<DayOfWeek>()]);
            store.ClosedDays.AddRange(Enumerable.Range(1, DaysBehind).Select(x => new ClosedDayRow
            {
                TenantId = rep.TenantId, RepId = rep.RepId, Date = today.AddDays(-x), StartsAt = start.AddDays(-x), EndsAt = start.AddDays(1 - x),
                Working = true, CallsByHour = [.. new int[24]], Calls = 18 + (x % 5), CallsGoal = 20,
            }));
            store.Targets.Add(new TargetRow
            {
                TenantId = rep.TenantId, Scope = Scope.Rep, OwnerId = rep.RepId, TargetId = Guid.NewGuid(), Unit = TargetUnit.Calls,
                Period = TargetPeriod.Month, Amount = 600, From = today.AddDays(-DaysBehind), SetAt = start, SetBy = rep.RepId,
            });
        }

        await store.SaveChangesAsync();
        if (store is PostgresStore)
        {
            await store.Database.ExecuteSqlRawAsync("ANALYZE");
        }
    }
}
