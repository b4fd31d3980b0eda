using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.Calls;
using InboxGate.Web.People;
using InboxGate.Web.Privacy;
using InboxGate.Web.Tests.Mailbox;
using InboxGate.Web.Tests.Marks;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Tests.Privacy;

/// <summary>Erased means gone from every table, for good, and nobody else's with it.</summary>
public sealed class ErasureTests(PostgresServer postgres)
{
    private const string OtherTenant = "33333333-3333-4333-8333-333333333333";
    private static readonly Guid Tenant = new SimulatorOptions().TenantId;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_of_a_rep_is_left_in_any_table_and_everything_of_others_is(Database database)
    {
        await using var world = await StartUnwatchedAsync(database);
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        var otto = await EnrolledAsync(world, "otto@contoso.com");
        var ottos = await RowsOfAsync(world, otto);
        Assert.NotEmpty(ottos);

        var erased = await mira.JsonAsync(HttpMethod.Delete, "/api/rep");

        Assert.True(erased["done"]!.GetValue<bool>());
        Assert.Empty(await RowsOfAsync(world, mira));
        Assert.Equal(ottos, await RowsOfAsync(world, otto));
        // Again, and of somebody of whom nothing is kept.
        Assert.True((await mira.JsonAsync(HttpMethod.Delete, "/api/rep"))["done"]!.GetValue<bool>());
        Assert.Empty(await RowsOfAsync(world, mira));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_that_begins_anew_is_no_list_that_another_server_remembers(Database database)
    {
        await using var world = await StartUnwatchedAsync(database);
        var other = await world.AddServerAsync();
        var mira = await world.UserAsync("mira@contoso.com");
        using var there = new HttpClient { BaseAddress = World.AddressOf(other) };
        there.DefaultRequestHeaders.Authorization = mira.Api.DefaultRequestHeaders.Authorization;
        var miraThere = mira with { Api = there };
        await mira.BoardAsync();
        await mira.JsonAsync(HttpMethod.Put, "/api/prospects/before@fabrikam.example", new JsonObject { ["kind"] = "prospect" });
        Assert.Equal(["before@fabrikam.example"], await ListedAsync(miraThere));

        await mira.JsonAsync(HttpMethod.Delete, "/api/rep");
        await mira.BoardAsync();
        await mira.JsonAsync(HttpMethod.Put, "/api/prospects/after@fabrikam.example", new JsonObject { ["kind"] = "prospect" });

        Assert.Equal(["after@fabrikam.example"], await ListedAsync(miraThere));
    }

    private static async Task<IEnumerable<string>> ListedAsync(Person rep) =>
        (await rep.JsonAsync(HttpMethod.Get, "/api/prospects"))["entries"]!.AsArray().Select(x => x!["entry"]!.GetValue<string>());

    [Theory, MemberData(nameof(Databases))]
    public async Task An_administrator_erases_a_leaver_of_the_own_tenant_with_more_rows_than_go_at_once(Database database)
    {
        await using var world = await StartUnwatchedAsync(database, ("Entra:Tenants:1", OtherTenant));
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        await using (var store = await Marked.StoreAsync(world))
        {
            store.Calls.AddRange(Enumerable.Range(0, 1_200).Select(x => new CallRow
            {
                TenantId = Tenant, RepId = mira.Id, CallId = Guid.NewGuid(), MadeAt = World.MondayMorning.AddMinutes(-x), LoggedAt = World.MondayMorning,
            }));
            await store.SaveChangesAsync(Ct);
        }

        using var stranger = world.Api(await world.TokenAsync(new JsonObject
        {
            ["user"] = admin.Address, ["roles"] = new JsonArray("Admin"), ["tenant"] = OtherTenant,
        }));
        using var elsewhere = await stranger.DeleteAsync($"/api/tenant/reps/{mira.Id}/data", Ct);
        Assert.True((await RowsOfAsync(world, mira)).Count > 1_200);
        await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{mira.Id}");
        var erased = await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{mira.Id}/data");

        Assert.True(erased["done"]!.GetValue<bool>());
        Assert.Empty(await RowsOfAsync(world, mira));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_written_while_a_rep_is_being_erased_and_another_server_goes_on_where_one_ended(Database database)
    {
        await using var world = await StartUnwatchedAsync(database);
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        await mira.CallAsync();
        var shown = (await mira.BoardAsync())["revision"]!.GetValue<long>();
        await using (var store = await Marked.StoreAsync(world))
        {
            // As a server leaves it that is killed halfway.
            await store.Gates.Where(x => x.RepId == mira.Id).ExecuteDeleteAsync(Ct);
            await store.Reps.Where(x => x.RepId == mira.Id).ExecuteUpdateAsync(
                set => set.SetProperty(x => x.ErasingAt, World.MondayMorning.AddMinutes(-5)).SetProperty(x => x.LeftAt, World.MondayMorning), Ct);
        }

        var call = Guid.NewGuid();
        using var late = await mira.SendAsync(HttpMethod.Put, $"/api/calls/{call}");
        using var board = await mira.SendAsync(HttpMethod.Get, "/api/board");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (late.StatusCode, board.StatusCode));
        Assert.NotNull(late.Headers.RetryAfter);
        Assert.DoesNotContain(await RowsOfAsync(world, mira), x => x.Row.Contains(call.ToString(), StringComparison.OrdinalIgnoreCase));
        await world.AddServerAsync();
        await World.UntilAsync(async () => (await RowsOfAsync(world, mira)).Count == 0);
        // What the rep does afterwards begins anew, and a pane that is still open takes it for newer.
        await world.MoveClockAsync("2026-03-02T09:30:00+01:00");
        var anew = await mira.CallAsync();
        Assert.True(anew["revision"]!.GetValue<long>() > shown);
        Assert.Equal((1, 0), (anew["counts"]!["calls"]!.GetValue<int>(), anew["targets"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_request_that_was_under_way_adds_nothing_after_the_end()
    {
        await using var world = await StartUnwatchedAsync(Database.Sqlite);
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        var ledger = (CallLedger)world.Services.GetService(typeof(CallLedger))!;
        await mira.JsonAsync(HttpMethod.Delete, "/api/rep");

        // Past the enrolment already when the rep was erased.
        await ledger.LogAsync(new RepKey(Tenant, mira.Id), Guid.NewGuid(), new CallStatement(), Ct);

        Assert.Empty(await RowsOfAsync(world, mira));
    }

    [Fact]
    public async Task A_manager_who_is_erased_is_nobodys_manager_and_has_asked_nothing()
    {
        await using var world = await StartUnwatchedAsync(Database.Sqlite);
        var lena = await EnrolledAsync(world, "lena@contoso.com");
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        await using (var store = await Marked.StoreAsync(world))
        {
            var member = await store.Reps.SingleAsync(x => x.RepId == mira.Id, Ct);
            (member.ManagerId, member.ManagerAddress) = (lena.Id, lena.Address);
            member.PlaceInTeam();
            foreach (var target in await store.Targets.Where(x => x.OwnerId == mira.Id).ToListAsync(Ct))
            {
                (target.SetBy, target.SetByName, target.TakenBackBy, target.TakenBackByName) = (lena.Id, lena.Address, lena.Id, lena.Address);
            }

            await store.SaveChangesAsync(Ct);
        }

        await lena.JsonAsync(HttpMethod.Delete, "/api/rep");

        Assert.Empty(await RowsOfAsync(world, lena));
        await using var after = await Marked.StoreAsync(world);
        Assert.Null((await after.Reps.SingleAsync(x => x.RepId == mira.Id, Ct)).TeamId);
        var asked = await after.Targets.Where(x => x.OwnerId == mira.Id).ToListAsync(Ct);
        Assert.NotEmpty(asked);
        Assert.All(asked, x => Assert.Equal((Guid.Empty, null, null, null), (x.SetBy, x.SetByName, x.TakenBackBy, x.TakenBackByName)));
    }

    [Fact]
    public async Task Categories_are_taken_off_mail_subscriptions_end_and_the_mailbox_is_read_no_more()
    {
        await using var world = await World.StartAsync(
            Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Mailbox:SweepInterval"] = "00:00:01" });
        var rep = await Marked.RepAsync(world);
        var mail = await world.DeliverAsync(rep, "ann@contoso.com", more: Marked.Categories("Blue"));
        await Marked.CategoriesWhenAsync(world, rep, mail, "Blue", "InboxGate: 3 calls first");

        var erased = await rep.JsonAsync(HttpMethod.Delete, "/api/rep");

        Assert.Equal("""{"done":true,"marksRemoved":true,"subscriptionsEnded":true}""", erased.ToJsonString());
        Assert.Equal(["Blue"], await Marked.CategoriesAsync(world, rep, mail));
        Assert.Empty(await Simulated.SubscriptionsAsync(world, rep));
        // Long enough for a reading that was under way, and for several sweeps.
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        Assert.Empty(await RowsOfAsync(world, rep));
        await world.DeliverAsync(rep, "ann@contoso.com");
        await world.MoveClockAsync("2026-03-02T09:30:00+01:00");
        var board = await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>());
        Assert.Empty(board["gates"]!.AsArray());
    }

    [Fact]
    public async Task Everything_is_erased_also_when_Microsoft_does_not_answer()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>());
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 403, ["method"] = "DELETE", ["match"] = "/subscriptions", ["times"] = 100 });

        var erased = await rep.JsonAsync(HttpMethod.Delete, "/api/rep");

        Assert.Equal((true, false), (erased["done"]!.GetValue<bool>(), erased["subscriptionsEnded"]!.GetValue<bool>()));
        Assert.Empty(await RowsOfAsync(world, rep));
    }

    private Task<World> StartUnwatchedAsync(Database database, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(x => x.Key, x => (string?)x.Value);
        // No reading of a mailbox changes a row meanwhile.
        all["Mailbox:Watch"] = "false";
        return World.StartAsync(database, postgres, settings: all);
    }

    /// <summary>With rows in every table.</summary>
    private static async Task<Person> EnrolledAsync(World world, string address)
    {
        var rep = await world.UserAsync(address);
        await rep.BoardAsync();
        await using var store = await Marked.StoreAsync(world);
        (await store.Reps.SingleAsync(x => x.RepId == rep.Id, Ct)).Addresses = [address];
        await store.SaveChangesAsync(Ct);
        await EveryTable.FillAsync(store, new RepKey(Tenant, rep.Id), address);
        var tables = (await RowsOfAsync(world, rep)).Select(x => x.Table).ToHashSet();
        Assert.Equal(RepTables.Of(store).Select(x => x.Table).Append("reps").Order(StringComparer.Ordinal), tables.Order(StringComparer.Ordinal));
        return rep;
    }

    /// <summary>Whatever names the rep, by id or by address.</summary>
    private static async Task<IReadOnlyList<(string Table, string Row)>> RowsOfAsync(World world, Person rep)
    {
        await using var store = await Marked.StoreAsync(world);
        return
        [
            .. (await EveryTable.ReadAsync(store))
                .Where(x => x.Row.Contains(rep.Id.ToString(), StringComparison.OrdinalIgnoreCase) || x.Row.Contains(rep.Address, StringComparison.OrdinalIgnoreCase))
                .OrderBy(x => x.Table, StringComparer.Ordinal).ThenBy(x => x.Row, StringComparer.Ordinal),
        ];
    }
}
