using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Core.Senders;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Histories;
using InboxGate.Web.Tests.Mailbox;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>Outlook contacts of a folder or a category come to the rep's own list, and go with it.</summary>
public sealed class ContactsTests(PostgresServer postgres)
{
    private const string Ann = "ann@fabrikam.example";
    private const string Bo = "bo@fabrikam.example";
    private const string Cy = "cy@fabrikam.example";
    private const string Di = "di@fabrikam.example";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Contacts_of_a_category_come_to_the_list_and_stay_in_step(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        await world.DeliverAsync(rep, "ceo@contoso.com");
        await World.BoardWhenAsync(rep, x => StateOfGate(x) == "pending");
        var ann = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann, "Leads"));
        var bo = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo, "Leads"));
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Cy", Cy, "Friends"));
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Di", Di, "leads"));
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("The boss", "ceo@contoso.com", "Leads"));

        var chosen = await AddressBook.ChooseAsync(rep, category: "Leads");
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo, "ceo@contoso.com", Di);
        var source = Assert.Single(await AddressBook.ReadAsync(rep));

        Assert.True(chosen["sources"]![0]!["reading"]!.GetValue<bool>());
        Assert.Equal(("Leads", "prospect", 4), (Text(source, "category"), Text(source, "kind"), source["entries"]!.GetValue<int>()));
        // The mail that waited is of a prospect now.
        await World.BoardWhenAsync(rep, x => StateOfGate(x) == "released");

        var revision = (await rep.BoardAsync())["revision"]!.GetValue<long>();
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Eve", "eve@fabrikam.example", "Leads"));
        await AddressBook.SaveAsync(world, rep, new JsonObject { ["id"] = ann, ["categories"] = new JsonArray("Friends") });
        await AddressBook.ListWhenAsync(world, rep, Bo, "ceo@contoso.com", Di, "eve@fabrikam.example");
        await AddressBook.DeleteAsync(world, rep, bo);
        await AddressBook.ListWhenAsync(world, rep, "ceo@contoso.com", Di, "eve@fabrikam.example");
        Assert.True((await rep.BoardAsync())["revision"]!.GetValue<long>() > revision);

        Assert.Empty((await AddressBook.LeaveAsync(rep, category: "LEADS"))["sources"]!.AsArray());
        Assert.Empty(await AddressBook.ListAsync(world, rep));
        await World.BoardWhenAsync(rep, x => StateOfGate(x) == "pending");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_person_has_all_addresses_and_numbers_and_changes_with_the_contact(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var folder = await AddressBook.FolderAsync(world, rep, "Leads");
        var contact = AddressBook.Contact("  Ann \n Berg ", "Ann@Fabrikam.example");
        contact["companyName"] = "Fabrikam";
        contact["emailAddresses"]!.AsArray().Add(new JsonObject { ["address"] = "ann.berg@fabrikam.example" });
        contact["emailAddresses"]!.AsArray().Add(new JsonObject { ["address"] = "/O=CONTOSO/CN=ANN" });
        contact["mobilePhone"] = "0171 2345678";
        contact["businessPhones"] = new JsonArray("+49 30 1234567", "extension 12");
        var id = await AddressBook.SaveAsync(world, rep, contact, folder);
        await AddressBook.SaveAsync(world, rep, new JsonObject { ["displayName"] = "Only a number", ["businessPhones"] = new JsonArray("030 7654321") }, folder);
        await AddressBook.SaveAsync(world, rep, new JsonObject { ["displayName"] = "Nothing to be known by" }, folder);
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Elsewhere", Bo));

        await AddressBook.ChooseAsync(rep, folder, kind: "customer");
        await AddressBook.ListWhenAsync(world, rep, "+49301234567", "+49307654321", "ann.berg@fabrikam.example", Ann);

        var list = (await AddressBook.ListAsync(world, rep)).ToDictionary(x => x.Entry);
        Assert.All(list.Values, x => Assert.Equal((SenderKind.Customer, ListSource.Contacts), (x.Kind, x.Source)));
        Assert.Equal(("Ann Berg", "Fabrikam", "+491712345678", "Europe/Berlin", null), (list[Ann].Name, list[Ann].Company, list[Ann].Phone, list[Ann].TimeZones, list[Ann].MainEntry));
        Assert.Equal((Ann, id), (list["ann.berg@fabrikam.example"].MainEntry, list["ann.berg@fabrikam.example"].SourceId));
        Assert.Equal(Ann, list["+49301234567"].MainEntry);
        Assert.Equal(("Only a number", "+49307654321", null), (list["+49307654321"].Name, list["+49307654321"].Phone, list["+49307654321"].MainEntry));
        var source = Assert.Single(await AddressBook.ReadAsync(rep));
        Assert.Equal(("Leads", 2), (Text(source, "folderName"), source["entries"]!.GetValue<int>()));

        await AddressBook.SaveAsync(world, rep, new JsonObject
        {
            ["id"] = id, ["displayName"] = "Ann Call", ["mobilePhone"] = null, ["emailAddresses"] = new JsonArray(new JsonObject { ["address"] = "ann.berg@fabrikam.example" }),
        });
        await AddressBook.ListWhenAsync(world, rep, "+49307654321", "ann.berg@fabrikam.example");

        var after = (await AddressBook.ListAsync(world, rep)).Single(x => x.Entry == "ann.berg@fabrikam.example");
        Assert.Equal(("Ann Call", "+49301234567", null), (after.Name, after.Phone, after.MainEntry));
        Assert.Equal("ann call", after.SortKey);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_the_rep_said_stands_and_is_only_completed(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Ann}", new JsonObject { ["kind"] = "vip" });
        var contact = AddressBook.Contact("Ann", Ann);
        contact["mobilePhone"] = "+49 171 2345678";
        var id = await AddressBook.SaveAsync(world, rep, contact);

        await AddressBook.ChooseAsync(rep);
        await World.UntilAsync(async () => (await AddressBook.ListAsync(world, rep)).Single().Name == "Ann");
        var said = Assert.Single(await AddressBook.ListAsync(world, rep));
        Assert.Equal((SenderKind.Vip, ListSource.Said, "+491712345678"), (said.Kind, said.Source, said.Phone));

        await AddressBook.DeleteAsync(world, rep, id);
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo));
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo);
        await AddressBook.LeaveAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, Ann);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_the_rep_took_off_by_hand_does_not_come_back_from_the_address_book(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var ann = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann));
        await AddressBook.ChooseAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, Ann);

        await rep.JsonAsync(HttpMethod.Delete, $"/api/senders/{Ann}");
        await AddressBook.SaveAsync(world, rep, new JsonObject { ["id"] = ann, ["displayName"] = "Ann Berg" });
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo));
        await Simulated.FailAsync(world, "expiredDelta", match: "/contacts/delta");
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Cy", Cy));
        await AddressBook.ListWhenAsync(world, rep, Bo, Cy);
        await AddressBook.ReadAsync(rep);
        Assert.Equal([Bo, Cy], await AddressBook.EntriesAsync(world, rep));

        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Ann}", new JsonObject { ["kind"] = "customer" });
        await AddressBook.LeaveAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, Ann);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Of_two_sources_the_first_rules_and_leaving_one_keeps_what_the_other_names(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var both = AddressBook.Contact("Ann", Ann, "Leads");
        both["categories"]!.AsArray().Add("Clients");
        await AddressBook.SaveAsync(world, rep, both);
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo, "Leads"));
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Cy", Cy, "Clients"));
        await AddressBook.ChooseAsync(rep, category: "Clients", kind: "customer");
        await AddressBook.ListWhenAsync(world, rep, Ann, Cy);
        await AddressBook.ChooseAsync(rep, category: "Leads");
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo, Cy);
        Assert.Equal([2, 1], (await AddressBook.ReadAsync(rep)).Select(x => x["entries"]!.GetValue<int>()));
        Assert.Equal(SenderKind.Customer, await KindAsync(world, rep, Ann));

        await AddressBook.LeaveAsync(rep, category: "Clients");
        Assert.Contains(Ann, await AddressBook.EntriesAsync(world, rep));
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo);

        Assert.Equal(SenderKind.Prospect, await KindAsync(world, rep, Ann));
        await AddressBook.ChooseAsync(rep, category: "leads", kind: "vip");
        await World.UntilAsync(async () => await KindAsync(world, rep, Ann) == SenderKind.Vip);
        Assert.Equal("Leads", Text(Assert.Single(await AddressBook.ReadAsync(rep)), "category"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_is_in_the_address_book_twice_stays_until_both_are_gone(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var folder = await AddressBook.FolderAsync(world, rep, "Leads");
        var first = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann), folder);
        var second = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann B.", Ann), folder);
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo), folder);
        await AddressBook.ChooseAsync(rep, folder);
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo);
        Assert.Equal("Ann", (await AddressBook.ListAsync(world, rep))[0].Name);

        await AddressBook.DeleteAsync(world, rep, first);
        await World.UntilAsync(async () => (await AddressBook.ListAsync(world, rep))[0].Name == "Ann B.");
        Assert.Equal([Ann, Bo], await AddressBook.EntriesAsync(world, rep));
        await AddressBook.DeleteAsync(world, rep, second);
        await AddressBook.ListWhenAsync(world, rep, Bo);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_contact_that_moves_between_two_chosen_folders_stays_and_goes_with_neither(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var folder = await AddressBook.FolderAsync(world, rep, "Leads");
        var id = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann));
        await AddressBook.ChooseAsync(rep, kind: "customer");
        await AddressBook.ChooseAsync(rep, folder);
        await AddressBook.ListWhenAsync(world, rep, Ann);
        await AddressBook.ReadAsync(rep);

        await AddressBook.SaveAsync(world, rep, new JsonObject { ["id"] = id }, folder);
        await World.UntilAsync(async () => (await AddressBook.ListAsync(world, rep)) is [{ Kind: SenderKind.Prospect }]);
        await AddressBook.DeleteFolderAsync(world, rep, folder);
        await AddressBook.ListWhenAsync(world, rep);

        var sources = await AddressBook.SourcesWhenAsync(rep, x => x.TrueForAll(one => !one["reading"]!.GetValue<bool>()));
        Assert.Equal([null, "contactFolderGone"], sources.Select(x => x["problem"]?.GetValue<string>()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_lost_link_begins_a_new_round_that_also_takes_off_what_has_gone(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var ids = new List<string>();
        foreach (var address in new[] { Ann, Bo, Cy, Di })
        {
            ids.Add(await AddressBook.SaveAsync(world, rep, AddressBook.Contact(address[..2], address)));
        }

        await AddressBook.ChooseAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo, Cy, Di);
        await AddressBook.ReadAsync(rep);
        // Until the link is lost nothing of the contacts is told.
        await world.SayAsync("/sim/permissions", new JsonObject { ["denied"] = new JsonArray("Contacts.Read") });
        await AddressBook.DeleteAsync(world, rep, ids[0]);
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("eve", "eve@fabrikam.example"));
        await Simulated.FailAsync(world, "expiredDelta", match: "/contacts/delta");
        await world.SayAsync("/sim/permissions", new JsonObject { ["denied"] = new JsonArray() });

        await AddressBook.ListWhenAsync(world, rep, Bo, Cy, Di, "eve@fabrikam.example");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Where_contacts_may_not_be_read_the_gate_goes_on_and_it_is_said(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres, permission: null);
        var rep = await AddressBook.RepAsync(world);
        var look = await AddressBook.LookAsync(rep);
        using var refused = await rep.SendAsync(HttpMethod.Put, AddressBook.Path, new JsonObject { ["kind"] = "prospect" });
        Assert.Equal((false, "contactsDenied"), (look["available"]!.GetValue<bool>(), Text(look, "problem")));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        await world.SayAsync("/sim/permissions", new JsonObject { ["granted"] = new JsonArray("Contacts.Read") });
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann));
        await AddressBook.ChooseAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, Ann);
        await world.SayAsync("/sim/permissions", new JsonObject { ["denied"] = new JsonArray("Contacts.Read") });
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo));
        await AddressBook.SourcesWhenAsync(rep, x => x[0]["problem"]?.GetValue<string>() == "contactsDenied");

        await world.DeliverAsync(rep, "boss@contoso.com");
        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count == 1);
        Assert.True(board["gate"]!["on"]!.GetValue<bool>());
        Assert.Equal([Ann], await AddressBook.EntriesAsync(world, rep));
        await world.SayAsync("/sim/permissions", new JsonObject { ["granted"] = new JsonArray("Contacts.Read"), ["denied"] = new JsonArray() });
        await AddressBook.ListWhenAsync(world, rep, Ann, Bo);
        await AddressBook.SourcesWhenAsync(rep, x => x[0]["problem"] is null);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Throttled_and_troubled_rounds_come_to_the_same_list(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres, pageSize: 2);
        var rep = await AddressBook.RepAsync(world);
        var entries = await ManyAsync(world, rep, 9);
        foreach (var kind in new[] { "duplicateItems", "reorderItems", "partialItems", "replayItems", "emptyPage" })
        {
            await Simulated.FailAsync(world, kind, match: "/contacts/delta");
        }

        await world.SayAsync("/sim/faults", new JsonObject { ["match"] = "skiptoken", ["status"] = 429, ["retryAfter"] = 1, ["times"] = 2 });
        await AddressBook.ChooseAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, [.. entries]);
        await AddressBook.ReadAsync(rep);

        var mains = await AddressBook.ListAsync(world, rep);
        Assert.All(mains, x => Assert.False(string.IsNullOrEmpty(x.Name)));
        await Simulated.FailAsync(world, "replayItems", times: 3, match: "/contacts/delta");
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Zoe", "zoe@fabrikam.example"));
        await AddressBook.ListWhenAsync(world, rep, [.. entries, "zoe@fabrikam.example"]);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_server_that_is_killed_between_and_within_pages_misses_nothing_and_keeps_nothing_that_went(Database database)
    {
        var commits = new CrashingCommits();
        await using var world = await AddressBook.StartAsync(
            database, postgres, pageSize: 1, settings: new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" }, configure: builder =>
            {
                builder.Services.ConfigureDbContext<SqliteStore>(options => options.AddInterceptors(commits));
                builder.Services.ConfigureDbContext<PostgresStore>(options => options.AddInterceptors(commits));
            });
        var rep = await AddressBook.RepAsync(world);
        var entries = await ManyAsync(world, rep, 9);
        var gone = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Zoe", "zoe@fabrikam.example"));
        await AddressBook.ChooseAsync(rep);
        for (var crash = 0; crash < 6; crash++)
        {
            // While it reads: a page has come, and the next one is on its way.
            await World.UntilAsync(async () => (await AddressBook.ListAsync(world, rep)).Count > crash);
            (crash % 2 == 0 ? (Action)commits.CrashBeforeNext : commits.CrashAfterNext)();
            await World.UntilAsync(() => Task.FromResult(commits.CrashedBefore + commits.CrashedAfter > crash));
        }

        commits.IsPaused = true;
        await AddressBook.DeleteAsync(world, rep, gone);
        await world.ReplaceServerAsync(world.Servers[0]);
        commits.IsPaused = false;
        commits.CrashBeforeNext();
        // Unless nothing was left to save.
        await World.UntilAsync(async () => commits.CrashedBefore + commits.CrashedAfter > 6 || (await AddressBook.ListAsync(world, rep)).Count == entries.Count);
        commits.Mend();

        await AddressBook.ListWhenAsync(world, rep, [.. entries]);
        Assert.True(commits.CrashedBefore >= 3 && commits.CrashedAfter >= 3);
    }

    [Fact]
    public async Task Folders_and_categories_are_named_to_choose_from_and_five_sources_are_enough()
    {
        await using var world = await AddressBook.StartAsync(Database.Sqlite, postgres);
        var rep = await AddressBook.RepAsync(world);
        var folder = await AddressBook.FolderAsync(world, rep, "Leads");
        await world.SayAsync("/sim/contactFolders", new JsonObject { ["user"] = rep.Address, ["displayName"] = "Old", ["parent"] = folder });

        var look = await AddressBook.LookAsync(rep);
        for (var i = 0; i < 5; i++)
        {
            await AddressBook.ChooseAsync(rep, category: $"Category {i}");
        }

        await AddressBook.ChooseAsync(rep, category: "category 1");
        using var sixth = await rep.SendAsync(HttpMethod.Put, AddressBook.Path, new JsonObject { ["category"] = "Category 6", ["kind"] = "prospect" });

        Assert.True(look["available"]!.GetValue<bool>());
        Assert.Equal(["", folder], look["folders"]!.AsArray().Take(2).Select(x => Text(x!, "id")));
        Assert.Equal(["Contacts", "Leads", "Leads / Old"], look["folders"]!.AsArray().Select(x => Text(x!, "name")));
        Assert.Empty(look["sources"]!.AsArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sixth.StatusCode);
        Assert.Equal(5, (await AddressBook.LookAsync(rep))["sources"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"kind":"prospect","folderId":"no such folder"}""", 422)]
    [InlineData("""{"kind":"unknown"}""", 422)]
    [InlineData("""{"kind":"prospect","category":"a\u0000b"}""", 422)]
    [InlineData("""{"kind":"prospect","folderId":".."}""", 422)]
    [InlineData("""{"kind":"lead"}""", 400)]
    [InlineData("""{"kind":"prospect","category":7}""", 400)]
    [InlineData("""{"kind":"prospect","colour":"red"}""", 400)]
    [InlineData("""{"category":"Leads"}""", 400)]
    public async Task What_names_no_contacts_is_refused(string body, int status)
    {
        await using var world = await AddressBook.StartAsync(Database.Sqlite, postgres);
        var rep = await AddressBook.RepAsync(world);

        using var answer = await rep.SendAsync(HttpMethod.Put, AddressBook.Path, JsonNode.Parse(body));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty((await AddressBook.LookAsync(rep))["sources"]!.AsArray());
    }

    [Fact]
    public async Task More_contacts_than_a_source_may_bring_are_left_out_and_it_is_said()
    {
        await using var world = await AddressBook.StartAsync(Database.Sqlite, postgres, pageSize: 999);
        var rep = await AddressBook.RepAsync(world);
        await world.SayAsync("/sim/contacts", new JsonObject
        {
            ["user"] = rep.Address,
            ["contacts"] = new JsonArray([.. Enumerable.Range(1, 20_005).Select(x => AddressBook.Contact($"No {x}", $"n{x}@fabrikam.example"))]),
        });

        await AddressBook.ChooseAsync(rep);
        var source = Assert.Single(await AddressBook.ReadAsync(rep, TimeSpan.FromMinutes(4)));

        Assert.Equal((20_000, "contactsTooMany"), (source["entries"]!.GetValue<int>(), Text(source, "problem")));
        Assert.Equal(20_000, (await AddressBook.ListAsync(world, rep)).Count);
    }

    [Fact]
    public async Task On_behalf_of_the_rep_contacts_are_read_when_the_board_is_opened()
    {
        await using var world = await AddressBook.StartAsync(
            Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Access"] = "Delegated" });
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, x => x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann));
        await AddressBook.ChooseAsync(rep);
        await AddressBook.ListWhenAsync(world, rep, Ann);
        await AddressBook.RestAsync(rep);
        await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Bo", Bo));
        await AddressBook.RestAsync(rep);
        Assert.Equal([Ann], await AddressBook.EntriesAsync(world, rep));

        await rep.BoardAsync();

        await AddressBook.ListWhenAsync(world, rep, Ann, Bo);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Without_news_no_revision_rises(Database database)
    {
        await using var world = await AddressBook.StartAsync(database, postgres);
        var rep = await AddressBook.RepAsync(world);
        var id = await AddressBook.SaveAsync(world, rep, AddressBook.Contact("Ann", Ann));
        await AddressBook.ChooseAsync(rep);
        await AddressBook.ReadAsync(rep);
        var revision = (await rep.BoardAsync())["revision"]!.GetValue<long>();

        await AddressBook.SaveAsync(world, rep, new JsonObject { ["id"] = id, ["jobTitle"] = "Buyer" });
        await Simulated.FailAsync(world, "expiredDelta", match: "/contacts/delta");
        var readAt = Text((await AddressBook.ReadAsync(rep))[0], "readAt");
        await AddressBook.SourcesWhenAsync(rep, x => x[0]["readAt"]?.GetValue<string>() is { } later && string.CompareOrdinal(later, readAt) > 0);

        Assert.Equal(revision, (await rep.BoardAsync())["revision"]!.GetValue<long>());
    }

    private static async Task<List<string>> ManyAsync(World world, Person rep, int count)
    {
        var entries = Enumerable.Range(1, count).Select(x => $"n{x}@fabrikam.example").ToList();
        await world.SayAsync("/sim/contacts", new JsonObject
        {
            ["user"] = rep.Address, ["contacts"] = new JsonArray([.. entries.Select(x => AddressBook.Contact(x.Split('@')[0], x))]),
        });
        return entries;
    }

    private static async Task<SenderKind> KindAsync(World world, Person rep, string entry) =>
        (await AddressBook.ListAsync(world, rep)).Single(x => x.Entry == entry).Kind;

    private static string? StateOfGate(JsonNode board) => board["gates"]!.AsArray().SingleOrDefault()?["state"]!.GetValue<string>();

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();
}
