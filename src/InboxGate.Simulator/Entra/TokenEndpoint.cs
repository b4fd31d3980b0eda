using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Entra;

/// <summary>
/// POST /{tenant}/oauth2/v2.0/token: client credentials and on-behalf-of, as Azure.Identity asks for them; what
/// applications without a secret ask for, <see cref="PublicGrants"/> answer.
/// </summary>
internal sealed class TokenEndpoint(SimulatorOptions options, TenantWorld world, TokenMint mint, PublicGrants people)
{
    private const string OnBehalfOfGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Lifetime = TokenMint.UsualLifetime;
    private static readonly string[] OpenIdScopes = ["openid", "profile", "email", "offline_access"];
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly ConcurrentDictionary<string, X509SecurityKey> certificateKeys = new(StringComparer.Ordinal);

    public async Task<(JsonObject? Answer, EntraProblem? Problem)> AnswerAsync(string tenant, IFormCollection form, string? origin)
    {
        if (PublicGrants.Serves(form["grant_type"]) && IsOursOrAny(tenant))
            return await people.AnswerAsync(form, origin);
        if (!IsOurTenant(tenant))
            return (null, EntraProblem.UnknownTenant(tenant));

        foreach (var required in new[] { "grant_type", "client_id", "scope" })
        {
            if (string.IsNullOrEmpty(form[required]))
                return (null, EntraProblem.MissingParameter(required));
        }

        var client = form["client_id"].ToString();
        if (!Guid.TryParse(client, out var clientId) || clientId != options.ClientId)
            return (null, EntraProblem.UnknownApplication(client, tenant));

        if (await RefuseClientAsync(tenant, form) is { } refused)
            return (null, refused);

        return form["grant_type"].ToString() switch
        {
            "client_credentials" => ForApplication(form["scope"].ToString(), AnswersChallenges(form)),
            OnBehalfOfGrant => await OnBehalfOfAsync(form),
            var other => (null, EntraProblem.UnknownGrant(other)),
        };
    }

    public bool IsOurTenant(string tenant) =>
        (Guid.TryParse(tenant, out var id) && id == options.TenantId)
        || world.Read(it => it.Domains.Contains(tenant, StringComparer.OrdinalIgnoreCase));

    /// <summary>Where people sign in, their account says which tenant it is.</summary>
    public bool IsOursOrAny(string tenant) => EntraMetadata.IsForMany(tenant) || IsOurTenant(tenant);

    private (JsonObject?, EntraProblem?) ForApplication(string scope, bool answersChallenges)
    {
        const string Suffix = "/.default";
        if (!scope.EndsWith(Suffix, StringComparison.Ordinal) || scope.Contains(' ', StringComparison.Ordinal))
            return (null, EntraProblem.BadScopeForApplication(scope));

        var resource = scope[..^Suffix.Length].TrimEnd('/');
        if (resource == TokenMint.GraphAudience)
            return (Answer(mint.ForApplication(resource, world.Read(it => it.Permissions.Of(options.ApplicationPermissions)), Lifetime, answersChallenges)), null);

        // The application asking for a token to itself: right in form, and what an API must refuse where it expects people.
        return resource == options.ClientId.ToString() || resource == $"api://{options.ClientId}"
            ? (Answer(mint.ForApplication(options.ClientId.ToString(), [], Lifetime, answersChallenges)), null)
            : (null, EntraProblem.UnknownResource(resource));
    }

    private async Task<(JsonObject?, EntraProblem?)> OnBehalfOfAsync(IFormCollection form)
    {
        if (form["requested_token_use"] != "on_behalf_of")
            return (null, EntraProblem.MissingParameter("requested_token_use"));
        if (string.IsNullOrEmpty(form["assertion"]))
            return (null, EntraProblem.MissingParameter("assertion"));

        var (token, problem) = await mint.CheckAsync(form["assertion"]!, options.ClientId.ToString(), $"api://{options.ClientId}");
        if (token is null)
        {
            return (null, problem switch
            {
                SecurityTokenExpiredException or SecurityTokenNotYetValidException => EntraProblem.AssertionOutOfTime(),
                SecurityTokenInvalidAudienceException => EntraProblem.WrongAssertionAudience(),
                _ => EntraProblem.BadAssertion(problem?.GetType().Name ?? "unknown"),
            });
        }

        if (TokenMint.Claim(token, "scp") is null || TokenMint.Claim(token, "oid") is not { } user)
            return (null, EntraProblem.BadAssertion("the assertion is not a user's delegated token"));

        var consented = world.Read(it => it.Permissions.Of(options.DelegatedPermissions));
        var granted = new List<string>();
        foreach (var asked in form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(OpenIdScopes))
        {
            var scope = asked.StartsWith(TokenMint.GraphAudience + "/", StringComparison.OrdinalIgnoreCase)
                ? asked[(TokenMint.GraphAudience.Length + 1)..].TrimStart('/')
                : asked;
            if (scope.Contains('/', StringComparison.Ordinal))
                return (null, EntraProblem.UnknownResource(asked));
            if (scope == ".default")
                granted.AddRange(consented);
            else if (consented.Contains(scope, StringComparer.OrdinalIgnoreCase))
                granted.Add(scope);
            else
                return (null, EntraProblem.NotConsented(asked));
        }

        if (granted.Count == 0)
            return (null, EntraProblem.BadScope(form["scope"].ToString()));

        var answer = Answer(mint.OnBehalfOf(user, granted.Distinct(), Lifetime, AnswersChallenges(form)));
        answer["scope"] = string.Join(' ', granted.Distinct().Select(scope => $"{TokenMint.GraphAudience}/{scope}"));
        answer["id_token"] = mint.IdTokenFor(token, Lifetime);
        answer["client_info"] = Base64UrlEncoder.Encode(
            new JsonObject { ["uid"] = user, ["utid"] = options.TenantId.ToString() }.ToJsonString());
        return (answer, null);
    }

    /// <summary>Client capability CP1, which MSAL names among the claims it asks for.</summary>
    private static bool AnswersChallenges(IFormCollection form) =>
        form["claims"].ToString().Contains("\"CP1\"", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whose token a request wants to exchange or renew, unchecked; null when it is the application's own request.</summary>
    public static Guid? UserOf(IFormCollection form)
    {
        try
        {
            var token = form["assertion"].Count > 0 ? form["assertion"] : form[PublicGrants.Refresh];
            return Guid.TryParse(TokenMint.Claim(new JsonWebToken(token.ToString()), "oid"), out var user) ? user : null;
        }
        catch (ArgumentException)
        {
            return null; // Not a token: the grant will say so.
        }
    }

    private async Task<EntraProblem?> RefuseClientAsync(string tenant, IFormCollection form)
    {
        if (!string.IsNullOrEmpty(form["client_assertion"]))
        {
            return form["client_assertion_type"] == AssertionType
                ? await RefuseAssertionAsync(tenant, form["client_assertion"]!)
                : EntraProblem.MissingParameter("client_assertion_type");
        }

        if (string.IsNullOrEmpty(form["client_secret"]))
            return EntraProblem.NoCredential();

        var isRight = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(form["client_secret"].ToString()), Encoding.UTF8.GetBytes(options.ClientSecret));
        return isRight ? null : EntraProblem.WrongSecret(options.ClientId.ToString());
    }

    /// <summary>An assertion is good when a registered certificate's key signed it, for this endpoint, in its time.</summary>
    private async Task<EntraProblem?> RefuseAssertionAsync(string tenant, string assertion)
    {
        var keys = world.Read(it => it.Certificates.ToList()).ConvertAll(pem => certificateKeys.GetOrAdd(pem, KeyOf));
        if (keys.Count == 0)
            return EntraProblem.BadClientAssertion("No certificate is registered: POST /sim/certificates first.");

        var result = await Handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            ValidIssuer = options.ClientId.ToString(),
            ValidAudiences =
            [
                $"{mint.Host}/{tenant}/oauth2/v2.0/token",
                mint.IssuerOf(tenant),
                mint.IssuerOf(options.TenantId.ToString()),
            ],
            ClockSkew = TimeSpan.FromMinutes(5),
        });
        if (result.IsValid)
            return TokenMint.Claim((JsonWebToken)result.SecurityToken, "sub") == options.ClientId.ToString()
                ? null
                : EntraProblem.BadClientAssertion("The subject is not the application.");

        return result.Exception is SecurityTokenExpiredException or SecurityTokenNotYetValidException
            ? EntraProblem.ClientAssertionOutOfTime()
            : EntraProblem.BadClientAssertion($"[Reason - {result.Exception.GetType().Name}]");
    }

    private static X509SecurityKey KeyOf(string pem) =>
        new(X509Certificate2.CreateFromPem(pem)) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };

    private static JsonObject Answer(string accessToken) => new()
    {
        ["token_type"] = "Bearer",
        ["expires_in"] = (int)Lifetime.TotalSeconds,
        ["ext_expires_in"] = (int)Lifetime.TotalSeconds,
        ["access_token"] = accessToken,
    };
}
