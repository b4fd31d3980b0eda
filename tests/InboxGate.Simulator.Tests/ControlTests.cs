using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Simulator.Tests;

public sealed class ControlTests
{
    [Theory]
    [InlineData("/sim/users", "")]
    [InlineData("/sim/users", "[]")]
    [InlineData("/sim/users", "{\"user\": 1}")]
    [InlineData("/sim/users", "{\"user\": \"ann\"}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"user\": \"y@contoso.com\"}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"timeZone\": \"Mars/Olympus\"}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"workingDays\": [\"funday\"]}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"workingHours\": {\"start\": \"25:00\", \"end\": \"17:00\"}}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"workingHours\": {\"start\": \"08:00\", \"end\": \"08:00\"}}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"aliases\": [\"nobody\"]}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"manager\": \"X@contoso.com\"}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"automaticReplies\": \"yes\"}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"shoeSize\": 44}")]
    [InlineData("/sim/tenant", "{\"domains\": []}")]
    [InlineData("/sim/tenant", "{\"domains\": [\"not a domain\"]}")]
    [InlineData("/sim/tenant", "{\"holidays\": [\"25.12.2026\"]}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\"}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"message\": []}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"message\": {\"from\": \"bo\"}}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"message\": {\"receivedDateTime\": \"yesterday\"}}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"message\": {\"from\": {\"emailAddress\": {\"name\": \"a\", \"name\": \"b\"}}}}")]
    [InlineData("/sim/sent", "{\"user\": \"ann@contoso.com\", \"message\": {\"toRecipients\": [1]}}")]
    [InlineData("/sim/sent", "{\"user\": \"ann@contoso.com\", \"message\": {\"internetMessageHeaders\": [{\"value\": \"x\"}]}}")]
    [InlineData("/sim/moves", "{\"user\": \"ann@contoso.com\", \"internetMessageId\": \"<x>\", \"folder\": \"\"}")]
    [InlineData("/sim/moves", "{\"user\": \"ann@contoso.com\", \"internetMessageId\": \"<x>\", \"folder\": \"a/b\"}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"message\": {}, \"times\": 0}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"messages\": [1]}")]
    [InlineData("/sim/messages", "{\"user\": \"ann@contoso.com\", \"message\": {}, \"times\": 2, \"secondsApart\": -1}")]
    [InlineData("/sim/categories", "{\"user\": \"ann@contoso.com\", \"internetMessageId\": \"<x>\"}")]
    [InlineData("/sim/mailboxes", "{\"user\": \"ann@contoso.com\", \"state\": \"lost\"}")]
    [InlineData("/sim/permissions", "{\"denied\": \"Mail.Read\"}")]
    [InlineData("/sim/users", "{\"users\": [1]}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"customTimeZone\": {\"bias\": 9999}}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"purpose\": \"party\"}")]
    [InlineData("/sim/users", "{\"user\": \"x@contoso.com\", \"automaticReplies\": {\"from\": \"2026-12-24T08:00:00Z\", \"until\": \"2026-12-24T08:00:00Z\"}}")]
    [InlineData("/sim/tokens", "{}")]
    [InlineData("/sim/tokens", "{\"user\": \"ann@contoso.com\", \"roles\": \"Manager\"}")]
    [InlineData("/sim/tokens", "{\"user\": \"ann@contoso.com\", \"expiresIn\": 1.5}")]
    [InlineData("/sim/tokens", "{\"user\": \"ann@contoso.com\", \"expiresIn\": 9223372036854775807}")]
    [InlineData("/sim/certificates", "{\"certificate\": \"nonsense\"}")]
    [InlineData("/sim/clock", "{\"now\": \"2026-03-02T08:05:00\"}")]
    [InlineData("/sim/clock", "{\"now\": \"1026-03-02T08:05:00Z\"}")]
    [InlineData("/sim/faults", "{\"status\": 200}")]
    [InlineData("/sim/faults", "{\"times\": 0}")]
    [InlineData("/sim/faults", "{\"kind\": \"gremlin\"}")]
    [InlineData("/sim/faults", "{\"retryAfter\": -1}")]
    [InlineData("/sim/lifecycle", "{\"user\": \"ann@contoso.com\", \"event\": \"party\"}")]
    public async Task Wrong_input_is_a_400_that_says_what_is_wrong(string path, string body)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        using var response = await simulation.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Simulation.Stop);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Simulation.Stop))!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("/invalid-input", (string)problem["type"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)problem["title"]!);
    }

    [Theory]
    [InlineData("/sim/messages", "{\"user\": \"nobody@contoso.com\", \"message\": {}}")]
    [InlineData("/sim/sent", "{\"user\": \"nobody@contoso.com\", \"message\": {}}")]
    [InlineData("/sim/moves", "{\"user\": \"nobody@contoso.com\", \"internetMessageId\": \"<x>\", \"folder\": \"archive\"}")]
    [InlineData("/sim/moves", "{\"user\": \"ann@contoso.com\", \"internetMessageId\": \"<x>\", \"folder\": \"archive\"}")]
    [InlineData("/sim/faults", "{\"user\": \"nobody@contoso.com\"}")]
    public async Task An_unknown_user_or_message_is_a_404(string path, string body)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        using var response = await simulation.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Simulation.Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_user_posted_again_keeps_what_is_not_named()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, automaticReplies = true });

        var ann = Assert.Single((await simulation.GetAsync("/sim/users")).AsArray())!;

        Assert.Equal("Ann Lee", (string?)ann["name"]);
        Assert.Equal("Europe/Berlin", (string?)ann["timeZone"]);
        Assert.True((bool)ann["automaticReplies"]!);
    }

    [Fact]
    public async Task An_address_belongs_to_one_person()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var problem = await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com", aliases = new[] { "ANN@contoso.com" } }, HttpStatusCode.Conflict);

        Assert.EndsWith("/address-taken", (string)problem["type"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_moves_and_runs_on_and_says_so()
    {
        await using var simulation = await Simulation.StartAsync(options => options with { Now = DateTimeOffset.Parse("2026-03-02T08:05:00-05:00", null) });
        var started = simulation.Host.Clock.GetUtcNow();
        var moves = 0;
        simulation.Host.Clock.Moved += (_, _) => moves++;

        await simulation.PostAsync("/sim/clock", new { now = "2026-03-02T17:00:00Z" });
        var shown = DateTimeOffset.Parse((string)(await simulation.GetAsync("/sim/clock"))["now"]!, null);

        Assert.InRange(started, DateTimeOffset.Parse("2026-03-02T13:05:00Z", null), DateTimeOffset.Parse("2026-03-02T13:15:00Z", null));
        Assert.InRange(shown, DateTimeOffset.Parse("2026-03-02T17:00:00Z", null), DateTimeOffset.Parse("2026-03-02T17:10:00Z", null));
        Assert.True(simulation.Host.Clock.GetUtcNow() > shown);
        Assert.Equal(1, moves);
    }

    [Theory]
    [InlineData("{\"status\": 429, \"retryAfter\": 7}", 429, "7")]
    [InlineData("{\"status\": 429, \"retryAfter\": \"Wed, 25 Nov 2026 10:00:00 GMT\"}", 429, "Wed, 25 Nov 2026 10:00:00 GMT")]
    [InlineData("{\"status\": 429}", 429, null)]
    [InlineData("{\"status\": 504, \"code\": \"Slow\"}", 504, null)]
    [InlineData("{\"match\": \"/messages\", \"status\": 503}", 503, null)]
    [InlineData("{\"match\": \"^/v1.0/users/[^/]+/messages\", \"status\": 503}", 503, null)]
    [InlineData("{\"match\": \"/calendar\", \"status\": 503}", 200, null)]
    [InlineData("{\"method\": \"POST\", \"status\": 503}", 200, null)]
    [InlineData("{\"user\": \"bob@contoso.com\", \"status\": 503}", 200, null)]
    public async Task A_fault_strikes_what_it_fits_as_often_as_it_should(string fault, int expected, string? retryAfter)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        var body = JsonNode.Parse(fault)!;
        body["times"] = 2;
        await simulation.PostAsync("/sim/faults", body);

        var statuses = new List<int>();
        for (var time = 0; time < 3; time++)
        {
            var (status, _, headers) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages");
            statuses.Add((int)status);
            if (time == 0)
                Assert.Equal(retryAfter, headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
        }

        Assert.Equal([expected, expected, 200], statuses);
    }

    [Fact]
    public async Task Answers_can_be_cut_halved_and_replaced_by_a_gateways_page()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        foreach (var kind in new[] { "abort", "truncate", "html" })
            await simulation.PostAsync("/sim/faults", new { kind });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}"));
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}"));
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}"));
        var (status, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}");

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task An_empty_page_points_to_the_same_place_again()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("Hello");
        await simulation.PostAsync("/sim/faults", new { kind = "emptyPage" });

        var (_, empty, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailFolders/inbox/messages/delta?$select=subject");
        var (_, full, _) = await simulation.GraphAsync(HttpMethod.Get, (string)empty!["@odata.nextLink"]!);

        Assert.Empty(empty["value"]!.AsArray());
        Assert.Equal("Hello", (string?)Assert.Single(full!["value"]!.AsArray())!["subject"]);
    }

    [Theory]
    [InlineData("duplicateItems", "one two two one")]
    [InlineData("reorderItems", "two one")]
    public async Task Items_can_come_twice_and_out_of_order(string kind, string expected)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("one");
        await simulation.DeliverAsync("two");
        await simulation.PostAsync("/sim/faults", new { kind });

        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailFolders/inbox/messages/delta");

        Assert.Equal(expected, string.Join(' ', body!["value"]!.AsArray().Select(item => (string?)item!["subject"])));
    }

    [Fact]
    public async Task The_real_client_answers_a_claims_challenge_with_another_token()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { kind = "claims" });

        var ann = await simulation.Graph().Users[Simulation.Ann].GetAsync(cancellationToken: Simulation.Stop);
        var requests = (await simulation.GetAsync("/sim/requests")).AsArray();

        Assert.Equal(Simulation.Ann, ann!.Mail);
        Assert.Equal([200, 401, 200, 200], requests.Select(request => (int)request!["status"]!));
        Assert.Equal(2, requests.Count(request => ((string)request!["path"]!).EndsWith("/token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_notification_can_come_late()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(SubscriptionTests.Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
        await simulation.PostAsync("/sim/faults", new { kind = "delayNotification", delaySeconds = 0.5 });

        var late = await simulation.DeliverAsync("late");
        var prompt = await simulation.DeliverAsync("prompt");
        var etags = new[] { await endpoint.NextAsync(), await endpoint.NextAsync() }.Select(told => (string?)told["resourceData"]!["@odata.etag"]);

        Assert.Equal([(string?)prompt["@odata.etag"], (string?)late["@odata.etag"]], etags);
    }

    [Fact]
    public async Task Entra_can_be_out_of_order()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/faults", new { kind = "token", code = "AADSTS7000222" });

        var refused = await Assert.ThrowsAsync<Azure.Identity.AuthenticationFailedException>(() => simulation.ApplicationTokenAsync());
        var token = await simulation.ApplicationTokenAsync();

        Assert.Contains("AADSTS7000222", refused.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(token);
    }

    [Fact]
    public async Task Requests_are_counted_by_user_kind_and_status_with_the_items_of_a_batch_for_themselves()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var token = await simulation.ApplicationTokenAsync();
        foreach (var path in new[] { "", "/manager", "/mailboxSettings", "/mailFolders/inbox", "/mailFolders/inbox/messages/delta", "/messages", "/messages/nothing" })
            await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}{path}", token: token);
        await simulation.GraphAsync(HttpMethod.Post, "/$batch", new
        {
            requests = new[]
            {
                new { id = "1", method = "GET", url = $"/users/{Simulation.Ann}/messages/nothing" },
                new { id = "2", method = "GET", url = $"/users/{Simulation.Ann}/messages/$count" },
            },
        }, token: token);

        var counts = (await simulation.GetAsync("/sim/requests/counts")).AsArray()
            .Select(count => $"{(string?)count!["user"] ?? "-"} {count["kind"]} {count["status"]} {count["count"]}").Order(StringComparer.Ordinal);
        var deltas = await simulation.GetAsync($"/sim/requests?user={Simulation.Ann}&kind=delta");
        await simulation.Http.DeleteAsync("/sim/requests", Simulation.Stop);

        Assert.Equal(
            [
                "- batch 200 1", "- token 200 1", "ann@contoso.com delta 200 1", "ann@contoso.com directory 200 1", "ann@contoso.com directory 404 1",
                "ann@contoso.com folder 200 1", "ann@contoso.com message 404 2", "ann@contoso.com messages 200 2", "ann@contoso.com settings 200 1",
            ],
            counts);
        Assert.Equal("delta", (string?)Assert.Single(deltas.AsArray())!["kind"]);
        Assert.Empty((await simulation.GetAsync("/sim/requests/counts")).AsArray());
    }

    [Fact]
    public async Task Faults_are_taken_back()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { status = 503, times = 5 });

        await simulation.Http.DeleteAsync("/sim/faults", Simulation.Stop);
        var (status, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}");

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Requests_are_written_down_with_their_user_and_status_until_cleared()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await Assert.ThrowsAsync<ODataError>(() => simulation.Graph().Users[Simulation.Ann].Messages["nothing"].GetAsync(cancellationToken: Simulation.Stop));

        var requests = (await simulation.GetAsync("/sim/requests")).AsArray();
        await simulation.Http.DeleteAsync("/sim/requests", Simulation.Stop);

        Assert.EndsWith("/oauth2/v2.0/token", (string)requests[0]!["path"]!, StringComparison.Ordinal);
        Assert.Equal($"/v1.0/users/{Simulation.Ann}/messages/nothing", (string?)requests[1]!["path"]);
        Assert.Equal("GET", (string?)requests[1]!["method"]);
        Assert.Equal(Simulation.Ann, (string?)requests[1]!["user"]);
        Assert.Equal(404, (int)requests[1]!["status"]!);
        Assert.Empty((await simulation.GetAsync("/sim/requests")).AsArray());
    }

    [Fact]
    public async Task Pages_hear_what_happens_as_it_happens()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await using var stream = await simulation.Http.GetStreamAsync("/sim/events", Simulation.Stop);
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync(Simulation.Stop);

        await simulation.DeliverAsync("Hello", "<hello@fabrikam.com>");
        await simulation.PostAsync("/sim/sent", new { user = Simulation.Ann, message = new { subject = "Re: Hello" } });
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<hello@fabrikam.com>", folder = "archive" });
        await simulation.PostAsync("/sim/clock", new { now = "2026-03-02T17:00:00Z" });
        var kinds = new List<string?>();
        while (kinds.Count < 4)
        {
            if (await reader.ReadLineAsync(Simulation.Stop) is { } line && line.StartsWith("data: ", StringComparison.Ordinal))
                kinds.Add((string?)JsonNode.Parse(line["data: ".Length..])!["kind"]);
        }

        Assert.Equal(["message", "sent", "removed", "clock"], kinds);
    }

    [Fact]
    public async Task Any_site_may_use_the_control_API()
    {
        await using var simulation = await Simulation.StartAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/sim/messages");
        preflight.Headers.Add("Origin", "http://localhost:5080");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type");

        using var response = await simulation.Http.SendAsync(preflight, Simulation.Stop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("content-type", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }
}
