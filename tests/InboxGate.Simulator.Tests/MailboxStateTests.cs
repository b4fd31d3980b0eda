using System.Net;

namespace InboxGate.Simulator.Tests;

public sealed class MailboxStateTests
{
    [Theory]
    [InlineData("unlicensed", "", 200, null)]
    [InlineData("unlicensed", "/mailFolders/inbox/messages/delta", 404, "MailboxNotEnabledForRESTAPI")]
    [InlineData("unlicensed", "/mailboxSettings", 404, "MailboxNotEnabledForRESTAPI")]
    [InlineData("deleted", "", 404, "Request_ResourceNotFound")]
    [InlineData("deleted", "/mailFolders/inbox/messages/delta", 404, "ResourceNotFound")]
    [InlineData("outOfScope", "", 200, null)]
    [InlineData("outOfScope", "/mailFolders/inbox/messages/delta", 403, "ErrorAccessDenied")]
    [InlineData("outOfScope", "/mailboxSettings", 403, "ErrorAccessDenied")]
    [InlineData("ok", "/mailFolders/inbox/messages/delta", 200, null)]
    public async Task A_mailbox_that_cannot_be_reached_says_why(string state, string path, int expected, string? code)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostMailboxAsync(state);

        var (status, body, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}{path}");

        Assert.Equal(expected, (int)status);
        Assert.Equal(code, (string?)body!["error"]?["code"]);
    }

    [Theory]
    [InlineData("unlicensed", 404)]
    [InlineData("deleted", 404)]
    [InlineData("outOfScope", 403)]
    public async Task A_mailbox_that_cannot_be_reached_takes_no_subscription(string state, int expected)
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostMailboxAsync(state);

        var refused = await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() =>
            simulation.Graph().Subscriptions.PostAsync(SubscriptionTests.Wanted(simulation, endpoint), cancellationToken: Simulation.Stop));

        Assert.Equal(expected, refused.ResponseStatusCode);
        Assert.Empty(endpoint.Handshakes);
    }

    [Fact]
    public async Task A_mailbox_that_is_back_holds_what_it_held()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("Hello");
        await simulation.PostMailboxAsync("deleted");
        await simulation.PostMailboxAsync("ok");

        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages");

        Assert.Single(body!["value"]!.AsArray());
    }

    [Fact]
    public async Task A_scope_of_the_application_does_not_bind_the_user()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostMailboxAsync("outOfScope");
        var user = (string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann }))["accessToken"]!;

        var own = await simulation.Graph(simulation.OnBehalfOf(user)).Users[Simulation.Ann].Messages.GetAsync(cancellationToken: Simulation.Stop);

        Assert.Empty(own!.Value!);
    }

    [Fact]
    public async Task A_permission_can_be_taken_away_and_given_back_while_a_token_lives()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var token = await simulation.ApplicationTokenAsync();
        var statuses = new List<HttpStatusCode>();

        foreach (var denied in new[] { Array.Empty<string>(), ["MailboxSettings.Read"], [] })
        {
            await simulation.PostAsync("/sim/permissions", new { denied });
            statuses.Add((await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailboxSettings", token: token)).Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task What_is_denied_is_in_no_token_either()
    {
        await using var simulation = await Simulation.StartAsync();

        var shown = await simulation.PostAsync("/sim/permissions", new { granted = new[] { "Mail.ReadWrite" }, denied = new[] { "User.Read.All" } });
        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(await simulation.ApplicationTokenAsync());
        var roles = token.GetPayloadValue<string[]>("roles");

        Assert.Equal(shown["application"]!.AsArray().Select(role => (string)role!), roles);
        Assert.Contains("Mail.ReadWrite", roles);
        Assert.DoesNotContain("User.Read.All", roles);
    }
}
