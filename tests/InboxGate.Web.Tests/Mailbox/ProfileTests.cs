using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>Who the rep is, as far as the directory and the mailbox settings may be read.</summary>
public sealed class ProfileTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";

    [Fact]
    public async Task Without_a_permission_defaults_hold_and_are_said_until_it_is_there()
    {
        await using var world = await StartAsync();
        // The server's token names the permissions it was issued with: it is the older one.
        await (await world.UserAsync(Colleague)).BoardAsync();
        await world.SayAsync("/sim/permissions", new JsonObject { ["denied"] = new JsonArray("MailboxSettings.Read", "Domain.Read.All") });
        var rep = await world.UserAsync("mira@contoso.com");

        var board = await World.BoardWhenAsync(rep, x => Assumed(x).Count == 3);
        Assert.Equal(["domains", "timeZone", "workingHours"], Assumed(board).Order(StringComparer.Ordinal));
        Assert.Equal("UTC", board["today"]!["timeZone"]!.GetValue<string>());
        // Colleagues are known by the rep's own domain, and held as ever.
        await world.MoveClockAsync("2026-03-02T10:00:00+01:00");
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Any(gate => gate!["reason"]!.GetValue<string>() == "tenantDomain"));

        await world.SayAsync("/sim/permissions", new JsonObject { ["denied"] = new JsonArray() });

        board = await World.BoardWhenAsync(rep, x => Assumed(x).Count == 0);
        Assert.Equal("Europe/Berlin", board["today"]!["timeZone"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_zone_by_its_Windows_name_and_one_that_is_spelt_out_are_understood()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");

        await world.SayAsync("/sim/users", new JsonObject { ["user"] = rep.Address, ["timeZone"] = "Pacific Standard Time" });
        await World.BoardWhenAsync(rep, x => Zone(x) == "America/Los_Angeles");

        await world.SayAsync("/sim/users", new JsonObject
        {
            ["user"] = rep.Address,
            ["timeZone"] = "",
            ["customTimeZone"] = new JsonObject { ["bias"] = -60, ["daylightBias"] = -60 },
        });
        await World.BoardWhenAsync(rep, x => Zone(x) == "Europe/Berlin");
    }

    private Task<World> StartAsync() => World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?>
    {
        ["Mailbox:SweepInterval"] = "00:00:02",
        ["Mailbox:ProfileInterval"] = "00:00:01",
    });

    private static string Zone(JsonNode board) => board["today"]!["timeZone"]!.GetValue<string>();

    private static List<string> Assumed(JsonNode board) => [.. board["mailbox"]!["assumed"]!.AsArray().Select(x => x!.GetValue<string>())];
}
