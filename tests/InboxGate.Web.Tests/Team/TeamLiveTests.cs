using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Team;

/// <summary>A manager's page while it is open, and what is taken away from it as a file.</summary>
public sealed class TeamLiveTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_page_is_told_of_changes_in_its_own_team_and_deeper_only_on_request()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (director, manager, mira) = await TeamsAsync(world);
        await using var own = await PageAsync(world, manager, "");
        await using var above = await PageAsync(world, director, "");
        await using var deep = await PageAsync(world, director, "?transitive=true");

        // What is sent to groups arrives in order: had the first come, it would have come before the second.
        await SayAsync(world, manager, "lena's");
        await SayAsync(world, director, "dora's");
        await World.UntilAsync(() => Task.FromResult(above.Heard("dora's") && deep.Heard("dora's") && own.Heard("lena's")));
        Assert.Equal((true, false, false), (deep.Heard("lena's"), above.Heard("lena's"), own.Heard("dora's")));

        own.Forget();
        deep.Forget();
        await mira.CallAsync();
        await World.UntilAsync(() => Task.FromResult(own.Heard("changed") && deep.Heard("changed")));
    }

    [Fact]
    public async Task Who_is_no_manager_hears_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");

        await Assert.ThrowsAnyAsync<Exception>(() => PageAsync(world, rep, ""));
    }

    [Fact]
    public async Task A_team_that_has_not_changed_is_not_sent_again()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (_, manager, mira) = await TeamsAsync(world);
        await manager.JsonAsync(HttpMethod.Put, "/api/targets/team", JsonNode.Parse("""{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}"""));
        var known = await TagAsync(null, HttpStatusCode.OK);
        await TagAsync(known, HttpStatusCode.NotModified);
        await TagAsync($"\"other\", {known}", HttpStatusCode.NotModified);

        await mira.CallAsync();
        var afterCall = await TagAsync(known, HttpStatusCode.OK);
        await world.MoveClockAsync("2026-03-02T16:00:00+01:00");
        await TagAsync(afterCall, HttpStatusCode.NotModified);
        await world.MoveClockAsync("2026-03-03T00:00:01+01:00");
        Assert.NotEqual(known, await TagAsync(afterCall, HttpStatusCode.OK));

        async Task<string> TagAsync(string? ifNoneMatch, HttpStatusCode status)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/team");
            if (ifNoneMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
            }

            using var answer = await manager.Api.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
            return answer.Headers.ETag!.ToString();
        }
    }

    [Fact]
    public async Task The_file_holds_a_line_for_each_rep_and_no_formula()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (_, manager, mira) = await TeamsAsync(world);
        await world.SayAsync("/sim/users", new JsonObject { ["user"] = "zed@contoso.com", ["name"] = "=HYPERLINK(\"https://evil.example\"),Zed", ["manager"] = manager.Address, ["timeZone"] = "Europe/Berlin" });
        var zed = new Person("zed@contoso.com", Guid.Empty, world.Api(await world.TokenAsync(new JsonObject { ["user"] = "zed@contoso.com" })));
        await zed.BoardAsync();
        await World.UntilAsync(async () => (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["size"]!.GetValue<int>() == 2);
        await manager.JsonAsync(HttpMethod.Put, $"/api/targets/{mira.Id}", JsonNode.Parse("""{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}"""));
        await mira.CallAsync();

        using var answer = await manager.SendAsync(HttpMethod.Get, "/api/team/csv");

        Assert.Equal(("text/csv", "inboxgate-team-2026-03-02.csv"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName));
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("rep,name,date,calls,callsGoal,emails,emailsGoal,meetings,meetingsGoal,onTrack,callsWeekDue,callsWeekDone,callsWeekPace", lines[0]);
        Assert.Single(lines, $"{mira.Id},mira,2026-03-02,1,20,0,0,0,0,true,100,1,0");
        var formula = Assert.Single(lines, x => x.Contains("Zed", StringComparison.Ordinal));
        Assert.Contains("\"'=HYPERLINK", formula, StringComparison.Ordinal);
        Assert.EndsWith(",true,,,", formula, StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData(4, 0, false, false)]
    [InlineData(5, 0, true, true)]
    [InlineData(5, 4, true, false)]
    [InlineData(6, 5, true, true)]
    public async Task Where_single_reps_are_hidden_totals_tell_of_nobody(int direct, int deeper, bool ownShown, bool allShown)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Team:IndividualView"] = "false" });
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        for (var number = 0; number < direct + deeper; number++)
        {
            var above = number < direct ? manager.Address : "rep0@contoso.com";
            var rep = await world.UserAsync($"rep{number}@contoso.com", above);
            await World.BoardWhenAsync(rep, x => x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        await IsAsync("", direct, ownShown);
        await IsAsync("?transitive=true", direct + deeper, allShown);

        async Task IsAsync(string query, int size, bool isShown)
        {
            var team = await manager.JsonAsync(HttpMethod.Get, "/api/team" + query);
            Assert.Equal((size, 0), (team["size"]!.GetValue<int>(), team["reps"]!.AsArray().Count));
            Assert.Equal(isShown, team["totals"] is not null);
            using var file = await manager.SendAsync(HttpMethod.Get, "/api/team/csv" + query);
            var lines = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("reps,calls,callsGoal,emails,emailsGoal,meetings,meetingsGoal,onTrack", lines[0]);
            Assert.Equal(isShown ? [$"{size},0,0,0,0,0,0,{size}"] : [], lines.Skip(1));
        }
    }

    /// <summary>Dora over Lena over Mira.</summary>
    private static async Task<(Person Director, Person Manager, Person Mira)> TeamsAsync(World world)
    {
        var director = await world.UserAsync("dora@contoso.com", roles: "Manager");
        var manager = await world.UserAsync("lena@contoso.com", director.Address, "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        foreach (var rep in new[] { manager, mira })
        {
            await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        return (director, manager, mira);
    }

    private static async Task SayAsync(World world, Person manager, string word)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var tenant = await store.Tenants.Select(x => x.TenantId).SingleAsync(TestContext.Current.CancellationToken);
        await world.Services.GetRequiredService<IHubContext<TeamHub>>().Clients.Group(TeamHub.Group(tenant, manager.Id)).SendAsync(word, TestContext.Current.CancellationToken);
    }

    private static async Task<Page> PageAsync(World world, Person manager, string query)
    {
        var token = manager.Api.DefaultRequestHeaders.Authorization!.Parameter;
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(world.Address, "/hubs/team" + query), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult(token);
            })
            .Build();
        var page = new Page(hub);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        // From then on it is told.
        await World.UntilAsync(() => Task.FromResult(page.Heard("changed")));
        page.Forget();
        return page;
    }

    private sealed class Page : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, bool> heard = new();
        private readonly HubConnection hub;

        public Page(HubConnection hub)
        {
            this.hub = hub;
            foreach (var word in new[] { "changed", "lena's", "dora's" })
            {
                hub.On(word, () => heard[word] = true);
            }
        }

        public bool Heard(string word) => heard.ContainsKey(word);

        public void Forget() => heard.Clear();

        public ValueTask DisposeAsync() => hub.DisposeAsync();
    }
}
