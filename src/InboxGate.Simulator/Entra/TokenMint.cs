using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator.World;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Entra;

/// <summary>Makes and checks the tokens of the simulated Entra ID. Tokens live by the machine's clock, not the simulated one.</summary>
internal sealed class TokenMint(SimulatorOptions options, EntraKeys keys)
{
    public const string GraphAudience = "https://graph.microsoft.com";
    public static readonly TimeSpan UsualLifetime = TimeSpan.FromSeconds(3599);

    /// <summary>A claim of the simulator's own: the instant of issue, finer than iat, to tell a token from before a challenge from one after it.</summary>
    public const string IssuedTicks = "sim_iat";

    private const string RefreshAudience = "refresh";
    private const string GraphApplicationId = "00000003-0000-0000-c000-000000000000";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<string, JsonWebToken> checkedForGraph = new(StringComparer.Ordinal);

    /// <summary>The https address under which tokens are issued; known once the listener is open.</summary>
    public string Host { get; set; } = "";

    public string IssuerOf(string tenant) => $"{Host}/{tenant}/v2.0";

    /// <summary>What a user's own token for the API holds; anything can be asked to be otherwise.</summary>
    public string ForUser(SimulatedUser user, UserTokenWishes wishes)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var tenant = wishes.Tenant ?? options.TenantId.ToString();
        var expires = now + wishes.ExpiresIn;
        var notBefore = wishes.NotBeforeIn is { } seconds ? now + seconds : Math.Min(now, expires) - 300;
        var claims = new JsonObject
        {
            ["aud"] = wishes.Audience ?? options.ClientId.ToString(),
            ["iss"] = wishes.Issuer ?? IssuerOf(tenant),
            ["iat"] = notBefore,
            ["nbf"] = notBefore,
            ["exp"] = expires,
            ["azp"] = options.ClientId.ToString(),
            ["azpacr"] = "0",
            ["name"] = user.Name,
            ["oid"] = user.Id.ToString(),
            ["preferred_username"] = user.Address,
            ["sub"] = PairwiseSubject(user.Id),
            ["tid"] = tenant,
            ["uti"] = UniqueTokenId(),
            ["ver"] = "2.0",
        };
        if (wishes.Scope.Length > 0)
            claims["scp"] = wishes.Scope;
        if (wishes.Roles.Count > 0)
            claims["roles"] = new JsonArray([.. wishes.Roles.Select(role => (JsonNode)role)]);
        foreach (var (name, value) in wishes.Claims ?? [])
        {
            claims.Remove(name);
            if (value is not null)
                claims[name] = value.DeepClone();
        }

        return Sign(claims);
    }

    /// <summary>A token that the application holds for itself.</summary>
    /// <param name="audience">For which API.</param>
    /// <param name="roles">What it may do there.</param>
    /// <param name="lifetime">From now on.</param>
    /// <param name="answersChallenges">The caller said that it can answer a claims challenge.</param>
    public string ForApplication(string audience, IEnumerable<string> roles, TimeSpan lifetime, bool answersChallenges)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Sign(Capable(answersChallenges, new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = IssuerOf(options.TenantId.ToString()),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)lifetime.TotalSeconds,
            ["appid"] = options.ClientId.ToString(),
            ["azp"] = options.ClientId.ToString(),
            ["azpacr"] = "1",
            ["idtyp"] = "app",
            ["oid"] = ApplicationObjectId,
            ["sub"] = ApplicationObjectId,
            ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
            ["tid"] = options.TenantId.ToString(),
            ["uti"] = UniqueTokenId(),
            ["ver"] = "2.0",
        }));
    }

    /// <summary>A token with which the application acts for a user at Graph.</summary>
    public string OnBehalfOf(string user, IEnumerable<string> scopes, TimeSpan lifetime, bool answersChallenges)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Sign(Capable(answersChallenges, new JsonObject
        {
            ["aud"] = GraphAudience,
            ["iss"] = IssuerOf(options.TenantId.ToString()),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)lifetime.TotalSeconds,
            ["appid"] = options.ClientId.ToString(),
            ["azp"] = options.ClientId.ToString(),
            ["idtyp"] = "user",
            ["oid"] = user,
            ["scp"] = string.Join(' ', scopes),
            ["tid"] = options.TenantId.ToString(),
            ["uti"] = UniqueTokenId(),
            ["ver"] = "2.0",
        }));
    }

    public string IdTokenFor(JsonWebToken assertion, TimeSpan lifetime)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Sign(new JsonObject
        {
            ["aud"] = options.ClientId.ToString(),
            ["iss"] = IssuerOf(options.TenantId.ToString()),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)lifetime.TotalSeconds,
            ["name"] = Claim(assertion, "name"),
            ["oid"] = Claim(assertion, "oid"),
            ["preferred_username"] = Claim(assertion, "preferred_username"),
            ["sub"] = Claim(assertion, "sub"),
            ["tid"] = options.TenantId.ToString(),
            ["uti"] = UniqueTokenId(),
            ["ver"] = "2.0",
        });
    }

    /// <summary>The access token of somebody who has signed in to an application.</summary>
    public string ForSignIn(SimulatedUser user, SignInGrant grant, RequestedScopes scopes, TimeSpan lifetime, bool answersChallenges)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = Capable(answersChallenges, new JsonObject
        {
            ["aud"] = scopes.Resource,
            ["iss"] = IssuerOf(options.TenantId.ToString()),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)lifetime.TotalSeconds,
            ["appid"] = grant.Client.ToString(),
            ["azp"] = grant.Client.ToString(),
            ["azpacr"] = "0",
            ["idtyp"] = "user",
            ["name"] = user.Name,
            ["oid"] = user.Id.ToString(),
            ["preferred_username"] = user.Address,
            ["scp"] = string.Join(' ', scopes.Granted),
            ["sub"] = PairwiseSubject(user.Id),
            ["tid"] = options.TenantId.ToString(),
            ["uti"] = UniqueTokenId(),
            ["ver"] = "2.0",
        });
        if (scopes.Resource != GraphAudience && user.Roles is { Count: > 0 } roles)
            claims["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]);
        if (scopes.Resource == GraphAudience && user.DirectoryRoles is { Count: > 0 } directoryRoles)
            claims["wids"] = new JsonArray([.. directoryRoles.Select(role => (JsonNode)DirectoryRole.TemplateOf(role))]);
        if (grant.Acrs.Count > 0)
            claims["acrs"] = new JsonArray([.. grant.Acrs.Select(context => (JsonNode)context)]);
        return Sign(claims);
    }

    public string IdTokenFor(SimulatedUser user, SignInGrant grant, string? nonce, TimeSpan lifetime)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = grant.Client.ToString(),
            ["iss"] = IssuerOf(options.TenantId.ToString()),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)lifetime.TotalSeconds,
            ["name"] = user.Name,
            ["oid"] = user.Id.ToString(),
            ["preferred_username"] = user.Address,
            ["sub"] = PairwiseSubject(user.Id),
            ["tid"] = options.TenantId.ToString(),
            ["uti"] = UniqueTokenId(),
            ["ver"] = "2.0",
        };
        if (nonce is not null)
            claims["nonce"] = nonce;
        return Sign(claims);
    }

    /// <summary>Says all that renewing takes, so that nothing has to be kept; to a client it is a text like any other.</summary>
    public string RefreshToken(SignInGrant grant) => Sign(new JsonObject
    {
        ["aud"] = RefreshAudience,
        ["iss"] = IssuerOf(options.TenantId.ToString()),
        ["exp"] = grant.RenewableUntil.ToUnixTimeSeconds(),
        ["oid"] = grant.User.ToString(),
        ["azp"] = grant.Client.ToString(),
        ["scp"] = grant.Scope,
        ["spa"] = grant.IsSpa,
        ["acrs"] = new JsonArray([.. grant.Acrs.Select(context => (JsonNode)context)]),
        ["uti"] = UniqueTokenId(),
    });

    public async Task<(SignInGrant? Grant, EntraProblem? Problem)> CheckRefreshAsync(string token)
    {
        var (read, problem) = await CheckAsync(token, RefreshAudience);
        if (read is null && problem is not SecurityTokenExpiredException)
            return (null, EntraProblem.MalformedGrant());

        read ??= new JsonWebToken(token);
        var grant = new SignInGrant(
            Guid.Parse(Claim(read, "azp")!), Guid.Parse(Claim(read, "oid")!), Claim(read, "scp")!, read.GetPayloadValue<bool>("spa"),
            new DateTimeOffset(read.ValidTo, TimeSpan.Zero), read.GetPayloadValue<string[]>("acrs"));
        return grant.RenewableUntil > TimeProvider.System.GetUtcNow() ? (grant, null) : (null, EntraProblem.GrantExpired(grant.IsSpa));
    }

    /// <summary>The token if it is one of ours for one of the audiences and in its time; else null and why.</summary>
    public async Task<(JsonWebToken? Token, Exception? Problem)> CheckAsync(string token, params string[] audiences)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.Published,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidAudiences = audiences,
            ValidIssuer = IssuerOf(options.TenantId.ToString()),
            ClockSkew = TimeSpan.FromMinutes(5),
        });
        return result.IsValid ? ((JsonWebToken)result.SecurityToken, null) : (null, result.Exception);
    }

    /// <summary>A token that was good is good until it ends: its signature is not checked for every item of every batch.</summary>
    public async Task<(JsonWebToken? Token, Exception? Problem)> CheckForGraphAsync(string token)
    {
        if (checkedForGraph.TryGetValue(token, out var known) && known.ValidTo > TimeProvider.System.GetUtcNow().UtcDateTime)
            return (known, null);

        var (read, problem) = await CheckAsync(token, GraphAudience, GraphAudience + "/", GraphApplicationId);
        if (read is null)
            return (null, problem);

        if (checkedForGraph.Count >= MostRemembered)
            checkedForGraph.Clear();
        checkedForGraph[token] = read;
        return (read, null);
    }

    public static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private string ApplicationObjectId => SimulatedUser.IdOf(options.ClientId + "@application").ToString();

    private string PairwiseSubject(Guid user) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.ClientId}:{user}")));

    private static JsonObject Capable(bool answersChallenges, JsonObject claims)
    {
        claims[IssuedTicks] = TimeProvider.System.GetUtcNow().Ticks;
        if (answersChallenges)
            claims["xms_cc"] = new JsonArray("cp1");
        return claims;
    }

    private string Sign(JsonObject claims) => Handler.CreateToken(claims.ToJsonString(), keys.Signing);

    private static string UniqueTokenId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}

/// <summary>What POST /sim/tokens may ask for beyond the user.</summary>
internal sealed record UserTokenWishes(
    IReadOnlyList<string> Roles,
    string Scope,
    long ExpiresIn,
    long? NotBeforeIn,
    string? Audience,
    string? Tenant,
    string? Issuer,
    JsonObject? Claims);
