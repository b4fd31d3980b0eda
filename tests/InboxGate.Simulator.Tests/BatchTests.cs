using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Graph;

namespace InboxGate.Simulator.Tests;

public sealed class BatchTests
{
    [Fact]
    public async Task The_real_client_reads_each_answer_of_a_batch()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.DeliverAsync("Hello");
        var client = simulation.Graph();
        var batch = new BatchRequestContentCollection(client);
        var known = await batch.AddBatchRequestStepAsync(client.Users[Simulation.Ann].MailFolders["inbox"].Messages.ToGetRequestInformation());
        var unknown = await batch.AddBatchRequestStepAsync(client.Users["nobody@contoso.com"].ToGetRequestInformation());

        var answer = await client.Batch.PostAsync(batch, Simulation.Stop);
        var statuses = await answer.GetResponsesStatusCodesAsync();
        var messages = await answer.GetResponseByIdAsync<Microsoft.Graph.Models.MessageCollectionResponse>(known);

        Assert.Equal(HttpStatusCode.OK, statuses[known]);
        Assert.Equal(HttpStatusCode.NotFound, statuses[unknown]);
        Assert.Equal("Hello", Assert.Single(messages.Value!).Subject);
    }

    [Fact]
    public async Task An_item_is_throttled_alone_with_its_own_Retry_After()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        await simulation.PostAsync("/sim/faults", new { user = "bob@contoso.com", status = 429, retryAfter = 9 });

        var answers = await AnswersAsync(simulation, Item("1", $"/users/{Simulation.Ann}"), Item("2", "/users/bob@contoso.com"));

        Assert.Equal([200, 429], answers.Select(answer => (int)answer!["status"]!));
        Assert.Equal("9", (string?)answers[1]!["headers"]!["Retry-After"]);
    }

    [Fact]
    public async Task What_depends_on_a_failure_fails_with_424()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var second = Item("2", $"/users/{Simulation.Ann}");
        second["dependsOn"] = new JsonArray("1");

        var answers = await AnswersAsync(simulation, Item("1", "/users/nobody@contoso.com"), second);

        Assert.Equal([404, 424], answers.Select(answer => (int)answer!["status"]!));
    }

    [Fact]
    public async Task Preferences_belong_to_the_item()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var mail = await simulation.DeliverAsync("Hello");
        var item = Item("1", $"/users/{Simulation.Ann}/messages");
        item["headers"] = new JsonObject { ["Prefer"] = "IdType=\"ImmutableId\"" };

        var answers = await AnswersAsync(simulation, item);

        Assert.Equal((string?)mail["id"], (string?)answers[0]!["body"]!["value"]![0]!["id"]);
    }

    [Theory]
    [InlineData(20, HttpStatusCode.OK)]
    [InlineData(21, HttpStatusCode.BadRequest)]
    [InlineData(0, HttpStatusCode.BadRequest)]
    public async Task A_batch_holds_one_to_twenty_requests(int count, HttpStatusCode expected)
    {
        await using var simulation = await Simulation.StartAsync();
        var requests = new JsonArray([.. Enumerable.Range(1, count).Select(number => Item($"{number}", "/domains"))]);

        var (status, _, _) = await simulation.GraphAsync(HttpMethod.Post, "/$batch", new JsonObject { ["requests"] = requests });

        Assert.Equal(expected, status);
    }

    private static JsonObject Item(string id, string url) => new() { ["id"] = id, ["method"] = "GET", ["url"] = url };

    private static async Task<JsonArray> AnswersAsync(Simulation simulation, params JsonObject[] items)
    {
        var (_, answer, _) = await simulation.GraphAsync(HttpMethod.Post, "/$batch", new JsonObject { ["requests"] = new JsonArray([.. items]) });
        return answer!["responses"]!.AsArray();
    }
}
