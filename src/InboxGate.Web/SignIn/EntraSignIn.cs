using System.Collections.Frozen;
using System.Security.Claims;
using InboxGate.Web.People;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.IdentityModel.Validators;

namespace InboxGate.Web.SignIn;

/// <summary>Who is asking: Entra v2 access tokens for this API, from allow-listed tenants.</summary>
public static class EntraSignIn
{
    public const string Scope = "access_as_user";
    public const string ManagerRole = "Manager";
    public const string AdminRole = "Admin";
    private const string NameClaim = "name";
    private const string RolesClaim = "roles";
    private static readonly FrozenSet<string> Asked = FrozenSet.Create(StringComparer.Ordinal, "tid", "oid", "scp", "idtyp", "acct", "idp", NameClaim, RolesClaim);

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<EntraOptions>().BindConfiguration(EntraOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<UserTokens>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<IHttpContextFactory, QueryTokens>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<EntraOptions>, SigningKeys, KnownTokens>((jwt, entra, keys, tokens) => Accept(jwt, entra.Value, keys, tokens));
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(User().Build())
            .AddPolicy(ManagerRole, User().RequireRole(ManagerRole).Build())
            .AddPolicy(AdminRole, User().RequireRole(AdminRole).Build());
        return services;
    }

    /// <summary>For a server that acts on the rep's behalf.</summary>
    private static void KeepForRep(HttpContext http, string text, KnownToken token)
    {
        if (IsPerson(token.Principal))
        {
            http.RequestServices.GetRequiredService<UserTokens>().Keep(token.Principal.Rep(), new UserToken(text, token.ExpiresAt));
        }
    }

    /// <summary>
    /// Of a token what is asked for later. A live connection holds on to who opened it for as long as it lasts, and the token
    /// with all that was read of it is ten times as large.
    /// </summary>
    private static ClaimsPrincipal Essence(ClaimsPrincipal whole) => new(new ClaimsIdentity(
        whole.Claims.Where(x => Asked.Contains(x.Type)).Select(x => new Claim(x.Type, x.Value)), whole.Identity!.AuthenticationType, NameClaim, RolesClaim));

    /// <summary>The token that a request carries, whatever it is worth.</summary>
    internal static string? BearerOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return (string?)request.Headers.Authorization is { } sent && sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && sent[Scheme.Length..].Trim() is { Length: > 0 } token
            ? token
            : null;
    }

    /// <summary>The rep behind a validated token.</summary>
    public static RepKey Rep(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new(Guid.Parse(user.FindFirst("tid")!.Value), Guid.Parse(user.FindFirst("oid")!.Value));
    }

    /// <summary>A person of the tenant, not an application and not a guest, with our scope.</summary>
    private static AuthorizationPolicyBuilder User() => new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => IsPerson(context.User));

    /// <summary>What <see cref="Rep"/> can be asked of.</summary>
    internal static bool IsPerson(this ClaimsPrincipal user) =>
        user.FindFirst("scp")?.Value.Split(' ').Contains(Scope) == true
        && user.FindFirst("idtyp")?.Value != "app"
        && !IsGuest(user)
        && Guid.TryParse(user.FindFirst("oid")?.Value, out _);

    /// <summary>Who signed in elsewhere has no mailbox here. Entra names another tenant for them, or says it outright where it was asked to.</summary>
    private static bool IsGuest(ClaimsPrincipal user) =>
        user.FindFirst("acct")?.Value == "1"
        || (user.FindFirst("idp")?.Value is { } elsewhere && !elsewhere.Contains(user.FindFirst("tid")!.Value, StringComparison.OrdinalIgnoreCase));

    private static void Accept(JwtBearerOptions jwt, EntraOptions entra, SigningKeys keys, KnownTokens tokens)
    {
        var authority = entra.Authority.ToString().TrimEnd('/');
        var allowed = entra.Tenants.ToDictionary(
            tenant => Guid.Parse(tenant).ToString("D"),
            tenant => $"{authority}/{Guid.Parse(tenant):D}/v2.0",
            StringComparer.OrdinalIgnoreCase);

        jwt.ConfigurationManager = keys;
        jwt.MapInboundClaims = false;
        jwt.SaveToken = false;
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = entra.ClientId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RoleClaimType = RolesClaim,
            NameClaimType = NameClaim,
            ClockSkew = TimeSpan.FromSeconds(30),
            // The issuer is the token's own tenant, and that tenant must be one of ours.
            IssuerValidator = (issuer, token, _) =>
                token is JsonWebToken { } jsonWebToken
                && jsonWebToken.TryGetPayloadValue<string>("tid", out var tenant)
                && allowed.TryGetValue(tenant, out var expected)
                && string.Equals(issuer, expected, StringComparison.Ordinal)
                    ? issuer
                    : throw new SecurityTokenInvalidIssuerException("The tenant is not served here."),
        };
        jwt.TokenValidationParameters.EnableAadSigningKeyIssuerValidation();
        jwt.Events = new JwtBearerEvents
        {
            OnMessageReceived = async context =>
            {
                if (BearerOf(context.Request) is not { } sent)
                {
                    return;
                }

                if (await tokens.FindAsync(sent, context.HttpContext.RequestAborted) is { } known)
                {
                    (context.Principal, context.Properties.ExpiresUtc) = (known.Principal, known.ExpiresAt);
                    KeepForRep(context.HttpContext, sent, known);
                    context.Success();
                    return;
                }

                await keys.LookForKeyOfAsync(sent, context.HttpContext.RequestAborted);
            },
            OnTokenValidated = async context =>
            {
                if (context.SecurityToken is JsonWebToken token)
                {
                    var known = new KnownToken(Essence(context.Principal!), token.ValidTo);
                    context.Principal = known.Principal;
                    await tokens.KeepAsync(token.EncodedToken, known, token.Kid, context.HttpContext.RequestAborted);
                    KeepForRep(context.HttpContext, token.EncodedToken, known);
                }
            },
        };
    }
}
