using System.Buffers.Text;
using System.Text.Json;
using InboxGate.Web.Problems;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Web.SignIn;

/// <summary>
/// The keys Entra signs with. They are read anew twice a day without anybody waiting, and at once when a token names a key
/// that is not among them: then everybody with such a token waits for the one look, and whatever tokens are sent, there is
/// not more than one in <see cref="LeastPause"/>.
/// </summary>
public sealed class SigningKeys : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    public static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(10);

    /// <summary>Of a request that waits for keys.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private const int LongestHeader = 4096;
    private readonly HttpClient http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> documents;
    private readonly Lock gate = new();
    private Task? look;
    private long lookedAt;

    public SigningKeys(IOptions<EntraOptions> entra)
    {
        ArgumentNullException.ThrowIfNull(entra);
        var authority = entra.Value.Authority;
        http = new HttpClient(PrivateAuthority.CreateHandler(entra.Value.CertificateAuthorityPath))
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = 10 * 1024 * 1024,
        };
        documents = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.ToString().TrimEnd('/')}/organizations/v2.0/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = authority.Scheme == Uri.UriSchemeHttps })
        {
            // The bound is here.
            RefreshInterval = MinimumRefreshInterval,
        };
        // A key that was withdrawn is good no more.
        UseLastKnownGoodConfiguration = false;
    }

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => documents.GetConfigurationAsync(cancel);

    public override Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => documents.GetBaseConfigurationAsync(cancel);

    /// <summary>Nothing: the handler asks after many a failure that no new key would mend.</summary>
    public override void RequestRefresh()
    {
    }

    /// <summary>Ends once the token's key is among those known, or it is known that there is none such.</summary>
    public async Task LookForKeyOfAsync(string? token, CancellationToken ct)
    {
        if (KeyIdOf(token) is not { } id)
        {
            return;
        }

        var known = await KnownAsync(ct);
        if (!Has(known, id) && Look(known) is { } running)
        {
            await running.WaitAsync(ct);
        }
    }

    /// <exception cref="RefusalException">Nothing has been read yet, and Entra does not answer.</exception>
    private async Task<OpenIdConnectConfiguration> KnownAsync(CancellationToken ct)
    {
        try
        {
            return await documents.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException)
        {
            // The token may well be right: whoever sent it must not take it for refused.
            throw new RefusalException(
                StatusCodes.Status503ServiceUnavailable, "sign-in-unreachable", "Who you are cannot be checked just now.", "Try again in a moment.")
            {
                RetryAfter = LeastPause,
            };
        }
    }

    public void Dispose() => http.Dispose();

    private static bool Has(OpenIdConnectConfiguration known, string id) => known.SigningKeys.Any(x => x.KeyId == id);

    /// <returns>The look that runs; null when the last one was too short a while ago.</returns>
    private Task? Look(OpenIdConnectConfiguration known)
    {
        lock (gate)
        {
            if (look is { IsCompleted: false })
            {
                return look;
            }

            if (look is not null && TimeProvider.System.GetElapsedTime(lookedAt) < LeastPause)
            {
                return null;
            }

            lookedAt = TimeProvider.System.GetTimestamp();
            return look = LookAsync(known);
        }
    }

    private async Task LookAsync(OpenIdConnectConfiguration known)
    {
        documents.RequestRefresh();
        // The documents come in the background, and nothing tells of them.
        while (TimeProvider.System.GetElapsedTime(lookedAt) < Patience && await documents.GetConfigurationAsync(CancellationToken.None) == known)
        {
            await Task.Delay(Step);
        }
    }

    /// <summary>What the token's first part names; nothing is checked here.</summary>
    private static string? KeyIdOf(string? token)
    {
        var length = token?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (length is <= 0 or > LongestHeader || !Base64Url.IsValid(token.AsSpan(0, length)))
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, length)));
            return header.RootElement.ValueKind == JsonValueKind.Object
                && header.RootElement.TryGetProperty("kid", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
