using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Polly;
using Polly.Retry;

namespace InboxGate.Web.Mailbox;

/// <summary>One Microsoft Graph client for each tenant, over one connection pool. Polly retries in place of the SDK's own handler, or both would multiply.</summary>
public sealed class GraphClients : IDisposable
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A longer Retry-After is not slept through: the mailbox is read again later.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    private readonly ConcurrentDictionary<Guid, GraphServiceClient> clients = new();
    private readonly EntraOptions entra;
    private readonly Uri baseAddress;
    private readonly HttpClient http;
    private readonly HttpClient tokens;

    public GraphClients(IOptions<EntraOptions> entra, IOptions<MailboxOptions> mailbox)
    {
        ArgumentNullException.ThrowIfNull(entra);
        ArgumentNullException.ThrowIfNull(mailbox);
        this.entra = entra.Value;
        baseAddress = mailbox.Value.GraphBaseAddress;
        var handlers = GraphClientFactory.CreateDefaultHandlers().Where(x => x is not RetryHandler).ToList();
        handlers.Insert(0, new ResilienceHandler(Resilience()));
        http = GraphClientFactory.Create(handlers, finalHandler: PrivateAuthority.CreateHandler(this.entra.CertificateAuthorityPath));
        tokens = new HttpClient(PrivateAuthority.CreateHandler(this.entra.CertificateAuthorityPath)) { Timeout = AttemptTimeout };
    }

    /// <summary>The client for a rep's mailbox and tenant.</summary>
    public GraphServiceClient For(RepKey rep) => clients.GetOrAdd(rep.TenantId, id => new GraphServiceClient(
        http,
        new AzureIdentityAuthenticationProvider(Credential(id), allowedHosts: [baseAddress.Host], observabilityOptions: null, isCaeEnabled: true, Scopes),
        baseAddress.ToString().TrimEnd('/')));

    /// <summary>A link from the service is followed only to the service.</summary>
    public bool IsOurs(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == baseAddress.Scheme && uri.Authority == baseAddress.Authority;

    public void Dispose()
    {
        http.Dispose();
        tokens.Dispose();
    }

    private TokenCredential Credential(Guid tenantId)
    {
        var tenant = tenantId.ToString("D");
        if (entra.ManagedIdentity)
        {
            // The machine's identity is the app's federated credential, so that there is no secret at all.
            var identity = new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);
            return new ClientAssertionCredential(
                tenant,
                entra.ClientId,
                async ct => (await identity.GetTokenAsync(new TokenRequestContext(["api://AzureADTokenExchange/.default"]), ct)).Token,
                Configure(new ClientAssertionCredentialOptions { DisableInstanceDiscovery = IsPrivate }));
        }

        return entra.CertificatePath is { } path
            ? new ClientCertificateCredential(tenant, entra.ClientId, Certificate(path), Configure(new ClientCertificateCredentialOptions { SendCertificateChain = true, DisableInstanceDiscovery = IsPrivate }))
            : new ClientSecretCredential(tenant, entra.ClientId, entra.ClientSecret, Configure(new ClientSecretCredentialOptions { DisableInstanceDiscovery = IsPrivate }));
    }

    /// <summary>A PEM file with its key, or a PFX; either may have a password.</summary>
    private X509Certificate2 Certificate(string path) => (X509Certificate2.GetCertContentType(path), entra.CertificatePassword) switch
    {
        (X509ContentType.Pfx, var password) => X509CertificateLoader.LoadPkcs12FromFile(path, password),
        (_, { } password) => X509Certificate2.CreateFromEncryptedPemFile(path, password),
        _ => X509Certificate2.CreateFromPemFile(path),
    };

    private bool IsPrivate => entra.CertificateAuthorityPath is not null;

    private T Configure<T>(T options)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = entra.Authority;
        options.Transport = new HttpClientTransport(tokens);
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        return options;
    }

    private static ResiliencePipeline<HttpResponseMessage> Resilience() => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(300),
            // Posting a subscription twice would make two. A service that hangs is left alone and tried again later.
            ShouldHandle = args => ValueTask.FromResult(
                args.Context.GetRequestMessage()?.Method != HttpMethod.Post
                && (args.Outcome.Result is { } answer
                    ? IsPassing(answer) && (RetryAfter.Of(answer) ?? TimeSpan.Zero) <= LongestWait
                    : args.Outcome.Exception is HttpRequestException)),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? RetryAfter.Of(answer) : null),
        })
        .AddTimeout(AttemptTimeout)
        .Build();

    /// <summary>What a second try may mend.</summary>
    private static bool IsPassing(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
