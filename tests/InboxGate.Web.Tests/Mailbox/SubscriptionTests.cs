using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>What keeps notifications coming, and what is said when they cannot.</summary>
public sealed class SubscriptionTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";
    private const string Key = "a key for tests that is long enough to sign with";
    private const string NextKey = "the next key for tests, long enough to sign with";
    private static readonly Guid Tenant = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10_065);

    [Fact]
    public async Task Each_folder_has_a_subscription_with_both_addresses_and_a_state_of_its_own()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);

        var made = await Simulated.SubscriptionsAsync(world, rep);

        Assert.Equal(2, made.Count);
        Assert.All(made, x => Assert.Equal(new Uri(world.Address, "/api/graph/notifications").ToString(), x["notificationUrl"]!.GetValue<string>()));
        Assert.All(made, x => Assert.Equal(new Uri(world.Address, "/api/graph/lifecycle").ToString(), x["lifecycleNotificationUrl"]!.GetValue<string>()));
        Assert.Equal(2, made.Select(x => x["clientState"]!.GetValue<string>()).Distinct().Count());
        var states = world.Services.GetRequiredService<ClientState>();
        Assert.All(made, x => Assert.True(states.TryRead(x["clientState"]!.GetValue<string>(), out var owner) && owner == new RepKey(Tenant, rep.Id)));
    }

    [Fact]
    public void Renewals_of_mailboxes_subscribed_together_are_spread_over_days_and_every_server_agrees()
    {
        var end = World.MondayMorning + Life;
        var ids = Enumerable.Range(0, 1000).Select(i => new Guid(i, 0, 0, new byte[8]).ToString()).ToList();

        var due = ids.ConvertAll(id => SubscriptionKeeper.RenewalOf(id, end, Life));

        Assert.All(due, at => Assert.InRange(end - at, Life * 0.35, Life * 0.65));
        Assert.Equal(due, ids.ConvertAll(id => SubscriptionKeeper.RenewalOf(id, end, Life)));
        var busiest = due.GroupBy(at => at.Ticks / TimeSpan.TicksPerMinute).Max(x => x.Count());
        Assert.InRange(busiest, 1, 10);
        Assert.InRange((due.Max() - due.Min()).TotalDays, 1.5, 2.2);
    }

    [Fact]
    public async Task A_subscription_is_renewed_once_when_it_is_due_and_not_before()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        var rows = await RowsAsync(world);
        await Simulated.ForgetRequestsAsync(world);
        var first = rows.Min(DueAt);
        var last = rows.Max(DueAt);

        await MoveClockAsync(world, first - TimeSpan.FromMinutes(10));
        await RoundsAsync(world, 2);
        Assert.Empty(await OfSubscriptionsAsync(world));

        await MoveClockAsync(world, last + TimeSpan.FromMinutes(1));
        await World.UntilAsync(async () => (await OfSubscriptionsAsync(world)).Count >= 2);
        await RoundsAsync(world, 2);
        Assert.Equal(["PATCH", "PATCH"], (await OfSubscriptionsAsync(world)).Select(x => x["method"]!.GetValue<string>()));
        Assert.Equal(rows.Select(x => x.SubscriptionId).Order(), (await RowsAsync(world)).Select(x => x.SubscriptionId).Order());
    }

    [Fact]
    public async Task Two_words_of_the_same_reauthorization_cost_one_renewal_each_subscription()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        await Simulated.ForgetRequestsAsync(world);

        await LifecycleAsync(world, rep, "reauthorizationRequired");
        await World.UntilAsync(async () => (await OfSubscriptionsAsync(world)).Count >= 2);
        await LifecycleAsync(world, rep, "reauthorizationRequired");
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

        Assert.Equal(["PATCH", "PATCH"], (await OfSubscriptionsAsync(world)).Select(x => x["method"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_removal_heard_while_Graph_fails_is_made_good_when_it_is_back()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var keeper = Keeper(world);
        var row = (await RowsAsync(world))[0];
        var key = new RepKey(Tenant, rep.Id);
        await LoseAsync(world, row.SubscriptionId!);
        await Simulated.FailAsync(world, "status", times: 1000, match: "/subscriptions", status: 503);

        keeper.Removed(key, row.Folder);
        var failed = await keeper.KeepAsync(key, row, World.MondayMorning, TestContext.Current.CancellationToken);
        await Simulated.MendAsync(world);
        var mended = await keeper.KeepAsync(key, row, World.MondayMorning, TestContext.Current.CancellationToken);

        Assert.Equal((row.SubscriptionId, SubscriptionProblem.GraphUnavailable), (failed.Id, failed.Problem));
        Assert.Null(mended.Problem);
        Assert.NotEqual(row.SubscriptionId, mended.Id);
    }

    [Fact]
    public async Task What_was_missed_is_caught_up_at_once()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        await Simulated.FailAsync(world, "dropNotification", times: 100);
        await world.DeliverAsync(rep, Colleague);

        await LifecycleAsync(world, rep, "missed");

        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        Assert.DoesNotContain(await OfSubscriptionsAsync(world), x => x["method"]!.GetValue<string>() == "PATCH");
    }

    [Theory]
    [InlineData(400, "ValidationError", "addressUnreachable")]
    [InlineData(400, "InvalidRequest", "subscriptionRefused")]
    [InlineData(401, null, "subscriptionDenied")]
    [InlineData(403, null, "subscriptionDenied")]
    [InlineData(404, null, "subscriptionNotFound")]
    [InlineData(409, "Conflict", "subscriptionDuplicate")]
    [InlineData(429, null, "throttled")]
    [InlineData(503, null, "graphUnavailable")]
    public async Task Each_refusal_has_its_name_and_the_sweep_reads_the_mail_meanwhile(int status, string? code, string problem)
    {
        await using var world = await StartAsync();
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = status, ["code"] = code, ["method"] = "POST", ["match"] = "/subscriptions", ["times"] = 10_000 });
        var rep = await EnrolledAsync(world);

        await world.DeliverAsync(rep, Colleague);

        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count == 1);
        Assert.True(board["gate"]!["on"]!.GetValue<bool>());
        Assert.All(await RowsAsync(world), x => Assert.Equal((null, problem), (x.SubscriptionId, x.Problem)));
    }

    [Fact]
    public async Task A_public_address_that_Graph_cannot_reach_is_named_and_mended_by_the_right_one()
    {
        await using var world = await StartAsync(settings: ("Mailbox:PublicAddress", "http://127.0.0.1:1"));
        await EnrolledAsync(world);

        var row = (await RowsAsync(world))[0];

        Assert.Equal(SubscriptionProblem.AddressUnreachable, row.Problem);
        Assert.Contains("http://127.0.0.1:1/api/graph/notifications", SubscriptionProblem.Explain(row.Problem!, new Uri("http://127.0.0.1:1")), StringComparison.Ordinal);

        var mended = await Keeper(world).KeepAsync(new RepKey(row.TenantId, row.RepId), row, World.MondayMorning, TestContext.Current.CancellationToken);
        Assert.Null(mended.Problem);
        Assert.NotNull(mended.Id);
    }

    [Fact]
    public async Task A_refused_subscription_is_not_asked_for_at_every_reading()
    {
        await using var world = await StartAsync(sweep: "00:00:01");
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 400, ["method"] = "POST", ["match"] = "/subscriptions", ["times"] = 10_000 });
        await EnrolledAsync(world);
        await Simulated.ForgetRequestsAsync(world);

        await RoundsAsync(world, 8);

        // 2, 4, 8 … seconds after each other, for each of the two folders.
        Assert.InRange((await OfSubscriptionsAsync(world)).Count, 2, 8);
    }

    [Fact]
    public async Task A_throttled_subscription_waits_as_long_as_asked_while_mail_is_read()
    {
        await using var world = await StartAsync(sweep: "00:00:01");
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 429, ["retryAfter"] = 6, ["method"] = "POST", ["match"] = "/subscriptions" });
        var rep = await EnrolledAsync(world);

        await World.UntilAsync(async () => (await Simulated.SubscriptionsAsync(world, rep)).Count == 2);

        var posts = await OfSubscriptionsAsync(world);
        var times = posts.Select(x => x["at"]!.GetValue<DateTimeOffset>()).ToList();
        Assert.Equal([429, 201, 201], posts.Select(x => x["status"]!.GetValue<int>()));
        Assert.InRange((times[1] - times[0]).TotalSeconds, 6, 30);
    }

    [Fact]
    public async Task A_subscription_made_without_an_answer_is_found_and_not_made_again()
    {
        await using var world = await StartAsync();
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "truncate", ["method"] = "POST", ["match"] = "/subscriptions", ["times"] = 2 });
        var rep = await EnrolledAsync(world);
        var made = (await Simulated.SubscriptionsAsync(world, rep)).Select(x => x["id"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList();

        await World.UntilAsync(async () => (await RowsAsync(world)) is { Count: 2 } rows && rows.TrueForAll(x => x.SubscriptionId is not null));

        Assert.Equal(2, made.Count);
        Assert.Equal(made, (await RowsAsync(world)).Select(x => x.SubscriptionId).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await OfSubscriptionsAsync(world)).Count(x => x["method"]!.GetValue<string>() == "POST"));
    }

    [Fact]
    public async Task While_the_key_is_changed_both_keys_are_heard_and_renewing_brings_the_new_one()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var old = await Simulated.SubscriptionsAsync(world, rep);
        var rotating = Options(world, NextKey, Key);
        var keeper = Keeper(world, rotating);
        var row = (await RowsAsync(world)).Single(x => x.Folder == "inbox");

        var due = SubscriptionKeeper.RenewalOf(row.SubscriptionId!, row.SubscriptionExpiresAt!.Value, Life) + TimeSpan.FromMinutes(1);
        await MoveClockAsync(world, due);
        var kept = await keeper.KeepAsync(new RepKey(Tenant, rep.Id), row, due, TestContext.Current.CancellationToken);

        var renewed = (await Simulated.SubscriptionsAsync(world, rep)).Single(x => x["id"]!.GetValue<string>() == kept.Id)["clientState"]!.GetValue<string>();
        Assert.Null(kept.Problem);
        Assert.NotEqual(row.SubscriptionId, kept.Id);
        Assert.True(new ClientState(rotating).TryRead(old[0]["clientState"]!.GetValue<string>(), out _));
        Assert.True(new ClientState(rotating).TryRead(renewed, out _));
        Assert.True(new ClientState(Options(world, NextKey, null)).TryRead(renewed, out _));
        Assert.False(new ClientState(Options(world, Key, null)).TryRead(renewed, out _));
    }

    [Fact]
    public async Task After_a_restart_one_listing_tells_which_subscriptions_are_left_and_only_lost_ones_are_made_again()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var rows = await RowsAsync(world);
        var keeper = Keeper(world);
        await LoseAsync(world, rows[0].SubscriptionId!);
        await Simulated.ForgetRequestsAsync(world);

        foreach (var row in rows)
        {
            var kept = await keeper.KeepAsync(new RepKey(Tenant, rep.Id), row, World.MondayMorning, TestContext.Current.CancellationToken);
            Assert.Equal(row == rows[0], kept.Id != row.SubscriptionId);
            Assert.Null(kept.Problem);
        }

        var asked = (await OfSubscriptionsAsync(world)).Select(x => (x["method"]!.GetValue<string>(), x["status"]!.GetValue<int>())).ToList();
        Assert.Equal([("GET", 200), ("GET", 404), ("POST", 201)], asked);
    }

    [Fact]
    public async Task A_subscription_that_notifies_our_former_address_makes_way()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var row = (await RowsAsync(world))[0];
        // The same server by another name.
        var moved = new UriBuilder(world.Address) { Host = "localhost" }.Uri;
        var keeper = Keeper(world, Options(world, Key, null, moved));

        var kept = await keeper.KeepAsync(new RepKey(Tenant, rep.Id), row, World.MondayMorning, TestContext.Current.CancellationToken);

        Assert.Null(kept.Problem);
        var made = (await Simulated.SubscriptionsAsync(world, rep)).Single(x => x["id"]!.GetValue<string>() == kept.Id);
        Assert.StartsWith(moved.ToString(), made["notificationUrl"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, (await Simulated.SubscriptionsAsync(world, rep)).Count);
    }

    private Task<World> StartAsync(string sweep = "00:00:02", params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(x => x.Key, x => (string?)x.Value);
        all["Mailbox:SweepInterval"] = sweep;
        return World.StartAsync(Database.Sqlite, postgres, settings: all);
    }

    private static async Task<Person> EnrolledAsync(World world)
    {
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    private static DateTimeOffset DueAt(MailboxWatchRow row) => SubscriptionKeeper.RenewalOf(row.SubscriptionId!, row.SubscriptionExpiresAt!.Value, Life);

    private static Task MoveClockAsync(World world, DateTimeOffset now) => world.MoveClockAsync(now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private static async Task LifecycleAsync(World world, Person rep, string lifecycleEvent) =>
        await world.SayAsync("/sim/lifecycle", new JsonObject { ["user"] = rep.Address, ["event"] = lifecycleEvent });

    /// <summary>A server that knows nothing but the rows.</summary>
    private static SubscriptionKeeper Keeper(World world, IOptions<MailboxOptions>? options = null)
    {
        var clients = world.Services.GetRequiredService<GraphClients>();
        options ??= Options(world, Key, null);
        return new SubscriptionKeeper(
            clients, new SubscriptionListing(clients), new ClientState(options), world.Services.GetRequiredService<MailboxMetrics>(), options, NullLogger<SubscriptionKeeper>.Instance);
    }

    private static IOptions<MailboxOptions> Options(World world, string key, string? previous, Uri? address = null) =>
        Microsoft.Extensions.Options.Options.Create(new MailboxOptions
        {
            PublicAddress = address ?? world.Address,
            ClientStateKey = key,
            PreviousClientStateKey = previous,
        });

    /// <summary>As the service does when it drops a subscription and its word of it gets lost.</summary>
    private static async Task LoseAsync(World world, string id) =>
        await world.Services.GetRequiredService<GraphClients>().For(new RepKey(Tenant, Guid.Empty)).Subscriptions[id].DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<List<MailboxWatchRow>> RowsAsync(World world)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await store.MailboxWatches.AsNoTracking().OrderBy(x => x.Folder).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<JsonNode>> OfSubscriptionsAsync(World world) =>
        [.. (await Simulated.RequestsAsync(world)).Where(x => x["path"]!.GetValue<string>().Contains("/subscriptions", StringComparison.Ordinal))];

    /// <summary>Waits until the inbox was read so many times since the log was emptied.</summary>
    private static async Task RoundsAsync(World world, int rounds)
    {
        async Task<int> CountAsync() => (await Simulated.RequestsAsync(world)).Count(x =>
            x["path"]!.GetValue<string>().Contains("inbox", StringComparison.OrdinalIgnoreCase)
            && x["path"]!.GetValue<string>().Contains("delta", StringComparison.OrdinalIgnoreCase));
        var before = await CountAsync();
        await World.UntilAsync(async () => await CountAsync() > before + rounds);
    }
}
