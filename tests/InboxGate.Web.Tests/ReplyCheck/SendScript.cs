using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.ReplyCheck;

/// <summary>A send script: it has the ticket that its rep's pane left for it, and no sign-in.</summary>
internal sealed class SendScript
{
    private readonly World world;
    private readonly HttpClient client;

    private SendScript(World world, Person rep, string ticket)
    {
        (this.world, Rep, Ticket) = (world, rep, ticket);
        client = world.Api(token: null);
    }

    public Person Rep { get; }

    public string Ticket { get; }

    public static async Task<SendScript> StartAsync(World world, Person rep) =>
        new(world, rep, (await rep.JsonAsync(HttpMethod.Post, "/api/reply-ticket"))["ticket"]!.GetValue<string>());

    /// <summary>Delivers a mail and waits for its gate.</summary>
    /// <returns>Its internet message id.</returns>
    public async Task<string> GatedAsync(string from, string conversation, int gates = 1)
    {
        var id = await world.DeliverAsync(Rep, from, conversation);
        await World.BoardWhenAsync(Rep, board => board["gates"]!.AsArray().Count == gates);
        return id;
    }

    public JsonObject Question(string? inReplyTo, string? conversation = null, string[]? recipients = null) => new()
    {
        ["ticket"] = Ticket,
        ["inReplyTo"] = inReplyTo,
        ["conversationId"] = conversation,
        ["recipients"] = recipients is null ? null : new JsonArray([.. recipients]),
    };

    public async Task<string> CheckAsync(string? inReplyTo, string? conversation = null, params string[] recipients)
    {
        using var answer = await AskAsync(HttpMethod.Post, "/api/reply-check", Question(inReplyTo, conversation, recipients));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"The reply check answered {(int)answer.StatusCode}: {text}");
        return text;
    }

    public async Task<(HttpStatusCode Status, string Answer)> CallAsync(Guid id, string inReplyTo, long? secondsAgo = null)
    {
        var question = Question(inReplyTo);
        if (secondsAgo is not null)
        {
            question["secondsAgo"] = secondsAgo;
        }

        using var answer = await AskAsync(HttpMethod.Put, $"/api/reply-check/calls/{id}", question);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonObject question)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(question) };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> SendTextAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
