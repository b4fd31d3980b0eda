using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>Mail and answers that are shown in another order than they came in.</summary>
public sealed class LateMailTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";

    [Fact]
    public async Task Mail_from_days_ago_that_is_shown_late_does_not_take_the_gate_of_todays()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await world.MoveClockAsync("2026-03-06T09:00:00+01:00");
        var today = await world.DeliverAsync(rep, Colleague, "thread");
        await GatesWhenAsync(rep, gates => gates.Count == 1);

        await world.DeliverAsync(rep, Colleague, "thread", Received("2026-03-02T08:30:00Z"));
        var other = await world.DeliverAsync(rep, Colleague);

        await GatesWhenAsync(rep, gates =>
            gates.Any(x => Id(x) == other) && gates.Any(x => Id(x) == today && State(x) == "pending" && x["openedAt"]!.GetValue<string>().StartsWith("2026-03-06", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Mail_that_came_after_an_answer_shown_late_has_a_gate_of_its_own()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await world.MoveClockAsync("2026-03-02T10:00:00+01:00");
        var first = await world.DeliverAsync(rep, Colleague, "thread", Received("2026-03-02T08:00:00Z"));
        var second = await world.DeliverAsync(rep, Colleague, "thread", Received("2026-03-02T08:40:00Z"));
        await GatesWhenAsync(rep, gates => gates.Count == 1);

        await world.SayAsync("/sim/sent", new JsonObject
        {
            ["user"] = rep.Address,
            ["message"] = new JsonObject
            {
                ["subject"] = "An answer",
                ["conversationId"] = "thread",
                ["sentDateTime"] = "2026-03-02T08:20:00Z",
                ["receivedDateTime"] = "2026-03-02T08:20:00Z",
                ["toRecipients"] = new JsonArray(World.Correspondent(Colleague)),
            },
        });

        await GatesWhenAsync(rep, gates =>
            gates.Any(x => Id(x) == first && State(x) == "answered") && gates.Any(x => Id(x) == second && State(x) == "pending"));
    }

    [Fact]
    public async Task A_gate_that_comes_back_follows_the_lists()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        var mail = await world.DeliverAsync(rep, Colleague);
        await GatesWhenAsync(rep, gates => gates.Count == 1);
        await MoveAsync(world, rep, mail, "archive");
        await GatesWhenAsync(rep, gates => State(gates[0]) == "released");
        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Colleague}", new JsonObject { ["kind"] = "customer" });

        await MoveAsync(world, rep, mail, "inbox");

        var gates = await GatesWhenAsync(rep, gates => State(gates[0]) == "pending");
        Assert.Equal(("customer", "listedAddress", Colleague), (gates[0]["senderKind"]!.GetValue<string>(), gates[0]["reason"]!.GetValue<string>(), gates[0]["from"]!["address"]!.GetValue<string>()));
    }

    private Task<World> StartAsync() =>
        World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Mailbox:SweepInterval"] = "00:00:02" });

    private static async Task<Person> EnrolledAsync(World world)
    {
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    private static async Task<List<JsonNode>> GatesWhenAsync(Person rep, Func<List<JsonNode>, bool> isSo) =>
        Gates(await World.BoardWhenAsync(rep, board => Gates(board) is { Count: > 0 } gates && isSo(gates)));

    private static List<JsonNode> Gates(JsonNode board) => [.. board["gates"]!.AsArray().Select(x => x!)];

    private static Task<JsonNode> MoveAsync(World world, Person rep, string mail, string folder) =>
        world.SayAsync("/sim/moves", new JsonObject { ["user"] = rep.Address, ["internetMessageId"] = mail, ["folder"] = folder });

    private static JsonObject Received(string at) => new() { ["receivedDateTime"] = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).UtcDateTime };

    private static string Id(JsonNode gate) => gate["internetMessageId"]!.GetValue<string>();

    private static string State(JsonNode gate) => gate["state"]!.GetValue<string>();
}
