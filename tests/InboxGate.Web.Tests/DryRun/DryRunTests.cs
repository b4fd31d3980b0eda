using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Mailbox;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.DryRun;

/// <summary>What the gate would have held, told before it holds anything.</summary>
public sealed class DryRunTests(PostgresServer postgres)
{
    private const string Ann = "ann@contoso.com";
    private const string Ben = "ben@contoso.com";

    /// <summary>No sweep of its own disturbs what is counted.</summary>
    private static readonly Dictionary<string, string?> Quiet = new() { ["Mailbox:SweepInterval"] = "01:00:00" };

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task It_tells_by_sender_what_would_have_been_held_and_why(Database database)
    {
        await using var world = await World.StartAsync(database, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:00:00Z", "lunch");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:30:00Z", "lunch");
        await DeliverAsync(world, rep, Ann, "2026-02-26T09:00:00Z");
        await DeliverAsync(world, rep, Ben, "2026-02-26T10:00:00Z");
        await DeliverAsync(world, rep, "pia@fabrikam.example", "2026-02-26T11:00:00Z");

        var told = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal((5, 3, 1, 1, false), (Number(told, "mails"), Number(told, "held"), Number(told, "joined"), Number(told, "passed"), told["truncated"]!.GetValue<bool>()));
        Assert.Equal(
            [(Ann, "colleague", "tenantDomain", 3, 2, 1, 3), (Ben, "colleague", "tenantDomain", 1, 1, 0, 3), ("pia@fabrikam.example", "unknown", "unknownSender", 1, 0, 0, 0)],
            Senders(told));
        var first = told["senders"]![0]!;
        Assert.Equal(("ann", "contoso.com", "ann is a colleague (contoso.com)."), (first["from"]!["name"]!.GetValue<string>(), first["match"]!.GetValue<string>(), first["because"]!.GetValue<string>()));
        Assert.Equal(TimeSpan.FromDays(14), Instant(told, "to") - Instant(told, "from"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_stored_and_the_revision_stays(Database database)
    {
        await using var world = await World.StartAsync(database, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:00:00Z");
        await SendAsync(world, rep, "pia@fabrikam.example", "2026-02-25T09:00:00Z", "outreach");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        var before = await RowsAsync(world);

        var told = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal(1, Number(told, "held"));
        Assert.Equal(before, await RowsAsync(world));
        var board = await rep.BoardAsync();
        Assert.Empty(board["gates"]!.AsArray());
    }

    [Fact]
    public async Task It_keeps_to_every_rule_of_the_gate()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var boss = await world.UserAsync("jon@contoso.com");
        var rep = await world.UserAsync("mira@contoso.com", boss.Address);
        // Fifteen days old; older than what is looked at.
        await DeliverAsync(world, rep, Ann, "2026-02-15T09:00:00Z");
        // The rep's own; the manager's; a meeting; machines', by name and by header; a draft.
        await DeliverAsync(world, rep, rep.Address, "2026-02-25T09:00:00Z");
        await DeliverAsync(world, rep, boss.Address, "2026-02-25T09:01:00Z");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:02:00Z", more: new JsonObject { ["@odata.type"] = "#microsoft.graph.eventMessageRequest" });
        await DeliverAsync(world, rep, "no-reply@contoso.com", "2026-02-25T09:03:00Z");
        await DeliverAsync(world, rep, Ben, "2026-02-25T09:04:00Z", more: Header("Auto-Submitted", "auto-generated"));
        await DeliverAsync(world, rep, "news@fabrikam.example", "2026-02-25T09:05:00Z", more: Header("List-Id", "<news.fabrikam.example>"));
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:06:00Z", more: new JsonObject { ["isDraft"] = true });
        // Whom the rep wrote first is a prospect; whom the rep answered is not.
        await SendAsync(world, rep, "pia@northwind.example", "2026-02-10T09:00:00Z", "outreach");
        await DeliverAsync(world, rep, "pia@northwind.example", "2026-02-25T09:07:00Z", "outreach");
        // In the evening and answered there; in the evening and not answered.
        await DeliverAsync(world, rep, Ann, "2026-02-25T18:00:00Z", "evening");
        await SendAsync(world, rep, Ann, "2026-02-25T18:10:00Z", "evening", isReply: true);
        await DeliverAsync(world, rep, Ben, "2026-02-25T18:00:00Z", "waits");
        // Answered at ten by a machine, so that the second joins; answered at ten by hand, so that it waits anew.
        await DeliverAsync(world, rep, Ann, "2026-02-26T08:00:00Z", "machine");
        await SendAsync(world, rep, Ann, "2026-02-26T08:01:00Z", "machine", isReply: true, more: Header("Auto-Submitted", "auto-replied"));
        await DeliverAsync(world, rep, Ann, "2026-02-26T10:00:00Z", "machine");
        await DeliverAsync(world, rep, Ann, "2026-02-26T08:00:00Z", "hand");
        await SendAsync(world, rep, Ann, "2026-02-26T08:01:00Z", "hand", isReply: true);
        await DeliverAsync(world, rep, Ann, "2026-02-26T10:00:00Z", "hand");
        // A gate ends with the next working day: Friday's mail joins Wednesday's no more.
        await DeliverAsync(world, rep, Ben, "2026-02-18T10:00:00Z", "long");
        await DeliverAsync(world, rep, Ben, "2026-02-20T10:00:00Z", "long");

        var told = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal(
        [
            (Ann, "colleague", "tenantDomain", 6, 3, 1, 3),
            (Ben, "colleague", "tenantDomain", 3, 3, 0, 3),
            (Ben, "automated", "machine", 1, 0, 0, 0),
            (boss.Address, "vip", "manager", 1, 0, 0, 0),
            (rep.Address, "colleague", "self", 1, 0, 0, 0),
            ("news@fabrikam.example", "automated", "machine", 1, 0, 0, 0),
            ("no-reply@contoso.com", "automated", "machine", 1, 0, 0, 0),
            ("pia@northwind.example", "prospect", "youWroteFirst", 1, 0, 0, 0),
        ], Senders(told));
    }

    [Theory]
    [InlineData("{\"on\":false}")]
    [InlineData("{\"pausedUntil\":\"2026-03-02T12:00:00Z\"}")]
    public async Task A_gate_that_is_off_or_paused_counts_as_if_it_were_on(string policy)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:00:00Z");
        var statement = JsonNode.Parse(policy)!.AsObject();
        statement["callsRequired"] = new JsonObject { ["colleague"] = 5 };
        await rep.JsonAsync(HttpMethod.Put, "/api/policy", statement);

        var told = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal([(Ann, "colleague", "tenantDomain", 1, 1, 0, 5)], Senders(told));
        Assert.Equal("paused", (await rep.BoardAsync())["gate"]!["why"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_correction_counts_at_once_and_the_mailbox_is_not_read_again()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:00:00Z");
        await DeliverAsync(world, rep, "pia@fabrikam.example", "2026-02-25T10:00:00Z");
        Assert.Equal(1, Number(await rep.JsonAsync(HttpMethod.Get, "/api/dryrun"), "held"));
        await Simulated.ForgetRequestsAsync(world);

        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Ann}", new JsonObject { ["kind"] = "prospect" });
        await rep.JsonAsync(HttpMethod.Put, "/api/senders/fabrikam.example", new JsonObject { ["kind"] = "customer" });
        var told = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal([("pia@fabrikam.example", "customer", "listedDomain", 1, 1, 0, 3), (Ann, "prospect", "listedAddress", 1, 0, 0, 0)], Senders(told));
        Assert.Empty(await Simulated.RequestsAsync(world));
    }

    [Fact]
    public async Task Two_who_ask_at_once_cost_one_reading_of_metadata_alone()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        for (var i = 0; i < 25; i++)
        {
            await DeliverAsync(world, rep, $"news{i % 3}@fabrikam.example", string.Create(CultureInfo.InvariantCulture, $"2026-02-25T09:{i:00}:00Z"));
        }

        await DeliverAsync(world, rep, Ann, "2026-02-25T10:00:00Z");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await Simulated.ForgetRequestsAsync(world);

        var told = await Task.WhenAll(rep.JsonAsync(HttpMethod.Get, "/api/dryrun"), rep.JsonAsync(HttpMethod.Get, "/api/dryrun"));

        Assert.Equal(told[0]["senders"]!.ToJsonString(), told[1]["senders"]!.ToJsonString());
        var requests = await Simulated.RequestsAsync(world);
        // Both folders; then headers in one batch: Ann's mail, and the newest of each of the three others.
        Assert.Equal(2, requests.Count(x => IsList(x)));
        Assert.Equal(1, requests.Count(x => x["path"]!.GetValue<string>().EndsWith("$batch", StringComparison.Ordinal)));
        Assert.Equal(4, requests.Count(x => x["query"]!.GetValue<string>().Contains("internetMessageHeaders", StringComparison.Ordinal)));
        Assert.DoesNotContain(requests, x => x["query"]!.GetValue<string>().Contains("body", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_thousand_mails_cost_few_requests_and_more_than_five_thousand_are_cut()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await DeliverManyAsync(world, rep, "colleague{0}@contoso.com", 4, 100);
        await DeliverManyAsync(world, rep, "news{0}@fabrikam.example", 6, 100);
        await Simulated.ForgetRequestsAsync(world);

        var thousand = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        var requests = await Simulated.RequestsAsync(world);
        Assert.Equal((1000, 10, false), (Number(thousand, "mails"), thousand["senders"]!.AsArray().Count, thousand["truncated"]!.GetValue<bool>()));
        Assert.Equal(3, requests.Count(IsList));
        // Each colleague's mail by itself; of the others the newest of each.
        Assert.Equal(400 + 6, requests.Count(x => x["query"]!.GetValue<string>().Contains("internetMessageHeaders", StringComparison.Ordinal)));
        Assert.Equal(21, requests.Count(x => x["path"]!.GetValue<string>().EndsWith("$batch", StringComparison.Ordinal)));

        await DeliverManyAsync(world, rep, "more{0}@fabrikam.example", 43, 100);
        await world.MoveClockAsync("2026-03-02T08:20:00+01:00");
        var many = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal((5000, true), (Number(many, "mails"), many["truncated"]!.GetValue<bool>()));
        Assert.True(Instant(many, "from") > Instant(many, "to").AddDays(-14));
        Assert.Equal(5000, many["senders"]!.AsArray().Sum(x => Number(x!, "mails")));
    }

    [Theory]
    [InlineData(503, null, "mailbox-unreachable")]
    [InlineData(403, null, "mailbox-unreachable")]
    [InlineData(429, 17, "mailbox-busy")]
    public async Task A_mailbox_out_of_reach_is_said_with_when_to_come_again(int status, int? retryAfter, string type)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await Simulated.FailAsync(world, "status", times: 100, match: "mailFolders/inbox/messages", status: status, retryAfter: retryAfter);

        using var refused = await rep.SendAsync(HttpMethod.Get, "/api/dryrun");

        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(("https://inboxgate.example/problems/" + type, "application/problem+json"), (problem["type"]!.GetValue<string>(), refused.Content.Headers.ContentType!.MediaType));
        Assert.Equal(TimeSpan.FromSeconds(retryAfter ?? 30), refused.Headers.RetryAfter!.Delta);
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_mailbox_that_is_back_is_read_at_once()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await Simulated.FailAsync(world, "status", times: 100, match: "mailFolders/inbox/messages", status: 403);
        using var refused = await rep.SendAsync(HttpMethod.Get, "/api/dryrun");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await Simulated.MendAsync(world);

        Assert.Equal(0, Number(await rep.JsonAsync(HttpMethod.Get, "/api/dryrun"), "mails"));
    }

    [Fact]
    public async Task On_behalf_of_the_rep_it_tells_the_same()
    {
        await using var world = await World.StartAsync(
            Database.Sqlite, postgres, settings: new Dictionary<string, string?>(Quiet) { ["Mailbox:Access"] = "delegated" },
            simulated: options => options with { ApplicationPermissions = [] });
        var rep = await world.UserAsync("mira@contoso.com");
        await DeliverAsync(world, rep, Ann, "2026-02-25T09:00:00Z");

        var told = await rep.JsonAsync(HttpMethod.Get, "/api/dryrun");

        Assert.Equal([(Ann, "colleague", "tenantDomain", 1, 1, 0, 3)], Senders(told));
    }

    [Fact]
    public async Task Without_a_token_it_tells_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: Quiet);
        using var stranger = world.Api(null);

        using var refused = await stranger.GetAsync("/api/dryrun", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    /// <summary>Mail of the last hours, unheard by the watch.</summary>
    private static Task<JsonNode> DeliverManyAsync(World world, Person to, string from, int senders, int mailsEach) => world.SayAsync("/sim/messages", new JsonObject
    {
        ["user"] = to.Address,
        ["messages"] = new JsonArray([.. Enumerable.Range(0, senders).Select(x => new JsonObject
        {
            ["subject"] = "A question",
            ["from"] = World.Correspondent(string.Format(CultureInfo.InvariantCulture, from, x)),
        })]),
        ["times"] = mailsEach,
        ["secondsApart"] = 600,
        ["notify"] = false,
    });

    private static bool IsList(JsonNode request) =>
        request["path"]!.GetValue<string>().EndsWith("/messages", StringComparison.Ordinal) && request["method"]!.GetValue<string>() == "GET";

    private static Task<string> DeliverAsync(World world, Person to, string from, string receivedAt, string? conversation = null, JsonObject? more = null)
    {
        var message = more ?? [];
        message["receivedDateTime"] = receivedAt;
        return world.DeliverAsync(to, from, conversation, message);
    }

    private static async Task SendAsync(
        World world, Person from, string to, string sentAt, string conversation, bool isReply = false, JsonObject? more = null)
    {
        var message = more ?? [];
        message["subject"] = isReply ? "Re: A question" : "An offer";
        message["conversationId"] = conversation;
        message["sentDateTime"] = sentAt;
        message["toRecipients"] = new JsonArray(World.Correspondent(to));
        await world.SayAsync("/sim/sent", new JsonObject { ["user"] = from.Address, ["message"] = message });
    }

    private static JsonObject Header(string name, string value) =>
        new() { ["internetMessageHeaders"] = new JsonArray(new JsonObject { ["name"] = name, ["value"] = value }) };

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();

    private static DateTimeOffset Instant(JsonNode node, string name) => node[name]!.GetValue<DateTimeOffset>();

    private static (string?, string, string, int, int, int, int)[] Senders(JsonNode told) =>
    [
        .. told["senders"]!.AsArray().Select(x => (
            x!["from"]!["address"]?.GetValue<string>(), x["senderKind"]!.GetValue<string>(), x["reason"]!.GetValue<string>(),
            Number(x, "mails"), Number(x, "held"), Number(x, "joined"), Number(x, "callsRequired"))),
    ];

    /// <summary>Every row of every table.</summary>
    private static async Task<string> RowsAsync(World world)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var rows = new List<object?>();
        foreach (var set in typeof(Store).GetProperties().Where(x => x.PropertyType.IsGenericType && x.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>)))
        {
            rows.AddRange(((IEnumerable<object>)set.GetValue(store)!).Select(x => JsonSerializer.Serialize(x, x.GetType())).Order());
        }

        return string.Join('\n', rows);
    }
}
