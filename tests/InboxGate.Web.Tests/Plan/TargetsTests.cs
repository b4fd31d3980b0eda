using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Plan;

/// <summary>What a manager asks, previews and takes back. It is Monday, the second of March; a week has five working days.</summary>
public sealed class TargetsTests(PostgresServer postgres)
{
    private const string AHundredAWeek = """{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}""";
    private const string SomeId = "0f0e0d0c-0b0a-4009-8807-060504030201";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_asked_stays_on_record_and_can_be_taken_back(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (manager, mira, tom) = await TeamAsync(world);
        await AskAsync(manager, "team", AHundredAWeek);
        await AskAsync(manager, mira.Id, """{"unit":"calls","period":"week","amount":50,"from":"2026-03-02"}""");
        await AskAsync(manager, mira.Id, """{"unit":"meetings","period":"month","amount":4,"from":"2026-04-01"}""");

        var asked = await GetAsync(manager, mira.Id);
        Assert.Equal([("calls", 50, "rep")], asked["inForce"]!.AsArray().Select(x => (Text(x, "unit"), Number(x, "amount"), Text(x, "scope"))));
        Assert.Equal([("meetings", "rep"), ("calls", "rep"), ("calls", "team")], asked["history"]!.AsArray().Select(x => (Text(x, "unit"), Text(x, "scope"))));
        Assert.Equal((manager.Id, "lena"), (asked["history"]![0]!["setBy"]!["id"]!.GetValue<Guid>(), Text(asked["history"]![0]!["setBy"], "name")));
        Assert.Equal((11, 21), (await GoalAsync(mira), await GoalAsync(tom)));
        Assert.Equal([100], (await GetAsync(manager, "team"))["inForce"]!.AsArray().Select(x => Number(x, "amount")));

        var own = Text(asked["history"]![1], "id");
        await TakeBackAsync(manager, mira.Id, own);
        Assert.Equal(21, await GoalAsync(mira));
        var revision = await RevisionAsync(mira);
        var again = await TakeBackAsync(manager, mira.Id, own);
        Assert.Equal(revision, await RevisionAsync(mira));
        Assert.Equal([(100, "team")], again["inForce"]!.AsArray().Select(x => (Number(x, "amount"), Text(x, "scope"))));
        Assert.Equal((manager.Id, null), (again["history"]![1]!["takenBack"]!["by"]!["id"]!.GetValue<Guid>(), again["history"]![0]!["takenBack"]));

        // The team's is not the rep's to take back, nor the other way round.
        foreach (var (whose, id) in new[] { ($"{mira.Id}", Text(asked["history"]![2], "id")), ("team", own), ("team", SomeId) })
        {
            using var unknown = await manager.SendAsync(HttpMethod.Delete, $"/api/targets/{whose}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }

        Assert.Equal(21, await GoalAsync(tom));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_finished_day_keeps_its_goal_whatever_is_asked_or_taken_back_later(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        await AskAsync(manager, "team", """{"unit":"calls","period":"day","amount":20,"from":"2026-03-02"}""");
        var id = Text((await GetAsync(manager, "team"))["history"]![0], "id");

        // Nobody opened a pane since: Monday is closed only after both.
        await world.MoveClockAsync("2026-03-03T08:10:00+01:00");
        await TakeBackAsync(manager, "team", id);
        await AskAsync(manager, mira.Id, """{"unit":"emails","period":"day","amount":7,"from":"2026-03-01"}""");

        var board = await mira.BoardAsync();
        Assert.Equal((0, 8), (Number(board["goals"], "calls"), Number(board["goals"], "emails")));
        var monday = (await mira.JsonAsync(HttpMethod.Get, "/api/history?from=2026-03-02&to=2026-03-02"))["days"]![0]!;
        Assert.Equal((21, 0), (Number(monday, "callsGoal"), Number(monday, "emailsGoal")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_at_once_the_last_holds_for_everybody(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (manager, mira, tom) = await TeamAsync(world);
        var before = await RevisionAsync(mira);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(amount =>
            AskAsync(manager, "team", $$"""{"unit":"calls","period":"day","amount":{{amount * 10}},"from":"2026-03-02"}""")));
        var targets = await GetAsync(manager, "team");
        Assert.Equal(8, targets["history"]!.AsArray().Count);
        var holds = Number(Assert.Single(targets["inForce"]!.AsArray()), "amount");
        Assert.Equal(Number(targets["history"]![0]!, "amount"), holds);

        // The same again, from everywhere, is the same.
        await Task.WhenAll(Enumerable.Range(1, 4).Select(async _ =>
            Assert.Equal(2, Number(await AskAsync(manager, "team", $$"""{"unit":"calls","period":"day","amount":{{holds}},"from":"2026-03-02"}"""), "reps"))));
        Assert.Equal(before + 8, await RevisionAsync(mira));
        Assert.Equal(await GoalAsync(mira), await GoalAsync(tom));
    }

    [Fact]
    public async Task Another_managers_word_is_not_talked_over_unseen()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        await AskAsync(manager, mira.Id, AHundredAWeek);
        var next = await world.UserAsync("nora@contoso.com", roles: "Manager");
        var administrator = await world.UserAsync("ada@contoso.com", roles: "Admin");
        await next.BoardAsync();
        using var placed = await administrator.SendAsync(HttpMethod.Put, $"/api/tenant/teams/{next.Id}/{mira.Id}");
        Assert.Equal(HttpStatusCode.NoContent, placed.StatusCode);
        var before = await RevisionAsync(mira);

        using var refused = await next.SendAsync(HttpMethod.Put, $"/api/targets/{mira.Id}", JsonNode.Parse("""{"unit":"calls","period":"week","amount":120,"from":"2026-03-02"}"""));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(before, await RevisionAsync(mira));

        await TakeBackAsync(next, mira.Id, (await GetAsync(next, mira.Id))["history"]![0]!["id"]!.GetValue<string>());
        await AskAsync(next, mira.Id, """{"unit":"calls","period":"week","amount":120,"from":"2026-03-02"}""");
        Assert.Equal(26, await GoalAsync(mira));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_preview_shows_each_day_before_and_after_and_saves_nothing(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (manager, mira, tom) = await TeamAsync(world);
        await AskAsync(manager, mira.Id, AHundredAWeek);
        await mira.JsonAsync(HttpMethod.Put, "/api/plan", JsonNode.Parse("""{"margin":20,"daysOff":["2026-03-06"]}"""));
        var revisions = (await RevisionAsync(mira), await RevisionAsync(tom));

        var team = await PreviewAsync(manager, "team", """{"unit":"calls","period":"week","amount":200,"from":"2026-03-09"}""");

        Assert.Equal((2, 0, 14), (Number(team, "reps"), Number(team, "unreachable"), team["days"]!.AsArray().Count));
        Assert.Equal(("2026-03-02", 25, 0, 25), Day(team, 0, "before"));
        Assert.Equal(("2026-03-02", 25, 0, 25), Day(team, 0, "after"));
        Assert.Equal(("2026-03-06", 0, 0, 0), Day(team, 4, "before"));
        Assert.Equal(("2026-03-09", 20, 0, 20), Day(team, 7, "before"));
        Assert.Equal(("2026-03-09", 80, 40, 40), Day(team, 7, "after"));

        // From far back in the quarter too much is missing by now for anybody.
        var late = await PreviewAsync(manager, tom.Id, """{"unit":"calls","period":"quarter","amount":6400,"from":"2026-01-01"}""");
        Assert.Equal((1, 1), (Number(late, "reps"), Number(late, "unreachable")));
        Assert.Equal(("2026-03-02", 125, 125, 125), Day(late, 0, "after"));

        Assert.Equal(revisions, (await RevisionAsync(mira), await RevisionAsync(tom)));
        Assert.Empty((await GetAsync(manager, "team"))["history"]!.AsArray());
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_and_changes_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        await AskAsync(manager, mira.Id, AHundredAWeek);
        var before = (await RevisionAsync(mira), (await GetAsync(manager, mira.Id)).ToJsonString());
        (string Body, HttpStatusCode Status)[] bad =
        [
            (Statement("0"), HttpStatusCode.UnprocessableEntity),
            (Statement("-1"), HttpStatusCode.UnprocessableEntity),
            (Statement("100001"), HttpStatusCode.UnprocessableEntity),
            (Statement("1000000000"), HttpStatusCode.UnprocessableEntity),
            (Statement("100000000000"), HttpStatusCode.BadRequest),
            (Statement("1.5"), HttpStatusCode.BadRequest),
            (Statement("\"abc\""), HttpStatusCode.BadRequest),
            (Statement("null"), HttpStatusCode.BadRequest),
            (Statement("5", from: "2027-03-04"), HttpStatusCode.UnprocessableEntity),
            (Statement("5", from: "2025-02-28"), HttpStatusCode.UnprocessableEntity),
            (Statement("5", from: "0001-01-01"), HttpStatusCode.UnprocessableEntity),
            (Statement("5", from: "9999-12-31"), HttpStatusCode.UnprocessableEntity),
            (Statement("5", from: "2026-02-30"), HttpStatusCode.BadRequest),
            (Statement("5", from: "tomorrow"), HttpStatusCode.BadRequest),
            (Statement("5", unit: "smiles"), HttpStatusCode.BadRequest),
            (Statement("5", period: "year"), HttpStatusCode.BadRequest),
            (Statement("5", more: ",\"for\":\"all\""), HttpStatusCode.BadRequest),
            ("""{"unit":"calls","period":"day","from":"2026-03-02"}""", HttpStatusCode.BadRequest),
            ("[]", HttpStatusCode.BadRequest),
            ("{", HttpStatusCode.BadRequest),
            ("", HttpStatusCode.BadRequest),
        ];

        foreach (var whose in new[] { "team", $"{mira.Id}" })
        {
            foreach (var (body, status) in bad)
            {
                await RefusedAsync(HttpMethod.Put, $"/api/targets/{whose}", body, status);
                await RefusedAsync(HttpMethod.Post, $"/api/targets/{whose}/preview", body, status);
            }
        }

        await RefusedAsync(HttpMethod.Put, "/api/targets/everybody", AHundredAWeek, HttpStatusCode.UnprocessableEntity);
        await RefusedAsync(HttpMethod.Delete, $"/api/targets/{mira.Id}/seven", null, HttpStatusCode.NotFound);
        Assert.Equal(before, (await RevisionAsync(mira), (await GetAsync(manager, mira.Id)).ToJsonString()));

        async Task RefusedAsync(HttpMethod method, string path, string? body, HttpStatusCode status)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await manager.Api.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(status == answer.StatusCode, $"{method} {path} {body} answered {(int)answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Only_direct_reports_are_asked()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        var director = await world.UserAsync("dora@contoso.com", roles: "Manager");
        await world.SayAsync("/sim/users", new JsonObject { ["user"] = manager.Address, ["manager"] = director.Address });
        await manager.BoardAsync();
        await World.UntilAsync(async () => (await director.JsonAsync(HttpMethod.Get, "/api/team?transitive=true"))["size"]!.GetValue<int>() == 3);
        await AskAsync(manager, mira.Id, AHundredAWeek);
        var id = Text((await GetAsync(manager, mira.Id))["history"]![0], "id");
        var before = await RevisionAsync(mira);

        foreach (var who in new[] { director, await world.UserAsync("stan@contoso.com", roles: "Manager"), mira })
        {
            foreach (var rep in new[] { mira.Id, Guid.NewGuid() })
            {
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(who, HttpMethod.Get, $"/api/targets/{rep}"));
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(who, HttpMethod.Put, $"/api/targets/{rep}", AHundredAWeek));
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(who, HttpMethod.Post, $"/api/targets/{rep}/preview", AHundredAWeek));
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(who, HttpMethod.Delete, $"/api/targets/{rep}/{id}"));
            }
        }

        // What the director asks of their team is asked of those who report to them.
        Assert.Equal(1, Number(await AskAsync(director, "team", AHundredAWeek), "reps"));
        Assert.Equal(before, await RevisionAsync(mira));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Where_single_reps_are_hidden_the_team_alone_can_be_asked(int size)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Team:IndividualView"] = "false" });
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        Person? rep = null;
        for (var number = 0; number < size; number++)
        {
            rep = await world.UserAsync($"rep{number}@contoso.com", manager.Address);
            await World.BoardWhenAsync(rep, x => x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(manager, HttpMethod.Get, $"/api/targets/{rep!.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(manager, HttpMethod.Put, $"/api/targets/{rep.Id}", AHundredAWeek));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(manager, HttpMethod.Post, $"/api/targets/{rep.Id}/preview", AHundredAWeek));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(manager, HttpMethod.Delete, $"/api/targets/{rep.Id}/{SomeId}"));
        var preview = await PreviewAsync(manager, "team", AHundredAWeek);
        Assert.Equal((size, size == 5 ? 14 : 0), (Number(preview, "reps"), preview["days"]!.AsArray().Count));
        Assert.Equal(size == 5 ? 0 : null, preview["unreachable"]?.GetValue<int>());
        Assert.All(preview["days"]!.AsArray(), x => Assert.Null(x!["after"]!["least"] ?? x["after"]!["most"] ?? x["before"]!["least"] ?? x["before"]!["most"]));
        Assert.Equal(size, Number(await AskAsync(manager, "team", AHundredAWeek), "reps"));
        Assert.Equal(21, await GoalAsync(rep));
    }

    private static async Task<(Person Manager, Person Mira, Person Tom)> TeamAsync(World world)
    {
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        var tom = await world.UserAsync("tom@contoso.com", manager.Address);
        foreach (var rep in new[] { mira, tom })
        {
            await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        return (manager, mira, tom);
    }

    private static string Statement(string amount, string unit = "calls", string period = "day", string from = "2026-03-02", string more = "") =>
        $$"""{"unit":"{{unit}}","period":"{{period}}","amount":{{amount}},"from":"{{from}}"{{more}}}""";

    private static Task<JsonNode> AskAsync(Person manager, object whose, string target) =>
        manager.JsonAsync(HttpMethod.Put, $"/api/targets/{whose}", JsonNode.Parse(target));

    private static Task<JsonNode> PreviewAsync(Person manager, object whose, string target) =>
        manager.JsonAsync(HttpMethod.Post, $"/api/targets/{whose}/preview", JsonNode.Parse(target));

    private static Task<JsonNode> TakeBackAsync(Person manager, object whose, string id) =>
        manager.JsonAsync(HttpMethod.Delete, $"/api/targets/{whose}/{id}");

    private static Task<JsonNode> GetAsync(Person manager, object whose) => manager.JsonAsync(HttpMethod.Get, $"/api/targets/{whose}");

    private static async Task<HttpStatusCode> StatusAsync(Person who, HttpMethod method, string path, string? body = null)
    {
        using var answer = await who.SendAsync(method, path, body is null ? null : JsonNode.Parse(body));
        return answer.StatusCode;
    }

    private static (string, int, int, int) Day(JsonNode preview, int number, string when)
    {
        var day = preview["days"]![number]!;
        return (Text(day, "date"), Number(day[when], "total"), Number(day[when], "least"), Number(day[when], "most"));
    }

    private static async Task<int> GoalAsync(Person rep) => Number((await rep.BoardAsync())["goals"], "calls");

    private static async Task<long> RevisionAsync(Person rep) => (await rep.BoardAsync())["revision"]!.GetValue<long>();

    private static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();

    private static int Number(JsonNode? node, string name) => node![name]!.GetValue<int>();
}
