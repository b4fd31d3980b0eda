using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InboxGate.Web.Tests.Telemetry;

/// <summary>
/// A day with everything that a rep, a manager, an administrator and strangers do, told as loudly as can be set; then all
/// that left the server but its answers is searched for secrets, and for whose mail and which people it was about.
/// </summary>
[Collection(nameof(Listening))]
public sealed class NothingTellsTests(PostgresServer postgres)
{
    private const string Password = "planted-database-password";
    private const string Key = "planted-client-state-key-that-is-long-enough";
    private const string Colleague = "planted.colleague@contoso.com";
    private const string Prospect = "planted.prospect@fabrikam.example";
    private const string Company = "Planted Company";
    private const string Number = "+4930123456789";
    private const string Subject = "A planted subject";
    private const string Thread = "planted-conversation";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Logs_traces_metrics_and_health_tell_no_secret_and_nobody_s_address(Database database)
    {
        await using var collector = await Collector.StartAsync();
        using var logs = new Logs();
        var answers = new ConcurrentQueue<string>();
        string token, secret = "", ticket;
        await using (var world = await World.StartAsync(
            database,
            postgres,
            settings: new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Debug",
                ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
                ["Mailbox:ClientStateKey"] = Key,
                ["Mailbox:SweepInterval"] = "00:00:01",
                [TelemetryOptions.EndpointKey] = collector.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            },
            configure: builder =>
            {
                if (builder.Configuration["Storage:Postgres"] is { Length: > 0 } connection)
                {
                    builder.Configuration["Storage:Postgres"] = $"{connection};Password={Password}";
                }

                builder.Logging.AddProvider(logs);
            },
            simulated: options =>
            {
                secret = options.ClientSecret;
                return options;
            }))
        {
            var manager = await world.UserAsync("planted.manager@contoso.com", null, "Manager", "Admin");
            var rep = await world.UserAsync("planted.rep@contoso.com", manager.Address);
            await world.UserAsync(Colleague);
            token = rep.Api.DefaultRequestHeaders.Authorization!.Parameter!;
            ticket = await WorkAsync(world, rep, answers);
            await TroubleAsync(world, rep, answers);
            await LeadAsync(manager, rep, answers);

            await collector.TextWhenAsync("traces", x => x.Contains("api/senders/{addressOrDomain}", StringComparison.Ordinal) && x.Contains("read mailbox", StringComparison.Ordinal));
            await collector.TextWhenAsync("metrics", x => x.Contains(MailboxMetrics.Lag, StringComparison.Ordinal));
            await collector.TextWhenAsync("logs", x => x.Contains("cannot be read", StringComparison.Ordinal));
        }

        var told = string.Join('\n', [logs.Text, .. collector.Signals.Select(collector.TextOf)]);
        Assert.Equal(["logs", "metrics", "traces"], collector.Signals);
        Assert.NotEmpty(logs.Text);
        // Of a token the middle is enough for whoever finds it; its first part is the same for all.
        string[] secrets = [Password, Key, secret, token.Split('.')[1], token.Split('.')[2], ticket];
        string[] people = [Colleague, Prospect, "planted.rep", "planted.manager", "fabrikam.example", Company, Number, Number[1..], Subject, Thread, "planted%", "/api/senders/planted"];
        Assert.All(secrets.Concat(people), x => Assert.False(told.Contains(x, StringComparison.OrdinalIgnoreCase), $"{x} is told: {Around(told, x)}"));
        Assert.All(secrets[..4], x => Assert.DoesNotContain(answers, y => y.Contains(x, StringComparison.Ordinal)));
    }

    /// <returns>The rep's ticket.</returns>
    private static async Task<string> WorkAsync(World world, Person rep, ConcurrentQueue<string> answers)
    {
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Prospect}", new JsonObject { ["kind"] = "prospect" });
        var mail = await world.DeliverAsync(rep, Colleague, Thread, new JsonObject { ["subject"] = Subject });
        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count == 1);
        var gate = board["gates"]![0]!["id"]!.GetValue<string>();
        await AskAsync(rep, answers, HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = mail,
            ["conversationId"] = Thread,
            ["itemId"] = "planted-item",
            ["from"] = new JsonObject { ["name"] = "Ann", ["address"] = Colleague },
            ["receivedAt"] = "2026-03-02T08:05:00Z",
        });
        await AskAsync(rep, answers, HttpMethod.Put, $"/api/prospects/{Prospect}", new JsonObject { ["kind"] = "prospect", ["company"] = Company, ["phone"] = Number });
        await AskAsync(rep, answers, HttpMethod.Get, $"/api/prospects?search={Uri.EscapeDataString(Company)}");
        await AskAsync(rep, answers, HttpMethod.Put, $"/api/calls/{Guid.NewGuid()}", new JsonObject { ["prospect"] = Prospect, ["outcome"] = "talked" });
        await AskAsync(rep, answers, HttpMethod.Post, $"/api/gates/{gate}/waiver", new JsonObject { ["reason"] = "emergency" });
        await AskAsync(rep, answers, HttpMethod.Get, "/api/dryrun");
        await ImportAsync(rep, answers, $"Email,Company,Phone\nplanted.other@fabrikam.example,{Company},{Number}\nplanted wrong,,\n");
        await world.SendAsync(rep, Prospect, "planted-outreach");
        var issued = await rep.JsonAsync(HttpMethod.Post, "/api/reply-ticket");
        var ticket = issued["ticket"]!.GetValue<string>();
        await AskAsync(rep, answers, HttpMethod.Post, "/api/reply-check", new JsonObject { ["ticket"] = ticket, ["conversationId"] = Thread, ["to"] = new JsonArray(Colleague) });
        return ticket;
    }

    /// <summary>What goes wrong is told most.</summary>
    private static async Task TroubleAsync(World world, Person rep, ConcurrentQueue<string> answers)
    {
        await AskAsync(rep, answers, HttpMethod.Put, $"/api/senders/{Colleague}", new JsonObject { ["kind"] = "planted.kind@fabrikam.example" });
        await AskAsync(rep, answers, HttpMethod.Get, $"/api/senders/{Uri.EscapeDataString("planted nonsense @@")}");
        await AskAsync(rep, answers, HttpMethod.Get, "/planted.path@fabrikam.example?planted=fabrikam.example");
        await AskAsync(rep, answers, HttpMethod.Put, $"/api/calls/{Guid.NewGuid()}", new JsonObject { ["prospect"] = new string('x', 400) + Prospect });
        await ImportAsync(rep, answers, "\0\0\0planted.other@fabrikam.example");
        using (var stranger = world.Api(rep.Api.DefaultRequestHeaders.Authorization!.Parameter! + "x"))
        {
            answers.Enqueue(await (await stranger.GetAsync(new Uri("/api/board", UriKind.Relative), TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        await AskAsync(rep, answers, HttpMethod.Post, "/api/graph/notifications", new JsonObject
        {
            ["value"] = new JsonArray(new JsonObject { ["clientState"] = "planted-foreign-state", ["resource"] = $"users/{Colleague}/messages/planted-item" }),
        });
        await AskAsync(rep, answers, HttpMethod.Get, "/health/ready");
        await AskAsync(rep, answers, HttpMethod.Get, "/health/live");
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 403, ["match"] = "delta" });
        await World.BoardWhenAsync(rep, board => !board["gate"]!["on"]!.GetValue<bool>());
    }

    private static async Task LeadAsync(Person manager, Person rep, ConcurrentQueue<string> answers)
    {
        await AskAsync(manager, answers, HttpMethod.Get, "/api/team");
        await AskAsync(manager, answers, HttpMethod.Put, $"/api/targets/{rep.Id}", new JsonObject { ["unit"] = "calls", ["period"] = "month", ["amount"] = 400, ["from"] = "2026-03-01" });
        await AskAsync(manager, answers, HttpMethod.Put, "/api/team/senders/planted-partner.example", new JsonObject { ["kind"] = "customer" });
        await AskAsync(manager, answers, HttpMethod.Get, "/api/tenant/mailboxes");
    }

    private static async Task AskAsync(Person who, ConcurrentQueue<string> answers, HttpMethod method, string path, JsonNode? body = null)
    {
        using var answer = await who.SendAsync(method, path, body);
        answers.Enqueue($"{answer.Headers} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    private static async Task ImportAsync(Person who, ConcurrentQueue<string> answers, string file)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { content, "file", "planted.csv" } };
        using var answer = await who.Api.PostAsync(new Uri("/api/prospects/import", UriKind.Relative), form, TestContext.Current.CancellationToken);
        answers.Enqueue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Around(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    /// <summary>All that any category says at any level that is on.</summary>
    private sealed class Logs : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> lines = new();

        public string Text => string.Join('\n', lines);

        public ILogger CreateLogger(string categoryName) => new Line(categoryName, lines);

        public void Dispose()
        {
        }

        private sealed class Line(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
