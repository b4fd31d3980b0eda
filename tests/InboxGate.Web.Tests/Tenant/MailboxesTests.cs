using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Tenant;

/// <summary>What an administrator sees of the watches.</summary>
public sealed class MailboxesTests(PostgresServer postgres)
{
    private const string Path = "/api/tenant/mailboxes";
    private const string OtherTenant = "33333333-3333-4333-8333-333333333333";
    private static readonly Guid Tenant = Guid.Parse("11111111-1111-4111-8111-111111111111");

    [Fact]
    public async Task A_watched_mailbox_says_that_all_is_well_and_names_no_mail()
    {
        await using var world = await StartAsync();
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, "ann@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        var answer = await admin.JsonAsync(HttpMethod.Get, Path);

        var line = Assert.Single(answer["mailboxes"]!.AsArray())!;
        Assert.Equal(rep.Id, line["rep"]!.GetValue<Guid>());
        Assert.Equal("mira", line["name"]!.GetValue<string>());
        Assert.Equal("watching", line["state"]!.GetValue<string>());
        Assert.Equal("application", line["access"]!.GetValue<string>());
        Assert.Equal((null, null, null, null), (line["problem"], line["says"], line["since"], line["catchUp"]));
        Assert.NotNull(line["lastReadAt"]);
        Assert.Equal(["sentitems", "inbox"], line["subscriptions"]!.AsArray().Select(x => x!["folder"]!.GetValue<string>()));
        Assert.All(line["subscriptions"]!.AsArray(), x => Assert.Equal("active", x!["state"]!.GetValue<string>()));
        Assert.Equal(1, answer["totals"]!["watching"]!.GetValue<int>());
        Assert.Null(answer["next"]);
        Assert.DoesNotContain("@", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("A question", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_a_mailbox_from_being_read_is_named_with_what_to_do()
    {
        await using var world = await StartAsync();
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 403, ["user"] = rep.Address, ["match"] = "mailFolders", ["times"] = 100_000 });
        await World.BoardWhenAsync(rep, board => !board["gate"]!["on"]!.GetValue<bool>());

        var line = (await admin.JsonAsync(HttpMethod.Get, Path))["mailboxes"]![0]!;

        Assert.Equal("unreachable", line["state"]!.GetValue<string>());
        Assert.Equal("accessDenied", line["problem"]!.GetValue<string>());
        Assert.Equal(MailboxProblem.Explain("accessDenied").ForAdministrator, line["says"]!.GetValue<string>());
        Assert.NotNull(line["since"]);
    }

    [Fact]
    public async Task A_refused_subscription_says_why_and_that_mail_is_read_all_the_same()
    {
        await using var world = await StartAsync(("Mailbox:PublicAddress", "http://127.0.0.1:1"));
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        await EnrolledAsync(world);

        var line = (await admin.JsonAsync(HttpMethod.Get, $"{Path}?problem=addressUnreachable"))["mailboxes"]![0]!;

        Assert.Equal("watching", line["state"]!.GetValue<string>());
        var inbox = line["subscriptions"]!.AsArray().Single(x => x!["folder"]!.GetValue<string>() == "inbox")!;
        Assert.Equal(("refused", "addressUnreachable"), (inbox["state"]!.GetValue<string>(), inbox["problem"]!.GetValue<string>()));
        Assert.Contains("http://127.0.0.1:1/api/graph/notifications", inbox["says"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Mail is read", inbox["says"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Many_mailboxes_come_in_pages_by_state_and_by_problem_with_totals(Database database)
    {
        await using var world = await World.StartAsync(database, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" });
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        await SeedAsync(world);

        var seen = new List<Guid>();
        string? next = null;
        do
        {
            var page = await admin.JsonAsync(HttpMethod.Get, $"{Path}?take=10{(next is null ? "" : $"&after={next}")}");
            seen.AddRange(page["mailboxes"]!.AsArray().Select(x => x!["rep"]!.GetValue<Guid>()));
            next = page["next"]?.GetValue<string>();
            Assert.Equal(
                [("watching", 5), ("catchingUp", 5), ("unreachable", 10), ("notWatching", 5), ("left", 5)],
                page["totals"]!.AsObject().Select(x => (x.Key, x.Value!.GetValue<int>())));
        }
        while (next is not null);

        Assert.Equal(30, seen.Count);
        Assert.Equal(30, seen.Distinct().Count());
        foreach (var (filter, count) in new[]
        {
            ("state=watching", 5), ("state=catchingUp", 5), ("state=unreachable", 10), ("state=notWatching", 5), ("state=left", 5),
            ("problem=secretExpired", 5), ("problem=accessDenied", 5), ("problem=accessDenied&state=watching", 0), ("problem=subscriptionDenied", 5),
        })
        {
            var some = (await admin.JsonAsync(HttpMethod.Get, $"{Path}?{filter}"))["mailboxes"]!.AsArray();
            Assert.True(count == some.Count, $"{filter} brought {some.Count} mailboxes.");
        }

        var catchingUp = (await admin.JsonAsync(HttpMethod.Get, $"{Path}?state=catchingUp"))["mailboxes"]![0]!;
        Assert.Equal((3200, 6000), (catchingUp["catchUp"]!["read"]!.GetValue<int>(), catchingUp["catchUp"]!["of"]!.GetValue<int>()));
        Assert.Equal("expired", catchingUp["subscriptions"]!.AsArray().Single(x => x!["folder"]!.GetValue<string>() == "inbox")!["state"]!.GetValue<string>());
        Assert.Equal("none", catchingUp["subscriptions"]!.AsArray().Single(x => x!["folder"]!.GetValue<string>() == "sentitems")!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_query_that_makes_no_sense_is_refused()
    {
        await using var world = await StartAsync();
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");

        foreach (var query in new[] { "take=0", "take=501", "take=many", "after=mira", "state=asleep", "state=17", $"problem={new string('x', 65)}" })
        {
            using var answer = await admin.SendAsync(HttpMethod.Get, $"{Path}?{query}");
            Assert.True(HttpStatusCode.BadRequest == answer.StatusCode, $"{query} answered {answer.StatusCode}.");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Only_an_administrator_sees_or_refreshes_mailboxes_and_only_of_the_own_tenant()
    {
        await using var world = await StartAsync(("Entra:Tenants:1", OtherTenant));
        var manager = await world.UserAsync("max@contoso.com", null, "Manager");
        var rep = await EnrolledAsync(world);
        using var nobody = world.Api(null);
        using var stranger = world.Api(await world.TokenAsync(new JsonObject
        {
            ["user"] = manager.Address, ["roles"] = new JsonArray("Admin"), ["tenant"] = OtherTenant,
        }));

        foreach (var (method, path) in new[] { (HttpMethod.Get, Path), (HttpMethod.Post, $"{Path}/{rep.Id}/refresh") })
        {
            using var asManager = await manager.SendAsync(method, path);
            using var asRep = await rep.SendAsync(method, path);
            using var request = new HttpRequestMessage(method, path);
            using var asNobody = await nobody.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(
                [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized],
                [asManager.StatusCode, asRep.StatusCode, asNobody.StatusCode]);
        }

        var seen = JsonNode.Parse(await stranger.GetStringAsync(Path, TestContext.Current.CancellationToken))!;
        Assert.Empty(seen["mailboxes"]!.AsArray());
        Assert.All(seen["totals"]!.AsObject(), x => Assert.Equal(0, x.Value!.GetValue<int>()));
        using var foreign = await stranger.PostAsync($"{Path}/{rep.Id}/refresh", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task A_refresh_brings_new_working_hours_at_once()
    {
        await using var world = await StartAsync(("Mailbox:SweepInterval", "01:00:00"), ("Mailbox:ProfileInterval", "1.00:00:00"));
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await EnrolledAsync(world);
        await world.SayAsync("/sim/users", new JsonObject { ["user"] = rep.Address, ["timeZone"] = "America/New_York" });

        using var answer = await admin.SendAsync(HttpMethod.Post, $"{Path}/{rep.Id}/refresh");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await World.BoardWhenAsync(rep, board => board["today"]!["timeZone"]!.GetValue<string>() == "America/New_York");
        using var unknown = await admin.SendAsync(HttpMethod.Post, $"{Path}/{admin.Id}/refresh");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private Task<World> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(x => x.Key, x => (string?)x.Value);
        all.TryAdd("Mailbox:SweepInterval", "00:00:01");
        return World.StartAsync(Database.Sqlite, postgres, settings: all);
    }

    private static async Task<Person> EnrolledAsync(World world)
    {
        await world.UserAsync("ann@contoso.com");
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    /// <summary>Five of each: watched, caught up, out of reach for two reasons, not read yet, left.</summary>
    private static async Task SeedAsync(World world)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 30; i++)
        {
            var rep = new RepRow { TenantId = Tenant, RepId = Guid.NewGuid(), Revision = 1, EnrolledAt = World.MondayMorning };
            (rep.Watch, rep.WatchProblem, rep.LeftAt) = (i / 5) switch
            {
                0 or 1 => (WatchState.Watching, null, null),
                2 => (WatchState.MailboxUnreachable, "secretExpired", (DateTimeOffset?)null),
                3 => (WatchState.MailboxUnreachable, "accessDenied", null),
                4 => (WatchState.NotWatching, null, null),
                _ => (WatchState.NotWatching, null, World.MondayMorning),
            };
            store.Reps.Add(rep);
            if (i / 5 == 1)
            {
                store.MailboxWatches.Add(new MailboxWatchRow
                {
                    TenantId = Tenant, RepId = rep.RepId, Folder = "inbox", CatchUpRead = 3200, CatchUpOf = 6000,
                    SubscriptionId = "s", SubscriptionExpiresAt = World.MondayMorning.AddDays(-1),
                });
            }
            else if (i / 5 == 4)
            {
                store.MailboxWatches.Add(new MailboxWatchRow { TenantId = Tenant, RepId = rep.RepId, Folder = "inbox", Problem = "subscriptionDenied" });
            }
        }

        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
