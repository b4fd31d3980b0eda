using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Gates;

/// <summary>The rep's own word on the gate.</summary>
public sealed class PolicyTests(PostgresServer postgres)
{
    private const string Ann = "ann@contoso.com";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_said_is_answered_and_what_is_left_out_goes_back_to_the_default(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await world.UserAsync("mira@contoso.com");

        var said = await PutAsync(rep, """
            {"on":true,"pausedUntil":"2026-03-02T12:00:00+01:00","callsRequired":{"colleague":2},"counting":"oneByOne",
             "inferFromMyOutreach":false,"managerIsVip":false,"markMessages":true,"dialWith":"teams"}
            """);
        Assert.Equal(said.ToJsonString(), (await rep.JsonAsync(HttpMethod.Get, "/api/policy")).ToJsonString());
        Assert.Equal("2026-03-02T11:00:00Z", said["pausedUntil"]!.GetValue<string>());
        Assert.Equal((2, 3, "oneByOne"), (said["callsRequired"]!["colleague"]!.GetValue<int>(), said["callsRequired"]!["customer"]!.GetValue<int>(), said["counting"]!.GetValue<string>()));
        Assert.Equal((false, false, true), (Flag(said, "inferFromMyOutreach"), Flag(said, "managerIsVip"), Flag(said, "markMessages")));
        Assert.Equal("teams", said["dialWith"]!.GetValue<string>());

        var silent = await PutAsync(rep, "{}");
        Assert.Null(silent["pausedUntil"]);
        Assert.Equal((3, "shared"), (silent["callsRequired"]!["colleague"]!.GetValue<int>(), silent["counting"]!.GetValue<string>()));
        Assert.Equal((true, true, false), (Flag(silent, "inferFromMyOutreach"), Flag(silent, "managerIsVip"), Flag(silent, "markMessages")));
        Assert.Equal("tel", silent["dialWith"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_the_rep_said_is_told_apart_from_what_follows_the_team()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        Assert.All((await rep.JsonAsync(HttpMethod.Get, "/api/policy/own")).AsObject(), x => Assert.Null(x.Value));

        await PutAsync(rep, """{"managerIsVip":false}""");

        var own = (await rep.JsonAsync(HttpMethod.Get, "/api/policy/own")).AsObject();
        Assert.Equal(["managerIsVip"], own.Where(x => x.Value is not null).Select(x => x.Key));
        await PutAsync(rep, own.ToJsonString());
        await PutAsync(rep, (await rep.JsonAsync(HttpMethod.Get, "/api/policy")).ToJsonString());
    }

    [Fact]
    public async Task Switched_off_it_holds_nothing_at_once_and_switched_on_it_holds_again()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await OnAsync(world);
        await PutAsync(rep, """{"on":false}""");
        Assert.Equal("paused", Why(await rep.BoardAsync()));
        var passes = await OpenAsync(rep, "off");
        Assert.Equal(("colleague", null), (passes["senderKind"]!.GetValue<string>(), passes["gate"]));

        await PutAsync(rep, """{"on":true}""");

        Assert.Null(Why(await rep.BoardAsync()));
        Assert.Equal(3, (await OpenAsync(rep, "on"))["gate"]!["callsRemaining"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_pause_ends_by_itself()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await OnAsync(world);
        await PutAsync(rep, """{"pausedUntil":"2026-03-02T09:00:00Z"}""");
        var paused = await rep.BoardAsync();
        Assert.Equal("paused", Why(paused));
        Assert.True(paused["nextChangeAt"]!.GetValue<DateTimeOffset>() <= DateTimeOffset.Parse("2026-03-02T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null((await OpenAsync(rep, "during"))["gate"]);

        await world.MoveClockAsync("2026-03-02T09:00:00Z");

        Assert.Null(Why(await rep.BoardAsync()));
        Assert.Null((await rep.JsonAsync(HttpMethod.Get, "/api/policy"))["pausedUntil"]);
        Assert.Equal(3, (await OpenAsync(rep, "after"))["gate"]!["callsRemaining"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"callsRequired":{"colleague":21}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"callsRequired":{"customer":-1}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"pausedUntil":"2027-03-04T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"markMessages":"yes"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"markMail":true}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"counting":"twice"}""", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string statement, HttpStatusCode status)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await OnAsync(world);
        var before = (await rep.BoardAsync())["revision"]!.GetValue<long>();

        using var refused = await rep.SendAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse(statement));

        Assert.Equal((status, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.Equal(before, (await rep.BoardAsync())["revision"]!.GetValue<long>());
    }

    private static async Task<Person> OnAsync(World world)
    {
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => Why(board) is null);
        return rep;
    }

    private static Task<JsonNode> PutAsync(Person rep, string policy) => rep.JsonAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse(policy));

    private static Task<JsonNode> OpenAsync(Person rep, string id) => rep.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
    {
        ["internetMessageId"] = $"<{id}@contoso.com>",
        ["conversationId"] = id,
        ["from"] = new JsonObject { ["name"] = "Ann", ["address"] = Ann },
    });

    private static string? Why(JsonNode board) => board["gate"]!["why"]?.GetValue<string>();

    private static bool Flag(JsonNode policy, string name) => policy[name]!.GetValue<bool>();
}
