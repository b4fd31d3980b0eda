using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>The watch of a mailbox, with the real Graph and identity clients, against the simulator.</summary>
public sealed class WatchTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";

    [Fact]
    public async Task The_first_board_already_knows_the_reps_zone_and_hours()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");

        var board = await rep.BoardAsync();

        Assert.Equal("Europe/Berlin", board["today"]!["timeZone"]!.GetValue<string>());
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T07:00:00Z", null), board["today"]!["startsAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T16:00:00Z", null), board["today"]!["endsAt"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_mail_that_comes_in_the_second_of_the_first_board_has_its_gate()
    {
        await using var world = await StartAsync();
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();

        await world.DeliverAsync(rep, Colleague);

        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task A_lost_notification_costs_only_time()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await Simulated.FailAsync(world, "dropNotification", times: 1000);

        await world.DeliverAsync(rep, Colleague);

        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task A_notification_brings_the_mail_without_waiting_for_the_sweep()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);

        await world.DeliverAsync(rep, Colleague);

        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task A_repeated_notification_makes_one_gate_and_one_revision()
    {
        await using var world = await StartAsync(sweep: "00:00:02");
        var rep = await EnrolledAsync(world);
        await Simulated.FailAsync(world, "duplicateNotification", times: 10);

        await world.DeliverAsync(rep, Colleague);
        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count == 1);
        await Simulated.ForgetRequestsAsync(world);
        await RoundsAsync(world, 2);

        var later = await rep.BoardAsync();
        Assert.Single(later["gates"]!.AsArray());
        Assert.Equal(board["revision"]!.GetValue<long>(), later["revision"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_forgotten_link_begins_a_new_round_that_misses_and_doubles_nothing()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        await Simulated.ForgetRequestsAsync(world);
        await Simulated.FailAsync(world, "expiredDelta", times: 2);

        await world.DeliverAsync(rep, Colleague);

        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count >= 2);
        Assert.Equal(2, board["gates"]!.AsArray().Count);
        Assert.True(board["gate"]!["on"]!.GetValue<bool>());
        Assert.Contains(await Simulated.RequestsAsync(world), x => x["status"]!.GetValue<int>() == 410);
    }

    [Fact]
    public async Task A_mail_that_left_while_the_link_was_forgotten_releases_its_gate_and_no_other()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        var gone = await world.DeliverAsync(rep, Colleague);
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 2);
        await ForgetLinksAsync(world);

        await world.SayAsync("/sim/moves", new JsonObject { ["user"] = rep.Address, ["internetMessageId"] = gone, ["folder"] = "archive" });

        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Any(gate => gate!["state"]!.GetValue<string>() == "released"));
        Assert.Equal(["pending", "released"], board["gates"]!.AsArray().Select(x => x!["state"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_subscription_refused_today_is_asked_for_again()
    {
        await using var world = await StartAsync(sweep: "00:00:02");
        await Simulated.FailAsync(world, "status", times: 2, match: "/subscriptions", status: 400);
        var rep = await EnrolledAsync(world);

        await World.UntilAsync(async () => (await IdsAsync(world, rep)).Count == 2);
        Assert.True((await rep.BoardAsync())["gate"]!["on"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_deleted_mail_releases_its_gate()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        var id = await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        using var deleted = await world.Simulator.DeleteAsync(
            $"/sim/messages/{Uri.EscapeDataString(id)}?user={rep.Address}", TestContext.Current.CancellationToken);

        deleted.EnsureSuccessStatusCode();
        await World.BoardWhenAsync(rep, board => board["gates"]![0]!["state"]!.GetValue<string>() == "released");
    }

    [Fact]
    public async Task Mail_in_many_small_pages_comes_whole()
    {
        await using var world = await StartAsync(sweep: "00:00:02", settings: ("Mailbox:PageSize", "2"));
        var rep = await EnrolledAsync(world);
        await Simulated.FailAsync(world, "dropNotification", times: 1000);

        for (var i = 0; i < 7; i++)
        {
            await world.DeliverAsync(rep, Colleague);
        }

        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 7);
    }

    [Theory]
    [InlineData("status", 503)]
    [InlineData("status", 500)]
    [InlineData("status", 403)]
    [InlineData("status", 404)]
    [InlineData("abort", null)]
    [InlineData("truncate", null)]
    [InlineData("html", null)]
    public async Task However_Graph_fails_the_gate_is_off_meanwhile_and_comes_back_alone(string kind, int? status)
    {
        await using var world = await StartAsync(sweep: "00:00:02");
        var rep = await EnrolledAsync(world);
        await Simulated.FailAsync(world, kind, times: 100_000, match: "/v1.0", status: status);

        var off = await World.BoardWhenAsync(rep, board => !board["gate"]!["on"]!.GetValue<bool>());
        Assert.Equal("mailboxUnreachable", off["gate"]!["why"]!.GetValue<string>());

        await world.DeliverAsync(rep, Colleague);
        await Simulated.MendAsync(world);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>() && board["gates"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task Without_a_token_from_Entra_the_gate_is_off_and_it_comes_on_alone()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await Simulated.FailAsync(world, "token", times: 100_000, match: "oauth2");

        await World.BoardWhenAsync(rep, board => board["gate"]!["why"]?.GetValue<string>() == "mailboxUnreachable");

        await Simulated.MendAsync(world);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_throttled_mailbox_is_left_alone_as_long_as_asked_and_its_gate_stays_on()
    {
        await using var world = await StartAsync(sweep: "00:00:01");
        var rep = await EnrolledAsync(world);
        await Simulated.ForgetRequestsAsync(world);
        await Simulated.FailAsync(world, "status", match: "delta", status: 429, retryAfter: 7);
        await world.DeliverAsync(rep, Colleague);

        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count == 1);

        Assert.True(board["gate"]!["on"]!.GetValue<bool>());
        var deltas = (await Simulated.RequestsAsync(world))
            .Where(x => x["path"]!.GetValue<string>().Contains("delta", StringComparison.OrdinalIgnoreCase))
            .OrderBy(x => x["at"]!.GetValue<DateTimeOffset>()).ToList();
        var throttled = deltas.FindIndex(x => x["status"]!.GetValue<int>() == 429);
        Assert.InRange((deltas[throttled + 1]["at"]!.GetValue<DateTimeOffset>() - deltas[throttled]["at"]!.GetValue<DateTimeOffset>()).TotalSeconds, 6.5, 15);
    }

    [Fact]
    public async Task A_subscription_near_its_end_is_renewed_and_not_made_twice()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var before = await IdsAsync(world, rep);
        await Simulated.ForgetRequestsAsync(world);

        await world.SayAsync("/sim/lifecycle", new JsonObject { ["user"] = rep.Address, ["event"] = "reauthorizationRequired" });

        await World.UntilAsync(async () => (await Simulated.RequestsAsync(world)).Count(x => x["method"]!.GetValue<string>() == "PATCH") >= 2);
        Assert.DoesNotContain(await Simulated.RequestsAsync(world), x => x["method"]!.GetValue<string>() is "POST" or "DELETE" && x["path"]!.GetValue<string>().Contains("subscriptions", StringComparison.Ordinal));
        Assert.Equal(before, await IdsAsync(world, rep));
    }

    [Fact]
    public async Task A_removed_subscription_is_made_again()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var before = await IdsAsync(world, rep);

        await world.SayAsync("/sim/lifecycle", new JsonObject { ["user"] = rep.Address, ["event"] = "subscriptionRemoved" });

        await World.UntilAsync(async () => (await IdsAsync(world, rep)) is { Count: 2 } now && !now.Intersect(before).Any());
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task After_a_week_without_renewal_the_sweep_subscribes_anew()
    {
        await using var world = await StartAsync(sweep: "00:00:02");
        var rep = await EnrolledAsync(world);
        var before = await IdsAsync(world, rep);

        await world.MoveClockAsync("2026-03-11T09:00:00+01:00");

        await World.UntilAsync(async () => (await IdsAsync(world, rep)) is { Count: 2 } now && !now.Intersect(before).Any());
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task A_forgotten_subscription_makes_way_for_ours()
    {
        await using var world = await StartAsync(sweep: "00:00:02");
        var rep = await EnrolledAsync(world);
        var before = await IdsAsync(world, rep);
        // As after a server that died between making a subscription and noting it down.
        await ForgetSubscriptionsAsync(world);

        await World.UntilAsync(async () => (await IdsAsync(world, rep)) is { Count: 2 } now && !now.Intersect(before).Any());
    }

    [Fact]
    public async Task Headers_that_name_a_machine_keep_a_customers_newsletter_from_making_a_gate()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await rep.JsonAsync(HttpMethod.Put, "/api/senders/tailspin.example", new JsonObject { ["kind"] = "customer" });
        await world.DeliverAsync(rep, "news@tailspin.example", more: new JsonObject
        {
            ["internetMessageHeaders"] = new JsonArray(new JsonObject { ["name"] = "List-Unsubscribe", ["value"] = "<https://tailspin.example/off>" }),
        });
        await world.DeliverAsync(rep, "cora@tailspin.example");

        var board = await World.BoardWhenAsync(rep, x => x["gates"]!.AsArray().Count >= 1);
        await Simulated.ForgetRequestsAsync(world);
        await RoundsAsync(world, 1);

        var gate = Assert.Single((await rep.BoardAsync())["gates"]!.AsArray());
        Assert.Equal("cora@tailspin.example", gate!["from"]!["address"]!.GetValue<string>());
        Assert.Equal("listedDomain", board["gates"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_body_is_ever_asked_for_and_every_request_for_mail_wants_immutable_ids()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, "cora@tailspin.example");
        await world.DeliverAsync(rep, Colleague);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        var mail = (await Simulated.RequestsAsync(world)).Where(x => x["path"]!.GetValue<string>().Contains("messages", StringComparison.OrdinalIgnoreCase)).ToList();

        Assert.NotEmpty(mail);
        Assert.All(mail, x => Assert.Contains("IdType=\"ImmutableId\"", x["prefer"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(mail, x => Assert.DoesNotContain("body", x["query"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase));
        Assert.Contains(mail, x => x["query"]!.GetValue<string>().Contains("internetMessageHeaders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outreach_from_before_the_first_board_is_remembered()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await world.SayAsync("/sim/sent", new JsonObject
        {
            ["user"] = rep.Address,
            ["message"] = new JsonObject
            {
                ["subject"] = "An offer",
                ["conversationId"] = "outreach",
                ["sentDateTime"] = "2026-02-20T09:00:00Z",
                ["toRecipients"] = new JsonArray(World.Correspondent("pia@fabrikam.example")),
            },
        });
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());

        var verdict = await rep.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = "<answer@fabrikam.example>",
            ["conversationId"] = "outreach",
            ["from"] = new JsonObject { ["name"] = "Pia", ["address"] = "pia@fabrikam.example" },
        });

        Assert.Equal("youWroteFirst", verdict["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_automatic_reply_answers_no_gate()
    {
        await using var world = await StartAsync();
        var rep = await EnrolledAsync(world);
        await world.DeliverAsync(rep, Colleague, "thread");
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        await world.SayAsync("/sim/sent", new JsonObject
        {
            ["user"] = rep.Address,
            ["message"] = new JsonObject
            {
                ["subject"] = "I am away",
                ["conversationId"] = "thread",
                ["toRecipients"] = new JsonArray(World.Correspondent(Colleague)),
                ["internetMessageHeaders"] = new JsonArray(new JsonObject { ["name"] = "Auto-Submitted", ["value"] = "auto-replied" }),
            },
        });
        await Simulated.ForgetRequestsAsync(world);
        await RoundsAsync(world, 2);
        Assert.Equal("pending", (await rep.BoardAsync())["gates"]![0]!["state"]!.GetValue<string>());

        await world.SendAsync(rep, Colleague, "thread");
        await World.BoardWhenAsync(rep, board => board["gates"]![0]!["state"]!.GetValue<string>() == "answered");
    }

    [Fact]
    public async Task Automatic_replies_switched_on_at_noon_are_noticed()
    {
        await using var world = await StartAsync(sweep: "00:00:02", settings: ("Mailbox:ProfileInterval", "00:00:01"));
        var rep = await EnrolledAsync(world);

        await world.SayAsync("/sim/users", new JsonObject { ["user"] = rep.Address, ["automaticReplies"] = true });
        await World.BoardWhenAsync(rep, board => board["gate"]!["why"]?.GetValue<string>() == "outOfOffice");

        await world.SayAsync("/sim/users", new JsonObject { ["user"] = rep.Address, ["automaticReplies"] = false });
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Reading_again_without_news_raises_no_revision()
    {
        await using var world = await StartAsync(sweep: "00:00:01", settings: ("Mailbox:ProfileInterval", "00:00:01"));
        var rep = await EnrolledAsync(world);
        var before = (await rep.BoardAsync())["revision"]!.GetValue<long>();
        await Simulated.ForgetRequestsAsync(world);

        await RoundsAsync(world, 3);

        Assert.Contains(await Simulated.RequestsAsync(world), x => x["path"]!.GetValue<string>().EndsWith("mailboxSettings", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(before, (await rep.BoardAsync())["revision"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_server_told_not_to_watch_asks_Graph_nothing_and_says_so_on_the_board()
    {
        await using var world = await StartAsync(settings: ("Mailbox:Watch", "false"));
        var rep = await world.UserAsync("mira@contoso.com");

        var board = await rep.BoardAsync();

        Assert.Equal("notWatching", board["gate"]!["why"]!.GetValue<string>());
        Assert.DoesNotContain(await Simulated.RequestsAsync(world), x => x["path"]!.GetValue<string>().Contains("/v1.0", StringComparison.Ordinal));
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

    private static async Task<IReadOnlyList<string>> IdsAsync(World world, Person rep) =>
        [.. (await Simulated.SubscriptionsAsync(world, rep)).Select(x => x["id"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    /// <summary>Waits until the inbox was read so many times since the log was emptied.</summary>
    private static Task RoundsAsync(World world, int rounds) => World.UntilAsync(async () => (await Simulated.RequestsAsync(world)).Count(x =>
        x["path"]!.GetValue<string>().Contains("inbox", StringComparison.OrdinalIgnoreCase)
        && x["path"]!.GetValue<string>().Contains("delta", StringComparison.OrdinalIgnoreCase)) > rounds);

    private static async Task ForgetSubscriptionsAsync(World world)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await store.MailboxWatches.ExecuteUpdateAsync(
            set => set.SetProperty(x => x.SubscriptionId, (string?)null).SetProperty(x => x.SubscriptionExpiresAt, (DateTimeOffset?)null),
            TestContext.Current.CancellationToken);
    }

    /// <summary>A link that the service no longer knows.</summary>
    private static async Task ForgetLinksAsync(World world)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await store.MailboxWatches.ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Link, "https://graph.example/forgotten"), TestContext.Current.CancellationToken);
    }
}
