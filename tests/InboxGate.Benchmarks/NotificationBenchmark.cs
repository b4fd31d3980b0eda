using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using InboxGate.Web;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// The notification endpoint of the whole product on a real Kestrel, under 1,000 requests a second of 1 to 100 items,
/// beside an endpoint of the same host that reads each body and checks one state: no honest endpoint does less. Sent by
/// the clock, not one after the other, and timed from when each was due, so that a stall counts for all that wait in it.
/// The hundred mailboxes that the items are about are watched meanwhile.
/// </summary>
internal static class NotificationBenchmark
{
    private const int PerSecond = 1_000;
    private const int Reps = 100;
    private const int Bodies = 500;
    private const int Rounds = 5;
    private const double SliceSeconds = 3;
    private const double AimMilliseconds = 250;

    /// <summary>As fast as the answers come, bodies of so many items, and at least so much of the bound's throughput.</summary>
    private static readonly (int Items, double LeastRatio)[] Loads = [(1, 0.50), (100, 0.60)];
    private const int LoadRounds = 9;
    private static readonly TimeSpan LoadSpan = TimeSpan.FromSeconds(1.2);

    /// <summary>Of the bound's 99th percentile, where the aim is missed: on a busy machine the bound misses it too.</summary>
    private const double LeastRatio = 0.3;

    public static async Task<bool> RunAsync(TextWriter report)
    {
        var folder = Directory.CreateTempSubdirectory("inboxgate-notifications-").FullName;
        await using var app = Server.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings(folder));
            builder.Services.AddControllers().AddApplicationPart(typeof(BoundController).Assembly);
        });
        app.MapPost("/bound", (HttpContext context, ClientState states) => BoundAsync(context, states));
        await Server.StartAsync(app, CancellationToken.None);
        try
        {
            var reps = await EnrolAsync(app.Services);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            var bodies = Make(reps, app.Services.GetRequiredService<ClientState>());
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
            await SliceAsync(http, "/bound", bodies);
            await SliceAsync(http, "/api/graph/notifications", bodies);

            var (product, bound, ratios) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                // They take turns in coming first, too.
                var isBoundFirst = round % 2 == 1;
                var before = isBoundFirst ? await SliceAsync(http, "/bound", bodies) : null;
                var mine = await SliceAsync(http, "/api/graph/notifications", bodies);
                var other = before ?? await SliceAsync(http, "/bound", bodies);
                ratios.Add(Percentile(other, 0.99) / Percentile(mine, 0.99));
                product.AddRange(mine);
                bound.AddRange(other);
            }

            var ratio = Percentile(ratios, 0.5);
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"notifications   p50 {Percentile(product, 0.5):F2} ms, p99 {Percentile(product, 0.99):F2} ms at {PerSecond} requests/s of {bodies.Average(x => x.Items):F1} items (aim: p99 {AimMilliseconds:F0} ms)"));
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"bound           p50 {Percentile(bound, 0.5):F2} ms, p99 {Percentile(bound, 0.99):F2} ms (same host and bodies: read, and one state checked)"));
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ratio           {ratio:F2} of the bound's p99 (at least {LeastRatio:F2})"));
            var isFastEnough = Percentile(product, 0.99) <= AimMilliseconds || ratio >= LeastRatio;
            foreach (var (items, least) in Loads)
            {
                isFastEnough &= await LoadAsync(address, Make(reps, app.Services.GetRequiredService<ClientState>(), items), items, least, report);
            }

            return isFastEnough;
        }
        finally
        {
            await app.StopAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As fast as the answers come, beside an endpoint of the same host that parses the body and checks each state.</summary>
    private static async Task<bool> LoadAsync(Uri address, List<(byte[] Json, int Items)> bodies, int items, double least, TextWriter report)
    {
        using var http = ClosedLoop.Client(address);
        Task<double> Ask(string path) => ClosedLoop.PerSecondAsync(LoadSpan, x => SendAsync(http, path, bodies[x % bodies.Count].Json, due: 0));
        await Ask("/bound/notifications");
        await Ask("/api/graph/notifications");
        var (bound, product, ratio) = await Measured.InTurnsAsync(LoadRounds, () => Ask("/bound/notifications"), () => Ask("/api/graph/notifications"));
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"of {items,3} items    {product:N0} requests a second, {bound:N0} of the bound: ratio {ratio:F2} (at least {least:F2})"));
        return ratio >= least;
    }

    /// <summary>Microsoft Graph is out of reach: the answer must not depend on it, and the watch tries in vain meanwhile.</summary>
    private static Dictionary<string, string?> Settings(string folder) => new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Logging:LogLevel:Default"] = "Error",
        ["Storage:SqliteFile"] = Path.Combine(folder, "inboxgate.db"),
        ["Entra:Authority"] = "https://login.microsoftonline.com/",
        ["Entra:ClientId"] = Guid.NewGuid().ToString(),
        ["Entra:ClientSecret"] = "not needed",
        ["Entra:Tenants:0"] = Guid.NewGuid().ToString(),
        ["Mailbox:GraphBaseAddress"] = "http://127.0.0.1:1/v1.0",
        ["Mailbox:PublicAddress"] = "http://127.0.0.1:1",
        ["Mailbox:ClientStateKey"] = "a key for benchmarks, long enough to sign with",
    };

    private static async Task<List<RepKey>> EnrolAsync(IServiceProvider services)
    {
        var tenants = new[] { Guid.NewGuid(), Guid.NewGuid() };
        var reps = Enumerable.Range(0, Reps).Select(i => new RepKey(tenants[i % 2], Guid.NewGuid())).ToList();
        await using var store = await services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        store.Reps.AddRange(reps.Select(x => new RepRow
        {
            TenantId = x.TenantId, RepId = x.RepId, Revision = 1, EnrolledAt = now, ClosedThrough = DateOnly.FromDateTime(now.UtcDateTime),
        }));
        await store.SaveChangesAsync();
        return reps;
    }

    /// <summary>As Microsoft Graph words them: few items mostly, up to a hundred, of mailboxes of two tenants.</summary>
    /// <param name="all">So many items in each instead.</param>
    private static List<(byte[] Json, int Items)> Make(List<RepKey> reps, ClientState states, int? all = null)
    {
        var random = new Random(20261124);
        var subscriptions = reps.ConvertAll(x => (Rep: x, Id: Guid.NewGuid(), State: states.Create(x, MailFolders.Inbox)));
        return [.. Enumerable.Range(0, Bodies).Select(_ =>
        {
            var items = all ?? (int)Math.Round(Math.Pow(100, random.NextDouble()));
            var body = new StringBuilder("{\"value\":[");
            for (var i = 0; i < items; i++)
            {
                var (rep, id, state) = subscriptions[random.Next(Reps)];
                body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                    {"subscriptionId":"{{id}}","subscriptionExpirationDateTime":"2026-12-01T08:00:00.0000000Z","changeType":"created",
                    "resource":"Users/{{rep.RepId}}/Messages/AAMkADUwNjQ4ZjE3LTkzYzYtNDNjZi1iZGY5LTc1MmM5NzQxMzAzNgBGAAAAAACoZfGn","tenantId":"{{rep.TenantId}}",
                    "resourceData":{"@odata.type":"#Microsoft.Graph.Message","@odata.id":"Users/{{rep.RepId}}/Messages/AAMkADUwNjQ4ZjE3","@odata.etag":"W/\"CQAAABYAAAD\"","id":"AAMkADUwNjQ4ZjE3"},
                    "clientState":"{{state}}"}
                    """);
            }

            return (Encoding.UTF8.GetBytes(body.Append("]}").ToString()), items);
        })];
    }

    private static async Task<List<double>> SliceAsync(HttpClient http, string path, List<(byte[] Json, int Items)> bodies)
    {
        // The slice before may have left something to collect.
        GC.Collect();
        var count = (int)(PerSecond * SliceSeconds);
        var answers = new Task<double>[count];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = started + (i * (Stopwatch.Frequency / PerSecond));
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            answers[i] = SendAsync(http, path, bodies[i % bodies.Count].Json, due);
        }

        return [.. await Task.WhenAll(answers)];
    }

    private static async Task<double> SendAsync(HttpClient http, string path, byte[] json, long due)
    {
        using var content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } };
        using var answer = await http.PostAsync(path, content);
        return answer.StatusCode == System.Net.HttpStatusCode.Accepted
            ? Stopwatch.GetElapsedTime(due).TotalMilliseconds
            : throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    private static async Task BoundAsync(HttpContext context, ClientState states)
    {
        var body = context.Request.BodyReader;
        ReadResult read;
        while (!(read = await body.ReadAsync(context.RequestAborted)).IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        var isOurs = HasOurState(new Utf8JsonReader(read.Buffer), states);
        body.AdvanceTo(read.Buffer.End);
        context.Response.StatusCode = isOurs ? StatusCodes.Status202Accepted : StatusCodes.Status400BadRequest;
    }

    private static bool HasOurState(Utf8JsonReader reader, ClientState states)
    {
        var isOurs = false;
        while (reader.Read())
        {
            if (!isOurs && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("clientState"u8))
            {
                reader.Read();
                isOurs = states.TryRead(reader.GetString(), out _);
            }
        }

        return isOurs;
    }

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
