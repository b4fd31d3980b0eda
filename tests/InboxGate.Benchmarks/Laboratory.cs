using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>The simulator and, when asked for, a server of the product that watches its mailboxes, on SQLite unless it is told otherwise.</summary>
internal sealed class Laboratory : IAsyncDisposable
{
    public const string Colleague = "ann@contoso.com";
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-laboratory-").FullName;
    private readonly SimulatorOptions options;
    private readonly SimulatorHost simulator;
    private WebApplication? server;

    /// <summary>Called whenever a rep's panes are told of a new revision.</summary>
    public Action<RepKey>? Told { get; set; }

    private Laboratory(SimulatorOptions options, SimulatorHost simulator)
    {
        this.options = options;
        this.simulator = simulator;
        Control = new HttpClient { BaseAddress = simulator.HttpAddress, Timeout = TimeSpan.FromMinutes(10) };
    }

    public HttpClient Control { get; }

    /// <summary>Where the product is, once it was started.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The simulator's stand-in for Office.js.</summary>
    public Uri OfficeScript => new(simulator.HttpAddress, "/office.js");

    public IServiceProvider Services => server!.Services;

    public Guid TenantId => options.TenantId;

    public static async Task<Laboratory> OpenAsync()
    {
        var options = new SimulatorOptions { HttpPort = 0, HttpsPort = 0, MailboxConcurrency = 0 };
        return new Laboratory(options, await SimulatorHost.StartAsync(options, CancellationToken.None));
    }

    /// <summary>Users with 24-hour working days, so that the time of the measurement does not matter.</summary>
    public async Task AddUsersAsync(IEnumerable<string> addresses, string? manager = null)
    {
        foreach (var some in addresses.Chunk(500))
        {
            await SayAsync("/sim/users", new JsonObject
            {
                ["users"] = new JsonArray([.. some.Select(x => new JsonObject { ["user"] = x, ["name"] = x, ["workingHours"] = new JsonObject { ["start"] = "00:00", ["end"] = "23:59" }, ["manager"] = manager })]),
            });
        }
    }

    public async Task DeliverAsync(IEnumerable<string> users, int times)
    {
        foreach (var some in users.Chunk(250))
        {
            await SayAsync("/sim/messages", new JsonObject
            {
                ["users"] = new JsonArray([.. some.Select(x => (JsonNode)x)]),
                ["message"] = new JsonObject
                {
                    ["subject"] = "A question",
                    ["from"] = new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = "Ann", ["address"] = Colleague } },
                },
                ["times"] = times,
                ["secondsApart"] = 1,
                ["notify"] = false,
            });
        }
    }

    public async Task<JsonNode?> SayAsync(string path, JsonObject body)
    {
        using var answer = await Control.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<IReadOnlyDictionary<string, Guid>> IdsAsync() =>
        (await Control.GetFromJsonAsync<JsonArray>("/sim/users"))!.ToDictionary(x => x!["user"]!.GetValue<string>(), x => Guid.Parse(x!["id"]!.GetValue<string>()));

    /// <summary>A plain client of the simulated Graph with the app's own token.</summary>
    public async Task<HttpClient> GraphAsync()
    {
        using var entra = new HttpClient(PrivateAuthority.CreateHandler(simulator.CertificateAuthorityFile)) { BaseAddress = simulator.HttpsAddress };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = options.ClientId.ToString(),
            ["client_secret"] = options.ClientSecret,
            ["grant_type"] = "client_credentials",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        using var answer = await entra.PostAsync($"/{options.TenantId}/oauth2/v2.0/token", form);
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
        var graph = new HttpClient { BaseAddress = simulator.HttpAddress };
        graph.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return graph;
    }

    /// <summary>A client of the product, signed in as a user with these roles.</summary>
    public async Task<HttpClient> SignedInAsync(string user, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user, roles));
        return http;
    }

    public async Task<string> TokenAsync(string user, params string[] roles)
    {
        var token = await SayAsync("/sim/tokens", new JsonObject { ["user"] = user, ["roles"] = new JsonArray([.. roles.Select(x => (JsonNode)x)]) });
        return token!["accessToken"]!.GetValue<string>();
    }

    /// <summary>Starts the product with these reps enrolled since a day ago.</summary>
    public Task StartProductAsync(IEnumerable<Guid> reps, params (string Key, string Value)[] settings) => StartProductAsync(reps, TimeProvider.System, settings);

    /// <param name="clock">The product's; it may be ahead.</param>
    public Task StartProductAsync(IEnumerable<Guid> reps, TimeProvider clock, params (string Key, string Value)[] settings) => StartProductAsync(reps, clock, null, settings);

    /// <param name="configure">What its server has beside the product.</param>
    public async Task StartProductAsync(IEnumerable<Guid> reps, TimeProvider clock, Action<WebApplicationBuilder>? configure, params (string Key, string Value)[] settings)
    {
        Address = FreeAddress();
        server = Server.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(SettingsFor(Address));
            builder.Services.AddSingleton(clock);
            builder.Services.AddSingleton<HubRevisionNews>();
            builder.Services.AddSingleton<IRevisionNews>(provider => new News(provider.GetRequiredService<HubRevisionNews>(), this));
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(x => x.Key, x => (string?)x.Value));
            configure?.Invoke(builder);
        });
        await Storage.MigrateAsync(server.Services, CancellationToken.None);
        var enrolledAt = TimeProvider.System.GetUtcNow().AddDays(-1);
        await using (var store = await server.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync())
        {
            store.Reps.AddRange(reps.Select(x => new RepRow
            {
                TenantId = options.TenantId,
                RepId = x,
                Revision = 1,
                EnrolledAt = enrolledAt,
                ClosedThrough = DateOnly.FromDateTime(enrolledAt.UtcDateTime).AddDays(1),
            }));
            await store.SaveChangesAsync();
        }

        await server.StartAsync();
    }

    /// <summary>What a server of the product needs to be told to live with this simulator.</summary>
    /// <param name="address">Where it is to listen.</param>
    public Dictionary<string, string?> SettingsFor(Uri address) => new()
    {
        ["Urls"] = address.ToString(),
        ["Logging:LogLevel:Default"] = "Error",
        ["Entra:Authority"] = simulator.HttpsAddress.ToString(),
        ["Entra:ClientId"] = options.ClientId.ToString(),
        ["Entra:ClientSecret"] = options.ClientSecret,
        ["Limits:Rates"] = "false",
        ["Entra:Tenants:0"] = options.TenantId.ToString(),
        ["Entra:CertificateAuthorityPath"] = simulator.CertificateAuthorityFile,
        ["Storage:SqliteFile"] = Path.Combine(folder, "inboxgate.db"),
        ["Mailbox:GraphBaseAddress"] = new Uri(simulator.HttpAddress, "/v1.0").ToString(),
        ["Mailbox:PublicAddress"] = address.ToString().TrimEnd('/'),
        ["Mailbox:ClientStateKey"] = "a key for benchmarks that is long enough to sign with",
    };

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }

        await simulator.DisposeAsync();
        Control.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class News(HubRevisionNews hub, Laboratory laboratory) : IRevisionNews
    {
        public void Tell(RepKey rep, Guid? teamId, long revision)
        {
            hub.Tell(rep, teamId, revision);
            laboratory.Told?.Invoke(rep);
        }
    }

    public static Uri FreeAddress() => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
