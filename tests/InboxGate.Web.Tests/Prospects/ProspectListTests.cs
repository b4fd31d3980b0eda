using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>The list of everybody a rep, a team or a tenant knows: found, changed, forgotten, taken along.</summary>
public sealed class ProspectListTests(PostgresServer postgres)
{
    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Somebody_is_found_by_every_word_in_any_writing(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (_, _, mira) = await PeopleAsync(world);
        await PutAsync(mira, "Ann@Fabrikam.example", """{"kind":"prospect","name":" Ann Müller ","company":"Fabrikam","phone":"030 12345678"}""");
        await PutAsync(mira, "bob@fabrikam.example", """{"kind":"customer","name":"Bob Øster","company":"Fabrikam","phone":"+1 (415) 555-2671","doNotCall":true}""");
        await PutAsync(mira, "northwind.example", """{"kind":"other","company":"Élan Northwind"}""");
        await PutAsync(mira, "+442079460958", """{"kind":"prospect"}""");

        Assert.Equal("+442079460958 ann@fabrikam.example bob@fabrikam.example northwind.example", await FoundAsync(mira, ""));
        Assert.Equal("ann@fabrikam.example", await FoundAsync(mira, "?search=MULLER"));
        Assert.Equal("bob@fabrikam.example", await FoundAsync(mira, "?search=fabrikam%20oster"));
        Assert.Equal("northwind.example", await FoundAsync(mira, "?search=elan"));
        Assert.Equal("ann@fabrikam.example", await FoundAsync(mira, "?search=030%2F1234"));
        Assert.Equal("+442079460958", await FoundAsync(mira, "?search=%2B44%2020%207946"));
        Assert.Equal("+442079460958 ann@fabrikam.example", await FoundAsync(mira, "?kind=prospect"));
        Assert.Equal("bob@fabrikam.example", await FoundAsync(mira, "?kind=customer&source=said&search=fab"));
        Assert.Equal("", await FoundAsync(mira, "?source=import"));

        var ann = (await mira.JsonAsync(HttpMethod.Get, "/api/prospects?search=ann"))["entries"]![0]!;
        Assert.Equal(
            ("ann@fabrikam.example", "prospect", "Ann Müller", "Fabrikam", "+493012345678", "Europe/Berlin", false, "said", "rep"),
            (Text(ann, "entry"), Text(ann, "kind"), Text(ann, "name"), Text(ann, "company"), Text(ann, "phone"),
                ann["timeZones"]!.AsArray().Single()!.GetValue<string>(), ann["doNotCall"]!.GetValue<bool>(), Text(ann, "source"), Text(ann, "scope")));
        Assert.Null(ann["usedOn"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pages_hold_everybody_once_whatever_changes_meanwhile(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (_, manager, mira) = await PeopleAsync(world);
        string[] names = ["Same", "same", "Äpfel", "Zoë", "ann", "Bob", "ﬁsh"];
        for (var at = 0; at < names.Length; at++)
        {
            await PutAsync(mira, $"p{at}@fabrikam.example", new JsonObject { ["kind"] = "prospect", ["name"] = names[at] }.ToJsonString());
        }

        await PutAsync(manager, "p0@fabrikam.example", """{"kind":"vip","name":"Same"}""", "/api/team/prospects");
        await PutAsync(manager, "team@fabrikam.example", """{"kind":"vip","name":"Carla"}""", "/api/team/prospects");
        string[] all = ["p4 rep", "p2 rep", "p5 rep", "team team", "p6 rep", "p0 rep", "p0 team", "p1 rep", "p3 rep"];
        Assert.Equal(all, await PagesAsync(1));
        Assert.Equal(all, await PagesAsync(4));
        Assert.Equal(all, await PagesAsync(9));

        // Between two pages one goes away and one comes: those who stay are neither left out nor doubled.
        var first = await mira.JsonAsync(HttpMethod.Get, "/api/prospects?take=3");
        Assert.Equal(7, first["total"]!.GetValue<int>());
        await mira.JsonAsync(HttpMethod.Delete, "/api/prospects/p5@fabrikam.example");
        await PutAsync(mira, "new@fabrikam.example", """{"kind":"prospect","name":"aaa"}""");
        Assert.Equal("p6@fabrikam.example p0@fabrikam.example p1@fabrikam.example p3@fabrikam.example", await FoundAsync(mira, $"?after={Text(first, "next")}"));
        Assert.Equal(2, (await mira.JsonAsync(HttpMethod.Get, "/api/prospects?search=same"))["total"]!.GetValue<int>());

        async Task<List<string>> PagesAsync(int take)
        {
            List<string> shown = [];
            for (string? after = ""; after is not null;)
            {
                var page = await mira.JsonAsync(HttpMethod.Get, $"/api/prospects?scope=all&take={take}&after={after}");
                Assert.Equal(9, page["total"]!.GetValue<int>());
                Assert.True(page["entries"]!.AsArray().Count == take || page["next"] is null);
                shown.AddRange(page["entries"]!.AsArray().Select(x => $"{Text(x!, "entry").Split('@')[0]} {Text(x!, "scope")}"));
                after = page["next"]?.GetValue<string>();
            }

            return shown;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_said_of_somebody_replaces_what_was_and_decides_gates_again(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (_, _, mira) = await PeopleAsync(world);
        await PutAsync(mira, "ann@fabrikam.example", """{"kind":"customer","name":"Ann","phone":"030 12345678","others":["ann@home.example","0151 is none"]}""", status: 422);
        await PutAsync(mira, "ann@fabrikam.example", """{"kind":"customer","name":"Ann","phone":"030 12345678","others":["Ann@Home.example","+4915112345678"]}""");
        await world.DeliverAsync(mira, "ann@home.example");
        await World.BoardWhenAsync(mira, x => x["gates"]!.AsArray() is [{ } gate] && Text(gate, "state") == "pending" && Text(gate, "senderKind") == "customer");

        Assert.Equal("ann@fabrikam.example", await FoundAsync(mira, "?search=HOME.example"));
        Assert.Equal("ann@fabrikam.example", await FoundAsync(mira, "?search=0151%2F1234"));

        // A person's other addresses are of the person's kind.
        var answer = await PutAsync(mira, "ann@fabrikam.example", """{"kind":"prospect","name":"Ann Lee","timeZone":"Pacific Standard Time"}""");
        var gate = answer["board"]!["gates"]!.AsArray().Single()!;
        Assert.Equal(("prospect", "released"), (Text(gate, "senderKind"), Text(gate, "state")));
        var entry = answer["entry"]!;
        Assert.Equal(("Ann Lee", null, "America/Los_Angeles"), (Text(entry, "name"), entry["phone"]?.GetValue<string>(), Text(entry["timeZones"]!, 0)));
        Assert.Equal(["+4915112345678", "ann@home.example"], Texts(entry["others"]!));
        Assert.Equal("ann@fabrikam.example", await FoundAsync(mira, ""));

        // The same again changes nothing.
        var revision = await RevisionAsync(mira);
        var again = await PutAsync(mira, "ANN@fabrikam.example", """{"kind":"prospect","name":"Ann Lee","timeZone":"America/Los_Angeles","others":["+4915112345678","ann@home.example"]}""");
        Assert.Equal((revision, entry.ToJsonString()), (await RevisionAsync(mira), again["entry"]!.ToJsonString()));
        Assert.Equal(entry.ToJsonString(), (await mira.JsonAsync(HttpMethod.Get, "/api/prospects/ann@fabrikam.example"))["entry"]!.ToJsonString());

        // One address belongs to one person.
        await PutAsync(mira, "bob@fabrikam.example", """{"kind":"prospect"}""");
        await PutAsync(mira, "bob@fabrikam.example", """{"kind":"prospect","others":["ann@fabrikam.example"]}""", status: 422);
        await PutAsync(mira, "bob@fabrikam.example", """{"kind":"prospect","others":["fabrikam.example"]}""", status: 422);
        await PutAsync(mira, "ann@home.example", """{"kind":"other"}""");
        Assert.Equal("ann@fabrikam.example ann@home.example bob@fabrikam.example", await FoundAsync(mira, "?search=example"));
        Assert.Equal("ann@home.example", await FoundAsync(mira, "?search=home"));
        Assert.Equal(["+4915112345678"], Texts((await mira.JsonAsync(HttpMethod.Get, "/api/prospects/ann@fabrikam.example"))["entry"]!["others"]!));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_forgotten_goes_with_all_addresses_and_can_be_said_again(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (_, _, mira) = await PeopleAsync(world);
        await PutAsync(mira, "ann@fabrikam.example", """{"kind":"customer","name":"Ann","company":"Fabrikam","phone":"030 12345678","doNotCall":true,"others":["ann@home.example"]}""");
        await PutAsync(mira, "o/b@fabrikam.example", """{"kind":"prospect"}""");
        var was = (await mira.JsonAsync(HttpMethod.Delete, "/api/prospects/ann@fabrikam.example"))["was"]!;
        Assert.Equal("o/b@fabrikam.example", await FoundAsync(mira, ""));
        Assert.Empty(await RowsAsync(world, x => x.Entry.StartsWith("ann")));

        await PutAsync(mira, Text(was, "entry"), new JsonObject
        {
            ["kind"] = Text(was, "kind"), ["name"] = Text(was, "name"), ["company"] = Text(was, "company"), ["phone"] = Text(was, "phone"),
            ["timeZone"] = Text(was["timeZones"]!, 0), ["doNotCall"] = true, ["others"] = was["others"]!.DeepClone(),
        }.ToJsonString());
        var back = (await mira.JsonAsync(HttpMethod.Get, "/api/prospects/ann@fabrikam.example"))["entry"]!;
        Assert.Equal(was.ToJsonString(), Same(back, was).ToJsonString());
        Assert.Equal("customer", Text(await mira.JsonAsync(HttpMethod.Get, "/api/senders/ann@home.example"), "kind"));

        var revision = await RevisionAsync(mira);
        var nobody = await mira.JsonAsync(HttpMethod.Delete, "/api/prospects/nobody@fabrikam.example");
        Assert.Equal((null, revision), (nobody["was"], nobody["board"]!["revision"]!.GetValue<long>()));
        Assert.NotNull((await mira.JsonAsync(HttpMethod.Delete, "/api/prospects/o%2Fb@fabrikam.example"))["was"]);
        Assert.Equal("ann@fabrikam.example", await FoundAsync(mira, ""));

        static JsonNode Same(JsonNode back, JsonNode was)
        {
            back["setAt"] = was["setAt"]!.DeepClone();
            return back;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_entry_of_ones_own_that_decided_says_when_it_last_did(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira) = await PeopleAsync(world);
        await PutAsync(mira, "ann@fabrikam.example", """{"kind":"prospect","others":["ann@home.example"]}""");
        await PutAsync(mira, "bob@fabrikam.example", """{"kind":"prospect"}""");
        await PutAsync(manager, "fabrikam.example", """{"kind":"customer"}""", "/api/team/prospects");
        await PutAsync(admin, "fabrikam.example", """{"kind":"customer"}""", "/api/tenant/prospects");

        await world.DeliverAsync(mira, "ann@home.example");
        await world.DeliverAsync(mira, "zoe@mail.fabrikam.example");
        await World.BoardWhenAsync(mira, x => x["gates"]!.AsArray().Count == 1);
        await World.UntilAsync(async () => await UsedAsync() == "ann@fabrikam.example 2026-03-02, ann@home.example 2026-03-02, bob@fabrikam.example , fabrikam.example , fabrikam.example ");

        // A manager, or an administrator, would otherwise learn who wrote to somebody.
        Assert.Null((await manager.JsonAsync(HttpMethod.Get, "/api/team/prospects/fabrikam.example"))["entry"]!["usedOn"]);

        // Not by what had been judged, nor on the lists' revisions; by the next mail of another day.
        var lists = await RevisionsAsync();
        await world.MoveClockAsync("2026-03-03T09:00:00+01:00");
        await mira.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = "<new@fabrikam.example>", ["from"] = new JsonObject { ["address"] = "bob@fabrikam.example" },
        });
        Assert.Equal("ann@fabrikam.example 2026-03-02, ann@home.example 2026-03-02, bob@fabrikam.example 2026-03-03, fabrikam.example , fabrikam.example ", await UsedAsync());
        Assert.Equal("2026-03-03", Text((await mira.JsonAsync(HttpMethod.Get, "/api/prospects?search=bob"))["entries"]![0]!, "usedOn"));
        Assert.Equal(lists, await RevisionsAsync());

        async Task<string> UsedAsync() => string.Join(", ", (await RowsAsync(world, _ => true)).OrderBy(x => x.Entry, StringComparer.Ordinal).ThenBy(x => x.Scope).Select(x => $"{x.Entry} {x.UsedOn:yyyy-MM-dd}"));

        async Task<List<long>> RevisionsAsync()
        {
            await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
            return await store.Lists.OrderBy(x => x.Scope).Select(x => x.Revision).ToListAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_is_taken_along_as_a_file(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (_, manager, mira) = await PeopleAsync(world);
        await PutAsync(mira, "ann@fabrikam.example", """{"kind":"customer","name":"Lee, \"Ann\"","company":"=1+1","phone":"030 12345678","others":["ann@home.example","+4915112345678"]}""");
        await PutAsync(mira, "northwind.example", """{"kind":"vip","company":"Ñandú","doNotCall":true}""");
        await PutAsync(manager, "team.example", """{"kind":"other"}""", "/api/team/prospects");

        using var answer = await mira.SendAsync(HttpMethod.Get, "/api/prospects/export");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("inboxgate-prospects-2026-03-02.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            """"
            email,email2,email3,domain,name,company,phone,mobile,status,timeZone,doNotCall,source,listed,lastUsed
            ann@fabrikam.example,ann@home.example,,,"Lee, ""Ann""","'=1+1","'+493012345678","'+4915112345678",customer,Europe/Berlin,false,said,2026-03-02,
            ,,,northwind.example,,Ñandú,,,vip,,true,said,2026-03-02,

            """".ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(bytes[3..]));
        using var teams = await manager.SendAsync(HttpMethod.Get, "/api/team/prospects/export");
        Assert.Contains("team.example", await teams.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_by_another_way_or_another_server_is_found_at_once()
    {
        await using var world = await World.StartAsync(Database.Postgres, postgres);
        var (_, _, mira) = await PeopleAsync(world);
        await PutAsync(mira, "ann@fabrikam.example", """{"kind":"prospect"}""");
        await world.AddServerAsync();
        var token = await world.TokenAsync(new JsonObject { ["user"] = mira.Address });
        using var api = new HttpClient { BaseAddress = new Uri(world.Servers[1].Urls.First()) };
        api.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var elsewhere = mira with { Api = api };
        Assert.Equal("ann@fabrikam.example", await FoundAsync(elsewhere, "?search=fabrikam"));

        await mira.JsonAsync(HttpMethod.Put, "/api/senders/bob@fabrikam.example", new JsonObject { ["kind"] = "other" });
        Assert.Equal("ann@fabrikam.example bob@fabrikam.example", await FoundAsync(elsewhere, "?search=fabrikam"));
        await mira.JsonAsync(HttpMethod.Delete, "/api/prospects/ann@fabrikam.example");
        await PutAsync(elsewhere, "bob@fabrikam.example", """{"kind":"other","name":"Bob"}""");
        Assert.Equal("bob@fabrikam.example", await FoundAsync(elsewhere, "?search=fabrikam"));
        Assert.Equal("bob@fabrikam.example", await FoundAsync(mira, "?search=bob"));
    }

    [Fact]
    public async Task What_cannot_be_said_or_asked_is_refused_in_words_and_changes_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (_, manager, mira) = await PeopleAsync(world);
        var revision = await RevisionAsync(mira);
        foreach (var (entry, body, status) in new[]
        {
            ("gmail.com", """{"kind":"prospect"}""", 422), ("co.uk", """{"kind":"prospect"}""", 422), ("nobody", """{"kind":"prospect"}""", 422), ("12", """{"kind":"prospect"}""", 422),
            ("fabrikam.example", """{"kind":"unknown"}""", 422), ("fabrikam.example", """{"kind":"automated"}""", 422), ("fabrikam.example", """{"kind":"friend"}""", 400),
            ("fabrikam.example", "{}", 400), ("fabrikam.example", "", 400), ("fabrikam.example", """{"kind":"vip","colour":"red"}""", 400), ("fabrikam.example", """{"kind":"vip","name":7}""", 400),
            ("fabrikam.example", """{"kind":"vip","phone":"call me"}""", 422), ("fabrikam.example", """{"kind":"vip","timeZone":"Mars/Base"}""", 422), ("fabrikam.example", """{"kind":"vip","timeZone":"../etc\u0000"}""", 422),
            ("fabrikam.example", $$"""{"kind":"vip","name":"{{new string('x', 201)}}"}""", 422), ("fabrikam.example", """{"kind":"vip","company":"a\u0000b"}""", 422), ("fabrikam.example", """{"kind":"vip","name":"\ud800"}""", 400),
            ("fabrikam.example", """{"kind":"vip","others":[null]}""", 422), ("fabrikam.example", $$"""{"kind":"vip","others":[{{string.Join(',', Enumerable.Range(0, 11).Select(x => $"\"p{x}@fabrikam.example\""))}}]}""", 422),
            ("fabrikam.example", $$"""{"kind":"vip","name":"{{new string('x', 70_000)}}"}""", 413),
        })
        {
            foreach (var (person, list) in new[] { (mira, "/api/prospects"), (manager, "/api/team/prospects") })
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await person.Api.PutAsync(new Uri($"{list}/{entry}", UriKind.Relative), content, TestContext.Current.CancellationToken);
                Assert.True(status == (int)answer.StatusCode, $"{entry} {body[..Math.Min(body.Length, 80)]} answered {(int)answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }

        foreach (var (query, status) in new[]
        {
            ("?take=0", 400), ("?take=201", 400), ("?take=all", 400), ("?kind=friend", 400), ("?source=heaven", 400), ("?scope=mine", 400), ($"?search={new string('x', 201)}", 400),
            ("?after=%00", 422), ("?after=YQ", 422), ("?after=YQphCjk", 422), ($"?after={new string('x', 5000)}", 400), ("/nobody@fabrikam.example", 404), ("/nobody", 422),
        })
        {
            using var answer = await mira.SendAsync(HttpMethod.Get, $"/api/prospects{query}");
            Assert.True(status == (int)answer.StatusCode, $"{query} answered {(int)answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        foreach (var search in new[] { "%00", "%FF%FE", "%F0%9F%98%80", "%27;drop%20table", "%25", "%5C" })
        {
            Assert.Equal("", await FoundAsync(mira, $"?search=x{search}"));
        }

        Assert.Equal(revision, await RevisionAsync(mira));
    }

    private static async Task<(Person Admin, Person Manager, Person Mira)> PeopleAsync(World world)
    {
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        await World.BoardWhenAsync(mira, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        return (admin, manager, mira);
    }

    private static async Task<JsonNode> PutAsync(Person person, string entry, string body, string list = "/api/prospects", int status = 200)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await person.Api.PutAsync(new Uri($"{list}/{Uri.EscapeDataString(entry)}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((HttpStatusCode)status == answer.StatusCode, $"{entry} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<string> FoundAsync(Person person, string query) => string.Join(
        ' ', (await person.JsonAsync(HttpMethod.Get, $"/api/prospects{query}"))["entries"]!.AsArray().Select(x => Text(x!, "entry")));

    private static async Task<List<ListEntryRow>> RowsAsync(World world, System.Linq.Expressions.Expression<Func<ListEntryRow, bool>> which)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await store.ListEntries.AsNoTracking().Where(which).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<long> RevisionAsync(Person rep) => (await rep.BoardAsync())["revision"]!.GetValue<long>();

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string Text(JsonNode node, int at) => node[at]!.GetValue<string>();

    private static List<string> Texts(JsonNode node) => [.. node.AsArray().Select(x => x!.GetValue<string>())];
}
