using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Plan;

/// <summary>Days that a team or a tenant has off. A hundred calls a week are asked of Mira: 105 with the margin.</summary>
public sealed class HolidaysTests(PostgresServer postgres)
{
    private const string Calendar = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        SUMMARY:Founders' day
        DTSTART;VALUE=DATE:20260306
        END:VEVENT
        BEGIN:VEVENT
        SUMMARY:New Year
        DTSTART;VALUE=DATE:20200101
        RRULE:FREQ=YEARLY;COUNT=7
        END:VEVENT
        BEGIN:VEVENT
        SUMMARY:Lunch
        DTSTART:20260304T110000Z
        DTEND:20260304T120000Z
        END:VEVENT
        END:VCALENDAR
        """;

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task They_change_the_goals_of_whoever_has_them_at_once_and_no_finished_day(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, manager, mira, tom) = await PeopleAsync(world);
        var (goal, revision, toms) = (CallsGoal(await mira.BoardAsync()), Revision(await mira.BoardAsync()), Revision(await tom.BoardAsync()));
        Assert.Equal(21, goal);

        await PutAsync(manager, "/api/team/holidays/2026-03-06", "Founders' day");
        var four = await mira.BoardAsync();
        Assert.Equal((27, true), (CallsGoal(four), Revision(four) > revision));
        Assert.Equal(toms, Revision(await tom.BoardAsync()));

        await PutAsync(admin, "/api/tenant/holidays/2026-03-05", "Office closed");
        Assert.Equal(35, CallsGoal(await mira.BoardAsync()));
        Assert.True(Revision(await tom.BoardAsync()) > toms);

        // Monday is over: it keeps its goal though it becomes a holiday, and one that counts for the week.
        await world.MoveClockAsync("2026-03-03T08:10:00+01:00");
        await mira.BoardAsync();
        await PutAsync(admin, "/api/tenant/holidays/2026-03-02", "Late news");
        var history = await mira.JsonAsync(HttpMethod.Get, "/api/history?from=2026-03-02&to=2026-03-02");
        Assert.Equal(35, history["days"]![0]!["callsGoal"]!.GetValue<int>());

        await PutAsync(admin, "/api/tenant/holidays/2026-03-03", "Today");
        var off = await mira.BoardAsync();
        Assert.Equal((0, false), (CallsGoal(off), off["today"]!["working"]!.GetValue<bool>()));

        foreach (var path in new[] { "/api/tenant/holidays/2026-03-02", "/api/tenant/holidays/2026-03-03", "/api/tenant/holidays/2026-03-05", "/api/team/holidays/2026-03-06" })
        {
            using var answer = await (path.Contains("team/", StringComparison.Ordinal) ? manager : admin).SendAsync(HttpMethod.Delete, path);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        // 105 over the four days that are left, under the ceiling of 25.
        Assert.Equal(25, CallsGoal(await mira.BoardAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Saying_the_same_again_changes_nothing(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (_, manager, mira, _) = await PeopleAsync(world);
        await PutAsync(manager, "/api/team/holidays/2026-12-25", "Christmas Day");
        await PutAsync(manager, "/api/team/holidays/2026-03-06", " Founders' day ");
        var revision = Revision(await mira.BoardAsync());

        await PutAsync(manager, "/api/team/holidays/2026-12-25", "Christmas Day");
        using var never = await manager.SendAsync(HttpMethod.Delete, "/api/team/holidays/2026-05-01");

        Assert.Equal((HttpStatusCode.NoContent, revision), (never.StatusCode, Revision(await mira.BoardAsync())));
        await PutAsync(manager, "/api/team/holidays/2026-12-25", "Christmas");
        Assert.Equal("2026-03-06 Founders' day, 2026-12-25 Christmas", await ListAsync(manager, "/api/team/holidays"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_calendar_is_looked_at_and_then_added(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var (admin, _, mira, _) = await PeopleAsync(world);
        await PutAsync(admin, "/api/tenant/holidays/2026-01-01", "Neujahr");
        var revision = Revision(await mira.BoardAsync());
        var expected = JsonNode.Parse("""
            {
              "saved": false,
              "added": [{ "date": "2025-01-01", "name": "New Year" }, { "date": "2026-03-06", "name": "Founders' day" }],
              "known": [{ "date": "2026-01-01", "name": "Neujahr" }],
              "passedOver": [{ "name": "Lunch", "why": "It is not a whole day." }]
            }
            """)!;

        var looked = await ImportAsync(admin, "/api/tenant/holidays/import?preview=true", Encoding.UTF8.GetBytes(Calendar));
        Assert.True(JsonNode.DeepEquals(expected, looked), looked.ToJsonString());
        Assert.Equal(("2026-01-01 Neujahr", revision), (await ListAsync(admin, "/api/tenant/holidays"), Revision(await mira.BoardAsync())));

        expected["saved"] = true;
        var added = await ImportAsync(admin, "/api/tenant/holidays/import?preview=false", Encoding.UTF8.GetBytes(Calendar));
        Assert.True(JsonNode.DeepEquals(expected, added), added.ToJsonString());
        var board = await mira.BoardAsync();
        Assert.Equal((27, true), (CallsGoal(board), Revision(board) > revision));
        Assert.Equal("2025-01-01 New Year, 2026-01-01 Neujahr, 2026-03-06 Founders' day", await ListAsync(admin, "/api/tenant/holidays"));

        var again = await ImportAsync(admin, "/api/tenant/holidays/import", Encoding.UTF8.GetBytes(Calendar));
        Assert.Equal((0, 3), (again["added"]!.AsArray().Count, again["known"]!.AsArray().Count));
        Assert.Equal(Revision(board), Revision(await mira.BoardAsync()));
    }

    [Fact]
    public async Task Each_role_reaches_its_own_list_alone()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (admin, manager, mira, _) = await PeopleAsync(world);
        var other = await world.UserAsync("olga@contoso.com", roles: "Manager");
        await PutAsync(other, "/api/team/holidays/2026-03-06", "Elsewhere");

        Assert.Equal("", await ListAsync(manager, "/api/team/holidays"));
        Assert.Equal(21, CallsGoal(await mira.BoardAsync()));
        foreach (var (person, list) in new[] { (mira, "team"), (mira, "tenant"), (manager, "tenant"), (admin, "team") })
        {
            foreach (var (method, path, body) in new[]
            {
                (HttpMethod.Get, "", null), (HttpMethod.Put, "/2026-03-06", Name("Free")), (HttpMethod.Delete, "/2026-03-06", null),
            })
            {
                using var answer = await person.SendAsync(method, $"/api/{list}/holidays{path}", body);
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }

            using var import = await SendFileAsync(person, $"/api/{list}/holidays/import", Encoding.UTF8.GetBytes(Calendar));
            Assert.Equal(HttpStatusCode.Forbidden, import.StatusCode);
        }
    }

    [Fact]
    public async Task What_does_not_hold_is_refused_and_changes_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (_, manager, mira, _) = await PeopleAsync(world);
        var revision = Revision(await mira.BoardAsync());
        foreach (var (method, day, body, status) in new[]
        {
            ("PUT", "2026-02-30", """{"name":"A"}""", 422), ("PUT", "12-25", """{"name":"A"}""", 422), ("PUT", "tomorrow", """{"name":"A"}""", 422),
            ("PUT", "2037-01-01", """{"name":"A"}""", 422), ("PUT", "2015-12-31", """{"name":"A"}""", 422),
            ("PUT", "2026-03-06", """{"name":""}""", 422), ("PUT", "2026-03-06", """{"name":"  "}""", 422),
            ("PUT", "2026-03-06", $$"""{"name":"{{new string('x', 201)}}"}""", 422), ("PUT", "2026-03-06", """{"name":"a\u0000b"}""", 422),
            ("PUT", "2026-03-06", """{"name":"a\nb"}""", 422), ("PUT", "2026-03-06", """{"name":"\ud800"}""", 400),
            ("PUT", "2026-03-06", """{"name":null}""", 400), ("PUT", "2026-03-06", """{"name":1}""", 400), ("PUT", "2026-03-06", "{}", 400),
            ("PUT", "2026-03-06", """{"name":"A","colour":"red"}""", 400), ("PUT", "2026-03-06", "", 400), ("PUT", "2026-03-06", "[]", 400),
            ("DELETE", "2026-02-30", "", 422), ("POST", "import", "{}", 415),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/team/holidays/{day}")
            {
                Content = method == "DELETE" ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            };
            using var answer = await manager.Api.SendAsync(request, TestContext.Current.CancellationToken);
            await AssertProblemAsync(status, answer, $"{method} {day} {body}");
        }

        Assert.Equal("", await ListAsync(manager, "/api/team/holidays"));
        Assert.Equal(revision, Revision(await mira.BoardAsync()));
    }

    [Fact]
    public async Task A_file_that_is_no_calendar_is_refused_and_saves_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var (_, manager, mira, _) = await PeopleAsync(world);
        var revision = Revision(await mira.BoardAsync());
        const string Import = "/api/team/holidays/import";
        var padding = Encoding.UTF8.GetBytes(new string('\n', 1024 * 1024));
        foreach (var (what, file, status) in new (string, byte[], int)[]
        {
            ("empty", [], 422),
            ("prose", "Dear all"u8.ToArray(), 422),
            ("zip", [0x50, 0x4b, 3, 4, 0x14, 0, 0, 0], 422),
            ("Latin-1", Encoding.Latin1.GetBytes(Calendar.Replace("New", "Nöü", StringComparison.Ordinal)), 422),
            ("a megabyte and a byte", [.. padding, 0x0a], 413),
            ("three megabytes", [.. padding, .. padding, .. padding], 413),
        })
        {
            using var answer = await SendFileAsync(manager, Import, file);
            await AssertProblemAsync(status, answer, what);
        }

        // A little more than the whole form may be: it is all written when the server hangs up.
        using var chunked = new MultipartFormDataContent
        {
            { new StreamContent(new Unsized(padding)), "file", "days.ics" },
            { new StreamContent(new Unsized(padding[..(128 * 1024)])), "more", "more.ics" },
        };
        using var streamed = await manager.Api.PostAsync(Import, chunked, TestContext.Current.CancellationToken);
        await AssertProblemAsync(413, streamed, "of a length not said");

        using var elsewhere = await SendFileAsync(manager, Import, Encoding.UTF8.GetBytes(Calendar), field: "calendar");
        await AssertProblemAsync(400, elsewhere, "another field");
        using var field = new MultipartFormDataContent { { new StringContent(Calendar), "file" } };
        using var asText = await manager.Api.PostAsync(Import, field, TestContext.Current.CancellationToken);
        await AssertProblemAsync(400, asText, "no file");
        using var maybe = await SendFileAsync(manager, Import + "?preview=perhaps", Encoding.UTF8.GetBytes(Calendar));
        await AssertProblemAsync(400, maybe, "preview=perhaps");
        foreach (var (type, body) in new[] { ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nBEGIN"), ("multipart/form-data", "x"), ("multipart/form-data; boundary=x", "") })
        {
            using var broken = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            broken.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var answer = await manager.Api.PostAsync(Import, broken, TestContext.Current.CancellationToken);
            await AssertProblemAsync(400, answer, $"{type} {body}");
        }

        Assert.Equal("", await ListAsync(manager, "/api/team/holidays"));
        Assert.Equal(revision, Revision(await mira.BoardAsync()));
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

        await manager.JsonAsync(HttpMethod.Put, $"/api/targets/{mira.Id}", JsonNode.Parse("""{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}"""));
        return (admin, manager, mira, tom);
    }

    private static JsonObject Name(string name) => new() { ["name"] = name };

    private static Task<JsonNode> PutAsync(Person person, string path, string name) => person.JsonAsync(HttpMethod.Put, path, Name(name));

    private static async Task<string> ListAsync(Person person, string path) => string.Join(
        ", ", (await person.JsonAsync(HttpMethod.Get, path))["holidays"]!.AsArray().Select(x => $"{x!["date"]} {x["name"]}"));

    private static async Task<JsonNode> ImportAsync(Person person, string path, byte[] file)
    {
        using var answer = await SendFileAsync(person, path, file);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpResponseMessage> SendFileAsync(Person person, string path, byte[] file, string field = "file")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), field, "days.ics" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        // A server that refuses a length hangs up on whoever goes on writing, before its answer is read.
        request.Headers.ExpectContinue = true;
        return await person.Api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task AssertProblemAsync(int status, HttpResponseMessage answer, string what)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{what} answered {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static int CallsGoal(JsonNode board) => board["goals"]!["calls"]!.GetValue<int>();

    private static long Revision(JsonNode board) => board["revision"]!.GetValue<long>();

    /// <summary>Sent in chunks, because nobody knows its length beforehand.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
