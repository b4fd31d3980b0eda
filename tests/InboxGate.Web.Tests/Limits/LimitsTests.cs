using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Limits;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;

namespace InboxGate.Web.Tests.Limits;

/// <summary>What is too much, and that nobody else pays for it.</summary>
public sealed class LimitsTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_flood_of_one_rep_is_told_when_to_come_again_and_everybody_else_is_served()
    {
        await using var world = await StartAsync(("RepBurst", "60"), ("RepPerSecond", "5"));
        var flooding = await world.UserAsync("mira@contoso.com");
        var calm = await world.UserAsync("otto@contoso.com");
        await calm.BoardAsync();
        var isOver = false;
        var statuses = new System.Collections.Concurrent.ConcurrentBag<HttpStatusCode>();
        var flood = Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            while (!Volatile.Read(ref isOver))
            {
                using var answer = await flooding.SendAsync(HttpMethod.Get, "/api/board");
                statuses.Add(answer.StatusCode);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    await IsTooMuchAsync(answer);
                }
            }
        }));

        await World.UntilAsync(() => Task.FromResult(statuses.Contains(HttpStatusCode.TooManyRequests)));
        for (var i = 0; i < 40; i++)
        {
            await calm.CallAsync();
        }

        Volatile.Write(ref isOver, true);
        await flood;
        Assert.All(statuses, x => Assert.True(x is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{x}"));
        Assert.Equal(40, (await calm.BoardAsync())["counts"]!["calls"]!.GetValue<int>());
        // Afterwards it is as it was.
        await World.UntilAsync(async () =>
        {
            using var answer = await flooding.SendAsync(HttpMethod.Get, "/api/board");
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Few_requests_of_one_rep_are_worked_on_at_once_and_the_others_wait_their_turn()
    {
        await using var world = await StartAsync(("RepAtOnce", "1"));
        var rep = await world.UserAsync("mira@contoso.com");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rep.CallAsync()));

        Assert.Equal(50, (await rep.BoardAsync())["counts"]!["calls"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_pane_that_was_offline_for_a_week_brings_all_its_calls_at_once()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        var known = await rep.BoardAsync();

        for (var i = 0; i < 500; i++)
        {
            using var answer = await rep.SendAsync(HttpMethod.Put, $"/api/calls/{Guid.NewGuid()}", new JsonObject { ["secondsAgo"] = i });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        Assert.True((await rep.BoardAsync())["revision"]!.GetValue<long>() >= known["revision"]!.GetValue<long>() + 500);
    }

    [Fact]
    public async Task What_a_ticket_opens_counts_for_its_rep()
    {
        await using var world = await StartAsync(("RepBurst", "30"), ("RepPerSecond", "1"));
        var rep = await world.UserAsync("mira@contoso.com");
        var ticket = (await rep.JsonAsync(HttpMethod.Post, "/api/reply-ticket"))["ticket"]!.GetValue<string>();
        var script = new Person("", Guid.Empty, world.Anonymous);

        await World.UntilAsync(async () =>
        {
            using var answer = await script.SendAsync(HttpMethod.Post, "/api/reply-check", new JsonObject { ["ticket"] = ticket });
            return answer.StatusCode == HttpStatusCode.TooManyRequests;
        });
    }

    [Fact]
    public async Task Strangers_at_one_address_are_too_many_together_and_nobody_elsewhere_nobody_known_and_no_notification_is()
    {
        await using var world = await StartAsync(("AddressBurst", "30"), ("AddressPerSecond", "1"));
        var known = await world.UserAsync("mira@contoso.com");
        await known.BoardAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var answer = await FromAsync(world, "198.51.100.7", "/api/board");
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await IsTooMuchAsync(answer);
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses[..^1], x => Assert.Equal(HttpStatusCode.Unauthorized, x));
        using var sameOffice = await FromAsync(world, "198.51.100.7", "/api/board", client: known.Api);
        Assert.Equal(HttpStatusCode.OK, sameOffice.StatusCode);
        using var elsewhere = await FromAsync(world, "198.51.100.8", "/api/board");
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
        // Whoever stands behind the proxy says what they like; the proxy's own word is the last one.
        for (var i = 0; i < 40; i++)
        {
            using var pretending = await FromAsync(world, $"203.0.113.{i}, 198.51.100.9", "/api/board");
            if (pretending.StatusCode == HttpStatusCode.TooManyRequests)
            {
                statuses.Add(pretending.StatusCode);
            }
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses[30..]);
        for (var i = 0; i < 60; i++)
        {
            using var notified = await FromAsync(world, "198.51.100.7", "/api/graph/notifications", HttpMethod.Post, "{\"value\":[]}");
            Assert.Equal(HttpStatusCode.Accepted, notified.StatusCode);
            using var asked = await FromAsync(world, "198.51.100.7", "/health/live");
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        }
    }

    [Fact]
    public async Task A_rep_has_as_many_live_connections_as_is_said_and_one_that_ends_makes_room()
    {
        await using var world = await StartAsync(("RepLiveConnections", "2"));
        var rep = await world.UserAsync("mira@contoso.com");
        var other = await world.UserAsync("otto@contoso.com");
        await using var first = Window(world, rep);
        await using var second = Window(world, rep);
        await first.StartAsync(TestContext.Current.CancellationToken);
        await second.StartAsync(TestContext.Current.CancellationToken);

        await using var third = Window(world, rep);
        await Assert.ThrowsAnyAsync<Exception>(() => third.StartAsync(TestContext.Current.CancellationToken));
        await using var others = Window(world, other);
        await others.StartAsync(TestContext.Current.CancellationToken);
        await rep.CallAsync();

        await first.StopAsync(TestContext.Current.CancellationToken);
        await World.UntilAsync(async () =>
        {
            try
            {
                await third.StartAsync(TestContext.Current.CancellationToken);
                return true;
            }
            catch (Exception refused) when (refused is not OperationCanceledException)
            {
                return false;
            }
        });
    }

    [Theory]
    [InlineData("a message")]
    [InlineData("a large one")]
    public async Task Whoever_sends_on_a_live_connection_is_cut_off(string what)
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await using var window = Window(world, rep);
        var closed = new TaskCompletionSource();
        window.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await window.StartAsync(TestContext.Current.CancellationToken);

        await window.SendAsync("revision", what == "a message" ? "1" : new string('x', 100_000), TestContext.Current.CancellationToken);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_live_connection_ends_with_the_token_that_opened_it()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await using var window = Window(world, rep with { Api = world.Api(await world.TokenAsync(new JsonObject { ["user"] = rep.Address, ["expiresIn"] = 8 })) });
        var closed = new TaskCompletionSource();
        window.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await window.StartAsync(TestContext.Current.CancellationToken);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task No_more_connections_are_taken_than_is_said()
    {
        await using var world = await StartAsync(("Connections", "10"));
        var clients = new List<TcpClient>();
        var answered = 0;
        try
        {
            for (var i = 0; i < 20; i++)
            {
                var client = new TcpClient();
                clients.Add(client);
                await client.ConnectAsync(world.Address.Host, world.Address.Port, TestContext.Current.CancellationToken);
                answered += await AnswersAsync(client) ? 1 : 0;
            }
        }
        finally
        {
            clients.ForEach(x => x.Dispose());
        }

        Assert.InRange(answered, 1, 10);
        await World.UntilAsync(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(world.Address.Host, world.Address.Port, TestContext.Current.CancellationToken);
            return await AnswersAsync(client);
        });

        static async Task<bool> AnswersAsync(TcpClient client)
        {
            try
            {
                await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
                var answer = new byte[12];
                return await client.GetStream().ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken) == answer.Length
                    && Encoding.ASCII.GetString(answer) == "HTTP/1.1 200";
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData("Limits:RepPerSecond", "0")]
    [InlineData("Limits:RepBurst", "-1")]
    [InlineData("Limits:Connections", "1")]
    [InlineData("Limits:TrustedProxies:0", "proxy.example")]
    [InlineData("Limits:TrustedProxies:0", "10.0.0.0/99")]
    [InlineData("Limits:TrustedProxies:0", "0.0.0.0/0")]
    [InlineData("Limits:TrustedProxies:0", "::/0")]
    public void A_limit_that_makes_no_sense_is_named(string key, string value)
    {
        var options = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build().GetSection(LimitOptions.Section).Get<LimitOptions>()!;
        var problems = new List<ValidationResult>();

        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);

        Assert.Contains($"Limits:{key.Split(':')[1]}", Assert.Single(problems).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_is_an_address_or_a_network()
    {
        var networks = new LimitOptions { TrustedProxies = ["192.0.2.1", "2001:db8::1", "10.0.0.0/8"] }.ProxyNetworks().ToList();

        Assert.Equal([32, 128, 8], networks.ConvertAll(x => x.PrefixLength));
    }

    private Task<World> StartAsync(params (string Key, string Value)[] limits)
    {
        var settings = new Dictionary<string, string?> { ["Limits:Rates"] = "true", ["Mailbox:Watch"] = "false" };
        foreach (var (key, value) in limits)
        {
            settings[$"Limits:{key}"] = value;
        }

        return World.StartAsync(Database.Sqlite, postgres, settings: settings);
    }

    private static async Task<HttpResponseMessage> FromAsync(World world, string address, string path, HttpMethod? method = null, string? body = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await (client ?? world.Anonymous).SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task IsTooMuchAsync(HttpResponseMessage answer)
    {
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("https://inboxgate.example/problems/too-many-requests", problem["type"]!.GetValue<string>());
        Assert.Contains("Retry-After", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static HubConnection Window(World world, Person rep) => new HubConnectionBuilder()
        .WithUrl(new Uri(world.Address, "/hubs/board"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.AccessTokenProvider = () => Task.FromResult(rep.Api.DefaultRequestHeaders.Authorization!.Parameter);
        })
        .Build();
}
