using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Servers;

/// <summary>A server that is told to stop.</summary>
[Collection(nameof(Alone))]
public sealed class StopTests(PostgresServer postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_unready_first_sends_its_panes_away_finishes_what_it_began_and_ends_well()
    {
        var options = new SimulatorOptions { HttpPort = 0, HttpsPort = 0 };
        await using var simulator = await SimulatorHost.StartAsync(options, Ct);
        using var control = new HttpClient { BaseAddress = simulator.HttpAddress };
        var settings = World.SettingsFor(simulator, options);
        settings["Storage:Postgres"] = await postgres.CreateDatabaseAsync();
        settings["Mailbox:PublicAddress"] = "http://127.0.0.1:1";
        settings["Servers:Drain"] = "00:00:05";
        await using var server = new ServerProcess(settings);
        server.Start();
        await server.UntilReadyAsync();
        var token = await TokenAsync(control);
        using var pane = await PaneAsync(server.Address, token);
        using var half = await HalfARequestAsync(server.Address, token);

        await server.TerminateAsync();

        using (var client = new HttpClient { BaseAddress = server.Address })
        {
            await World.UntilAsync(async () => await StatusAsync(client, "/health/ready") == HttpStatusCode.ServiceUnavailable);
            await half.GetStream().WriteAsync("}"u8.ToArray(), Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, "/hubs/board"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/health/live"));
        }

        using var reader = new StreamReader(half.GetStream());
        Assert.Equal("HTTP/1.1 201 Created", await reader.ReadLineAsync(Ct));
        // The call's own news may come after it.
        Assert.Contains("""{"type":7,"allowReconnect":true}""", await HeardAsync(pane));
        Assert.Equal(0, await server.EndedAsync());
    }

    [Fact]
    public async Task It_does_not_wait_for_ever_for_who_never_finishes()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();
        using var half = await HalfARequestAsync(world.Address, rep.Api.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.True(world.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout < TimeSpan.FromSeconds(10));

        // Ends, or the test never does.
        await world.Servers[0].StopAsync(Ct);
    }

    [Fact]
    public async Task A_delta_in_progress_is_put_down_and_another_server_goes_on_at_once()
    {
        await using var world = await World.StartAsync(Database.Postgres, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>());
        await world.SayAsync("/sim/faults", new JsonObject { ["match"] = "delta", ["times"] = 100_000, ["delaySeconds"] = 600 });
        var mail = await world.DeliverAsync(rep, "ann@contoso.com");
        await World.UntilAsync(async () => await ClaimedAsync(world));

        var stopping = world.Servers[0];
        await stopping.StopAsync(Ct);

        await using var store = await Store(world).CreateDbContextAsync(Ct);
        Assert.Null((await store.Reps.AsNoTracking().SingleAsync(Ct)).WatchedUntil);
        using var cleared = await world.Simulator.DeleteAsync("/sim/faults", Ct);
        await world.AddServerAsync();
        await World.UntilAsync(async () => await store.Gates.AnyAsync(x => x.InternetMessageId == mail, Ct));
    }

    private static IDbContextFactory<Store> Store(World world) => world.Services.GetRequiredService<IDbContextFactory<Store>>();

    private static async Task<bool> ClaimedAsync(World world)
    {
        await using var store = await Store(world).CreateDbContextAsync(Ct);
        return await store.Reps.AnyAsync(x => x.WatchedUntil != null, Ct);
    }

    private static async Task<string> TokenAsync(HttpClient control)
    {
        foreach (var (path, body) in new[] { ("/sim/users", """{"user":"mira@contoso.com"}"""), ("/sim/tokens", """{"user":"mira@contoso.com"}""") })
        {
            using var answer = await control.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Ct);
            answer.EnsureSuccessStatusCode();
            if (JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["accessToken"] is { } token)
            {
                return token.GetValue<string>();
            }
        }

        throw new InvalidOperationException("No token.");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        return answer.StatusCode;
    }

    /// <summary>A call that is being logged: all but the body's last brace has arrived.</summary>
    private static async Task<TcpClient> HalfARequestAsync(Uri server, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, Ct);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"PUT /api/calls/{Guid.NewGuid()} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"), Ct);
        // It asks for the body once it has begun to read it.
        var buffer = new byte[25];
        await client.GetStream().ReadExactlyAsync(buffer, Ct);
        Assert.StartsWith("HTTP/1.1 100 Continue", Encoding.ASCII.GetString(buffer), StringComparison.Ordinal);
        await client.GetStream().WriteAsync("{"u8.ToArray(), Ct);
        return client;
    }

    private static async Task<ClientWebSocket> PaneAsync(Uri server, string token)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/board", Query = $"access_token={token}" }.Uri, Ct);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, Ct);
        return socket;
    }

    /// <summary>All that is said before the connection ends.</summary>
    private static async Task<string[]> HeardAsync(ClientWebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, Ct) is { MessageType: not WebSocketMessageType.Close } part)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
        }
        catch (WebSocketException)
        {
            // It ended without a farewell of its own.
        }

        return text.ToString().Split('\u001e', StringSplitOptions.RemoveEmptyEntries);
    }
}
