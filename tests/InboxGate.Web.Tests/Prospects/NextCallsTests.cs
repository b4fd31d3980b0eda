using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Prospects;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>Whom to call next, and how calls and mails change it.</summary>
public sealed class NextCallsTests(PostgresServer postgres)
{
    private const string Bea = "bea@fabrikam.com";
    private const string BeasNumber = "+4930123456";
    private const string AtTwentyPastTen = "2026-03-02T10:20:00+01:00";
    private const string OnTuesday = "2026-03-03T10:20:00+01:00";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_list_that_decides_for_the_rep_is_called_and_the_narrowest_word_holds(Database database)
    {
        var (world, manager, mira, _) = await TeamAsync(database);
        await using var disposed = world;
        await ListAsync(world, Own(mira), Bea, x => (x.Name, x.Company, x.SetAt) = ("Bea", "Fabrikam", x.SetAt.AddDays(-3)));
        await ListAsync(world, Own(mira), "customer@fabrikam.com", x => x.Kind = SenderKind.Customer);
        await ListAsync(world, Team(manager), "team@fabrikam.com", x => x.SetAt = x.SetAt.AddDays(-2));
        await ListAsync(world, Team(manager), "not-called@fabrikam.com", x => x.DoNotCall = true);
        await ListAsync(world, Tenant, "all@fabrikam.com", x => x.SetAt = x.SetAt.AddDays(-1));
        await ListAsync(world, Tenant, "customer@fabrikam.com");
        await ListAsync(world, Tenant, "not-called@fabrikam.com");
        await ListAsync(world, Tenant, "asleep@fabrikam.com", x => x.TimeZones = "America/New_York,Europe/Berlin");
        await ListAsync(world, Tenant, "further@fabrikam.com", x => x.MainEntry = "all@fabrikam.com");
        await ListAsync(world, Tenant, "removed@fabrikam.com", x => x.RemovedAt = x.SetAt);

        var next = await mira.JsonAsync(HttpMethod.Get, "/api/prospects/next?take=10");

        Assert.Equal([Bea, "team@fabrikam.com", "all@fabrikam.com"], EntriesOf(next));
        Assert.Null(next["whyNone"]);
        Assert.Equal(
            """{"entry":"bea@fabrikam.com","name":"Bea","company":"Fabrikam","phone":"+4930123456","phoneText":"+49 30 123456","dial":"tel:+4930123456","localTime":"10:20","timeZone":"Europe/Berlin","lastContact":null,"reason":"neverContacted","days":3,"because":"Not contacted yet; it is 10:20 there."}""",
            JsonNode.Parse(next["calls"]![0]!.ToJsonString())!.ToJsonString(Plainly));
        Assert.Equal(2, EntriesOf(await mira.JsonAsync(HttpMethod.Get, "/api/prospects/next?take=2")).Length);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_call_to_a_known_prospect_moves_the_queue_on_and_so_does_taking_it_back(Database database)
    {
        var (world, _, mira, _) = await TeamAsync(database);
        await using var disposed = world;
        await ListAsync(world, Own(mira), Bea);
        await ListAsync(world, Own(mira), "zoe@fabrikam.com");
        var call = Guid.NewGuid();

        var board = await mira.CallAsync(call, new JsonObject { ["prospect"] = "BEA+tag@Fabrikam.com", ["outcome"] = "talked" });
        Assert.Equal((1, 1), (Count(board, "calls"), Count(board, "prospects")));
        Assert.Equal(["zoe@fabrikam.com"], EntriesOf(await NextAsync(mira)));
        await mira.CallAsync(null, new JsonObject { ["prospect"] = "bea@fabrikam.com" });
        board = await mira.CallAsync(null, new JsonObject { ["prospect"] = "somebody at the fair" });
        Assert.Equal((3, 1), (Count(board, "calls"), Count(board, "prospects")));

        var touch = await TouchAsync(world, mira);
        Assert.Equal(((DateTimeOffset?)null, false), (touch!.LastMailedAt, touch.LastCalledAt is null));
        await world.MoveClockAsync(OnTuesday);
        var bea = (await NextAsync(mira))["calls"]![1]!;
        Assert.Equal((Bea, "longestUntouched", 1), (bea["entry"]!.GetValue<string>(), bea["reason"]!.GetValue<string>(), bea["days"]!.GetValue<int>()));
        Assert.Equal("call", bea["lastContact"]!["by"]!.GetValue<string>());

        var today = Guid.NewGuid();
        await mira.CallAsync(today, new JsonObject { ["prospect"] = Bea, ["outcome"] = "meeting" });
        Assert.Equal(["zoe@fabrikam.com"], EntriesOf(await NextAsync(mira)));
        await mira.JsonAsync(HttpMethod.Delete, $"/api/calls/{today}");
        Assert.Equal(["zoe@fabrikam.com", Bea], EntriesOf(await NextAsync(mira)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_wrong_number_is_not_called_again_until_another_outcome_or_another_number(Database database)
    {
        var (world, _, mira, _) = await TeamAsync(database);
        await using var disposed = world;
        await ListAsync(world, Own(mira), Bea);
        var call = Guid.NewGuid();
        await mira.CallAsync(call, new JsonObject { ["prospect"] = Bea, ["outcome"] = "wrongNumber" });
        await world.MoveClockAsync(OnTuesday);
        Assert.Equal("allCalledToday", WhyNone(await NextAsync(mira)));

        await mira.JsonAsync(HttpMethod.Put, $"/api/calls/{call}/outcome", new JsonObject { ["outcome"] = "noAnswer" });
        Assert.Equal([Bea], EntriesOf(await NextAsync(mira)));
        await mira.JsonAsync(HttpMethod.Put, $"/api/calls/{call}/outcome", new JsonObject { ["outcome"] = "wrongNumber" });
        Assert.Empty(EntriesOf(await NextAsync(mira)));

        await ChangeAsync(world, Bea, x => x.Phone = "+4930654321");
        Assert.Equal([Bea], EntriesOf(await NextAsync(mira)));
        await mira.CallAsync(null, new JsonObject { ["prospect"] = Bea, ["outcome"] = "wrongNumber" });
        await world.MoveClockAsync("2026-03-04T10:20:00+01:00");
        Assert.Empty(EntriesOf(await NextAsync(mira)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whatever_order_calls_come_in_what_is_known_of_the_last_one_is_the_same(Database database)
    {
        var (world, _, mira, tom) = await TeamAsync(database);
        await using var disposed = world;
        foreach (var rep in new[] { mira, tom })
        {
            await ListAsync(world, Own(rep), Bea);
        }

        var (old, newer, newest) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Task<JsonNode> Log(Person rep, Guid id, int hoursAgo, string outcome) =>
            rep.CallAsync(id, new JsonObject { ["prospect"] = BeaIn(rep), ["secondsAgo"] = hoursAgo * 3600, ["outcome"] = outcome });
        string BeaIn(Person rep) => rep == mira ? Bea : " Bea@FABRIKAM.com ";

        await Log(mira, old, 48, "voicemail");
        await Log(mira, newer, 24, "talked");
        await Log(mira, newest, 1, "wrongNumber");
        await mira.JsonAsync(HttpMethod.Delete, $"/api/calls/{newest}");

        await tom.JsonAsync(HttpMethod.Delete, $"/api/calls/{newest}");
        await Log(tom, newest, 1, "wrongNumber");
        await Log(tom, newer, 24, "talked");
        await Log(tom, old, 48, "voicemail");
        await Log(tom, newer, 30, "noAnswer");

        var (one, other) = (await TouchAsync(world, mira), await TouchAsync(world, tom));
        Assert.Equal((one!.LastOutcome, one.WrongNumber), (other!.LastOutcome, other.WrongNumber));
        Assert.Equal((Core.Calls.CallOutcome.Talked, null), (one.LastOutcome, one.WrongNumber));
        Assert.All([one, other], x => Assert.InRange(
            x.LastCalledAt!.Value, DateTimeOffset.Parse("2026-03-01T10:19:00+01:00", CultureInfo.InvariantCulture), DateTimeOffset.Parse("2026-03-01T10:50:00+01:00", CultureInfo.InvariantCulture)));
        Assert.Equal((one.LastCalledAt, other.LastCalledAt), (one.LastContactAt, other.LastContactAt));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_is_on_a_shared_list_is_called_once_a_day_by_all_together(Database database)
    {
        var (world, manager, mira, tom) = await TeamAsync(database);
        await using var disposed = world;
        await ListAsync(world, Team(manager), Bea);
        await ListAsync(world, Own(mira), "zoe@fabrikam.com");
        await ListAsync(world, Own(tom), "zoe@fabrikam.com");
        var call = Guid.NewGuid();

        await tom.CallAsync(call, new JsonObject { ["prospect"] = Bea });
        await tom.CallAsync(null, new JsonObject { ["prospect"] = "zoe@fabrikam.com" });
        Assert.Equal(["zoe@fabrikam.com"], EntriesOf(await NextAsync(mira)));
        await ListAsync(world, Own(mira), Bea);
        Assert.Equal(["zoe@fabrikam.com"], EntriesOf(await NextAsync(mira)));

        await tom.JsonAsync(HttpMethod.Delete, $"/api/calls/{call}");
        Assert.Equal([Bea, "zoe@fabrikam.com"], EntriesOf(await NextAsync(mira)).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Somebody_is_put_off_and_that_is_taken_back(Database database)
    {
        var (world, _, mira, _) = await TeamAsync(database);
        await using var disposed = world;
        await ListAsync(world, Own(mira), Bea);

        Assert.Equal("allCalledToday", WhyNone(await SayAsync(mira, """{"skippedToday":true}""")));
        Assert.Equal([Bea], EntriesOf(await SayAsync(mira, """{"skippedToday":false}""")));
        Assert.Empty(EntriesOf(await SayAsync(mira, """{"never":true}""")));
        Assert.Equal([Bea], EntriesOf(await SayAsync(mira, """{"never":false}""")));
        Assert.Empty(EntriesOf(await SayAsync(mira, """{"dueOn":"2026-03-03"}""")));
        Assert.Empty(EntriesOf(await SayAsync(mira, """{"skippedToday":false}""")));
        Assert.Equal([Bea], EntriesOf(await SayAsync(mira, """{"dueOn":null}""")));

        await SayAsync(mira, """{"dueOn":"2026-03-03"}""");
        var before = (await mira.BoardAsync())["revision"]!.GetValue<long>();
        await SayAsync(mira, """{"dueOn":"2026-03-03"}""");
        Assert.Equal(before, (await mira.BoardAsync())["revision"]!.GetValue<long>());
        await world.MoveClockAsync("2026-03-04T10:20:00+01:00");
        var due = (await NextAsync(mira))["calls"]![0]!;
        Assert.Equal(("followUpDue", 1), (due["reason"]!.GetValue<string>(), due["days"]!.GetValue<int>()));

        await IsRefusedAsync(mira, Bea, """{"dueOn":"2027-12-01"}""", HttpStatusCode.UnprocessableEntity);
        await IsRefusedAsync(mira, Bea, """{"dueOn":5}""", HttpStatusCode.BadRequest);
        await IsRefusedAsync(mira, Bea, """{"snooze":true}""", HttpStatusCode.BadRequest);
        await IsRefusedAsync(mira, "nobody@fabrikam.com", """{"never":true}""", HttpStatusCode.NotFound);
        await IsRefusedAsync(mira, "gmail.com", """{"never":true}""", HttpStatusCode.UnprocessableEntity);
        await ListAsync(world, Own(mira), "customer@fabrikam.com", x => x.Kind = SenderKind.Customer);
        await IsRefusedAsync(mira, "customer@fabrikam.com", """{"never":true}""", HttpStatusCode.NotFound);
        using var tooMany = await mira.SendAsync(HttpMethod.Get, "/api/prospects/next?take=11");
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_mail_to_a_prospect_is_a_contact_too(Database database)
    {
        var (world, _, mira, _) = await TeamAsync(database);
        await using var disposed = world;
        await ListAsync(world, Own(mira), Bea);
        await ListAsync(world, Own(mira), "customer@fabrikam.com", x => x.Kind = SenderKind.Customer);

        await world.SendAsync(mira, "customer@fabrikam.com", "one conversation");
        await world.SendAsync(mira, "Bea+offers@fabrikam.com", "another conversation");

        await World.UntilAsync(async () => await TouchAsync(world, mira) is not null);
        await World.BoardWhenAsync(mira, x => Count(x, "emails") == 1);
        var bea = (await NextAsync(mira))["calls"]![0]!;
        Assert.Equal(("mail", "longestUntouched", 0), (bea["lastContact"]!["by"]!.GetValue<string>(), bea["reason"]!.GetValue<string>(), bea["days"]!.GetValue<int>()));
        Assert.Null(await TouchAsync(world, mira, "customer@fabrikam.com"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task When_there_is_nobody_to_call_it_says_why(Database database)
    {
        var (world, _, mira, _) = await TeamAsync(database);
        await using var disposed = world;
        Assert.Equal("noProspects", WhyNone(await NextAsync(mira)));
        await mira.JsonAsync(HttpMethod.Put, $"/api/senders/{Bea}", new JsonObject { ["kind"] = "prospect" });
        Assert.Equal("noNumbers", WhyNone(await NextAsync(mira)));
        await ChangeAsync(world, Bea, x => (x.Phone, x.TimeZones) = (BeasNumber, "America/New_York"));
        Assert.Equal("outsideHours", WhyNone(await NextAsync(mira)));
        await ChangeAsync(world, Bea, x => x.TimeZones = null);
        Assert.Null(WhyNone(await NextAsync(mira)));
        await mira.CallAsync(null, new JsonObject { ["prospect"] = Bea });
        Assert.Equal("allCalledToday", WhyNone(await NextAsync(mira)));
    }

    [Fact]
    public async Task A_number_is_dialled_with_what_the_rep_likes_and_known_in_any_writing()
    {
        var (world, _, mira, _) = await TeamAsync(Database.Sqlite);
        await using var disposed = world;
        await mira.JsonAsync(HttpMethod.Put, "/api/senders/+49 30 123456", new JsonObject { ["kind"] = "prospect" });
        await mira.JsonAsync(HttpMethod.Put, "/api/policy", JsonNode.Parse("""{"dialWith":"teams"}"""));

        Assert.Equal("https://teams.microsoft.com/l/call/0/0?users=4:+4930123456", (await NextAsync(mira))["calls"]![0]!["dial"]!.GetValue<string>());

        var board = await mira.CallAsync(null, new JsonObject { ["prospect"] = "(030) 123 456" });
        Assert.Equal(1, Count(board, "prospects"));
        Assert.Empty(EntriesOf(await NextAsync(mira)));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plainly = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Func<RepKey, ListKey> Tenant = rep => new ListKey(rep.TenantId, Scope.Tenant, rep.TenantId);

    private static Func<RepKey, ListKey> Own(Person rep) => any => new ListKey(any.TenantId, Scope.Rep, rep.Id);

    private static Func<RepKey, ListKey> Team(Person manager) => any => new ListKey(any.TenantId, Scope.Team, manager.Id);

    /// <summary>Mira and Tom in Lena's team, on a Monday at 10:20 in Berlin.</summary>
    private async Task<(World World, Person Manager, Person Mira, Person Tom)> TeamAsync(Database database)
    {
        var world = await World.StartAsync(database, postgres);
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        var tom = await world.UserAsync("tom@contoso.com", manager.Address);
        foreach (var rep in new[] { mira, tom })
        {
            await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        }

        await world.MoveClockAsync(AtTwentyPastTen);
        return (world, manager, mira, tom);
    }

    private static async Task ListAsync(World world, Func<RepKey, ListKey> list, string entry, Action<ListEntryRow>? more = null)
    {
        await using var store = await StoreAsync(world);
        var rep = await store.Reps.FirstAsync(TestContext.Current.CancellationToken);
        var row = SenderEntries.New(list(rep.Key), SenderEntries.Parse(entry));
        (row.Kind, row.SetAt, row.Phone, row.TimeZones) = (SenderKind.Prospect, World.MondayMorning, BeasNumber, "Europe/Berlin");
        more?.Invoke(row);
        store.ListEntries.Add(row);
        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task ChangeAsync(World world, string entry, Action<ListEntryRow> change)
    {
        await using var store = await StoreAsync(world);
        change(await store.ListEntries.SingleAsync(x => x.Entry == entry, TestContext.Current.CancellationToken));
        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<ProspectTouchRow?> TouchAsync(World world, Person rep, string entry = Bea)
    {
        await using var store = await StoreAsync(world);
        return await store.ProspectTouches.SingleOrDefaultAsync(x => x.RepId == rep.Id && x.Entry == entry, TestContext.Current.CancellationToken);
    }

    private static Task<Store> StoreAsync(World world) =>
        world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    private static Task<JsonNode> NextAsync(Person rep) => rep.JsonAsync(HttpMethod.Get, "/api/prospects/next");

    private static Task<JsonNode> SayAsync(Person rep, string statement) =>
        rep.JsonAsync(HttpMethod.Put, $"/api/prospects/{Bea}/calling", JsonNode.Parse(statement));

    private static async Task IsRefusedAsync(Person rep, string entry, string statement, HttpStatusCode status)
    {
        using var answer = await rep.SendAsync(HttpMethod.Put, $"/api/prospects/{entry}/calling", JsonNode.Parse(statement));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static string[] EntriesOf(JsonNode next) => [.. next["calls"]!.AsArray().Select(x => x!["entry"]!.GetValue<string>())];

    private static string? WhyNone(JsonNode next) => next["whyNone"]?.GetValue<string>();

    private static int Count(JsonNode board, string unit) => board["counts"]![unit]!.GetValue<int>();
}
