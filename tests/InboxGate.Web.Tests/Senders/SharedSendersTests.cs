using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Senders;

/// <summary>The lists that a team and a tenant share.</summary>
public sealed class SharedSendersTests(PostgresServer postgres)
{
    private const string Somebody = "bob@fabrikam.com";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_decides_the_gates_of_everybody_it_touches_again_the_narrower_list_first(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, tom) = await PeopleAsync(world);
        await PutAsync(admin, "/api/tenant/senders/fabrikam.com", "customer");
        foreach (var rep in new[] { mira, tom })
        {
            await world.DeliverAsync(rep, Somebody);
            var waiting = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count == 1);
            Assert.Equal(("customer", "pending"), Gate(waiting));
        }

        // The team's word comes before the tenant's, and a rep's own before both.
        await PutAsync(manager, "/api/team/senders/fabrikam.com", "prospect");
        Assert.Equal(("prospect", "released"), Gate(await mira.BoardAsync()));
        Assert.Equal(("customer", "pending"), Gate(await tom.BoardAsync()));
        await PutAsync(mira, "/api/senders/fabrikam.com", "other");
        Assert.Equal(("other", "pending"), Gate(await mira.BoardAsync()));
        await PutAsync(manager, "/api/team/senders/fabrikam.com", "vip");
        Assert.Equal(("other", "pending"), Gate(await mira.BoardAsync()));

        await DeleteAsync(mira, "/api/senders/fabrikam.com");
        Assert.Equal(("vip", "released"), Gate(await mira.BoardAsync()));
        await DeleteAsync(manager, "/api/team/senders/fabrikam.com");
        Assert.Equal(("customer", "pending"), Gate(await mira.BoardAsync()));
        await DeleteAsync(admin, "/api/tenant/senders/fabrikam.com");
        Assert.All(new[] { Gate(await mira.BoardAsync()), Gate(await tom.BoardAsync()) }, x => Assert.Equal(("unknown", "released"), x));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Revisions_rise_for_whom_it_touches_and_only_when_something_changes(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, tom) = await PeopleAsync(world);
        var (miras, toms) = (await RevisionAsync(mira), await RevisionAsync(tom));

        await PutAsync(manager, "/api/team/senders/Bob@Fabrikam.com", "customer");
        Assert.Equal((true, toms), (await RevisionAsync(mira) > miras, await RevisionAsync(tom)));
        miras = await RevisionAsync(mira);
        await PutAsync(manager, $"/api/team/senders/{Somebody}", "customer");
        await DeleteAsync(manager, "/api/team/senders/northwind.com");
        Assert.Equal(miras, await RevisionAsync(mira));

        await PutAsync(admin, "/api/tenant/senders/northwind.com", "vip");
        Assert.Equal((true, true), (await RevisionAsync(mira) > miras, await RevisionAsync(tom) > toms));
        Assert.Equal("customer", (await manager.JsonAsync(HttpMethod.Get, $"/api/team/senders/{Somebody}"))["kind"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_is_read_page_by_page(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, _, _) = await PeopleAsync(world);
        string[] all = ["adatum.com", "ann@adatum.com", "fabrikam.com", "northwind.com", "zoe@adatum.com"];
        foreach (var entry in all.Reverse())
        {
            await PutAsync(admin, $"/api/tenant/senders/{entry}", "customer");
        }

        await PutAsync(manager, "/api/team/senders/contoso.example", "other");
        var read = new List<string>();
        for (string? after = null; ;)
        {
            var page = await admin.JsonAsync(HttpMethod.Get, "/api/tenant/senders?take=2" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"));
            read.AddRange(page["entries"]!.AsArray().Select(x => x!["entry"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
            if (after is null)
            {
                break;
            }

            Assert.Equal(2, page["entries"]!.AsArray().Count);
        }

        Assert.Equal(all, read);
        Assert.Null((await admin.JsonAsync(HttpMethod.Get, "/api/tenant/senders?take=5"))["next"]);
        Assert.Equal("contoso.example", (await manager.JsonAsync(HttpMethod.Get, "/api/team/senders"))["entries"]!.AsArray().Single()!["entry"]!.GetValue<string>());
    }

    [Fact]
    public async Task Each_role_reaches_its_own_list_alone()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (admin, manager, mira, _) = await PeopleAsync(world);
        var other = await world.UserAsync("olga@contoso.com", roles: "Manager");
        await PutAsync(other, $"/api/team/senders/{Somebody}", "vip");

        Assert.Empty((await manager.JsonAsync(HttpMethod.Get, "/api/team/senders"))["entries"]!.AsArray());
        foreach (var (person, list) in new[] { (mira, "team"), (mira, "tenant"), (manager, "tenant"), (admin, "team") })
        {
            foreach (var (method, path, body) in new[]
            {
                (HttpMethod.Get, "", null), (HttpMethod.Get, "/fabrikam.com", null),
                (HttpMethod.Put, "/fabrikam.com", Kind("vip")), (HttpMethod.Delete, "/fabrikam.com", null),
            })
            {
                using var answer = await person.SendAsync(method, $"/api/{list}/senders{path}", body);
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task What_the_reps_own_list_refuses_theirs_refuse_too_and_change_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (admin, manager, mira, _) = await PeopleAsync(world);
        var revision = await RevisionAsync(mira);
        foreach (var (person, list) in new[] { (mira, "/api/senders"), (manager, "/api/team/senders"), (admin, "/api/tenant/senders") })
        {
            foreach (var (method, entry, body, status) in new[]
            {
                ("PUT", "gmail.com", """{"kind":"prospect"}""", 422), ("PUT", "co.uk", """{"kind":"prospect"}""", 422), ("PUT", "nobody", """{"kind":"prospect"}""", 422),
                ("PUT", "a%01b@fabrikam.com", """{"kind":"prospect"}""", 422), ("PUT", new string('x', 300) + ".com", """{"kind":"prospect"}""", 422),
                ("PUT", "fabrikam.com", """{"kind":"unknown"}""", 422), ("PUT", "fabrikam.com", """{"kind":"automated"}""", 422),
                ("PUT", "fabrikam.com", """{"kind":"friend"}""", 400), ("PUT", "fabrikam.com", """{"kind":1}""", 400), ("PUT", "fabrikam.com", "{}", 400),
                ("PUT", "fabrikam.com", """{"kind":"vip","colour":"red"}""", 400), ("PUT", "fabrikam.com", "", 400),
                ("GET", "fabrikam.com", null, 404), ("GET", "nobody", null, 422), ("DELETE", "gmail.com", null, 422),
            })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), $"{list}/{entry}")
                {
                    Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
                };
                await AssertProblemAsync(status, person, request);
            }
        }

        foreach (var query in new[] { "take=0", "take=501", "take=all", "after=a%00", $"after={new string('x', 600)}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/team/senders?{query}");
            await AssertProblemAsync(400, manager, request);
        }

        Assert.Equal(revision, await RevisionAsync(mira));
    }

    private static async Task AssertProblemAsync(int status, Person person, HttpRequestMessage request)
    {
        using var answer = await person.Api.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<(Person Admin, Person Manager, Person Mira, Person Tom)> PeopleAsync(World world)
    {
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        var tom = await world.UserAsync("tom@contoso.com");
        foreach (var rep in new[] { mira, tom })
        {
            await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        return (admin, manager, mira, tom);
    }

    private static (string Kind, string State) Gate(JsonNode board)
    {
        var gate = Assert.Single(board["gates"]!.AsArray())!;
        return (gate["senderKind"]!.GetValue<string>(), gate["state"]!.GetValue<string>());
    }

    private static JsonObject Kind(string kind) => new() { ["kind"] = kind };

    private static Task<JsonNode> PutAsync(Person person, string path, string kind) => person.JsonAsync(HttpMethod.Put, path, Kind(kind));

    private static Task<JsonNode> DeleteAsync(Person person, string path) => person.JsonAsync(HttpMethod.Delete, path);

    private static async Task<long> RevisionAsync(Person rep) => (await rep.BoardAsync())["revision"]!.GetValue<long>();
}
