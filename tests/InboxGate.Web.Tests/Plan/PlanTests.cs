using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Plan;

/// <summary>The rep's own plan: pieces, margin, days off. Twenty calls a day are asked.</summary>
public sealed class PlanTests(PostgresServer postgres)
{
    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task What_asks_for_more_counts_today_and_what_asks_for_less_tomorrow(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await AskedAsync(world);
        Assert.Equal(21, CallsGoal(await rep.BoardAsync()));

        var harder = await PutAsync(rep, """{"margin":20}""");
        Assert.Equal(("2026-03-02", 24), (harder["countsFrom"]!.GetValue<string>(), CallsGoal(await rep.BoardAsync())));
        var easier = await PutAsync(rep, """{"margin":0,"checkpoints":[{"time":"15:00","share":100}]}""");
        Assert.Equal("2026-03-03", easier["countsFrom"]!.GetValue<string>());
        Assert.Equal(0, easier["margin"]!.GetValue<int>());
        var today = await rep.BoardAsync();
        Assert.Equal((24, "morning"), (CallsGoal(today), today["checkpoints"]![0]!["key"]!.GetValue<string>()));

        await world.MoveClockAsync("2026-03-03T08:10:00+01:00");
        var tomorrow = await rep.BoardAsync();
        Assert.Equal((20, "own1"), (CallsGoal(tomorrow), Assert.Single(tomorrow["checkpoints"]!.AsArray())!["key"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Days_off_and_half_days_count_at_once()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await AskedAsync(world, """{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}""");
        Assert.Equal(21, CallsGoal(await rep.BoardAsync()));

        // 105 over four and a half days.
        await PutAsync(rep, """{"halfDays":["2026-03-06"]}""");
        Assert.Equal(24, CallsGoal(await rep.BoardAsync()));
        await PutAsync(rep, """{"halfDays":["2026-03-02"]}""");
        var half = await rep.BoardAsync();
        Assert.Equal((12, "2026-03-02T11:30:00Z"), (CallsGoal(half), half["today"]!["endsAt"]!.GetValue<string>()));
        await PutAsync(rep, """{"daysOff":["2026-03-02"],"halfDays":["2026-03-02"]}""");
        var off = await rep.BoardAsync();
        Assert.Equal((0, false), (CallsGoal(off), off["today"]!["working"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("""{"margin":21}""")]
    [InlineData("""{"margin":-1}""")]
    [InlineData("""{"checkpoints":[]}""")]
    [InlineData("""{"checkpoints":[null]}""")]
    [InlineData("""{"checkpoints":[{"time":"09:00","share":50},{"time":"12:00","share":40},{"time":"16:00","share":100}]}""")]
    [InlineData("""{"checkpoints":[{"time":"09:00","share":99}]}""")]
    [InlineData("""{"checkpoints":[{"time":"12:00","share":50},{"time":"09:00","share":100}]}""")]
    [InlineData("""{"checkpoints":[{"time":"25:00","share":100}]}""")]
    [InlineData("""{"checkpoints":[{"time":"07:30","share":50},{"time":"16:00","share":100}]}""")]
    [InlineData("""{"checkpoints":[{"time":"09:00","share":50},{"time":"17:30","share":100}]}""")]
    [InlineData("""{"margin":5,"colour":"red"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"margin":"five"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"margin":5.5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"daysOff":["Christmas"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"daysOff":"2026-12-24"}""", HttpStatusCode.BadRequest)]
    [InlineData("""[]""", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task What_does_not_hold_is_refused_and_changes_nothing(string plan, HttpStatusCode status = HttpStatusCode.UnprocessableEntity)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await AskedAsync(world);
        var before = await rep.BoardAsync();

        foreach (var (method, path) in new[] { (HttpMethod.Put, "/api/plan"), (HttpMethod.Post, "/api/plan/preview") })
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(plan, Encoding.UTF8, "application/json") };
            using var answer = await rep.Api.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal(before["revision"]!.GetValue<long>(), (await rep.BoardAsync())["revision"]!.GetValue<long>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_plan_is_tried_before_it_is_put_and_nothing_is_saved(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await AskedAsync(world, """{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}""");
        var (plan, revision) = (await rep.JsonAsync(HttpMethod.Get, "/api/plan"), (await rep.BoardAsync())["revision"]!.GetValue<long>());
        Assert.Equal("lena@contoso.com", plan["manager"]!.GetValue<string>());

        var tried = await PreviewAsync(rep, """{"checkpoints":[{"time":"10:00","share":50},{"time":"16:00","share":100}],"margin":0,"halfDays":["2026-03-06"]}""");

        var expected = JsonNode.Parse("""
            {
              "countsFrom": "2026-03-03",
              "day": { "start": "08:00", "end": "17:00" },
              "checkpoints": [{ "key": "own1", "time": "10:00", "share": 50 }, { "key": "own2", "time": "16:00", "share": 100 }],
              "today": { "before": { "calls": 21, "emails": 0, "meetings": 0 }, "after": { "calls": 24, "emails": 0, "meetings": 0 } },
              "sums": [{
                "unit": "calls", "period": "week", "asked": 100, "until": "2026-03-08", "done": 0, "pieces": [12, 11], "perDay": 23,
                "wholeDays": 4, "halfDays": 1, "total": 104, "reaches": true, "ruling": true
              }]
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, tried), tried.ToJsonString());
        Assert.True(JsonNode.DeepEquals(plan, await rep.JsonAsync(HttpMethod.Get, "/api/plan")));
        Assert.Equal(revision, (await rep.BoardAsync())["revision"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"margin":20}""")]
    [InlineData("""{"margin":20,"halfDays":["2026-03-03"]}""")]
    [InlineData("""{"margin":0,"daysOff":["2026-03-03","2026-03-04"]}""")]
    [InlineData("""{"margin":0,"daysOff":["2026-03-04"]}""")]
    [InlineData("""{"keepsPaceUntil":"2026-03-08"}""")]
    public async Task What_is_told_of_today_is_what_putting_it_makes_of_it(string plan)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await AskedAsync(world, """{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}""");
        await rep.CallAsync();
        // Nobody opens the pane on Tuesday before the plan is tried: Monday's call counts all the same.
        await world.MoveClockAsync("2026-03-03T09:10:00+01:00");
        var tried = await PreviewAsync(rep, plan);
        Assert.Equal(1, tried["sums"]![0]!["done"]!.GetValue<int>());
        Assert.Equal(CallsGoal(await rep.BoardAsync()), tried["today"]!["before"]!["calls"]!.GetValue<int>());

        var put = await PutAsync(rep, plan);

        Assert.Equal(CallsGoal(await rep.BoardAsync()), tried["today"]!["after"]!["calls"]!.GetValue<int>());
        Assert.Equal(put["countsFrom"]!.GetValue<string>(), tried["countsFrom"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Travelling_moves_no_past_day_and_neither_loses_nor_doubles_a_call(Database database)
    {
        await using var world = await World.StartAsync(database, postgres, settings: new Dictionary<string, string?>
        {
            ["Mailbox:SweepInterval"] = "00:00:02",
            ["Mailbox:ProfileInterval"] = "00:00:01",
        });
        var rep = await world.UserAsync("mira@contoso.com");
        await CallAsync("2026-03-02T16:00:00+01:00");

        // Tuesday in Berlin ends as Berlin has it; a call of 16:00 there is already of Wednesday in Tokyo.
        await CallAsync("2026-03-03T16:00:00+01:00");
        await FlyAsync("Asia/Tokyo");
        Assert.Equal(("2026-03-04", 1), Today(await rep.BoardAsync()));
        await CallAsync("2026-03-04T09:00:00+09:00");
        Assert.Equal(("2026-03-04", 2), Today(await rep.BoardAsync()));

        // Back to the west it is Tuesday again on the wall, but Wednesday has begun.
        await world.MoveClockAsync("2026-03-04T11:00:00+09:00");
        await FlyAsync("Pacific/Honolulu");
        Assert.Equal(("2026-03-04", 2), Today(await rep.BoardAsync()));
        await CallAsync("2026-03-04T17:00:00-10:00");
        Assert.Equal(("2026-03-04", 3), Today(await rep.BoardAsync()));

        await world.MoveClockAsync("2026-03-05T08:00:00-10:00");
        Assert.Equal(("2026-03-05", 0), Today(await rep.BoardAsync()));
        // One from Monday, clicked offline, still finds its day.
        await rep.CallAsync(statement: new JsonObject { ["madeAt"] = "2026-03-02T23:30:00+01:00" });
        Assert.Equal([("2026-03-02", 2), ("2026-03-03", 0), ("2026-03-04", 3)], await DaysAsync());

        async Task CallAsync(string at)
        {
            await world.MoveClockAsync(at);
            await rep.CallAsync();
        }

        async Task FlyAsync(string zone)
        {
            await world.SayAsync("/sim/users", new JsonObject { ["user"] = rep.Address, ["timeZone"] = zone });
            await World.BoardWhenAsync(rep, x => x["today"]!["timeZone"]!.GetValue<string>() == zone);
        }

        async Task<List<(string, int)>> DaysAsync() =>
        [
            .. (await rep.JsonAsync(HttpMethod.Get, "/api/history?from=2026-03-02&to=2026-03-04"))["days"]!.AsArray()
                .Select(x => (x!["date"]!.GetValue<string>(), x["calls"]!.GetValue<int>())),
        ];
    }

    private static (string, int) Today(JsonNode board) =>
        (board["today"]!["date"]!.GetValue<string>(), board["counts"]!["calls"]!.GetValue<int>());

    private static async Task<Person> AskedAsync(World world, string target = """{"unit":"calls","period":"day","amount":20,"from":"2026-03-02"}""")
    {
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var rep = await world.UserAsync("mira@contoso.com", manager.Address);
        await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        await manager.JsonAsync(HttpMethod.Put, $"/api/targets/{rep.Id}", JsonNode.Parse(target));
        return rep;
    }

    private static Task<JsonNode> PutAsync(Person rep, string plan) => rep.JsonAsync(HttpMethod.Put, "/api/plan", JsonNode.Parse(plan));

    private static Task<JsonNode> PreviewAsync(Person rep, string plan) => rep.JsonAsync(HttpMethod.Post, "/api/plan/preview", JsonNode.Parse(plan));

    private static int CallsGoal(JsonNode board) => board["goals"]!["calls"]!.GetValue<int>();
}
