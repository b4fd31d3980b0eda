using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Tenant;

/// <summary>Teams by hand: Mira reports to Lena by the directory, Kim manages nobody.</summary>
public sealed class TeamsTests(PostgresServer postgres)
{
    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_placed_by_hand_is_in_that_team_until_it_is_taken_back(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, lena, kim, mira) = await PeopleAsync(world);
        await kim.JsonAsync(HttpMethod.Put, "/api/targets/team", JsonNode.Parse("""{"unit":"calls","period":"day","amount":10,"from":"2026-03-02"}"""));
        Assert.Equal(("lena", false), await PlaceAsync());

        await SendAsync(HttpMethod.Put, kim.Id, mira.Id, HttpStatusCode.NoContent);
        Assert.Equal(("kim", true), await PlaceAsync());
        Assert.Equal((0, 1), (await SizeAsync(lena), await SizeAsync(kim)));
        var board = await mira.BoardAsync();
        Assert.Equal(11, board["goals"]!["calls"]!.GetValue<int>());
        await SendAsync(HttpMethod.Put, kim.Id, mira.Id, HttpStatusCode.NoContent);
        Assert.Equal(Revision(board), Revision(await mira.BoardAsync()));

        // Somebody else has placed her meanwhile.
        await SendAsync(HttpMethod.Delete, lena.Id, mira.Id, HttpStatusCode.Conflict);
        await SendAsync(HttpMethod.Delete, kim.Id, mira.Id, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Delete, kim.Id, mira.Id, HttpStatusCode.NoContent);
        Assert.Equal(("lena", false), await PlaceAsync());
        Assert.Equal((1, 0), (await SizeAsync(lena), await SizeAsync(kim)));
        Assert.Equal(0, (await mira.BoardAsync())["goals"]!["calls"]!.GetValue<int>());

        async Task<(string?, bool)> PlaceAsync()
        {
            var place = Assert.Single((await admin.JsonAsync(HttpMethod.Get, "/api/tenant/teams?search=MIR"))["reps"]!.AsArray())!;
            return (place["teamName"]?.GetValue<string>(), place["byHand"]!.GetValue<bool>());
        }

        async Task SendAsync(HttpMethod method, Guid manager, Guid rep, HttpStatusCode status)
        {
            using var answer = await admin.SendAsync(method, $"/api/tenant/teams/{manager}/{rep}");
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reps_are_listed_by_name_in_pages_and_found_by_a_part_of_it(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, _, _, _) = await PeopleAsync(world);
        var names = new List<string>();
        string? after = "";
        for (var pages = 0; after is not null; pages++)
        {
            Assert.True(pages < 3);
            var page = await admin.JsonAsync(HttpMethod.Get, $"/api/tenant/teams?take=2{after}");
            names.AddRange(page["reps"]!.AsArray().Select(x => x!["name"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>() is { } next ? "&after=" + next : null;
        }

        Assert.Equal(["kim", "lena", "mira"], names);
        Assert.Empty((await admin.JsonAsync(HttpMethod.Get, "/api/tenant/teams?search=%25"))["reps"]!.AsArray());
        foreach (var query in new[] { "take=0", "take=501", "take=some", "after=nobody", "search=" + new string('x', 257), "search=%00" })
        {
            using var refused = await admin.SendAsync(HttpMethod.Get, "/api/tenant/teams?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_manager_without_a_pane_is_named_by_the_directorys_address(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        await mira.BoardAsync();

        await World.UntilAsync(async () =>
            (await admin.JsonAsync(HttpMethod.Get, "/api/tenant/teams?search=mira"))["reps"]![0]!["teamName"]?.GetValue<string>() == "lena@contoso.com");
    }

    [Fact]
    public async Task Nobody_is_placed_where_nothing_is_known_of()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (admin, lena, _, mira) = await PeopleAsync(world);
        var before = Revision(await mira.BoardAsync());
        foreach (var (method, path, status) in new[]
        {
            (HttpMethod.Put, $"{mira.Id}/{mira.Id}", HttpStatusCode.UnprocessableEntity),
            (HttpMethod.Put, $"{Guid.NewGuid()}/{mira.Id}", HttpStatusCode.NotFound),
            (HttpMethod.Put, $"{lena.Id}/{Guid.NewGuid()}", HttpStatusCode.NotFound),
            (HttpMethod.Delete, $"{lena.Id}/{Guid.NewGuid()}", HttpStatusCode.NotFound),
            (HttpMethod.Put, $"lena/{mira.Id}", HttpStatusCode.NotFound),
        })
        {
            using var refused = await admin.SendAsync(method, "/api/tenant/teams/" + path);
            Assert.True(status == refused.StatusCode, $"{method} {path} answered {(int)refused.StatusCode}");
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        }

        Assert.Equal(before, Revision(await mira.BoardAsync()));
    }

    private static async Task<(Person Admin, Person Lena, Person Kim, Person Mira)> PeopleAsync(World world)
    {
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var lena = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var kim = await world.UserAsync("kim@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", lena.Address);
        foreach (var rep in new[] { lena, kim, mira })
        {
            await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        return (admin, lena, kim, mira);
    }

    private static async Task<int> SizeAsync(Person manager) => (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["size"]!.GetValue<int>();

    private static long Revision(JsonNode board) => board["revision"]!.GetValue<long>();
}
