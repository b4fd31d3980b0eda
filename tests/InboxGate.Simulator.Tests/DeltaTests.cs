using System.Net;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;

namespace InboxGate.Simulator.Tests;

public sealed class DeltaTests
{
    private const string Immutable = "IdType=\"ImmutableId\"";
    private const string Inbox = $"/users/{Simulation.Ann}/mailFolders/inbox/messages/delta";

    [Fact]
    public async Task The_real_client_reads_two_rounds_and_what_was_removed()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        foreach (var subject in new[] { "one", "two", "three" })
            await simulation.DeliverAsync(subject, $"<{subject}@fabrikam.com>");
        var client = simulation.Graph();

        var (first, deltaLink, pages) = await RoundAsync(client.Users[Simulation.Ann].MailFolders["inbox"].Messages.Delta);
        await simulation.DeliverAsync("four");
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<one@fabrikam.com>", folder = "archive" });
        await simulation.Http.DeleteAsync($"/sim/messages/{Uri.EscapeDataString("<two@fabrikam.com>")}?user={Simulation.Ann}", Simulation.Stop);
        var (second, _, _) = await RoundAsync(client.Users[Simulation.Ann].MailFolders["inbox"].Messages.Delta.WithUrl(deltaLink));

        Assert.Equal(2, pages);
        Assert.Equal(["one", "two", "three"], first.Select(message => message.Subject));
        Assert.Equal("four", Assert.Single(second, message => !message.AdditionalData.ContainsKey("@removed")).Subject);
        Assert.Equal(
            [first[0].Id, first[1].Id],
            second.Where(message => message.AdditionalData.ContainsKey("@removed")).Select(message => message.Id));
    }

    [Fact]
    public async Task A_deleted_mail_says_deleted_and_a_moved_one_says_changed()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("moved", "<moved@fabrikam.com>");
        await simulation.DeliverAsync("deleted", "<deleted@fabrikam.com>");
        var link = await LastLinkAsync(simulation, Inbox);

        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<moved@fabrikam.com>", folder = "archive" });
        await simulation.Http.DeleteAsync($"/sim/messages/{Uri.EscapeDataString("<deleted@fabrikam.com>")}?user={Simulation.Ann}", Simulation.Stop);
        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, link);

        Assert.Equal(["changed", "deleted"], body!["value"]!.AsArray().Select(item => (string?)item!["@removed"]!["reason"]));
    }

    [Fact]
    public async Task A_mail_moved_back_shows_again_under_its_immutable_id_and_under_a_new_default_id()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("wanders", "<w@fabrikam.com>");
        var immutable = await FirstIdAsync(simulation, Immutable);
        var ordinary = await FirstIdAsync(simulation, null);

        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<w@fabrikam.com>", folder = "archive" });
        await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "w@fabrikam.com", folder = "Inbox" });

        Assert.Equal(immutable, await FirstIdAsync(simulation, Immutable));
        Assert.NotEqual(ordinary, await FirstIdAsync(simulation, null));
        Assert.NotEqual(immutable, ordinary);
        Assert.Equal(HttpStatusCode.NotFound, (await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{ordinary}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages/{immutable}")).Status);
    }

    [Fact]
    public async Task Only_the_selected_members_come_back_and_the_links_remember_them()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("one");
        var link = await LastLinkAsync(simulation, Inbox + "?$select=subject,from");

        await simulation.DeliverAsync("two");
        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, link);

        Assert.Equal(["@odata.etag", "@odata.type", "from", "id", "subject"],
            body!["value"]![0]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ge", 1)]
    [InlineData("gt", 0)]
    public async Task A_filter_on_the_time_received_is_kept_on_both_sides_of_its_boundary(string comparer, int expected)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("before", receivedDateTime: "2026-11-23T08:59:59Z");
        await simulation.DeliverAsync("at", receivedDateTime: "2026-11-23T10:00:00+01:00");

        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, $"{Inbox}?$filter=receivedDateTime {comparer} 2026-11-23T09:00:00Z");

        Assert.Equal(expected, body!["value"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("$filter=subject eq 'x'", HttpStatusCode.BadRequest)]
    [InlineData("$filter=receivedDateTime le 2026-11-23T09:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("$select=subject,nonsense", HttpStatusCode.BadRequest)]
    [InlineData("$select=body", HttpStatusCode.Forbidden)]
    [InlineData("$orderby=subject", HttpStatusCode.BadRequest)]
    [InlineData("$search=x", HttpStatusCode.NotImplemented)]
    [InlineData("$deltatoken=latest", HttpStatusCode.Gone)]
    public async Task What_a_delta_cannot_do_is_refused(string query, HttpStatusCode expected)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var (status, body, _) = await simulation.GraphAsync(HttpMethod.Get, $"{Inbox}?{query}");

        Assert.Equal(expected, status);
        Assert.NotNull(body!["error"]!["innerError"]!["request-id"]);
    }

    [Fact]
    public async Task An_expired_delta_is_410_once_and_then_goes_on()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var messages = simulation.Graph().Users[Simulation.Ann].MailFolders["inbox"].Messages;
        var (_, link, _) = await RoundAsync(messages.Delta);
        await simulation.PostAsync("/sim/faults", new { kind = "expiredDelta", user = Simulation.Ann });

        var gone = await Assert.ThrowsAsync<ODataError>(() => messages.Delta.WithUrl(link).GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop));
        var (again, _, _) = await RoundAsync(messages.Delta.WithUrl(link));

        Assert.Equal(410, gone.ResponseStatusCode);
        Assert.Equal("syncStateNotFound", gone.Error!.Code);
        Assert.Empty(again);
    }

    [Fact]
    public async Task With_changeType_created_later_rounds_tell_of_new_mail_only()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("old", "<old@fabrikam.com>");
        var link = await LastLinkAsync(simulation, Inbox + "?changeType=created");

        await simulation.Http.DeleteAsync($"/sim/messages/old@fabrikam.com?user={Simulation.Ann}", Simulation.Stop);
        await simulation.DeliverAsync("new");
        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, link);

        Assert.Equal("new", (string?)Assert.Single(body!["value"]!.AsArray())!["subject"]);
    }

    [Fact]
    public async Task Mail_that_comes_between_two_pages_is_not_lost()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        for (var number = 0; number < 5; number++)
            await simulation.DeliverAsync($"mail {number}");

        var subjects = new List<string>();
        var next = Inbox + "?$orderby=receivedDateTime desc";
        for (var round = 0; round < 2;)
        {
            var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, next, prefer: "odata.maxpagesize=2");
            subjects.AddRange(body!["value"]!.AsArray().Select(item => (string)item!["subject"]!));
            if (subjects.Count == 2)
                await simulation.DeliverAsync("in between");
            round += body["@odata.deltaLink"] is null ? 0 : 1;
            next = (string)(body["@odata.nextLink"] ?? body["@odata.deltaLink"])!;
        }

        Assert.Equal(["in between", "mail 0", "mail 1", "mail 2", "mail 3", "mail 4"], subjects.Order(StringComparer.Ordinal));
    }

    private static async Task<string> FirstIdAsync(Simulation simulation, string? prefer)
    {
        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, Inbox, prefer: prefer);
        return (string)Assert.Single(body!["value"]!.AsArray())!["id"]!;
    }

    private static async Task<string> LastLinkAsync(Simulation simulation, string path)
    {
        var (_, body, _) = await simulation.GraphAsync(HttpMethod.Get, path);
        return (string)body!["@odata.deltaLink"]!;
    }

    private static async Task<(List<Message> Messages, string DeltaLink, int Pages)> RoundAsync(DeltaRequestBuilder delta)
    {
        var messages = new List<Message>();
        for (var pages = 1; ; pages++)
        {
            var page = await delta.GetAsDeltaGetResponseAsync(
                request =>
                {
                    request.Headers.Add("Prefer", Immutable);
                    request.Headers.Add("Prefer", "odata.maxpagesize=2");
                },
                Simulation.Stop);
            messages.AddRange(page!.Value!);
            if (page.OdataDeltaLink is { } deltaLink)
                return (messages, deltaLink, pages);

            delta = delta.WithUrl(page.OdataNextLink!);
        }
    }
}
