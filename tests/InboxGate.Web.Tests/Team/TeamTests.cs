using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Team;

/// <summary>What a manager sees of a team, and what never.</summary>
public sealed class TeamTests(PostgresServer postgres)
{
    private static readonly string[] Shown =
    [
        "asOf", "individual", "size", "totals", "reps",
        "totals.counts", "totals.counts.calls", "totals.counts.emails", "totals.counts.meetings",
        "totals.goals", "totals.goals.calls", "totals.goals.emails", "totals.goals.meetings", "totals.onTrack",
        "reps.rep", "reps.name", "reps.date", "reps.onTrack",
        "reps.counts", "reps.counts.calls", "reps.counts.emails", "reps.counts.meetings",
        "reps.goals", "reps.goals.calls", "reps.goals.emails", "reps.goals.meetings",
        "reps.targets", "reps.targets.unit", "reps.targets.period", "reps.targets.amount", "reps.targets.from", "reps.targets.due",
        "reps.targets.done", "reps.targets.pace", "reps.targets.workingDaysLeft", "reps.targets.onTrack", "reps.targets.reachable",
    ];

    private const string AMonth = """{"unit":"calls","period":"month","amount":400,"from":"2026-03-01"}""";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Counts_stand_against_goals_without_the_reps_margin(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (manager, mira, tom) = await TeamAsync(world);
        await manager.JsonAsync(HttpMethod.Put, "/api/targets/team", JsonNode.Parse("""{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}"""));
        await mira.JsonAsync(HttpMethod.Put, "/api/plan", JsonNode.Parse("""{"margin":20}"""));
        await mira.CallAsync(statement: new JsonObject { ["outcome"] = "meeting" });
        await mira.CallAsync();
        Assert.Equal(24, (await mira.BoardAsync())["goals"]!["calls"]!.GetValue<int>());

        var monday = await GetAsync(manager);
        Assert.Equal(["mira", "tom"], monday["reps"]!.AsArray().Select(x => x!["name"]!.GetValue<string>()));
        Assert.Equal((2, 1, 20), (Number(monday, "reps.0.counts.calls"), Number(monday, "reps.0.counts.meetings"), Number(monday, "reps.0.goals.calls")));
        Assert.Equal((2, 40, 2), (Number(monday, "totals.counts.calls"), Number(monday, "totals.goals.calls"), Number(monday, "totals.onTrack")));

        // Nobody opens a pane on Tuesday: the manager sees how Monday ended all the same.
        await world.MoveClockAsync("2026-03-03T10:00:00+01:00");
        var tuesday = await GetAsync(manager);
        Assert.Equal((0, 25, 2, 20), (
            Number(tuesday, "reps.0.counts.calls"), Number(tuesday, "reps.0.goals.calls"),
            Number(tuesday, "reps.0.targets.0.done"), Number(tuesday, "reps.0.targets.0.pace")));
        Assert.False(tuesday["reps"]![0]!["onTrack"]!.GetValue<bool>());
        Assert.Equal(tom.Id, tuesday["reps"]![1]!["rep"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task Nothing_but_the_stated_fields_is_ever_shown()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        await manager.JsonAsync(HttpMethod.Put, "/api/targets/team", JsonNode.Parse("""{"unit":"calls","period":"month","amount":400,"from":"2026-03-01"}"""));
        await mira.CallAsync();

        Assert.Equal(Shown.Order(StringComparer.Ordinal), Fields(await GetAsync(manager), "").Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>All that the other answers to a manager ever hold; a kind of sender is written as *.</summary>
    public static TheoryData<string, string, string?, string> Answers => new()
    {
        { "GET", "/api/targets/{rep}", null, "history history.amount history.from history.id history.period history.scope history.setAt history.setBy history.setBy.id history.setBy.name history.takenBack history.unit inForce inForce.amount inForce.from inForce.period inForce.scope inForce.unit" },
        { "GET", "/api/targets/team", null, "history history.amount history.from history.id history.period history.scope history.setAt history.setBy history.setBy.id history.setBy.name history.takenBack history.unit inForce inForce.amount inForce.from inForce.period inForce.scope inForce.unit" },
        { "PUT", "/api/targets/{rep}", AMonth, "amount from period reps unit" },
        { "POST", "/api/targets/{rep}/preview", AMonth, "days days.after days.after.least days.after.most days.after.total days.before days.before.least days.before.most days.before.total days.date reps unreachable" },
        { "POST", "/api/targets/team/preview", AMonth, "days days.after days.after.least days.after.most days.after.total days.before days.before.least days.before.most days.before.total days.date reps unreachable" },
        { "GET", "/api/team/policy", null, "inForce inForce.callsRequired inForce.callsRequired.* inForce.counting inForce.hours inForce.inferFromMyOutreach inForce.limits inForce.managerIsVip own own.callsRequired own.callsRequired.* own.counting own.hours own.inferFromMyOutreach own.limits own.managerIsVip" },
        { "GET", "/api/team/senders", null, "entries entries.entry entries.kind next" },
        { "GET", "/api/team/holidays", null, "holidays holidays.date holidays.name" },
        { "GET", "/api/team/prospects", null, "entries entries.company entries.doNotCall entries.entry entries.kind entries.name entries.others entries.phone entries.scope entries.setAt entries.source entries.timeZones entries.usedOn next total" },
        { "GET", "/api/team/prospects/fabrikam.example", null, "board entry entry.company entry.doNotCall entry.entry entry.kind entry.name entry.others entry.phone entry.scope entry.setAt entry.source entry.timeZones entry.usedOn was" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task Every_answer_to_a_manager_is_of_stated_fields(string method, string path, string? body, string shown)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        await mira.JsonAsync(HttpMethod.Put, "/api/plan", JsonNode.Parse("""{"margin":20,"daysOff":["2026-03-05"]}"""));
        await mira.JsonAsync(HttpMethod.Put, "/api/senders/ann@fabrikam.example", JsonNode.Parse("""{"kind":"vip"}"""));
        await manager.JsonAsync(HttpMethod.Put, "/api/targets/team", JsonNode.Parse(AMonth));
        await manager.JsonAsync(HttpMethod.Put, $"/api/targets/{mira.Id}", JsonNode.Parse(AMonth));
        await manager.JsonAsync(HttpMethod.Put, "/api/team/policy", JsonNode.Parse("""{"callsRequired":{"colleague":2}}"""));
        await manager.JsonAsync(HttpMethod.Put, "/api/team/senders/fabrikam.example", JsonNode.Parse("""{"kind":"customer"}"""));
        await manager.JsonAsync(HttpMethod.Put, "/api/team/holidays/2026-12-25", JsonNode.Parse("""{"name":"Christmas"}"""));

        var answer = await manager.JsonAsync(new HttpMethod(method), path.Replace("{rep}", $"{mira.Id}", StringComparison.Ordinal), body is null ? null : JsonNode.Parse(body));

        Assert.Equal(
            shown.Split(' ').Order(StringComparer.Ordinal),
            Fields(answer, "").Select(x => Regex.Replace(x, "callsRequired\\.\\w+$", "callsRequired.*")).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("ann@fabrikam.example", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_ends_at_its_manager_and_goes_deeper_only_on_request()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (manager, mira, _) = await TeamAsync(world);
        var director = await world.UserAsync("dora@contoso.com", roles: "Manager");
        await world.SayAsync("/sim/users", new JsonObject { ["user"] = manager.Address, ["manager"] = director.Address });
        var stranger = await world.UserAsync("stan@contoso.com", roles: "Manager");
        await manager.BoardAsync();
        await World.UntilAsync(async () => Names(await GetAsync(director)).SequenceEqual(["lena"]));

        Assert.Equal(["lena", "mira", "tom"], Names(await GetAsync(director, "?transitive=true")));
        Assert.Equal(["mira", "tom"], Names(await GetAsync(manager, "?transitive=true")));
        Assert.Empty(Names(await GetAsync(stranger, "?transitive=true")));
        using var refused = await mira.SendAsync(HttpMethod.Get, "/api/team");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Without_the_individual_view_there_are_totals_alone_and_only_of_five_or_more(int size, bool hasTotals)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Team:IndividualView"] = "false" });
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        for (var number = 0; number < size; number++)
        {
            var rep = await world.UserAsync($"rep{number}@contoso.com", manager.Address);
            await World.BoardWhenAsync(rep, x => x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
            await rep.CallAsync();
        }

        var team = await GetAsync(manager);

        Assert.Empty(team["reps"]!.AsArray());
        Assert.Equal(size, Number(team, "size"));
        Assert.Equal(hasTotals ? size : null, team["totals"]?["counts"]!["calls"]!.GetValue<int>());
    }

    private static async Task<(Person Manager, Person Mira, Person Tom)> TeamAsync(World world)
    {
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        var tom = await world.UserAsync("tom@contoso.com", manager.Address);
        foreach (var rep in new[] { mira, tom })
        {
            await World.BoardWhenAsync(rep, x => x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        return (manager, mira, tom);
    }

    private static Task<JsonNode> GetAsync(Person manager, string query = "") => manager.JsonAsync(HttpMethod.Get, "/api/team" + query);

    private static IEnumerable<string> Names(JsonNode team) => team["reps"]!.AsArray().Select(x => x!["name"]!.GetValue<string>());

    private static int Number(JsonNode node, string path) => path.Split('.').Aggregate(
        node, (x, step) => int.TryParse(step, out var at) ? x[at]! : x[step]!).GetValue<int>();

    private static IEnumerable<string> Fields(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.SelectMany(x => Fields(x.Value, Under(path, x.Key)).Prepend(Under(path, x.Key))),
        JsonArray items => items.SelectMany(x => Fields(x, path)),
        _ => [],
    };

    private static string Under(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
