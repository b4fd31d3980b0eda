using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;

namespace InboxGate.Simulator.Tests;

/// <summary>A running simulator, and what the real SDKs need to talk to it.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    public const string Ann = "ann@contoso.com";
    public static readonly string[] GraphScope = ["https://graph.microsoft.com/.default"];

    private readonly HttpClient trusting;
    private readonly HttpClient browser;

    private Simulation(SimulatorHost host)
    {
        Host = host;
        Http = new HttpClient { BaseAddress = host.HttpAddress };
        trusting = new HttpClient(Trusting(host));
        browser = new HttpClient(WithoutMemory(Trusting(host)));
    }

    public SimulatorHost Host { get; }

    public HttpClient Http { get; }

    public SimulatorOptions Options { get; private init; } = new();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public HttpClient Https => trusting;

    /// <summary>Goes nowhere by itself and keeps no cookies: a <see cref="Visitor"/> does both.</summary>
    public HttpClient Browser => browser;

    public static async Task<Simulation> StartAsync(Func<SimulatorOptions, SimulatorOptions>? change = null)
    {
        var options = new SimulatorOptions
        {
            HttpPort = 0,
            HttpsPort = 0,
            // Making keys takes longer than most tests.
            KeysDirectory = Path.Combine(AppContext.BaseDirectory, "keys"),
            NotificationRetry = new NotificationRetry { FirstDelay = TimeSpan.FromMilliseconds(50), LongestDelay = TimeSpan.FromMilliseconds(200) },
        };
        options = change?.Invoke(options) ?? options;
        return new Simulation(await SimulatorHost.StartAsync(options, Stop)) { Options = options };
    }

    public async Task<JsonNode> AnnAsync() => await PostAsync("/sim/users", new { user = Ann, name = "Ann Lee", timeZone = "Europe/Berlin" });

    public async Task<JsonNode> PostAsync(string path, object body, HttpStatusCode? expected = null)
    {
        using var response = await Http.PostAsJsonAsync(path, body, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        if (expected is null)
            Assert.True(response.IsSuccessStatusCode, $"{path} answered {response.StatusCode}: {text}");
        else
            Assert.Equal(expected, response.StatusCode);
        return JsonNode.Parse(text)!;
    }

    public async Task PostNothingAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body, Stop);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path, Stop))!;

    public Task<JsonNode> DeliverAsync(string subject, string? internetMessageId = null, string? receivedDateTime = null, object? headers = null) =>
        PostAsync("/sim/messages", new
        {
            user = Ann,
            message = new
            {
                subject,
                internetMessageId = internetMessageId ?? $"<{Guid.NewGuid():N}@fabrikam.com>",
                receivedDateTime,
                internetMessageHeaders = headers,
                from = new { emailAddress = new { name = "Bo", address = "bo@fabrikam.com" } },
                body = new { contentType = "html", content = "<p>Hello</p>" },
            },
        });

    public Task PostMailboxAsync(string state) => PostNothingAsync("/sim/mailboxes", new { user = Ann, state });

    /// <summary>A plain request to Graph with the application's token.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers)> GraphAsync(
        HttpMethod method, string pathOrUrl, object? body = null, string? prefer = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, pathOrUrl.StartsWith("http", StringComparison.Ordinal) ? pathOrUrl : "/v1.0" + pathOrUrl);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await ApplicationTokenAsync());
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
    }

    public async Task<string> ApplicationTokenAsync() =>
        (await SecretCredential().GetTokenAsync(new TokenRequestContext(GraphScope), Stop)).Token;

    public ClientSecretCredential SecretCredential(string? secret = null, Guid? tenant = null) =>
        new((tenant ?? Options.TenantId).ToString(), Options.ClientId.ToString(), secret ?? Options.ClientSecret, Configured(new ClientSecretCredentialOptions()));

    public ClientCertificateCredential CertificateCredential(X509Certificate2 certificate) =>
        new(Options.TenantId.ToString(), Options.ClientId.ToString(), certificate, Configured(new ClientCertificateCredentialOptions()));

    public OnBehalfOfCredential OnBehalfOf(string userToken) =>
        new(Options.TenantId.ToString(), Options.ClientId.ToString(), Options.ClientSecret, userToken, Configured(new OnBehalfOfCredentialOptions()));

    public GraphServiceClient Graph(TokenCredential? credential = null, bool overTls = true)
    {
        var address = overTls ? Host.HttpsAddress : Host.HttpAddress;
        var authentication = new AzureIdentityAuthenticationProvider(
            credential ?? SecretCredential(), ["localhost"], observabilityOptions: null, isCaeEnabled: true, scopes: GraphScope);
        return new GraphServiceClient(GraphClientFactory.Create(finalHandler: Trusting(Host)), authentication, new Uri(address, "v1.0").ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        trusting.Dispose();
        browser.Dispose();
        await Host.DisposeAsync();
    }

    public T Configured<T>(T options)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = Host.HttpsAddress;
        options.Transport = new HttpClientTransport(trusting);
        options.Retry.MaxRetries = 0;
        switch (options)
        {
            case ClientSecretCredentialOptions secret:
                secret.DisableInstanceDiscovery = true;
                break;
            case ClientCertificateCredentialOptions certificate:
                certificate.DisableInstanceDiscovery = true;
                break;
            case DeviceCodeCredentialOptions device:
                device.DisableInstanceDiscovery = true;
                break;
            case OnBehalfOfCredentialOptions onBehalfOf:
                onBehalfOf.DisableInstanceDiscovery = true;
                break;
        }

        return options;
    }

    private static SocketsHttpHandler WithoutMemory(SocketsHttpHandler handler)
    {
        (handler.AllowAutoRedirect, handler.UseCookies) = (false, false);
        return handler;
    }

    private static SocketsHttpHandler Trusting(SimulatorHost host)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(host.AuthorityCertificatePem));
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }
}
