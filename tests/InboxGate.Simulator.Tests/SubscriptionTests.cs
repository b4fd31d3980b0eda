using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Simulator.Tests;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task The_real_client_subscribes_after_a_handshake_with_both_addresses_and_hears_of_new_mail()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        var ann = (string)(await simulation.AnnAsync())["id"]!;

        var made = await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        var mail = await simulation.DeliverAsync("Hello");
        var told = await endpoint.NextAsync();

        Assert.Equal(["/lifecycle", "/notifications"], endpoint.Handshakes.Order(StringComparer.Ordinal));
        Assert.Equal(made!.Id!, (string?)told["subscriptionId"]);
        Assert.Equal("secret", (string?)told["clientState"]);
        Assert.Equal("created", (string?)told["changeType"]);
        Assert.Equal(simulation.Options.TenantId.ToString(), (string?)told["tenantId"]);
        Assert.Contains(ann, (string)told["resource"]!, StringComparison.Ordinal);
        Assert.NotEqual((string?)mail["id"], (string?)told["resourceData"]!["id"]);
    }

    [Fact]
    public async Task A_subscription_made_for_immutable_ids_tells_immutable_ids()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(
            Wanted(simulation, endpoint), request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""), Simulation.Stop);

        var mail = await simulation.DeliverAsync("Hello");

        Assert.Equal((string?)mail["id"], (string?)(await endpoint.NextAsync())["resourceData"]!["id"]);
    }

    [Fact]
    public async Task A_mail_moved_out_is_told_as_deleted_under_the_id_it_had_there_and_moved_back_as_created()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var wanted = Wanted(simulation, endpoint);
        wanted.ChangeType = "created,deleted";
        await simulation.Graph().Subscriptions.PostAsync(wanted, cancellationToken: Simulation.Stop);

        await simulation.DeliverAsync("Hello", "<hello@fabrikam.com>");
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<hello@fabrikam.com>", folder = "archive" });
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<hello@fabrikam.com>", folder = "inbox" });
        var told = new[] { await endpoint.NextAsync(), await endpoint.NextAsync(), await endpoint.NextAsync() };

        Assert.Equal(["created", "deleted", "created"], told.Select(item => (string?)item["changeType"]));
        Assert.Equal((string?)told[0]["resourceData"]!["id"], (string?)told[1]["resourceData"]!["id"]);
        Assert.NotEqual((string?)told[1]["resourceData"]!["id"], (string?)told[2]["resourceData"]!["id"]);
    }

    [Fact]
    public async Task An_endpoint_that_fails_the_handshake_gets_no_subscription()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        endpoint.AnswersHandshake = false;

        var refused = await Assert.ThrowsAsync<ODataError>(() =>
            simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop));

        Assert.Equal(400, refused.ResponseStatusCode);
        Assert.Equal("ValidationError", refused.Error!.Code);
        Assert.Empty((await simulation.GetAsync("/sim/subscriptions")).AsArray());
    }

    [Fact]
    public async Task A_second_subscription_to_the_same_is_refused_with_409()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        var ann = (string)(await simulation.AnnAsync())["id"]!;
        await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        var again = Wanted(simulation, endpoint);
        again.Resource = $"Users('{ann}')/mailfolders('Inbox')/messages";

        var refused = await Assert.ThrowsAsync<ODataError>(() =>
            simulation.Graph().Subscriptions.PostAsync(again, cancellationToken: Simulation.Stop));

        Assert.Equal(409, refused.ResponseStatusCode);
    }

    [Theory]
    [InlineData(10_079, true)]
    [InlineData(10_081, false)]
    public async Task A_subscription_lives_at_most_seven_days(int minutes, bool isTaken)
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var wanted = Wanted(simulation, endpoint);
        wanted.ExpirationDateTime = simulation.Host.Clock.GetUtcNow().AddMinutes(minutes);

        var refused = await Record.ExceptionAsync(() =>
            simulation.Graph().Subscriptions.PostAsync(wanted, cancellationToken: Simulation.Stop));

        Assert.Equal(isTaken, refused is null);
        Assert.True(isTaken || ((ODataError)refused!).ResponseStatusCode == 400);
    }

    [Fact]
    public async Task Renewing_moves_the_end_and_nothing_else_can_be_changed()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var client = simulation.Graph();
        var made = await client.Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        var end = simulation.Host.Clock.GetUtcNow().AddDays(3);

        var renewed = await client.Subscriptions[made!.Id].PatchAsync(new Subscription { ExpirationDateTime = end }, cancellationToken: Simulation.Stop);
        var refused = await Assert.ThrowsAsync<ODataError>(() => client.Subscriptions[made.Id]
            .PatchAsync(new Subscription { LifecycleNotificationUrl = endpoint.Address + "/other" }, cancellationToken: Simulation.Stop));

        Assert.Equal(end.UtcTicks, renewed!.ExpirationDateTime!.Value.UtcTicks);
        Assert.Equal(400, refused.ResponseStatusCode);
    }

    [Fact]
    public async Task A_list_never_tells_the_client_state_and_a_deleted_subscription_is_gone()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var client = simulation.Graph();
        var made = await client.Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);

        var listed = await client.Subscriptions.GetAsync(cancellationToken: Simulation.Stop);
        await client.Subscriptions[made!.Id].DeleteAsync(cancellationToken: Simulation.Stop);
        var refused = await Assert.ThrowsAsync<ODataError>(() => client.Subscriptions[made.Id].DeleteAsync(cancellationToken: Simulation.Stop));

        Assert.Equal("secret", made.ClientState);
        Assert.Null(Assert.Single(listed!.Value!).ClientState);
        Assert.Equal(404, refused.ResponseStatusCode);
    }

    [Fact]
    public async Task A_notification_that_is_refused_is_sent_again()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        endpoint.Refusals.Enqueue(503);
        endpoint.Refusals.Enqueue(500);

        await simulation.DeliverAsync("Hello");

        Assert.Equal("created", (string?)(await endpoint.NextAsync())["changeType"]);
        Assert.Empty(endpoint.Refusals);
    }

    [Fact]
    public async Task Notifications_can_be_dropped_doubled_and_falsified()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        foreach (var kind in new[] { "dropNotification", "duplicateNotification", "wrongClientState" })
            await simulation.PostAsync("/sim/faults", new { kind });

        for (var number = 0; number < 3; number++)
            await simulation.DeliverAsync($"mail {number}");
        var states = new List<string?>();
        for (var number = 0; number < 3; number++)
            states.Add((string?)(await endpoint.NextAsync())["clientState"]);

        Assert.Equal(["not-secret", "secret", "secret"], states.Order(StringComparer.Ordinal));
        Assert.Empty((await simulation.GetAsync("/sim/faults"))["toCome"]!.AsArray());
        Assert.False(endpoint.HasMore());
    }

    [Fact]
    public async Task A_subscription_ends_by_the_simulated_clock_and_the_subscriber_is_told()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var made = await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);

        await simulation.PostAsync("/sim/clock", new { now = simulation.Host.Clock.GetUtcNow().AddDays(8) });
        var told = await endpoint.NextAsync();

        Assert.Equal("subscriptionRemoved", (string?)told["lifecycleEvent"]);
        Assert.Equal(made!.Id, (string?)told["subscriptionId"]);
        Assert.Equal("secret", (string?)told["clientState"]);
        Assert.Empty((await simulation.GetAsync("/sim/subscriptions")).AsArray());
    }

    [Fact]
    public async Task A_notification_given_up_on_is_followed_by_missed()
    {
        await using var simulation = await Simulation.StartAsync(options => options with
        {
            NotificationRetry = new NotificationRetry { FirstDelay = TimeSpan.FromMilliseconds(20), GiveUpAfter = TimeSpan.Zero },
        });
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        endpoint.Refusals.Enqueue(500);

        await simulation.DeliverAsync("Hello");

        Assert.Equal("missed", (string?)(await endpoint.NextAsync())["lifecycleEvent"]);
    }

    [Theory]
    [InlineData("reauthorizationRequired", 1)]
    [InlineData("missed", 1)]
    [InlineData("subscriptionRemoved", 0)]
    public async Task Lifecycle_events_can_be_caused(string lifecycleEvent, int left)
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);

        await simulation.PostAsync("/sim/lifecycle", new Dictionary<string, string> { ["user"] = Simulation.Ann, ["event"] = lifecycleEvent });

        Assert.Equal(lifecycleEvent, (string?)(await endpoint.NextAsync())["lifecycleEvent"]);
        Assert.Equal(left, (await simulation.GetAsync("/sim/subscriptions")).AsArray().Count);
    }

    [Fact]
    public async Task A_list_comes_in_pages_and_names_each_subscription_once()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        var users = Enumerable.Range(1, 60).Select(number => $"rep{number}@contoso.com").ToArray();
        await simulation.PostAsync("/sim/users", new { users = users.Select(user => new { user }) });
        var client = simulation.Graph().Subscriptions;
        var made = new List<string?>();
        foreach (var user in users)
        {
            var wanted = Wanted(simulation, endpoint);
            wanted.Resource = $"users/{user}/mailFolders('inbox')/messages";
            made.Add((await client.PostAsync(wanted, cancellationToken: Simulation.Stop))!.Id);
        }

        var first = await client.GetAsync(cancellationToken: Simulation.Stop);
        var second = await client.WithUrl(first!.OdataNextLink!).GetAsync(cancellationToken: Simulation.Stop);
        var listed = first.Value!.Concat(second!.Value!).Select(subscription => subscription.Id).ToList();

        Assert.Equal((50, 10, null), (first.Value!.Count, second.Value!.Count, second.OdataNextLink));
        Assert.Equal(made.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_let_a_subscription_come_near_its_end_is_asked_once_to_authorise_it_anew()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var client = simulation.Graph().Subscriptions;
        var made = await client.PostAsync(Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);

        await simulation.PostAsync("/sim/clock", new { now = made!.ExpirationDateTime!.Value.AddMinutes(-20) });
        var asked = await endpoint.NextAsync();
        await client[made.Id].Reauthorize.PostAsync(cancellationToken: Simulation.Stop);
        await client[made.Id].PatchAsync(new Subscription { ExpirationDateTime = simulation.Host.Clock.GetUtcNow().AddDays(6) }, cancellationToken: Simulation.Stop);
        await simulation.PostAsync("/sim/clock", new { now = simulation.Host.Clock.GetUtcNow().AddDays(6).AddMinutes(-10) });
        var askedAgain = await endpoint.NextAsync();
        await simulation.PostAsync("/sim/clock", new { now = simulation.Host.Clock.GetUtcNow().AddHours(1) });
        var removed = await endpoint.NextAsync();
        var gone = await Assert.ThrowsAsync<ODataError>(() => client[made.Id].Reauthorize.PostAsync(cancellationToken: Simulation.Stop));

        Assert.Equal(
            ["reauthorizationRequired", "reauthorizationRequired", "subscriptionRemoved"],
            new[] { asked, askedAgain, removed }.Select(told => (string?)told["lifecycleEvent"]));
        Assert.Equal(404, gone.ResponseStatusCode);
        Assert.False(endpoint.HasMore());
    }

    [Fact]
    public async Task An_address_that_nobody_answers_at_is_refused_in_Graph_s_words()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var wanted = Wanted(simulation, endpoint);
        wanted.NotificationUrl = "https://localhost:1/notifications";

        var refused = await Assert.ThrowsAsync<ODataError>(() => simulation.Graph().Subscriptions.PostAsync(wanted, cancellationToken: Simulation.Stop));

        Assert.Equal((400, "ValidationError"), (refused.ResponseStatusCode, refused.Error!.Code));
        Assert.StartsWith("Subscription validation request failed.", refused.Error.Message, StringComparison.Ordinal);
    }

    internal static Subscription Wanted(Simulation simulation, Endpoint endpoint) => new()
    {
        ChangeType = "created",
        Resource = $"users/{Simulation.Ann}/mailFolders('inbox')/messages",
        NotificationUrl = endpoint.Address + "/notifications",
        LifecycleNotificationUrl = endpoint.Address + "/lifecycle",
        ClientState = "secret",
        ExpirationDateTime = simulation.Host.Clock.GetUtcNow().AddDays(6),
    };
}
