using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Core.Senders;
using InboxGate.Web.Senders;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>Files of people become entries of a list, again and again.</summary>
public sealed class ImportTests(PostgresServer postgres)
{
    private const string HubSpot = """
        Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Lifecycle Stage,Lead Status,Company name,Time Zone
        1,Ann,Lee,Ann.Lee@Fabrikam.com,030 123456,+1 415 555 2671,lead,,Fabrikam,
        2,Bob,Ray,bob@fabrikam.com,,,customer,Unqualified,Fabrikam,
        3,Cem,Öz,cem@northwind.com;cem.oz@northwind.com,,,opportunity,Bad timing,Northwind,America/New_York
        4,Dora,Fox,,(030) 654321,,,,"Adatum
        of Berlin",

        """;

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_lists_its_people_and_again_changes_only_what_is_new(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var mira = await world.RepAsync();
        var revision = await mira.RevisionAsync();

        var looked = await mira.PreviewAsync(HubSpot);
        Assert.Equal(("4: 4 0 0 0, 0, 0", "", revision), (looked.Counts(), await world.EntriesAsync(), await mira.RevisionAsync()));
        Assert.Equal("ann.lee@fabrikam.com", looked["sample"]![0]!["entry"]!.GetValue<string>());

        var report = await mira.ImportAsync(HubSpot);
        Assert.Equal(("4: 4 0 0 0, 0, 0", true), (report.Counts(), await mira.RevisionAsync() > revision));
        var rows = await world.ListedAsync();
        Assert.Equal(
            [
                "+14155552671 Prospect Ann Lee/Fabrikam/+14155552671/America/Los_Angeles ann.lee@fabrikam.com",
                "+4930654321 Prospect Dora Fox/Adatum of Berlin/+4930654321/Europe/Berlin ",
                "ann.lee@fabrikam.com Prospect Ann Lee/Fabrikam/+4930123456/Europe/Berlin ",
                "bob@fabrikam.com Customer Bob Ray/Fabrikam// ",
                "cem.oz@northwind.com Other Cem Öz/Northwind//America/New_York cem@northwind.com",
                "cem@northwind.com Other Cem Öz/Northwind//America/New_York ",
            ],
            rows.Select(x => $"{x.Entry} {x.Kind} {x.Name}/{x.Company}/{x.Phone}/{x.TimeZones} {x.MainEntry}").Order(StringComparer.Ordinal));
        Assert.All(rows, x => Assert.Equal((ListSource.Import, World.MondayMorning.Date, false), (x.Source, x.SetAt.ToOffset(TimeSpan.FromHours(1)).Date, x.DoNotCall)));
        Assert.Equal(("dora fox", "dora fox adatum of berlin +4930654321"), rows.Where(x => x.Entry == "+4930654321").Select(x => (x.SortKey, x.SearchText)).Single());

        Assert.Equal("4: 0 0 4 0, 0, 0", (await mira.ImportAsync(HubSpot)).Counts());
        var newer = HubSpot.Replace("Bob,Ray", "Bob,Roy", StringComparison.Ordinal) + "5,Eve,Day,eve@adatum.com,,,,,,\n";
        Assert.Equal("5: 1 1 3 0, 0, 0", (await mira.PreviewAsync(newer)).Counts());
        Assert.Equal("5: 1 1 3 0, 0, 0", (await mira.ImportAsync(newer)).Counts());
        Assert.Equal("Bob Roy", Assert.Single(await world.ListedAsync(), x => x.Entry == "bob@fabrikam.com").Name);
        Assert.Equal("customer", (await mira.JsonAsync(HttpMethod.Get, "/api/senders/bob@fabrikam.com"))["kind"]!.GetValue<string>());

        using var export = await mira.SendAsync(HttpMethod.Get, "/api/prospects/export");
        Assert.Equal("5: 0 0 5 0, 0, 0", (await mira.ImportAsync(await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))).Counts());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Mail_that_waits_is_decided_again(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var mira = await world.RepAsync();
        await mira.ImportAsync("Email,Status\nann@fabrikam.com,customer\n");
        await world.DeliverAsync(mira, "ann@fabrikam.com");
        await World.BoardWhenAsync(mira, x => x["gates"]!.AsArray().Count == 1 && x["gates"]![0]!["state"]!.GetValue<string>() == "pending");

        await mira.ImportAsync("Email,Status\nann@fabrikam.com,Open deal\n");

        var gate = (await mira.BoardAsync())["gates"]![0]!;
        Assert.Equal(("prospect", "released"), (gate["senderKind"]!.GetValue<string>(), gate["state"]!.GetValue<string>()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sending_a_file_again_by_its_id_changes_nothing_and_answers_the_same(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var mira = await world.RepAsync();
        var id = ("id", Guid.NewGuid().ToString());
        var first = await mira.ImportAsync("Email\nann@fabrikam.com\nnobody\nbob@fabrikam.com", id);
        var revision = await mira.RevisionAsync();

        var again = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => mira.ImportAsync("Email\nann@fabrikam.com\nnobody\nbob@fabrikam.com", id)));

        Assert.All(again, x => Assert.Equal((first.Counts(), id.Item2), (x.Counts(), x["id"]!.GetValue<string>())));
        Assert.Equal(("3: 2 0 0 1, 0, 0", revision), (first.Counts(), await mira.RevisionAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_new_file_lacks_goes_when_that_is_asked_for_and_can_be_had_back(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var mira = await world.RepAsync();
        await mira.JsonAsync(HttpMethod.Put, "/api/senders/said@northwind.com", new JsonObject { ["kind"] = "vip" });
        await mira.ImportAsync("Email,Email 2\nann@fabrikam.com,\nbob@fabrikam.com,bob@adatum.com\ncem@fabrikam.com,\n");
        const string Newer = "Email\nann@fabrikam.com\ndora@fabrikam.com\n";

        var looked = await mira.PreviewAsync(Newer);
        Assert.Equal(("2: 1 0 1 0, 0, 0", 2, "bob@fabrikam.com"), (looked.Counts(), looked["wouldRemove"]!["count"]!.GetValue<int>(), looked["wouldRemove"]!["sample"]![0]!["entry"]!.GetValue<string>()));
        Assert.Equal("2: 1 0 1 0, 2, 0", (await mira.PreviewAsync(Newer, ("removeMissing", "true"))).Counts());

        var report = await mira.ImportAsync(Newer, ("removeMissing", "true"));
        Assert.Equal(("2: 1 0 1 0, 2, 0", "ann@fabrikam.com, dora@fabrikam.com, said@northwind.com"), (report.Counts(), await world.EntriesAsync()));
        using (var gone = await mira.SendAsync(HttpMethod.Get, "/api/senders/bob@fabrikam.com"))
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        for (var times = 0; times < 2; times++)
        {
            var undone = await mira.JsonAsync(HttpMethod.Post, $"/api/prospects/import/{report["id"]}/undo-removal");
            Assert.Equal(2, undone["restored"]!.GetValue<int>());
            Assert.Equal("ann@fabrikam.com, bob@adatum.com, bob@fabrikam.com, cem@fabrikam.com, dora@fabrikam.com, said@northwind.com", await world.EntriesAsync());
        }

        await mira.ImportAsync(Newer, ("removeMissing", "true"));
        Assert.Equal("1: 1 0 0 0, 0, 0", (await mira.ImportAsync("Email\nbob@fabrikam.com")).Counts());
        Assert.Equal("ann@fabrikam.com, bob@fabrikam.com, dora@fabrikam.com, said@northwind.com", await world.EntriesAsync());
        using var unknown = await mira.SendAsync(HttpMethod.Post, $"/api/prospects/import/{Guid.NewGuid()}/undo-removal");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_two_lines_or_the_list_and_the_file_disagree_about_is_shown_and_not_guessed(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var mira = await world.RepAsync();
        foreach (var (entry, kind) in new[] { ("said@northwind.com", "vip"), ("same@northwind.com", "customer") })
        {
            await mira.JsonAsync(HttpMethod.Put, $"/api/senders/{entry}", new JsonObject { ["kind"] = kind });
        }

        const string File = """
            Email;Name;Phone;Status
            ann@fabrikam.com;Ann;;lead
            bob@fabrikam.com;Bob;;lead
            ANN@fabrikam.com;Ann;;customer
            bob@fabrikam.com;Robert;;lead
            said@northwind.com;Sal;;customer
            same@northwind.com;Sam;+49 30 123456;customer
            ann@fabrikam.com;Ann;;lead
            said@northwind.com;Sally;;customer
            """;

        var report = await mira.ImportAsync(File);
        Assert.Equal("8: 1 1 1 5, 0, 2", report.Counts());
        Assert.Equal("2 conflictInFile 4, 4 conflictInFile 2, 5 repeated 3, 6 conflictWithList, 8 repeated 2, 9 repeated 6", report.Problems());
        using (var rejected = await mira.SendFileAsync(ImportSending.Own + "/rejected", System.Text.Encoding.UTF8.GetBytes(File)))
        {
            var lines = (await rejected.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["2", "4", "6", "8", "9"], lines.Skip(1).Select(x => x.Split(',')[0]));
        }

        Assert.Contains("said@northwind.com is a VIP", report["problems"]![3]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var rows = await world.ListedAsync();
        Assert.Equal(
            ["bob@fabrikam.com Prospect Bob Import", "said@northwind.com Vip  Said", "same@northwind.com Customer Sam+4930123456 Said"],
            rows.Select(x => $"{x.Entry} {x.Kind} {x.Name}{x.Phone} {x.Source}"));

        Assert.Equal("8: 0 1 4 3, 0, 2", (await mira.ImportAsync(File, ("onConflict", "file"))).Counts());
        var said = Assert.Single(await world.ListedAsync(), x => x.Entry == "said@northwind.com");
        Assert.Equal((SenderKind.Customer, ListSource.Import, "Sal"), (said.Kind, said.Source, said.Name));
    }

    [Fact]
    public async Task Two_files_at_once_are_both_there_whole()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        string[] files = [.. Enumerable.Range(0, 3).Select(file => "Email,Name\n" + string.Concat(Enumerable.Range(0, 1_500).Select(x => $"p{x}@c{file}.com,\"Person, {x}\"\n")))];

        var reports = await Task.WhenAll(files.Select(x => mira.ImportAsync(x)));

        Assert.All(reports, x => Assert.Equal("1500: 1500 0 0 0, 0, 0", x.Counts()));
        Assert.Equal(4_500, (await world.ListedAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_team_and_a_tenant_have_lists_of_their_own(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        await World.BoardWhenAsync(mira, x => x["gate"]!["on"]!.GetValue<bool>());
        await World.UntilAsync(async () => (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["size"]!.GetValue<int>() == 1);
        var revision = await mira.RevisionAsync();

        await manager.ImportAsync("/api/team/prospects/import", "Email,Status\nann@fabrikam.com,lead\n");
        Assert.True(await mira.RevisionAsync() > revision);
        await admin.ImportAsync("/api/tenant/prospects/import", "Email,Status\nann@fabrikam.com,customer\nbob@fabrikam.com,customer\n");

        Assert.Equal(
            ["Tenant ann@fabrikam.com Customer", "Team ann@fabrikam.com Prospect", "Tenant bob@fabrikam.com Customer"],
            (await world.ListedAsync()).OrderBy(x => x.Entry, StringComparer.Ordinal).ThenBy(x => x.Kind != SenderKind.Customer).Select(x => $"{x.Scope} {x.Entry} {x.Kind}"));
        Assert.Equal("prospect", (await manager.JsonAsync(HttpMethod.Get, "/api/team/senders/ann@fabrikam.com"))["kind"]!.GetValue<string>());
        foreach (var (person, path) in new[] { (mira, "team"), (mira, "tenant"), (manager, "tenant"), (admin, "team") })
        {
            foreach (var end in new[] { "", "/preview", "/rejected" })
            {
                using var answer = await person.SendFileAsync($"/api/{path}/prospects/import{end}", "Email\nx@fabrikam.com"u8.ToArray());
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task An_import_that_is_called_off_leaves_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        var revision = await mira.RevisionAsync();
        var id = Guid.NewGuid();
        var large = System.Text.Encoding.UTF8.GetBytes("Email,Phone\n" + string.Concat(Enumerable.Range(0, 100_000).Select(x => $"p{x}@fabrikam.com,030 {1_000_000 + x}\n")));
        using (var form = ImportSending.Form(large, ("id", $"{id}")))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, ImportSending.Own) { Content = form };
            request.Headers.TryAddWithoutValidation("Accept", "application/x-ndjson");
            using var answer = await mira.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("1: 1 0 0 0, 0, 0", (await mira.ImportAsync("Email\nann@fabrikam.com\n")).Counts());
        Assert.Equal(("ann@fabrikam.com", revision + 1), (await world.EntriesAsync(), await mira.RevisionAsync()));
        Assert.Equal("1: 0 0 1 0, 0, 0", (await mira.ImportAsync("Email\nann@fabrikam.com\n", ("id", $"{id}"))).Counts());
    }

    [Fact]
    public async Task Whoever_wants_to_see_it_work_is_told_line_by_line()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();

        var lines = await LinesAsync("Email\nann@fabrikam.com\n", "application/x-ndjson");
        Assert.Equal(0, lines[0]["rows"]!.GetValue<int>());
        Assert.Equal("1: 1 0 0 0, 0, 0", lines[^1]["report"]!.Counts());
        var refused = await LinesAsync("Email\n", "application/x-ndjson, application/json");
        Assert.EndsWith("/import-no-rows", refused[^1]["problem"]!["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(422, refused[^1]["problem"]!["status"]!.GetValue<int>());

        async Task<List<JsonNode>> LinesAsync(string file, string accept)
        {
            using var form = ImportSending.Form(System.Text.Encoding.UTF8.GetBytes(file));
            using var request = new HttpRequestMessage(HttpMethod.Post, ImportSending.Own) { Content = form };
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await mira.Api.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(x => JsonNode.Parse(x)!)];
        }
    }
}
