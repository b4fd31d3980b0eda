using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using InboxGate.Core.Boards;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using InboxGate.Web.Telemetry;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// A Microsoft Graph client for each rep's mailbox, all over one connection pool: with the app's own permissions, or on
/// the rep's behalf. Polly retries in place of the SDK's own handler, or both would multiply.
/// </summary>
public sealed class GraphClients : IDisposable
{
    private static readonly Uri PublicGraph = new("https://graph.microsoft.com");

    private readonly ConcurrentDictionary<Guid, SharedCredential> tenants = new();
    private readonly ConditionalWeakTable<SharedCredential, IAuthenticationProvider> providers = [];
    private readonly UserTokens users;
    private readonly AppCredentials credentials;
    private readonly MailboxOptions mailbox;
    private readonly Uri baseAddress;
    private readonly string[] scopes;
    private readonly HttpClient http;
    private readonly HttpClient tokens;

    public GraphClients(
        IOptions<EntraOptions> entra, IOptions<MailboxOptions> mailbox, UserTokens users, Resilience resilience, ITransport transport, MailboxMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(entra);
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(resilience);
        ArgumentNullException.ThrowIfNull(transport);
        this.mailbox = mailbox.Value;
        this.users = users;
        baseAddress = this.mailbox.GraphBaseAddress;
        scopes = [new Uri(this.mailbox.GraphResource ?? (baseAddress.IsLoopback ? PublicGraph : baseAddress), "/.default").ToString()];
        var handlers = GraphClientFactory.CreateDefaultHandlers().Where(x => x is not RetryHandler).ToList();
        handlers.InsertRange(0, [new Distrust(this), new GraphsWords(), new Turns(resilience), new MailboxPauses(), new ResilienceHandler(resilience.Graph)]);
        handlers.Add(new WholeAnswer(metrics));
        http = GraphClientFactory.Create(handlers, finalHandler: transport.Create(Dependency.Graph));
        // Waiting for a place is no failure; the tries have limits of their own.
        http.Timeout = Timeout.InfiniteTimeSpan;
        tokens = new HttpClient(new ResilienceHandler(resilience.Entra)
        {
            InnerHandler = new WholeAnswer(metrics) { InnerHandler = transport.Create(Dependency.Entra) },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        credentials = new AppCredentials(entra.Value, tokens);
    }

    /// <summary>The client for a rep's mailbox and tenant.</summary>
    /// <exception cref="SignInNeededException">This server acts on behalf of reps, and this one's token is missing or has ended.</exception>
    public GraphServiceClient For(RepKey rep)
    {
        var credential = CredentialFor(rep);
        var provider = providers.GetValue(
            credential,
            x => new AzureIdentityAuthenticationProvider(x, allowedHosts: [baseAddress.Host], observabilityOptions: null, isCaeEnabled: true, scopes));
        return new GraphServiceClient(http, new Signed(rep, provider), baseAddress.ToString().TrimEnd('/'));
    }

    /// <summary>A link from the service is followed only to the service.</summary>
    public bool IsOurs(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == baseAddress.Scheme && uri.Authority == baseAddress.Authority;

    public void Dispose()
    {
        http.Dispose();
        tokens.Dispose();
        foreach (var credential in tenants.Values)
        {
            credential.Dispose();
        }
    }

    private SharedCredential CredentialFor(RepKey rep)
    {
        if (mailbox.Access == MailboxAccess.Application)
        {
            return tenants.GetOrAdd(rep.TenantId, id => new SharedCredential(() => credentials.Application(id), mailbox.SweepInterval, TimeProvider.System));
        }

        return users.TryGet(rep, out var token)
            ? token.Credential(x => new SharedCredential(() => credentials.OnBehalfOf(rep.TenantId, x.Text), mailbox.SweepInterval, TimeProvider.System))
            : throw new SignInNeededException();
    }

    /// <summary>The SDK takes one handler of each type, and the tries have theirs.</summary>
    private sealed class Turns(Resilience resilience) : ResilienceHandler(resilience.GraphTurns);

    /// <summary>A token that Graph refuses without asking for another one may have been revoked: the next comes from Entra.</summary>
    private sealed class Distrust(GraphClients clients) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && MailboxRequest.RepOf(request) is { } rep
                && clients.mailbox.Access == MailboxAccess.Application)
            {
                clients.CredentialFor(rep).Distrust();
            }

            return answer;
        }
    }

    /// <summary>Signs requests, and says whose mailbox they are about.</summary>
    private sealed class Signed(RepKey rep, IAuthenticationProvider provider) : IAuthenticationProvider
    {
        private readonly MailboxRequest about = new(rep);

        public Task AuthenticateRequestAsync(
            RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
        {
            request.AddRequestOptions([about]);
            return provider.AuthenticateRequestAsync(request, additionalAuthenticationContext, cancellationToken);
        }
    }
}
