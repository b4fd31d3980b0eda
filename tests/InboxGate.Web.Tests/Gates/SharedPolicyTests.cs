using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Gates;

/// <summary>The policy of a team and of a tenant. It is Monday morning; mailboxes have it from 8 to 17.</summary>
public sealed class SharedPolicyTests(PostgresServer postgres)
{
    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task The_team_s_word_comes_before_the_tenant_s_and_the_rep_s_before_both(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, _) = await PeopleAsync(world);
        await PutAsync(admin, "tenant", """{"callsRequired":{"colleague":5,"customer":4},"counting":"oneByOne","managerIsVip":false}""");

        var team = await PutAsync(manager, "team", """{"callsRequired":{"colleague":2},"inferFromMyOutreach":false}""");

        Assert.Equal(["callsRequired", "inferFromMyOutreach"], team["own"]!.AsObject().Where(x => x.Value is not null).Select(x => x.Key));
        Assert.Equal((2, 4, 3), (Calls(team["inForce"], "colleague"), Calls(team["inForce"], "customer"), Calls(team["inForce"], "other")));
        Assert.Equal(("oneByOne", false, false), (Text(team["inForce"], "counting"), Flag(team["inForce"], "inferFromMyOutreach"), Flag(team["inForce"], "managerIsVip")));
        Assert.Equal((5, 3), (Calls((await GetAsync(admin, "tenant"))["inForce"], "colleague"), Calls((await GetAsync(admin, "tenant"))["inForce"], "other")));
        await mira.JsonAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse("""{"callsRequired":{"customer":1}}"""));
        var own = await mira.JsonAsync(HttpMethod.Get, "/api/policy");
        Assert.Equal((2, 1, "oneByOne", false), (Calls(own, "colleague"), Calls(own, "customer"), Text(own, "counting"), Flag(own, "managerIsVip")));

        var silent = await PutAsync(manager, "team", "{}");
        Assert.All(silent["own"]!.AsObject(), x => Assert.Null(x.Value));
        Assert.Equal(5, Calls(await mira.JsonAsync(HttpMethod.Get, "/api/policy"), "colleague"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Hours_said_for_all_replace_those_of_the_mailboxes_for_board_and_team_page_alike(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, stan) = await PeopleAsync(world);
        await manager.JsonAsync(HttpMethod.Put, "/api/targets/team", JsonNode.Parse("""{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}"""));

        await PutAsync(admin, "tenant", """{"hours":{"start":"09:00","end":"18:30","days":["tuesday","monday","monday"]}}""");

        Assert.Equal(("2026-03-02T08:00:00Z", "2026-03-02T17:30:00Z"), Hours(await mira.BoardAsync()));
        Assert.Equal(("2026-03-02T08:00:00Z", "2026-03-02T17:30:00Z"), Hours(await stan.BoardAsync()));
        Assert.Equal(50, await GoalAsync());

        var team = await PutAsync(manager, "team", """{"hours":{"start":"07:00","end":"12:00","days":["monday","tuesday","wednesday","thursday"]}}""");
        Assert.Equal("""{"start":"07:00","end":"12:00","days":["monday","tuesday","wednesday","thursday"]}""", team["inForce"]!["hours"]!.ToJsonString());
        Assert.Equal(("2026-03-02T06:00:00Z", "2026-03-02T11:00:00Z"), Hours(await mira.BoardAsync()));
        Assert.Equal(("2026-03-02T08:00:00Z", "2026-03-02T17:30:00Z"), Hours(await stan.BoardAsync()));
        Assert.Equal(25, await GoalAsync());

        await PutAsync(manager, "team", "{}");
        await PutAsync(admin, "tenant", "{}");
        Assert.Equal(("2026-03-02T07:00:00Z", "2026-03-02T16:00:00Z"), Hours(await mira.BoardAsync()));
        Assert.Equal(20, await GoalAsync());

        async Task<int> GoalAsync() => (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["reps"]![0]!["goals"]!["calls"]!.GetValue<int>();
    }

    [Fact]
    public async Task A_night_shift_said_for_the_team_is_one_day()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (_, manager, mira, _) = await PeopleAsync(world);
        await PutAsync(manager, "team", """{"hours":{"start":"22:00","end":"06:00","days":["monday","tuesday"]}}""");
        await world.MoveClockAsync("2026-03-02T23:00:00+01:00");
        await mira.CallAsync();
        await world.MoveClockAsync("2026-03-03T05:00:00+01:00");

        var board = await mira.BoardAsync();

        Assert.Equal(("2026-03-02", 1), (Text(board["today"], "date"), board["counts"]!["calls"]!.GetValue<int>()));
        var shown = (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["reps"]![0]!;
        Assert.Equal(("2026-03-02", 1), (Text(shown, "date"), shown["counts"]!["calls"]!.GetValue<int>()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_rep_s_earlier_word_is_held_within_the_limits_and_a_new_one_outside_is_refused(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, stan) = await PeopleAsync(world);
        Assert.Null((await mira.JsonAsync(HttpMethod.Get, "/api/policy"))["limits"]);
        foreach (var rep in new[] { mira, stan })
        {
            await rep.JsonAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse(
                """{"on":false,"pausedUntil":"2026-03-03T08:00:00Z","callsRequired":{"colleague":0,"customer":9},"counting":"oneByOne"}"""));
        }

        await PutAsync(admin, "tenant", """{"limits":{"callsRequired":{"colleague":{"least":2,"most":4},"customer":{"least":0,"most":5}},"maySwitchOff":false}}""");
        await PutAsync(manager, "team", """{"limits":{"callsRequired":{"customer":{"least":1,"most":3}},"mayChooseCounting":false,"longestPauseHours":4}}""");

        var held = await mira.JsonAsync(HttpMethod.Get, "/api/policy");
        Assert.Equal((2, 3, true, "shared"), (Calls(held, "colleague"), Calls(held, "customer"), Flag(held, "on"), Text(held, "counting")));
        var until = held["pausedUntil"]!.GetValue<DateTimeOffset>();
        Assert.InRange(until, World.MondayMorning.AddHours(4), World.MondayMorning.AddHours(4).AddMinutes(10));
        Assert.Equal(
            """{"callsRequired":{"colleague":{"least":2,"most":4},"customer":{"least":1,"most":3}},"maySwitchOff":false,"mayChooseCounting":false,"longestPauseHours":4}""",
            held["limits"]!.ToJsonString());
        // The team's limits are not those of others.
        var elsewhere = await stan.JsonAsync(HttpMethod.Get, "/api/policy");
        Assert.Equal((5, "oneByOne", "2026-03-03T08:00:00Z"), (Calls(elsewhere, "customer"), Text(elsewhere, "counting"), Text(elsewhere, "pausedUntil")));

        // What holds of the rep's word can be sent back as it is.
        await mira.JsonAsync(HttpMethod.Put, "/api/policy", await mira.JsonAsync(HttpMethod.Get, "/api/policy/own"));
        var before = await RevisionAsync(mira);
        foreach (var (said, named) in new[]
        {
            ("""{"callsRequired":{"colleague":1}}""", "colleague go from 2 to 4"),
            ("""{"callsRequired":{"customer":4}}""", "customer go from 1 to 3"),
            ("""{"on":false}""", "switched off"),
            ("""{"counting":"oneByOne"}""", "calls count"),
            ("""{"pausedUntil":"2026-03-02T13:00:00Z"}""", "4 hours"),
        })
        {
            using var refused = await mira.SendAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse(said));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(named, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(before, await RevisionAsync(mira));
        await mira.JsonAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse(
            """{"on":true,"pausedUntil":"2026-03-02T11:00:00Z","callsRequired":{"colleague":4,"customer":1,"other":20},"counting":"shared"}"""));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_reaches_those_it_touches_and_the_same_again_nobody(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, stan) = await PeopleAsync(world);
        var before = (Mira: await RevisionAsync(mira), Stan: await RevisionAsync(stan));

        await PutAsync(manager, "team", """{"callsRequired":{"colleague":2},"limits":{"maySwitchOff":false}}""");
        await PutAsync(manager, "team", """{"callsRequired":{"colleague":2},"limits":{"maySwitchOff":false}}""");
        Assert.Equal((before.Mira + 1, before.Stan), (await RevisionAsync(mira), await RevisionAsync(stan)));
        await PutAsync(admin, "tenant", """{"counting":"oneByOne"}""");
        Assert.Equal((before.Mira + 2, before.Stan + 1), (await RevisionAsync(mira), await RevisionAsync(stan)));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (admin, manager, mira, _) = await PeopleAsync(world);
        var before = await RevisionAsync(mira);
        foreach (var (said, status) in new[]
        {
            ("""{"callsRequired":{"colleague":21}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"callsRequired":{"colleague":-1}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"callsRequired":{"colleague":1.5}}""", HttpStatusCode.BadRequest),
            ("""{"callsRequired":{"aliens":1}}""", HttpStatusCode.BadRequest),
            ("""{"counting":"twice"}""", HttpStatusCode.BadRequest),
            ("""{"on":false}""", HttpStatusCode.BadRequest),
            ("""{"hours":{"start":"09:00","end":"09:00","days":["monday"]}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"hours":{"start":"09:00","end":"25:00","days":["monday"]}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"hours":{"start":"09:00","end":"17:00","days":[]}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"hours":{"end":"17:00","days":["monday"]}}""", HttpStatusCode.BadRequest),
            ("""{"hours":{"start":"09:00","end":"17:00"}}""", HttpStatusCode.BadRequest),
            ("""{"hours":{"start":"09:00","end":"17:00","days":["someday"]}}""", HttpStatusCode.BadRequest),
            ("""{"limits":{"callsRequired":{"colleague":{"least":3,"most":2}}}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"limits":{"callsRequired":{"colleague":{"least":0,"most":21}}}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"limits":{"callsRequired":{"colleague":{"least":-1,"most":2}}}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"limits":{"callsRequired":{"colleague":null}}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"limits":{"longestPauseHours":-1}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"limits":{"longestPauseHours":8785}}""", HttpStatusCode.UnprocessableEntity),
            ("""{"limits":{"longestLunch":1}}""", HttpStatusCode.BadRequest),
            ("[]", HttpStatusCode.BadRequest),
        })
        {
            foreach (var (who, scope) in new[] { (manager, "team"), (admin, "tenant") })
            {
                using var refused = await who.SendAsync(HttpMethod.Put, $"/api/{scope}/policy", JsonNode.Parse(said));
                Assert.True(status == refused.StatusCode, $"{said} answered {(int)refused.StatusCode}");
                Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
            }
        }

        Assert.Equal(before, await RevisionAsync(mira));
        Assert.All((await GetAsync(manager, "team"))["own"]!.AsObject(), x => Assert.Null(x.Value));
    }

    /// <summary>Mira is in Lena's team, Stan in nobody's.</summary>
    private static async Task<(Person Admin, Person Manager, Person Mira, Person Stan)> PeopleAsync(World world)
    {
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        var stan = await world.UserAsync("stan@contoso.com");
        foreach (var rep in new[] { mira, stan })
        {
            await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && Text(x["today"], "timeZone") == "Europe/Berlin");
        }

        return (admin, manager, mira, stan);
    }

    private static Task<JsonNode> PutAsync(Person who, string scope, string policy) => who.JsonAsync(HttpMethod.Put, $"/api/{scope}/policy", JsonNode.Parse(policy));

    private static Task<JsonNode> GetAsync(Person who, string scope) => who.JsonAsync(HttpMethod.Get, $"/api/{scope}/policy");

    private static async Task<long> RevisionAsync(Person rep) => (await rep.BoardAsync())["revision"]!.GetValue<long>();

    private static (string, string) Hours(JsonNode board) => (Text(board["today"], "startsAt"), Text(board["today"], "endsAt"));

    private static int Calls(JsonNode? policy, string kind) => policy!["callsRequired"]![kind]!.GetValue<int>();

    private static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();

    private static bool Flag(JsonNode? node, string name) => node![name]!.GetValue<bool>();
}
