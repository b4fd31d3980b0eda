using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>What Microsoft Graph, or anybody else, may post to the server.</summary>
public sealed class NotificationTests(PostgresServer postgres)
{
    private const string Notifications = "/api/graph/notifications";
    private const string Lifecycle = "/api/graph/lifecycle";

    [Theory, InlineData(Notifications), InlineData(Lifecycle)]
    public async Task The_validation_token_is_echoed_exactly_as_plain_text(string path)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var api = world.Api(null);
        foreach (var token in new[] { "Validation: <b>a+b%20c</b> & \"ö\"", "+", "%", "%2B%25", "a b", "  ", "日本語 \U0001F4DE", "=&?#/", new string('x', 4096) })
        {
            using var empty = new StringContent("", Encoding.UTF8, "text/plain");

            using var answer = await api.PostAsync($"{path}?validationToken={Uri.EscapeDataString(token)}", empty, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal(token, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory, InlineData(Notifications), InlineData(Lifecycle)]
    public async Task What_is_no_collection_of_notifications_is_told_so(string path)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var api = world.Api(null);

        foreach (var body in new[] { "", "{", "[]", "7", "{\"value\":{}}", "{\"values\":[]}", "{\"value\":[{\"clientState\":\"\\ud800\"}]}" })
        {
            using var answer = await PostAsync(api, path, body);
            Assert.True(HttpStatusCode.BadRequest == answer.StatusCode, $"{body} answered {answer.StatusCode}.");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        using var longToken = await PostAsync(api, $"{path}?validationToken={new string('a', 5000)}", "");
        Assert.Equal(HttpStatusCode.BadRequest, longToken.StatusCode);
    }

    [Fact]
    public async Task A_body_over_256_KiB_is_refused_whether_or_not_it_says_its_length()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var api = world.Api(null);
        var body = $"{{\"value\":[],\"padding\":\"{new string('x', 256 * 1024)}\"}}";

        using var told = await PostAsync(api, Notifications, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, Notifications) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        using var untold = await api.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (told.StatusCode, untold.StatusCode));
    }

    [Fact]
    public async Task A_body_said_to_be_over_256_KiB_is_refused_before_a_byte_of_it_has_come()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(world.Address.Host, world.Address.Port, TestContext.Current.CancellationToken);
        await using var connection = client.GetStream();
        await connection.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {Notifications} HTTP/1.1\r\nHost: {world.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {(256 * 1024) + 1}\r\n\r\n"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(connection);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Foreign_items_are_answered_like_ours_and_only_counted()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = new RepKey(Guid.NewGuid(), Guid.NewGuid());
        var state = world.Services.GetRequiredService<ClientState>().Create(rep, "inbox");
        using var counted = new MetricCollector<long>(world.Services.GetRequiredService<IMeterFactory>(), MailboxMetrics.MeterName, MailboxMetrics.Notifications);
        using var api = world.Api(null);
        var items = Enumerable.Range(0, 100).Select(i => $$"""{"clientState":"{{(i % 4 == 0 ? state : "foreign")}}"}""");

        using var answer = await PostAsync(api, Notifications, $"{{\"value\":[{string.Join(',', items)}]}}");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([("ours", 25L), ("foreign", 75L)], counted.GetMeasurementSnapshot().Select(x => ((string)x.Tags["origin"]!, x.Value)));
    }

    [Fact]
    public async Task The_answer_comes_while_neither_Graph_nor_the_database_is_there()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        var state = (await Simulated.SubscriptionsAsync(world, rep))[0]["clientState"]!.GetValue<string>();
        await Simulated.FailAsync(world, "abort", times: 10_000, match: "/v1.0");
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        // Whoever writes has to wait for this one.
        await using var held = await store.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await store.Reps.ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision), TestContext.Current.CancellationToken);
        using var api = world.Api(null);

        for (var i = 0; i < 20; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var answer = await PostAsync(api, Notifications, Body(state));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            // The writer in the way would be waited for half a minute.
            Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 15);
        }
    }

    [Fact]
    public async Task Only_the_right_state_makes_the_server_look_again()
    {
        // No notification comes by itself and the sweep is far: only what is posted here can bring the mail.
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Mailbox:SweepInterval"] = "01:00:00" });
        await world.UserAsync("ann@contoso.com");
        var rep = await world.UserAsync("mira@contoso.com");
        var before = await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "dropNotification", ["times"] = 1000 });
        await world.DeliverAsync(rep, "ann@contoso.com");
        using var forgotten = await world.Simulator.DeleteAsync("/sim/requests", TestContext.Current.CancellationToken);
        using var api = world.Api(null);
        var state = (await Simulated.SubscriptionsAsync(world, rep))[0]["clientState"]!.GetValue<string>();

        foreach (var wrong in new[] { "secret", "", state[..^8] + "AAAAAAAA", state + "A" })
        {
            using var answer = await PostAsync(api, Notifications, Body(wrong));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        using var odd = await PostAsync(api, Notifications, "{\"value\":[null,7,\"x\",[],{},{\"clientState\":null},{\"clientState\":{}}]}");
        Assert.Equal(HttpStatusCode.Accepted, odd.StatusCode);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        Assert.Empty(await Simulated.RequestsAsync(world));
        Assert.Equal(before["revision"]!.GetValue<long>(), (await rep.BoardAsync())["revision"]!.GetValue<long>());

        using var right = await PostAsync(api, Notifications, Body(state));
        Assert.Equal(HttpStatusCode.Accepted, right.StatusCode);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
    }

    private static string Body(string clientState) => new JsonObject
    {
        ["value"] = new JsonArray(new JsonObject { ["subscriptionId"] = Guid.NewGuid().ToString(), ["clientState"] = clientState, ["changeType"] = "created" }),
    }.ToJsonString();

    private static async Task<HttpResponseMessage> PostAsync(HttpClient api, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await api.PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
