using System.Net;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Simulator.Tests;

public sealed class CategoryTests
{
    private const string Id = "<hello@fabrikam.com>";
    private static readonly string[] Write = ["Mail.ReadWrite", "MailboxSettings.ReadWrite"];

    [Fact]
    public async Task A_category_is_set_on_a_message_and_comes_back_in_the_delta()
    {
        await using var simulation = await StartAsync(Write);
        var graph = simulation.Graph();
        var inbox = graph.Users[Simulation.Ann].MailFolders["inbox"].Messages;
        var shown = await inbox.Delta.GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);
        var before = shown!.Value!.Single();

        var after = await graph.Users[Simulation.Ann].Messages[before.Id].PatchAsync(
            new Message { Categories = ["InboxGate: 3 calls first"] },
            request => request.Headers.Add("If-Match", Etag(before)), Simulation.Stop);
        var next = await inbox.Delta.WithUrl(shown.OdataDeltaLink!).GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(["InboxGate: 3 calls first"], after!.Categories!);
        Assert.NotEqual(before.ChangeKey, after.ChangeKey);
        Assert.Equal(Etag(after), Etag(next!.Value!.Single()));
    }

    [Fact]
    public async Task A_change_based_on_what_the_user_has_changed_since_is_refused()
    {
        await using var simulation = await StartAsync(Write);
        var messages = simulation.Graph().Users[Simulation.Ann].Messages;
        var read = (await messages.GetAsync(cancellationToken: Simulation.Stop))!.Value!.Single();
        await simulation.PostAsync("/sim/categories", new { user = Simulation.Ann, internetMessageId = Id, categories = new[] { "Mine" } });

        var refused = await Assert.ThrowsAsync<ODataError>(() => messages[read.Id].PatchAsync(
            new Message { Categories = ["InboxGate: earned"] }, request => request.Headers.Add("If-Match", Etag(read)), Simulation.Stop));
        var kept = await messages[read.Id].GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(412, refused.ResponseStatusCode);
        Assert.Equal("ErrorIrresolvableConflict", refused.Error!.Code);
        Assert.Equal(["Mine"], kept!.Categories!);
    }

    [Fact]
    public async Task Reading_a_mail_is_a_change_like_any_other()
    {
        await using var simulation = await StartAsync([]);
        var inbox = simulation.Graph().Users[Simulation.Ann].MailFolders["inbox"].Messages;
        var shown = await inbox.Delta.GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);

        await simulation.PostAsync("/sim/reads", new { user = Simulation.Ann, internetMessageId = Id, isRead = true });
        var next = await inbox.Delta.WithUrl(shown!.OdataDeltaLink!).GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);

        Assert.False(shown.Value!.Single().IsRead);
        Assert.True(next!.Value!.Single().IsRead);
    }

    [Fact]
    public async Task The_master_list_is_kept_with_its_colours()
    {
        await using var simulation = await StartAsync(Write);
        var list = simulation.Graph().Users[Simulation.Ann].Outlook.MasterCategories;

        var made = await list.PostAsync(new OutlookCategory { DisplayName = "InboxGate: earned", Color = CategoryColor.Preset4 }, cancellationToken: Simulation.Stop);
        await list[made!.Id].PatchAsync(new OutlookCategory { Color = CategoryColor.Preset24 }, cancellationToken: Simulation.Stop);
        var shown = await list.GetAsync(cancellationToken: Simulation.Stop);
        var twice = await Assert.ThrowsAsync<ODataError>(() =>
            list.PostAsync(new OutlookCategory { DisplayName = "inboxgate: Earned" }, cancellationToken: Simulation.Stop));
        await list[made.Id].DeleteAsync(cancellationToken: Simulation.Stop);
        var gone = await Assert.ThrowsAsync<ODataError>(() => list[made.Id].GetAsync(cancellationToken: Simulation.Stop));

        Assert.Equal(("InboxGate: earned", CategoryColor.Preset24), (shown!.Value!.Single().DisplayName, shown.Value!.Single().Color));
        Assert.Equal(409, twice.ResponseStatusCode);
        Assert.Equal(404, gone.ResponseStatusCode);
    }

    [Fact]
    public async Task The_look_alike_is_told_the_colours()
    {
        await using var simulation = await StartAsync(Write);
        await simulation.Graph().Users[Simulation.Ann].Outlook.MasterCategories
            .PostAsync(new OutlookCategory { DisplayName = "Mine", Color = CategoryColor.Preset7 }, cancellationToken: Simulation.Stop);
        await simulation.PostAsync("/sim/categories", new { user = Simulation.Ann, internetMessageId = Id, categories = new[] { "Mine", "Yours" } });

        var mailbox = await simulation.GetAsync($"/sim/mailbox?user={Simulation.Ann}");

        Assert.Equal("""{"Mine":"preset7"}""", mailbox["categories"]!.ToJsonString());
        Assert.Equal(["Mine", "Yours"], mailbox["inbox"]![0]!["categories"]!.AsArray().Select(name => (string?)name));
    }

    [Theory]
    [InlineData("preset25")]
    [InlineData("red")]
    public async Task A_colour_is_one_of_the_presets(string color)
    {
        await using var simulation = await StartAsync(Write);

        var (status, _, _) = await simulation.GraphAsync(HttpMethod.Post, $"/users/{Simulation.Ann}/outlook/masterCategories", new { displayName = "Mine", color });

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_category_keeps_its_name()
    {
        await using var simulation = await StartAsync(Write);
        var list = simulation.Graph().Users[Simulation.Ann].Outlook.MasterCategories;
        var made = await list.PostAsync(new OutlookCategory { DisplayName = "Mine" }, cancellationToken: Simulation.Stop);

        var refused = await Assert.ThrowsAsync<ODataError>(() =>
            list[made!.Id].PatchAsync(new OutlookCategory { DisplayName = "Yours" }, cancellationToken: Simulation.Stop));

        Assert.Equal(400, refused.ResponseStatusCode);
    }

    [Theory]
    [InlineData("Mail.ReadWrite", 403, 201)]
    [InlineData("MailboxSettings.ReadWrite", 200, 403)]
    public async Task Each_way_of_writing_needs_its_permission(string denied, int onMessage, int onList)
    {
        await using var simulation = await StartAsync(Write);
        var token = await simulation.ApplicationTokenAsync();
        var (_, list, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/messages", token: token);
        await simulation.PostAsync("/sim/permissions", new { denied = new[] { denied } });

        var (message, _, _) = await simulation.GraphAsync(
            HttpMethod.Patch, $"/users/{Simulation.Ann}/messages/{Uri.EscapeDataString((string)list!["value"]![0]!["id"]!)}", new { categories = new[] { "a" } }, token: token);
        var (category, _, _) = await simulation.GraphAsync(
            HttpMethod.Post, $"/users/{Simulation.Ann}/outlook/masterCategories", new { displayName = "a" }, token: token);

        Assert.Equal((onMessage, onList), ((int)message, (int)category));
    }

    private static async Task<Simulation> StartAsync(string[] granted)
    {
        var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("Hello", Id);
        await simulation.PostAsync("/sim/permissions", new { granted });
        return simulation;
    }

    private static string Etag(Message message) => (string)message.AdditionalData["@odata.etag"];
}
