using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Identity.Client;

namespace InboxGate.Simulator.Tests;

public sealed class FaultTests
{
    private const string Inbox = $"/users/{Simulation.Ann}/mailFolders/inbox/messages/delta?$select=subject,from,isRead,internetMessageId,categories";
    private const string Immutable = "IdType=\"ImmutableId\"";

    [Fact]
    public async Task Items_of_a_delta_can_carry_nothing_to_know_the_mail_by()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("Hello");
        await simulation.PostAsync("/sim/faults", new { kind = "partialItems" });

        var (_, part, _) = await simulation.GraphAsync(HttpMethod.Get, Inbox);
        var (_, whole, _) = await simulation.GraphAsync(HttpMethod.Get, Inbox);

        Assert.Equal(
            ["@odata.type", "@odata.etag", "id", "isRead", "categories"],
            part!["value"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal("Hello", (string?)whole!["value"]![0]!["subject"]);
    }

    [Fact]
    public async Task A_page_can_repeat_the_round_before_and_take_back_what_has_left_since()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var (_, empty, _) = await simulation.GraphAsync(HttpMethod.Get, Inbox, prefer: Immutable);
        foreach (var subject in new[] { "stays", "leaves" })
            await simulation.DeliverAsync(subject, $"<{subject}@fabrikam.com>");
        var (_, shown, _) = await simulation.GraphAsync(HttpMethod.Get, (string)empty!["@odata.deltaLink"]!, prefer: Immutable);
        await simulation.DeliverAsync("new");
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<leaves@fabrikam.com>", folder = "archive" });
        await simulation.PostAsync("/sim/faults", new { kind = "replayItems" });

        var (_, replayed, _) = await simulation.GraphAsync(HttpMethod.Get, (string)shown!["@odata.deltaLink"]!, prefer: Immutable);
        var items = replayed!["value"]!.AsArray();

        Assert.Equal("stays leaves new - -", string.Join(' ', items.Select(item => (string?)item!["subject"] ?? "-")));
        Assert.Equal((string?)items[1]!["id"], (string?)items[^1]!["id"]);
        Assert.Equal("changed", (string?)items[^1]!["@removed"]!["reason"]);
        Assert.Equal(1, (int)(await simulation.GetAsync("/sim/faults"))["used"]!["replayItems"]!);
    }

    [Fact]
    public async Task What_has_left_before_a_round_ended_is_not_repeated()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var (_, empty, _) = await simulation.GraphAsync(HttpMethod.Get, Inbox);
        await simulation.DeliverAsync("passes through", "<through@fabrikam.com>");
        await simulation.DeliverAsync("stays");
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<through@fabrikam.com>", folder = "archive" });
        var (_, shown, _) = await simulation.GraphAsync(HttpMethod.Get, (string)empty!["@odata.deltaLink"]!);
        await simulation.PostAsync("/sim/faults", new { kind = "replayItems" });

        var (_, replayed, _) = await simulation.GraphAsync(HttpMethod.Get, (string)shown!["@odata.deltaLink"]!);

        Assert.Equal("stays", (string?)Assert.Single(replayed!["value"]!.AsArray())!["subject"]);
    }

    [Fact]
    public async Task A_fault_of_items_waits_for_a_page_that_it_can_change()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        foreach (var kind in new[] { "duplicateItems", "replayItems", "partialItems" })
            await simulation.PostAsync("/sim/faults", new { kind });

        await simulation.GraphAsync(HttpMethod.Get, Inbox);
        var faults = await simulation.GetAsync("/sim/faults");

        Assert.Equal(["duplicateItems", "replayItems", "partialItems"], faults["toCome"]!.AsArray().Select(fault => (string?)fault!["kind"]));
        Assert.Empty(faults["used"]!.AsObject());
    }

    [Theory]
    [InlineData(null, null, 410, "syncStateNotFound")]
    [InlineData(400, "syncStateInvalid", 400, "syncStateInvalid")]
    [InlineData(410, "resyncRequired", 410, "resyncRequired")]
    public async Task A_delta_link_can_be_refused_in_every_way_that_asks_for_a_fresh_start(int? status, string? code, int expected, string expectedCode)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { kind = "resync", status, code });

        var first = await simulation.Graph().Users[Simulation.Ann].MailFolders["inbox"].Messages.Delta.GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);
        var refused = await Assert.ThrowsAsync<ODataError>(() => simulation.Graph().Users[Simulation.Ann].MailFolders["inbox"].Messages.Delta
            .WithUrl(first!.OdataDeltaLink!).GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop));

        Assert.Equal(expected, refused.ResponseStatusCode);
        Assert.Equal(expectedCode, refused.Error!.Code);
        Assert.DoesNotContain("Location", refused.ResponseHeaders.Keys);
    }

    [Fact]
    public async Task A_refused_delta_link_can_come_with_the_place_to_begin_again()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("Hello");
        var (_, first, _) = await simulation.GraphAsync(HttpMethod.Get, Inbox);
        await simulation.PostAsync("/sim/faults", new { kind = "resync", location = true });

        var (status, _, headers) = await simulation.GraphAsync(HttpMethod.Get, (string)first!["@odata.deltaLink"]!);
        var (_, again, _) = await simulation.GraphAsync(HttpMethod.Get, headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.True(JsonNode.DeepEquals(first["value"], again!["value"]));
    }

    [Fact]
    public async Task A_challenged_token_stays_refused_until_one_acquired_later_comes()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var token = await simulation.ApplicationTokenAsync();
        await simulation.PostAsync("/sim/faults", new { kind = "claims" });

        var statuses = new List<int>();
        var challenge = "";
        foreach (var bearer in new[] { token, token, await simulation.ApplicationTokenAsync() })
        {
            var (status, _, headers) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}", token: bearer);
            statuses.Add((int)status);
            challenge += headers.WwwAuthenticate;
        }

        var (fresh, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}", token: await simulation.ApplicationTokenAsync());
        var claims = challenge.Split("claims=\"")[1].Split('"')[0];

        Assert.Equal([401, 401, 401], statuses);
        Assert.Equal(HttpStatusCode.OK, fresh);
        Assert.Contains("\"nbf\"", Encoding.UTF8.GetString(Convert.FromBase64String(claims)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_for_one_mailbox_leaves_the_others_alone()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        await simulation.PostAsync("/sim/faults", new { kind = "claims", user = Simulation.Ann });
        var token = await simulation.ApplicationTokenAsync();

        var (bobs, _, _) = await simulation.GraphAsync(HttpMethod.Get, "/users/bob@contoso.com/messages", token: token);
        var (anns, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages", token: token);
        var (bobsAgain, _, _) = await simulation.GraphAsync(HttpMethod.Get, "/users/bob@contoso.com/messages", token: token);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK], [bobs, anns, bobsAgain]);
    }

    [Theory]
    [InlineData("{\"match\": \"/messages\", \"status\": 429, \"retryAfter\": 7}")]
    [InlineData("{\"user\": \"ann@contoso.com\", \"status\": 429, \"retryAfter\": 7}")]
    [InlineData("{\"batch\": true, \"status\": 429, \"retryAfter\": 7}")]
    public async Task A_fault_strikes_one_item_of_a_batch_with_its_own_Retry_After(string fault)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", JsonNode.Parse(fault)!);

        var (status, body, headers) = await simulation.GraphAsync(HttpMethod.Post, "/$batch", new
        {
            requests = new[]
            {
                new { id = "1", method = "GET", url = $"/users/{Simulation.Ann}/messages" },
                new { id = "2", method = "GET", url = $"/users/{Simulation.Ann}/messages" },
            },
        });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(headers.RetryAfter);
        Assert.Equal([429, 200], body!["responses"]!.AsArray().Select(item => (int)item!["status"]!));
        Assert.Equal("7", (string?)body["responses"]![0]!["headers"]!["Retry-After"]);
    }

    [Fact]
    public async Task A_fault_outside_batches_leaves_their_items_alone()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { batch = false, match = "/messages", status = 503 });

        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Post, "/$batch", new
        {
            requests = new[] { new { id = "1", method = "GET", url = $"/users/{Simulation.Ann}/messages" } },
        });
        var (alone, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages");

        Assert.Equal(200, (int)body!["responses"]![0]!["status"]!);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, alone);
    }

    [Fact]
    public async Task A_fault_of_one_user_s_notifications_leaves_the_others_theirs()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        await simulation.Graph().Subscriptions.PostAsync(SubscriptionTests.Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        await simulation.PostAsync("/sim/faults", new { kind = "dropNotification", user = "bob@contoso.com" });

        await simulation.DeliverAsync("Hello");

        Assert.Equal("created", (string?)(await endpoint.NextAsync())["changeType"]);
        Assert.Single((await simulation.GetAsync("/sim/faults"))["toCome"]!.AsArray());
    }

    [Theory]
    [InlineData("AADSTS7000222", "invalid_client")]
    [InlineData("7000215", "invalid_client")]
    [InlineData("700016", "unauthorized_client")]
    [InlineData("90002", "invalid_request")]
    [InlineData("65001", "invalid_grant")]
    public async Task Entra_refuses_by_number_with_the_error_that_belongs_to_it(string code, string error)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/faults", new { kind = "token", code });

        var refused = await Assert.ThrowsAnyAsync<AuthenticationFailedException>(() => simulation.ApplicationTokenAsync());
        var reason = Assert.IsAssignableFrom<MsalServiceException>(refused.InnerException);

        Assert.Equal(error, reason.ErrorCode);
        Assert.Contains("AADSTS" + code.Replace("AADSTS", "", StringComparison.Ordinal), reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50076", true)]
    [InlineData("65001", false)]
    public async Task A_user_who_has_to_sign_in_again_is_named_with_the_claims_to_ask_for(string code, bool hasClaims)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        await simulation.PostAsync("/sim/faults", new { kind = "token", code, user = Simulation.Ann });
        var (anns, bobs) = (await TokenOfAsync(simulation, Simulation.Ann), await TokenOfAsync(simulation, "bob@contoso.com"));

        var bob = await simulation.OnBehalfOf(bobs).GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop);
        var refused = await Assert.ThrowsAnyAsync<AuthenticationFailedException>(async () =>
            await simulation.OnBehalfOf(anns).GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop));
        var reason = Assert.IsAssignableFrom<MsalUiRequiredException>(refused.InnerException);

        Assert.NotEmpty(bob.Token);
        Assert.Equal("invalid_grant", reason.ErrorCode);
        Assert.Equal(hasClaims, !string.IsNullOrEmpty(reason.Claims));
        Assert.Equal(hasClaims ? UiRequiredExceptionClassification.BasicAction : UiRequiredExceptionClassification.ConsentRequired, reason.Classification);
    }

    [Fact]
    public async Task An_on_behalf_of_token_reads_its_own_mailbox_only()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        var graph = simulation.Graph(simulation.OnBehalfOf(await TokenOfAsync(simulation, Simulation.Ann)));

        var own = await graph.Users[Simulation.Ann].MailFolders["inbox"].Messages.Delta.GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);
        var refused = await Assert.ThrowsAsync<ODataError>(() => graph.Users["bob@contoso.com"].MailFolders["inbox"].Messages.Delta
            .GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop));

        Assert.NotNull(own!.OdataDeltaLink);
        Assert.Equal(403, refused.ResponseStatusCode);
    }

    [Fact]
    public async Task What_each_kind_has_done_is_counted_and_outlives_taking_faults_back()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { status = 503, times = 3 });
        await simulation.PostAsync("/sim/faults", new { kind = "emptyPage" });
        for (var time = 0; time < 3; time++)
            await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}");

        await simulation.Http.DeleteAsync("/sim/faults", Simulation.Stop);
        var faults = await simulation.GetAsync("/sim/faults");

        Assert.Empty(faults["toCome"]!.AsArray());
        Assert.Equal("{\"status\":3}", faults["used"]!.ToJsonString());
    }

    private static async Task<string> TokenOfAsync(Simulation simulation, string user) =>
        (string)(await simulation.PostAsync("/sim/tokens", new { user }))["accessToken"]!;
}
