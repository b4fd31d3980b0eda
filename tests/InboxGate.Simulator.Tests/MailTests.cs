using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Simulator.Tests;

public sealed class MailTests
{
    private static readonly string[] ReadsMail = ["Mail.Read"];
    private static readonly string[] WritesMail = ["Mail.ReadWrite", "MailboxSettings.ReadWrite"];

    [Fact]
    public async Task Headers_come_only_with_a_single_message_that_names_them()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello", headers: new[] { new { name = "Auto-Submitted", value = "auto-replied" } }))["id"]!;
        var messages = simulation.Graph().Users[Simulation.Ann].Messages;

        var plain = await messages[id].GetAsync(cancellationToken: Simulation.Stop);
        var named = await messages[id].GetAsync(request => request.QueryParameters.Select = ["internetMessageHeaders"], Simulation.Stop);
        var listed = await messages.GetAsync(request => request.QueryParameters.Select = ["internetMessageHeaders", "subject"], Simulation.Stop);

        Assert.Null(plain!.InternetMessageHeaders);
        Assert.Equal("auto-replied", Assert.Single(named!.InternetMessageHeaders!).Value);
        Assert.Null(named.Subject);
        Assert.Null(Assert.Single(listed!.Value!).InternetMessageHeaders);
    }

    [Fact]
    public async Task The_basic_permission_hides_bodies_and_refuses_them_when_asked_for()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello"))["id"]!;

        var (_, plain, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{id}");
        var (status, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{id}?$select=body");

        Assert.False(plain!.AsObject().ContainsKey("body"));
        Assert.False(plain.AsObject().ContainsKey("bodyPreview"));
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_body_can_be_had_as_text()
    {
        await using var simulation = await Simulation.StartAsync(options => options with { ApplicationPermissions = ReadsMail });
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello"))["id"]!;

        var (_, answer, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{id}", prefer: "outlook.body-content-type=\"text\"");

        Assert.Equal("Hello", (string?)answer!["body"]!["content"]);
        Assert.Equal("text", (string?)answer["body"]!["contentType"]);
    }

    [Fact]
    public async Task A_meeting_request_stays_what_it_is()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var message = JsonNode.Parse("""{"@odata.type": "#microsoft.graph.eventMessageRequest", "subject": "Meet", "meetingMessageType": "meetingRequest"}""");
        await simulation.PostAsync("/sim/messages", new { user = Simulation.Ann, message });

        var listed = await simulation.Graph().Users[Simulation.Ann].MailFolders["inbox"].Messages.GetAsync(cancellationToken: Simulation.Stop);

        Assert.IsType<EventMessageRequest>(Assert.Single(listed!.Value!));
    }

    [Fact]
    public async Task What_a_posted_message_leaves_out_is_filled_in()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/clock", new { now = "2026-03-02T08:05:00-05:00" });

        var received = await simulation.PostAsync("/sim/messages", new { user = Simulation.Ann, message = new { subject = "Hello" } }, HttpStatusCode.Created);
        var sent = await simulation.PostAsync("/sim/sent", new { user = Simulation.Ann, message = new { subject = "Re: Hello" } }, HttpStatusCode.Created);

        Assert.StartsWith("2026-03-02T13:05:", (string)received["receivedDateTime"]!, StringComparison.Ordinal);
        Assert.Matches("^<.+@.+>$", (string)received["internetMessageId"]!);
        Assert.NotEmpty((string)received["conversationId"]!);
        Assert.False((bool)received["isDraft"]!);
        Assert.False((bool)received["isRead"]!);
        Assert.Equal(Simulation.Ann, (string?)received["toRecipients"]![0]!["emailAddress"]!["address"]);
        Assert.Equal(Simulation.Ann, (string?)sent["from"]!["emailAddress"]!["address"]);
        Assert.Equal("Re: Hello", (string?)Assert.Single((await simulation.GetAsync($"/sim/mailbox?user={Simulation.Ann}"))["sent"]!.AsArray())!["subject"]);
    }

    [Fact]
    public async Task An_answer_that_names_its_mail_joins_that_mails_conversation()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var mail = await simulation.DeliverAsync("Hello", "<hello@fabrikam.com>");

        var answer = await simulation.PostAsync("/sim/sent", new
        {
            user = Simulation.Ann,
            message = new { subject = "Re: Hello", internetMessageHeaders = new[] { new { name = "In-Reply-To", value = "<hello@fabrikam.com>" } } },
        });

        Assert.Equal((string?)mail["conversationId"], (string?)answer["conversationId"]);
    }

    [Fact]
    public async Task The_same_message_id_posted_twice_is_two_mails()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var first = await simulation.DeliverAsync("Hello", "<same@fabrikam.com>");
        var second = await simulation.DeliverAsync("Hello", "<same@fabrikam.com>");

        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Equal(2, (await simulation.GetAsync($"/sim/mailbox?user={Simulation.Ann}"))["inbox"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("isRead eq false and subject eq 'it''s and more'", 1)]
    [InlineData("conversationId eq 'none'", 0)]
    [InlineData("receivedDateTime lt 2030-01-01T00:00:00Z", 2)]
    public async Task A_list_can_be_filtered(string filter, int expected)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("it's and more");
        await simulation.DeliverAsync("other");

        var listed = await simulation.Graph().Users[Simulation.Ann].Messages.GetAsync(request => request.QueryParameters.Filter = filter, Simulation.Stop);

        Assert.Equal(expected, listed!.Value!.Count);
    }

    [Fact]
    public async Task A_list_comes_newest_first_and_in_pages()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        for (var hour = 10; hour < 15; hour++)
            await simulation.DeliverAsync($"{hour}", receivedDateTime: $"2026-11-23T{hour}:00:00Z");
        var client = simulation.Graph();

        var page = await client.Users[Simulation.Ann].MailFolders["inbox"].Messages.GetAsync(request => request.QueryParameters.Top = 2, Simulation.Stop);
        var subjects = new List<string?>();
        var iterator = PageIterator<Message, MessageCollectionResponse>.CreatePageIterator(client, page!, message =>
        {
            subjects.Add(message.Subject);
            return true;
        });
        await iterator.IterateAsync(Simulation.Stop);

        Assert.Equal(["14", "13", "12", "11", "10"], subjects);
    }

    [Fact]
    public async Task A_category_is_set_only_by_whoever_saw_the_last_change()
    {
        await using var simulation = await Simulation.StartAsync(options => options with { ApplicationPermissions = WritesMail });
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello"))["id"]!;
        var message = simulation.Graph().Users[Simulation.Ann].Messages[id];
        var seen = (string)(await message.GetAsync(cancellationToken: Simulation.Stop))!.AdditionalData["@odata.etag"];

        var changed = await message.PatchAsync(new Message { Categories = ["One"] }, request => request.Headers.Add("If-Match", seen), Simulation.Stop);
        var refused = await Assert.ThrowsAsync<ODataError>(() =>
            message.PatchAsync(new Message { Categories = ["Two"] }, request => request.Headers.Add("If-Match", seen), Simulation.Stop));

        Assert.Equal("One", Assert.Single(changed!.Categories!));
        Assert.Equal(412, refused.ResponseStatusCode);
    }

    [Fact]
    public async Task The_basic_permission_changes_nothing()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var id = (string)(await simulation.DeliverAsync("Hello"))["id"]!;

        var (status, _, _) = await simulation.GraphAsync(HttpMethod.Patch, $"/users/{Simulation.Ann}/messages/{id}", new { isRead = true });

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_delegated_token_opens_its_own_mailbox_only()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        var userToken = (string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann }))["accessToken"]!;
        var client = simulation.Graph(simulation.OnBehalfOf(userToken));

        var own = await client.Me.MailFolders["inbox"].Messages.GetAsync(cancellationToken: Simulation.Stop);
        var refused = await Assert.ThrowsAsync<ODataError>(() =>
            client.Users["bob@contoso.com"].Messages.GetAsync(cancellationToken: Simulation.Stop));

        Assert.Empty(own!.Value!);
        Assert.Equal(403, refused.ResponseStatusCode);
    }

    [Fact]
    public async Task More_than_four_requests_at_once_to_one_mailbox_are_throttled()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/faults", new { kind = "delay", delaySeconds = 1, times = 8 });
        var token = await simulation.ApplicationTokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages", token: token)));
        var (later, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages", token: token);

        var throttled = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(2, throttled.Count);
        Assert.All(throttled, answer => Assert.Equal("MailboxConcurrency", (string?)answer.Body!["error"]!["code"]));
        Assert.All(throttled, answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.Equal(HttpStatusCode.OK, later);
    }
}
