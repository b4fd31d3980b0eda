using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Mailbox;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Tenant;

public sealed class LeavingTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";
    private const string OtherTenant = "33333333-3333-4333-8333-333333333333";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Who_leaves_is_read_no_more_has_no_subscription_and_nothing_of_the_mail_is_kept(Database database)
    {
        await using var world = await StartAsync(database);
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        var left = await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");

        Assert.True(left["subscriptionsEnded"]!.GetValue<bool>());
        Assert.Empty(await Simulated.SubscriptionsAsync(world, rep));
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await Simulated.ForgetRequestsAsync(world);
        await world.DeliverAsync(rep, Colleague);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Empty(await Simulated.RequestsAsync(world));

        await using var store = await StoreAsync(world);
        var gate = await store.Gates.SingleAsync(x => x.RepId == rep.Id, TestContext.Current.CancellationToken);
        Assert.Equal((null, null, null), (gate.FromName, gate.FromAddress, gate.Subject));
        var folders = await store.MailboxWatches.Where(x => x.RepId == rep.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(folders, x => Assert.Equal((null, null, null), (x.Link, x.SubscriptionId, x.ReadAt)));
    }

    [Fact]
    public async Task Leaving_again_changes_nothing_and_who_was_never_here_is_told_so()
    {
        await using var world = await StartAsync();
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);

        var first = await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");
        await world.MoveClockAsync("2026-03-02T09:30:00+01:00");
        var second = await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        using var unknown = await admin.SendAsync(HttpMethod.Delete, $"/api/tenant/reps/{Guid.NewGuid()}");
        using var neverEnrolled = await admin.SendAsync(HttpMethod.Delete, $"/api/tenant/reps/{admin.Id}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, neverEnrolled.StatusCode));
    }

    [Fact]
    public async Task The_next_board_enrols_again_from_then_on()
    {
        await using var world = await StartAsync();
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");
        await world.DeliverAsync(rep, Colleague, "while away");
        await world.MoveClockAsync("2026-03-02T09:30:00+01:00");

        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await world.DeliverAsync(rep, Colleague, "back again");

        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count >= 1);
        Assert.Equal("back again", Assert.Single(board["gates"]!.AsArray())!["conversationId"]!.GetValue<string>());
        Assert.Equal(2, (await Simulated.SubscriptionsAsync(world, rep)).Count);
    }

    [Fact]
    public async Task A_subscription_that_Graph_did_not_end_is_ended_later()
    {
        await using var world = await StartAsync();
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 500, ["method"] = "DELETE", ["match"] = "/subscriptions", ["times"] = 8 });

        var left = await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");

        Assert.False(left["subscriptionsEnded"]!.GetValue<bool>());
        await World.UntilAsync(async () => (await Simulated.SubscriptionsAsync(world, rep)).Count == 0);
        await World.UntilAsync(async () =>
        {
            await using var store = await StoreAsync(world);
            return !await store.MailboxWatches.AnyAsync(x => x.RepId == rep.Id && (x.SubscriptionId != null || x.Problem != null), TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task Who_has_been_gone_from_the_directory_for_a_week_has_left_and_who_only_lost_the_mailbox_has_not()
    {
        await using var world = await StartAsync();
        var gone = await EnrolledAsync(world);
        var unlicensed = await world.UserAsync("otto@contoso.com");
        await World.BoardWhenAsync(unlicensed, board => board["gate"]!["on"]!.GetValue<bool>());
        // Everything of the one, the account too; of the other only what lies beyond the account.
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 404, ["user"] = gone.Address, ["times"] = 100_000 });
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 404, ["user"] = unlicensed.Address, ["match"] = "mailFolders", ["times"] = 100_000 });
        await World.UntilAsync(async () => await WithoutMailboxAsync(world) == 2);

        await world.MoveClockAsync("2026-03-09T08:05:00+01:00");
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Empty(await LeftAsync(world));

        await world.MoveClockAsync("2026-03-09T08:30:00+01:00");
        await World.UntilAsync(async () => (await LeftAsync(world)).Count > 0);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Equal([gone.Id], await LeftAsync(world));
    }

    [Fact]
    public async Task Only_an_administrator_lets_a_rep_leave_and_only_of_the_own_tenant()
    {
        await using var world = await StartAsync(settings: ("Entra:Tenants:1", OtherTenant));
        var manager = await world.UserAsync("max@contoso.com", null, "Manager");
        var rep = await EnrolledAsync(world);
        using var stranger = world.Api(await world.TokenAsync(new JsonObject
        {
            ["user"] = manager.Address, ["roles"] = new JsonArray("Admin"), ["tenant"] = OtherTenant,
        }));
        using var nobody = world.Api(null);
        var path = $"/api/tenant/reps/{rep.Id}";

        using var asManager = await manager.SendAsync(HttpMethod.Delete, path);
        using var asRep = await rep.SendAsync(HttpMethod.Delete, path);
        using var asNobody = await nobody.DeleteAsync(path, TestContext.Current.CancellationToken);
        using var asStranger = await stranger.DeleteAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound],
            [asManager.StatusCode, asRep.StatusCode, asNobody.StatusCode, asStranger.StatusCode]);
        Assert.Empty(await LeftAsync(world));
    }

    private Task<World> StartAsync(Database database = Database.Sqlite, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(x => x.Key, x => (string?)x.Value);
        all["Mailbox:SweepInterval"] = "00:00:01";
        all["Tenant:SweepInterval"] = "00:00:01";
        return World.StartAsync(database, postgres, settings: all);
    }

    private static async Task<Person> EnrolledAsync(World world)
    {
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    private static Task<Store> StoreAsync(World world) =>
        world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    private static async Task<int> WithoutMailboxAsync(World world)
    {
        await using var store = await StoreAsync(world);
        return await store.Reps.CountAsync(x => x.WatchProblem == "mailboxNotFound", TestContext.Current.CancellationToken);
    }

    private static async Task<List<Guid>> LeftAsync(World world)
    {
        await using var store = await StoreAsync(world);
        return await store.Reps.Where(x => x.LeftAt != null).Select(x => x.RepId).ToListAsync(TestContext.Current.CancellationToken);
    }
}
