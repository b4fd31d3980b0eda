using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Manifest;

/// <summary>The real server as an administrator meets it: only told its public address, it is asked for its manifests.</summary>
public sealed class ManifestServer : IAsyncDisposable
{
    public const string Address = "https://gate.example";
    public const string ClientId = "22222222-2222-4222-8222-222222222222";
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-manifest-").FullName;
    private readonly WebApplication app;

    private ManifestServer(string publicAddress, IReadOnlyDictionary<string, string?> settings)
    {
        app = Server.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Urls"] = "http://127.0.0.1:0",
                ["Logging:LogLevel:Default"] = "Warning",
                ["Entra:Authority"] = "https://login.example/",
                ["Entra:ClientId"] = ClientId,
                ["Entra:ClientSecret"] = "not used here",
                ["Entra:Tenants:0"] = "11111111-1111-4111-8111-111111111111",
                ["Mailbox:ClientStateKey"] = "a key for tests that is long enough to sign with",
                ["Mailbox:PublicAddress"] = publicAddress,
                ["Mailbox:Watch"] = "false",
                ["Storage:SqliteFile"] = Path.Combine(folder, "inboxgate.db"),
            });
            builder.Configuration.AddInMemoryCollection(settings);
        });
    }

    public HttpClient Http { get; private set; } = new();

    public static async Task<ManifestServer> StartAsync(string publicAddress = Address, params (string Key, string Value)[] settings)
    {
        var server = new ManifestServer(publicAddress, settings.ToDictionary(x => x.Key, x => (string?)x.Value));
        await Server.StartAsync(server.app, TestContext.Current.CancellationToken);
        var listening = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(listening) };
        return server;
    }

    public async Task<XDocument> AddInOnlyAsync() =>
        XDocument.Parse(await Http.GetStringAsync("/manifest/outlook.xml", TestContext.Current.CancellationToken), LoadOptions.PreserveWhitespace);

    /// <summary>The files of the package by name.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> PackageAsync()
    {
        using var package = new ZipArchive(new MemoryStream(await Http.GetByteArrayAsync("/manifest/outlook.zip", TestContext.Current.CancellationToken)));
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in package.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }

    public async Task<JsonNode> UnifiedAsync() => JsonNode.Parse((await PackageAsync())["manifest.json"])!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
