using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace InboxGate.Web.Tests.Stories;

/// <summary>A mail arrives, the gate asks for three calls, three clicks earn the answer: through HTTP, on both databases.</summary>
public sealed class TheMainJob(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_colleagues_mail_waits_for_three_calls_and_three_calls_earn_it(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague);

        var waiting = await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        var gate = waiting["gates"]![0]!;
        Assert.Equal("colleague", gate["senderKind"]!.GetValue<string>());
        Assert.Equal("tenantDomain", gate["reason"]!.GetValue<string>());
        Assert.Equal("contoso.com", gate["match"]!.GetValue<string>());
        Assert.Equal(3, gate["callsRemaining"]!.GetValue<int>());
        Assert.Equal("gate", waiting["nextStep"]!["kind"]!.GetValue<string>());

        await rep.CallAsync();
        await rep.CallAsync();
        var two = await rep.BoardAsync();
        Assert.Equal(1, two["gates"]![0]!["callsRemaining"]!.GetValue<int>());
        Assert.Equal("pending", two["gates"]![0]!["state"]!.GetValue<string>());

        var last = Guid.NewGuid();
        var earned = await rep.CallAsync(last);
        Assert.Equal("earned", earned["gates"]![0]!["state"]!.GetValue<string>());
        Assert.NotNull(earned["gates"]![0]!["earnedAt"]);

        var undone = await rep.JsonAsync(HttpMethod.Delete, $"/api/calls/{last}");
        Assert.Equal("pending", undone["gates"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(2, undone["counts"]!["calls"]!.GetValue<int>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_call_written_again_changes_nothing_and_an_undone_one_is_not_revived(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        var id = Guid.NewGuid();

        using var first = await rep.SendAsync(HttpMethod.Put, $"/api/calls/{id}");
        using var again = await rep.SendAsync(HttpMethod.Put, $"/api/calls/{id}", new JsonObject { ["secondsAgo"] = 30 });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);

        await rep.JsonAsync(HttpMethod.Delete, $"/api/calls/{id}");
        var revived = await rep.CallAsync(id);
        Assert.Equal(0, revived["counts"]!["calls"]!.GetValue<int>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_undo_that_overtakes_its_call_is_kept(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        var id = Guid.NewGuid();

        await rep.JsonAsync(HttpMethod.Delete, $"/api/calls/{id}");
        var board = await rep.CallAsync(id);

        Assert.Equal(0, board["counts"]!["calls"]!.GetValue<int>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_clicks_at_once_are_each_counted_once(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();

        await Task.WhenAll(ids.Concat(ids).Select(id => rep.CallAsync(id)));

        var board = await rep.BoardAsync();
        Assert.Equal(ids.Length, board["counts"]!["calls"]!.GetValue<int>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_second_window_is_told_the_new_revision(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        var other = await world.UserAsync("otto@contoso.com");
        await World.BoardWhenAsync(other, board => board["gate"]!["on"]!.GetValue<bool>());
        ConcurrentQueue<long> told = [];
        ConcurrentQueue<long> toldOther = [];
        await using var window = await WindowAsync(world, rep, told.Enqueue);
        await using var othersWindow = await WindowAsync(world, other, toldOther.Enqueue);
        var others = (await other.BoardAsync())["revision"]!.GetValue<long>();

        long revision;
        do
        {
            revision = (await rep.CallAsync())["revision"]!.GetValue<long>();
        }
        while (revision <= others);

        await World.UntilAsync(() => Task.FromResult(told.Contains(revision)));
        Assert.DoesNotContain(revision, toldOther);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_unchanged_board_answers_304_and_any_change_gives_it_another_tag(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        using var first = await rep.SendAsync(HttpMethod.Get, "/api/board");

        using var same = await IfChangedAsync(rep, first);
        await rep.CallAsync();
        using var changed = await IfChangedAsync(rep, first);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, changed.StatusCode));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Answering_in_Outlook_closes_the_gate_and_erases_who_wrote(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague, "thread");
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        await world.SendAsync(rep, Colleague, "thread");

        var board = await World.BoardWhenAsync(rep, x => x["gates"]![0]!["state"]!.GetValue<string>() == "answered");
        Assert.Null(board["gates"]![0]!["from"]);
        Assert.Null(board["gates"]![0]!["subject"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_mail_moved_out_of_the_inbox_releases_its_gate(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        var id = await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        await world.SayAsync("/sim/moves", new JsonObject { ["user"] = rep.Address, ["internetMessageId"] = id, ["folder"] = "archive" });

        await World.BoardWhenAsync(rep, x => x["gates"]![0]!["state"]!.GetValue<string>() == "released");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_tap_corrects_a_sender_and_taking_it_back_brings_the_gate_back(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        var corrected = await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Colleague}", new JsonObject { ["kind"] = "prospect" });
        Assert.Equal("released", corrected["board"]!["gates"]![0]!["state"]!.GetValue<string>());

        var back = await rep.JsonAsync(HttpMethod.Delete, $"/api/senders/{Colleague}");
        Assert.Equal("pending", back["board"]!["gates"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(Colleague, back["board"]!["gates"]![0]!["from"]!["address"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Answer_now_is_always_possible_and_can_be_taken_back(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague);
        var gate = (await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1))["gates"]![0]!["id"]!.GetValue<string>();
        var reason = new JsonObject { ["reason"] = "The customer is on the line." };

        var waived = await rep.JsonAsync(HttpMethod.Post, $"/api/gates/{gate}/waiver", reason);
        Assert.Equal("waived", waived["gates"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(1, waived["waivers"]!["emergencyLeft"]!.GetValue<int>());

        using var again = await rep.SendAsync(HttpMethod.Post, $"/api/gates/{gate}/waiver", reason);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        var back = await rep.JsonAsync(HttpMethod.Delete, $"/api/gates/{gate}/waiver");
        Assert.Equal("pending", back["gates"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(2, back["waivers"]!["emergencyLeft"]!.GetValue<int>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_pane_may_show_a_mail_before_the_watch_has_seen_it(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);

        var verdict = await rep.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = "<early@contoso.com>",
            ["conversationId"] = "early",
            ["from"] = new JsonObject { ["name"] = "Ann", ["address"] = Colleague },
        });

        Assert.Equal("colleague", verdict["senderKind"]!.GetValue<string>());
        Assert.Equal(3, verdict["gate"]!["callsRemaining"]!.GetValue<int>());
        Assert.Single(verdict["board"]!["gates"]!.AsArray());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_prospect_who_answers_the_reps_own_mail_is_never_held(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.SendAsync(rep, "pia@fabrikam.example", "outreach");
        await world.DeliverAsync(rep, "pia@fabrikam.example", "outreach", new JsonObject { ["internetMessageId"] = "<answer@fabrikam.example>" });
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        JsonNode? verdict = null;
        for (var i = 0; i < 50 && verdict?["reason"]!.GetValue<string>() != "youWroteFirst"; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            verdict = await rep.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
            {
                ["internetMessageId"] = "<answer@fabrikam.example>",
                ["conversationId"] = "outreach",
                ["from"] = new JsonObject { ["name"] = "Pia", ["address"] = "pia@fabrikam.example" },
            });
        }

        Assert.Equal("prospect", verdict!["senderKind"]!.GetValue<string>());
        Assert.Null(verdict["gate"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_managers_number_becomes_the_days_pieces_and_the_day_passes(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var boss = await world.UserAsync("jon@contoso.com", null, "Manager");
        var rep = await EnrolledAsync(world, boss.Address);

        await boss.JsonAsync(HttpMethod.Put, $"/api/targets/{rep.Id}", new JsonObject { ["unit"] = "calls", ["period"] = "day", ["amount"] = 20, ["from"] = "2026-03-02" });
        var board = await rep.BoardAsync();
        Assert.Equal(21, board["goals"]!["calls"]!.GetValue<int>());
        Assert.Equal([("morning", 7, "next"), ("lunch", 16, "later"), ("leaving", 21, "later")], Pieces(board));

        await world.MoveClockAsync("2026-03-02T09:30:00+01:00");
        board = await rep.BoardAsync();
        Assert.Equal([("morning", 7, "missed"), ("lunch", 14, "next"), ("leaving", 21, "later")], Pieces(board));

        using var stranger = await (await world.UserAsync("eve@contoso.com", null, "Manager"))
            .SendAsync(HttpMethod.Put, $"/api/targets/{rep.Id}", new JsonObject { ["unit"] = "calls", ["period"] = "day", ["amount"] = 1, ["from"] = "2026-03-02" });
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Off_hours_nothing_is_held_and_the_mail_waits_on_the_next_working_morning(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.MoveClockAsync("2026-03-02T19:00:00+01:00");
        await world.DeliverAsync(rep, Colleague);

        var evening = await rep.BoardAsync();
        Assert.False(evening["gate"]!["on"]!.GetValue<bool>());
        Assert.Equal("offHours", evening["gate"]!["why"]!.GetValue<string>());
        Assert.Empty(evening["gates"]!.AsArray());

        await world.MoveClockAsync("2026-03-03T08:30:00+01:00");
        var morning = await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        Assert.Equal("2026-03-03T07:00:00Z", morning["gates"]![0]!["openedAt"]!.GetValue<DateTimeOffset>().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task While_Graph_is_down_the_gate_is_off_and_it_comes_back_alone(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await EnrolledAsync(world);
        await world.SayAsync("/sim/faults", new JsonObject { ["match"] = "/v1.0", ["times"] = 100000, ["kind"] = "status", ["status"] = 503 });

        var off = await World.BoardWhenAsync(rep, board => !board["gate"]!["on"]!.GetValue<bool>());
        Assert.Equal("mailboxUnreachable", off["gate"]!["why"]!.GetValue<string>());

        using var cleared = await world.Simulator.DeleteAsync("/sim/faults", TestContext.Current.CancellationToken);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
    }

    private static async Task<Person> EnrolledAsync(World world, string? manager = null)
    {
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com", manager);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    private static async Task<HubConnection> WindowAsync(World world, Person rep, Action<long> told)
    {
        var token = rep.Api.DefaultRequestHeaders.Authorization!.Parameter;
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(world.Address, "/hubs/board"), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult(token);
            })
            .Build();
        hub.On("revision", told);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    private static async Task<HttpResponseMessage> IfChangedAsync(Person rep, HttpResponseMessage known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/board");
        request.Headers.IfNoneMatch.Add(known.Headers.ETag!);
        return await rep.Api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static (string, int, string)[] Pieces(JsonNode board) =>
        [.. board["checkpoints"]!.AsArray().Select(x => (x!["key"]!.GetValue<string>(), x["due"]!.GetValue<int>(), x["state"]!.GetValue<string>()))];
}
