using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Stories;

public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>The whole product over HTTP, with the simulator behind it and the clock in hand.</summary>
public sealed class World : IAsyncDisposable
{
    /// <summary>A Monday, ten past eight in Berlin.</summary>
    public static readonly DateTimeOffset MondayMorning = DateTimeOffset.Parse("2026-03-02T08:10:00+01:00", CultureInfo.InvariantCulture);
    private const int MostAttempts = 5;

    /// <summary>Only what fails lasts as long, and what a very busy machine is about.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Where the keys of all simulators are: to make some takes longer than to start one.</summary>
    private static readonly Lazy<Task<string>> Keys = new(async () =>
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "keys");
        await using var first = await SimulatorHost.StartAsync(new SimulatorOptions { HttpPort = 0, HttpsPort = 0, KeysDirectory = folder }, CancellationToken.None);
        return folder;
    });
    private readonly SimulatorHost simulator;
    private readonly Dictionary<string, string?> configuration;
    private readonly Action<WebApplicationBuilder>? configure;
    private readonly string folder;
    private readonly List<WebApplication> servers = [];
    private HttpClient? anonymous;

    private World(
        SimulatorHost simulator, Dictionary<string, string?> configuration, Action<WebApplicationBuilder>? configure, string folder)
    {
        this.simulator = simulator;
        this.configuration = configuration;
        this.configure = configure;
        this.folder = folder;
        Simulator = new HttpClient { BaseAddress = simulator.HttpAddress };
    }

    /// <summary>The API for whoever has no token, or brings one with each request.</summary>
    public HttpClient Anonymous => anonymous ??= new HttpClient { BaseAddress = Address };

    public HttpClient Simulator { get; }

    public Uri Address => AddressOf(servers[0]);

    /// <summary>There until it is disposed of.</summary>
    public string Folder => folder;

    public IServiceProvider Services => servers[0].Services;

    public IReadOnlyList<WebApplication> Servers => servers;

    /// <param name="configure">What a server of this world has that others have not.</param>
    /// <param name="simulated">How its simulator differs.</param>
    public static async Task<World> StartAsync(
        Database database,
        PostgresServer postgres,
        DateTimeOffset? now = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        Func<SimulatorOptions, SimulatorOptions>? simulated = null)
    {
        var options = new SimulatorOptions { HttpPort = 0, HttpsPort = 0, KeysDirectory = await Keys.Value, Now = now ?? MondayMorning };
        options = simulated?.Invoke(options) ?? options;
        var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("inboxgate-world-").FullName;
        var configuration = SettingsFor(simulator, options);
        if (database == Database.Sqlite)
        {
            configuration["Storage:SqliteFile"] = Path.Combine(folder, "inboxgate.db");
            await File.WriteAllBytesAsync(Path.Combine(folder, "inboxgate.db"), await MadeTables.SqliteAsync());
        }
        else
        {
            configuration["Storage:Postgres"] = await postgres.CreateMadeDatabaseAsync();
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            configuration[key] = value;
        }

        var world = new World(simulator, configuration, configure, folder);
        await world.AddServerAsync();
        return world;
    }

    /// <summary>What a server of the product needs to work with a simulator, but for its database and its own address.</summary>
    public static Dictionary<string, string?> SettingsFor(SimulatorHost simulator, SimulatorOptions options) => new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Entra:Authority"] = simulator.HttpsAddress.ToString(),
        ["Entra:ClientId"] = options.ClientId.ToString(),
        ["Entra:ClientSecret"] = options.ClientSecret,
        ["Entra:Tenants:0"] = options.TenantId.ToString(),
        ["Entra:CertificateAuthorityPath"] = simulator.CertificateAuthorityFile,
        ["Mailbox:GraphBaseAddress"] = new Uri(simulator.HttpAddress, "/v1.0").ToString(),
        ["Mailbox:ClientStateKey"] = "a key for tests that is long enough to sign with",
        ["Mailbox:SweepInterval"] = "00:00:05",
        ["Servers:Drain"] = "00:00:00",
        // Tests ask more in a second than people do in an hour.
        ["Limits:Rates"] = "false",
    };

    /// <summary>One more server on the same database; the first is the one that answers panes.</summary>
    /// <param name="settings">What it is told otherwise.</param>
    public async Task<WebApplication> AddServerAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        for (var attempts = 1; ; attempts++)
        {
            var server = Build(settings);
            try
            {
                await Server.StartAsync(server, TestContext.Current.CancellationToken);
                servers.Add(server);
                return server;
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException && attempts < MostAttempts)
            {
                // Somebody else had the port between its being found free and its being taken.
                await server.DisposeAsync();
            }
        }
    }

    private WebApplication Build(IReadOnlyDictionary<string, string?>? settings)
    {
        // The port must be known beforehand: it is part of the address that the simulator notifies.
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        return Server.Build([], builder =>
        {
            // What a test sets wins.
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Urls"] = address, ["Mailbox:PublicAddress"] = address });
            builder.Configuration.AddInMemoryCollection(configuration);
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddSingleton<TimeProvider>(simulator.Clock);
            configure?.Invoke(builder);
        });
    }

    /// <summary>
    /// Ends a server in the middle of what it does, and starts another in its place: on PostgreSQL beforehand, while an SQLite
    /// file is one server's alone.
    /// </summary>
    public async Task ReplaceServerAsync(WebApplication server)
    {
        var place = servers.IndexOf(server);
        var isAlone = configuration.ContainsKey("Storage:SqliteFile");
        if (isAlone)
        {
            await StopAsync(server);
        }

        await AddServerAsync();
        servers[place] = servers[^1];
        servers.RemoveAt(servers.Count - 1);
        if (!isAlone)
        {
            await StopAsync(server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await StopAsync(server);
        }

        await simulator.DisposeAsync();
        Simulator.Dispose();
        anonymous?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task StopAsync(WebApplication server)
    {
        await server.StopAsync();
        await server.DisposeAsync();
    }

    public static Uri AddressOf(WebApplication server) =>
        new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>A user of the tenant, working 8 to 17 in Berlin, with the product's API at hand.</summary>
    public async Task<Person> UserAsync(string address, string? manager = null, params string[] roles)
    {
        var id = (await SayAsync("/sim/users", new JsonObject
        {
            ["user"] = address,
            ["name"] = address.Split('@')[0],
            ["timeZone"] = "Europe/Berlin",
            ["workingHours"] = new JsonObject { ["start"] = "08:00", ["end"] = "17:00" },
            ["workingDays"] = new JsonArray("monday", "tuesday", "wednesday", "thursday", "friday"),
            ["manager"] = manager,
        }))["id"]!.GetValue<string>();
        return new Person(address, Guid.Parse(id), Api(await TokenAsync(new JsonObject { ["user"] = address, ["roles"] = new JsonArray([.. roles]) })));
    }

    public async Task<string> TokenAsync(JsonObject request) => (await SayAsync("/sim/tokens", request))["accessToken"]!.GetValue<string>();

    /// <summary>The token that the application holds for its own API: of nobody.</summary>
    public async Task<string> ApplicationTokenAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = configuration["Entra:ClientId"]!,
            ["client_secret"] = configuration["Entra:ClientSecret"]!,
            ["scope"] = $"api://{configuration["Entra:ClientId"]}/.default",
        });
        using var answer = await Simulator.PostAsync($"/{configuration["Entra:Tenants:0"]}/oauth2/v2.0/token", form, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["access_token"]!.GetValue<string>();
    }

    public HttpClient Api(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public Task MoveClockAsync(string now) => SayAsync("/sim/clock", new JsonObject { ["now"] = now });

    /// <summary>Delivers a mail to the user's inbox.</summary>
    /// <returns>Its internet message id.</returns>
    public async Task<string> DeliverAsync(Person to, string from, string? conversation = null, JsonObject? more = null)
    {
        var message = new JsonObject
        {
            ["subject"] = "A question",
            ["from"] = Correspondent(from),
            ["sender"] = Correspondent(from),
            ["conversationId"] = conversation ?? Guid.NewGuid().ToString("N"),
        };
        foreach (var (name, value) in more ?? [])
        {
            message[name] = value?.DeepClone();
        }

        return (await SayAsync("/sim/messages", new JsonObject { ["user"] = to.Address, ["message"] = message }))["internetMessageId"]!.GetValue<string>();
    }

    public Task SendAsync(Person from, string to, string conversation) => SayAsync("/sim/sent", new JsonObject
    {
        ["user"] = from.Address,
        ["message"] = new JsonObject
        {
            ["subject"] = "An answer",
            ["conversationId"] = conversation,
            ["toRecipients"] = new JsonArray(Correspondent(to)),
        },
    });

    public async Task<JsonNode> SayAsync(string path, JsonObject body)
    {
        using var answer = await Simulator.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>The board once it is as described; the watch works in its own time.</summary>
    public static async Task<JsonNode> BoardWhenAsync(Person rep, Func<JsonNode, bool> isSo)
    {
        JsonNode? board = null;
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            board = await rep.BoardAsync();
            if (isSo(board))
            {
                return board;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The board never came to be as expected: {board}");
        throw new InvalidOperationException();
    }

    /// <summary>Ends once it is so; the watch works in its own time.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan? patience = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < (patience ?? Patience), "It never came to be as expected.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public static JsonObject Correspondent(string address) =>
        new() { ["emailAddress"] = new JsonObject { ["name"] = address.Split('@')[0], ["address"] = address } };

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Somebody with a token.</summary>
public sealed record Person(string Address, Guid Id, HttpClient Api)
{
    public async Task<JsonNode> BoardAsync() => await JsonAsync(HttpMethod.Get, "/api/board");

    public Task<JsonNode> CallAsync(Guid? id = null, JsonObject? statement = null) =>
        JsonAsync(HttpMethod.Put, $"/api/calls/{id ?? Guid.NewGuid()}", statement);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await Api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonNode> JsonAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
