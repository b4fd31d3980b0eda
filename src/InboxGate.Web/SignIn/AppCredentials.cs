using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace InboxGate.Web.SignIn;

/// <summary>
/// How this server signs in to Microsoft Graph: as the app itself in a tenant, or on behalf of a rep. In both cases it
/// proves that it is the app by the one credential of the settings.
/// </summary>
/// <param name="tokens">Asks Entra; tries, times out and backs off by itself.</param>
public sealed class AppCredentials(EntraOptions entra, HttpClient tokens)
{
    private static readonly string[] TokenExchange = ["api://AzureADTokenExchange/.default"];

    /// <summary>The machine's identity; asked over the machine's own address, never over the network.</summary>
    private readonly ManagedIdentityCredential? machine = !entra.ManagedIdentity ? null : new ManagedIdentityCredential(
        string.IsNullOrWhiteSpace(entra.ManagedIdentityClientId)
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.FromUserAssignedClientId(entra.ManagedIdentityClientId));

    public TokenCredential Application(Guid tenantId)
    {
        var tenant = tenantId.ToString("D");
        return entra switch
        {
            { ClientSecret: { Length: > 0 } secret } => new ClientSecretCredential(
                tenant, entra.ClientId, secret, Configure(new ClientSecretCredentialOptions { DisableInstanceDiscovery = IsPrivate })),
            { CertificatePath.Length: > 0 } => new ClientCertificateCredential(
                tenant, entra.ClientId, entra.LoadCertificate(),
                Configure(new ClientCertificateCredentialOptions { SendCertificateChain = true, DisableInstanceDiscovery = IsPrivate })),
            _ => new ClientAssertionCredential(
                tenant, entra.ClientId, AssertionAsync, Configure(new ClientAssertionCredentialOptions { DisableInstanceDiscovery = IsPrivate })),
        };
    }

    /// <param name="userToken">The rep's own token for this API.</param>
    public TokenCredential OnBehalfOf(Guid tenantId, string userToken)
    {
        var tenant = tenantId.ToString("D");
        var options = Configure(new OnBehalfOfCredentialOptions { SendCertificateChain = true, DisableInstanceDiscovery = IsPrivate });
        return entra switch
        {
            { ClientSecret: { Length: > 0 } secret } => new OnBehalfOfCredential(tenant, entra.ClientId, secret, userToken, options),
            { CertificatePath.Length: > 0 } => new OnBehalfOfCredential(tenant, entra.ClientId, entra.LoadCertificate(), userToken, options),
            _ => new OnBehalfOfCredential(tenant, entra.ClientId, AssertionAsync, userToken, options),
        };
    }

    private bool IsPrivate => entra.CertificateAuthorityPath is not null;

    /// <summary>A federated credential's proof, so that there is no secret at all: read anew each time, for it changes by the hour.</summary>
    private async Task<string> AssertionAsync(CancellationToken ct) => machine is not null
        ? (await machine.GetTokenAsync(new TokenRequestContext(TokenExchange), ct)).Token
        : (await File.ReadAllTextAsync(entra.FederatedTokenFile!, ct)).Trim();

    private T Configure<T>(T options)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = entra.Authority;
        options.Transport = new HttpClientTransport(tokens);
        // Tries are made in one place, and that is not here.
        options.Retry.MaxRetries = 0;
        return options;
    }
}
