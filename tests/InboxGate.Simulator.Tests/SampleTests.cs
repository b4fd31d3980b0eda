using System.Net;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Tests;

/// <summary>Answers have the shape of the payloads that Microsoft's documentation prints.</summary>
public sealed class SampleTests
{
    private static readonly string[] ReadsMail = ["Mail.Read", "Mail.ReadWrite", "MailboxSettings.Read"];

    [Fact]
    public async Task A_message()
    {
        await using var simulation = await Simulation.StartAsync(options => options with { ApplicationPermissions = ReadsMail });
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello"))["id"]!;

        var (_, answer, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{id}", prefer: "IdType=\"ImmutableId\"");

        Shape.AssertSame(Shape.Sample("message-get-200"), answer);
    }

    [Fact]
    public async Task A_message_with_its_headers()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello", headers: new[] { new { name = "List-Id", value = "<x>" } }))["id"]!;

        var (_, answer, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{id}?$select=internetMessageHeaders");

        Shape.AssertSame(Shape.Sample("message-get-internetMessageHeaders"), answer);
        Assert.EndsWith("/messages(internetMessageHeaders)/$entity", (string)answer!["@odata.context"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_round_of_a_delta()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("one");
        await simulation.DeliverAsync("two");
        var path = $"/users/{Simulation.Ann}/mailFolders('inbox')/messages/delta?$select=subject,isRead,sender";

        var (_, first, headers) = await simulation.GraphAsync(HttpMethod.Get, path, prefer: "odata.maxpagesize=1");
        var (_, last, _) = await simulation.GraphAsync(HttpMethod.Get, (string)first!["@odata.nextLink"]!, prefer: "odata.maxpagesize=1");

        Shape.AssertSame(Shape.Sample("delta-round1-page1-nextLink"), first);
        Shape.AssertSame(Shape.Sample("delta-round1-page3-deltaLink"), last);
        Assert.Equal("odata.maxpagesize=1", Assert.Single(headers.GetValues("Preference-Applied")));
    }

    [Fact]
    public async Task A_second_round_of_a_delta()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("gone", "<gone@fabrikam.com>");
        var (_, round, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailFolders('inbox')/messages/delta?$select=subject,sender");
        await simulation.Http.DeleteAsync($"/sim/messages/gone@fabrikam.com?user={Simulation.Ann}", Simulation.Stop);
        await simulation.DeliverAsync("new");

        var (_, second, _) = await simulation.GraphAsync(HttpMethod.Get, (string)round!["@odata.deltaLink"]!);

        var sample = Shape.Sample("delta-round2-removed-and-updated");
        Shape.AssertSame(sample["value"]![0]!, second!["value"]![0]);
        Shape.AssertSame(sample["value"]![1]!, second["value"]![1], "/isRead");
    }

    [Fact]
    public async Task A_subscription_and_its_notification()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        var wanted = Shape.Sample("subscription-create-request");
        wanted["changeType"] = "created";
        wanted["resource"] = $"/users/{Simulation.Ann}/mailfolders('inbox')/messages";
        wanted["notificationUrl"] = endpoint.Address;
        wanted["lifecycleNotificationUrl"] = endpoint.Address;
        wanted["expirationDateTime"] = simulation.Host.Clock.GetUtcNow().AddDays(1).ToString("O");

        var (status, made, _) = await simulation.GraphAsync(HttpMethod.Post, "/subscriptions", wanted);
        await simulation.DeliverAsync("Hello");
        var told = await endpoint.NextAsync();

        Assert.Equal(HttpStatusCode.Created, status);
        Shape.AssertSame(Shape.Sample("subscription-create-response-201"), made, "/lifecycleNotificationUrl");
        Shape.AssertSame(Shape.Sample("notification-message-created")["value"]![0]!, told);
    }

    [Fact]
    public async Task A_lifecycle_event()
    {
        await using var simulation = await Simulation.StartAsync();
        await using var endpoint = await Endpoint.StartAsync();
        await simulation.AnnAsync();
        await simulation.Graph().Subscriptions.PostAsync(SubscriptionTests.Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);

        await simulation.PostAsync("/sim/lifecycle", new Dictionary<string, string> { ["user"] = Simulation.Ann, ["event"] = "reauthorizationRequired" });

        Shape.AssertSame(Shape.Sample("lifecycle-reauthorizationRequired")["value"]![0]!, await endpoint.NextAsync());
    }

    [Fact]
    public async Task Mailbox_settings()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var (_, answer, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailboxSettings");

        // The page prints userPurpose as an object; the v1.0 schema has a plain text.
        Shape.AssertSame(Shape.Sample("mailboxSettings-get-200"), answer, "/userPurpose");
    }

    [Fact]
    public async Task An_error()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var (status, answer, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/nothing");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Shape.AssertSame(Shape.Sample("error-generic"), answer, "/error/innerError/client-request-id");
    }

    [Fact]
    public async Task A_mailbox_out_of_scope()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { user = Simulation.Ann, status = 403 });

        var (_, answer, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages");

        var sample = Shape.Sample("error-accessDenied-applicationAccessPolicy-403");
        Shape.AssertSame(sample, answer, "/error/innerError/client-request-id");
        Assert.Equal((string?)sample["error"]!["message"], (string?)answer!["error"]!["message"]);
    }

    [Fact]
    public async Task A_batch_in_which_one_request_fails()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var batch = JsonNode.Parse("""
            {"requests": [
              {"id": "2", "method": "GET", "url": "/me/messages"},
              {"id": "5", "method": "GET", "url": "users?$select=id,displayName,userPrincipalName"}
            ]}
            """);

        var (status, answer, _) = await simulation.GraphAsync(HttpMethod.Post, "/$batch", batch);

        var sample = Shape.Sample("batch-response-mixed");
        var (failed, worked) = (answer!["responses"]![0]!, answer["responses"]![1]!);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(400, (int)failed["status"]!);
        Assert.Equal(200, (int)worked["status"]!);
        Shape.AssertSame(sample["responses"]![0]!["body"]!, failed["body"]);
        Shape.AssertSame(sample["responses"]![2]!["body"]!, worked["body"], "/@odata.count");
    }
}
