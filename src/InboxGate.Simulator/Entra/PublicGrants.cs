using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Entra;

/// <summary>The token endpoint for applications without a secret: pages in a browser, tools on a command line.</summary>
internal sealed class PublicGrants(
    SimulatorOptions options, TenantWorld world, TokenMint mint, Registrations registrations, AuthorizationCodes codes, DeviceCodes devices)
{
    public const string Code = "authorization_code";
    public const string Refresh = "refresh_token";
    public const string Device = "urn:ietf:params:oauth:grant-type:device_code";

    // What the libraries still say.
    private const string DeviceForShort = "device_code";

    public static bool Serves(string? grant) => grant is Code or Refresh or Device or DeviceForShort;

    /// <summary>How long the next access tokens live; shorter ones let a demo or a test see them renewed.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TokenMint.UsualLifetime;

    /// <param name="form">Of the request.</param>
    /// <param name="origin">The page that asks from a browser; null for anything else.</param>
    public async Task<(JsonObject? Answer, EntraProblem? Problem)> AnswerAsync(IFormCollection form, string? origin)
    {
        if (registrations.Find(form["client_id"].ToString()) is not { } client)
            return (null, EntraProblem.UnknownApplication(form["client_id"].ToString(), options.TenantId.ToString()));

        return form["grant_type"].ToString() switch
        {
            Code => FromCode(client, form, origin),
            Refresh => await FromRefreshAsync(client, form, origin),
            _ => FromDevice(client, form),
        };
    }

    private (JsonObject?, EntraProblem?) FromCode(Registration client, IFormCollection form, string? origin)
    {
        foreach (var required in new[] { "code", "redirect_uri" })
        {
            if (string.IsNullOrEmpty(form[required]))
                return (null, EntraProblem.MissingParameter(required));
        }

        var (code, problem) = codes.Redeem(form["code"].ToString(), given =>
        {
            if (given.Grant.Client != client.Id)
                return EntraProblem.MalformedGrant();
            if (given.Redirect != form["redirect_uri"])
                return EntraProblem.OtherRedirect(form["redirect_uri"].ToString(), given.Redirect);
            if (RefuseOrigin(client, given.Grant, origin) is { } refused)
                return refused;
            return IsProof(form["code_verifier"].ToString(), given.Challenge) ? null : EntraProblem.WrongVerifier();
        });
        return code is null ? (null, problem) : Tokens(client, code.Grant, code.Grant.Scope, code.Nonce, form);
    }

    private async Task<(JsonObject?, EntraProblem?)> FromRefreshAsync(Registration client, IFormCollection form, string? origin)
    {
        if (string.IsNullOrEmpty(form[Refresh]))
            return (null, EntraProblem.MissingParameter(Refresh));

        var (grant, problem) = await mint.CheckRefreshAsync(form[Refresh].ToString());
        if (grant is null)
            return (null, problem);
        if (grant.Client != client.Id)
            return (null, EntraProblem.MalformedGrant());
        if (RefuseOrigin(client, grant, origin) is { } refused)
            return (null, refused);

        return Tokens(client, grant, form["scope"].ToString() is { Length: > 0 } asked ? asked : grant.Scope, null, form);
    }

    private (JsonObject?, EntraProblem?) FromDevice(Registration client, IFormCollection form)
    {
        if (string.IsNullOrEmpty(form["device_code"]))
            return (null, EntraProblem.MissingParameter("device_code"));

        var (signIn, problem) = devices.Redeem(form["device_code"].ToString(), client.Id);
        return signIn is null
            ? (null, problem)
            : Tokens(client, SignInGrant.Now(client.Id, signIn.ApprovedBy!.Value, signIn.Scope, isSpa: false, []), signIn.Scope, null, form);
    }

    private (JsonObject?, EntraProblem?) Tokens(Registration client, SignInGrant grant, string scope, string? nonce, IFormCollection form)
    {
        var (scopes, problem) = RequestedScopes.Of(scope, registrations, client);
        if (scopes is null)
            return (null, problem);
        if (world.Read(it => it.TryFindUser(grant.User.ToString(), out var found) ? found : null) is not { } user)
            return (null, EntraProblem.UnknownAccount(grant.User.ToString()));

        var claims = ClaimsRequest.Of(form["claims"]);
        if (!claims.IsSatisfiedBy(grant.Acrs))
            return (null, EntraProblem.MoreIsAsked(claims.Demanded) with { Error = "invalid_grant" });

        var seconds = (int)AccessTokenLifetime.TotalSeconds;
        var answer = new JsonObject
        {
            ["token_type"] = "Bearer",
            ["scope"] = string.Join(' ', scopes.Said),
            ["expires_in"] = seconds,
            ["ext_expires_in"] = seconds,
            ["access_token"] = mint.ForSignIn(user, grant, scopes, AccessTokenLifetime, claims.AnswersChallenges),
        };
        if (scopes.Offline)
        {
            answer["refresh_token"] = mint.RefreshToken(grant);
            if (grant.IsSpa)
                answer["refresh_token_expires_in"] = (long)(grant.RenewableUntil - TimeProvider.System.GetUtcNow()).TotalSeconds;
        }

        if (scopes.OpenId)
            answer["id_token"] = mint.IdTokenFor(user, grant, nonce, TokenMint.UsualLifetime);
        if (form["client_info"] == "1")
            answer["client_info"] = ClientInfo(user.Id);
        return (answer, null);
    }

    public string ClientInfo(Guid user) =>
        Base64UrlEncoder.Encode(new JsonObject { ["uid"] = user.ToString(), ["utid"] = options.TenantId.ToString() }.ToJsonString());

    /// <summary>A page's tokens are for pages of the same application only, all others' never for a page.</summary>
    private static EntraProblem? RefuseOrigin(Registration client, SignInGrant grant, string? origin) => (grant.IsSpa, origin) switch
    {
        (true, null) => EntraProblem.OnlyASinglePageApp(),
        (true, _) => client.IsSpaOrigin(origin) ? null : EntraProblem.NotASinglePageApp(),
        (false, not null) => EntraProblem.NotASinglePageApp(),
        _ => null,
    };

    private static bool IsProof(string verifier, string challenge) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));
}
