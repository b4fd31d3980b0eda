using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// Two hundred reps in the middle of a day, a month behind them and two mails waiting, on one server of the product with the
/// bounds beside it; and the panes of all of them, over sixteen connections that each ask again once they are answered.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    public const int Connections = 16;

    /// <summary>Rounds.</summary>
    public const int Uncounted = 8;
    private const int Reps = 200;
    private const int DaysBehind = 20;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1.2);
    private readonly Laboratory laboratory;
    private readonly BareWriter bare;
    private readonly HttpClient http;
    private readonly string folder;
    private int turn;

    private Office(Laboratory laboratory, BareWriter bare, string folder)
    {
        this.laboratory = laboratory;
        this.bare = bare;
        this.folder = folder;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections }) { BaseAddress = laboratory.Address };
    }

    public IReadOnlyList<Pane> Panes { get; private set; } = [];

    /// <param name="postgres">Its database; null for SQLite.</param>
    public static async Task<Office> OpenAsync(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("inboxgate-office-").FullName;
        var bare = new BareWriter(Path.Combine(folder, "bare.db"));
        var laboratory = await Laboratory.OpenAsync();
        List<string> users = [.. Enumerable.Range(0, Reps).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync(users);
        var ids = await laboratory.IdsAsync();
        await laboratory.StartProductAsync(
            users.Select(x => ids[x]),
            TimeProvider.System,
            builder =>
            {
                builder.Services.AddControllers().AddApplicationPart(typeof(BoundController).Assembly);
                builder.Services.AddSingleton(bare);
            },
            [("Mailbox:Watch", "false"), .. postgres is null ? Array.Empty<(string, string)>() : [("Storage:SqliteFile", ""), ("Storage:Postgres", postgres)]]);
        var office = new Office(laboratory, bare, folder);
        await office.FillAsync();
        var panes = new List<Pane>();
        foreach (var user in users)
        {
            panes.Add(new Pane(new RepKey(laboratory.TenantId, ids[user]), new AuthenticationHeaderValue("Bearer", await laboratory.TokenAsync(user))));
        }

        office.Panes = panes;
        return office;
    }

    /// <summary>Asks as fast as the answers come.</summary>
    /// <param name="request">What a pane asks.</param>
    /// <param name="most">Ends after so many, if that comes first.</param>
    /// <returns>Answers a second.</returns>
    public async Task<double> LoadAsync(Func<Pane, HttpRequestMessage> request, Action<Pane, HttpResponseMessage>? answered = null, int most = int.MaxValue)
    {
        GC.Collect();
        var (asked, done) = (0, 0);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < Span && Interlocked.Increment(ref asked) <= most)
            {
                var pane = Panes[(int)((uint)Interlocked.Increment(ref turn) % Reps)];
                using var message = request(pane);
                message.Headers.Authorization = pane.Token;
                using var answer = await http.SendAsync(message);
                if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.NotModified)
                {
                    throw new InvalidOperationException($"{message.RequestUri} answered {answer.StatusCode}.");
                }

                answered?.Invoke(pane, answer);
                Interlocked.Increment(ref done);
            }
        }));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>What the server allocates for each of a thousand requests, ten of each pane at the most; its callers nothing.</summary>
    /// <param name="path">Of the next request.</param>
    /// <returns>Bytes.</returns>
    public double Allocated(string method, Func<string> path, string body) => PlainCallers.AllocatedForEach(
        laboratory.Address, Connections, [.. Enumerable.Range(0, 1000).Select(x => PlainCallers.Request(method, path(), Panes[x % Reps].Token.Parameter!, body))]);

    /// <summary>As long as each pane has been answered once.</summary>
    public async Task EachAsync(Func<Pane, HttpRequestMessage> request, Action<Pane, HttpResponseMessage>? answered = null)
    {
        await Parallel.ForEachAsync(Panes, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (pane, ct) =>
        {
            using var message = request(pane);
            message.Headers.Authorization = pane.Token;
            using var answer = await http.SendAsync(message, ct);
            answered?.Invoke(pane, answer);
        });
    }

    /// <summary>The day begins anew: of thousands of calls in one day no rep would tell. No server knows of it but by the revision.</summary>
    public async Task ForgetCallsAsync()
    {
        await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        await store.Calls.ExecuteDeleteAsync();
        await RaiseAsync(store);
    }

    /// <summary>Every rep has a new revision, as from another server.</summary>
    public async Task RaiseAsync()
    {
        await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        await RaiseAsync(store);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await laboratory.DisposeAsync();
        await bare.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<int> RaiseAsync(Store store) => store.Reps.ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1));

    private async Task FillAsync()
    {
        await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
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
            store.Gates.AddRange(Enumerable.Range(1, 2).Select(x => new GateRow
            {
                TenantId = rep.TenantId, RepId = rep.RepId, GateId = Guid.NewGuid(), InternetMessageId = $"<{Guid.NewGuid()}@contoso.com>",
                ConversationId = Guid.NewGuid().ToString("N"), FromName = "Ann", FromAddress = "ann@contoso.com", Subject = "A question",
                SenderKind = SenderKind.Colleague, Reason = VerdictReason.TenantDomain, Match = "contoso.com", CallsRequired = 3,
                ReceivedAt = start.AddMinutes(x), OpenedAt = start.AddMinutes(x),
            }));
        }

        await store.SaveChangesAsync();
        if (store is PostgresStore)
        {
            await store.Database.ExecuteSqlRawAsync("ANALYZE");
        }
    }

    /// <summary>A rep's pane, and the tag of the board it shows.</summary>
    internal sealed class Pane(RepKey rep, AuthenticationHeaderValue token)
    {
        public RepKey Rep => rep;

        public AuthenticationHeaderValue Token => token;

        public EntityTagHeaderValue? Tag { get; set; }
    }
}
