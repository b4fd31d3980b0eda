using System.Security.Claims;
using InboxGate.Web.Limits;
using InboxGate.Web.People;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
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

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<EntraOptions>().BindConfiguration(EntraOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<UserTokens>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<IHttpContextFactory, QueryTokens>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        // There are no cookies: nothing is protected, and no keys have to be made or read at the start.
        services.Remove(services.Single(x => x.ServiceType == typeof(IHostedService) && x.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly));
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<EntraOptions>, SigningKeys, KnownTokens>((jwt, entra, keys, tokens) => Accept(jwt, entra.Value, keys, tokens));
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(User().Build())
            .AddPolicy(ManagerRole, User().RequireRole(ManagerRole).Build())
            .AddPolicy(AdminRole, User().RequireRole(AdminRole).Build());
        return services;
    }

    /// <summary>For a server that acts on the rep's behalf.</summary>
    private static void KeepForRep(HttpContext http, ReadOnlyMemory<char> text, KnownToken token)
    {
        if (token.Principal.IsPerson())
        {
            http.RequestServices.GetRequiredService<UserTokens>().Keep(token.Principal.Rep(), text, token.ExpiresAt);
        }
    }

    /// <summary>The token that a request carries, whatever it is worth, as it lies there; empty when there is none.</summary>
    internal static ReadOnlyMemory<char> BearerOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return (string?)request.Headers.Authorization is { } sent && sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? sent.AsMemory(Scheme.Length).Trim()
            : default;
    }

    /// <summary>The rep behind a validated token.</summary>
    public static RepKey Rep(this ClaimsPrincipal user) => PersonOf(user)!.Value;

    /// <summary>What <see cref="Rep"/> can be asked of: a person of the tenant, not an application and not a guest, with our scope.</summary>
    internal static bool IsPerson(this ClaimsPrincipal user) => PersonOf(user) is not null;

    private static RepKey? PersonOf(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return (user as KnownUser)?.Person;
    }

    private static AuthorizationPolicyBuilder User() => new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.User.IsPerson());

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
            RoleClaimType = KnownUser.RolesClaim,
            NameClaimType = KnownUser.NameClaim,
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
                if (BearerOf(context.Request) is not { IsEmpty: false } sent)
                {
                    return;
                }

                if (await tokens.FindAsync(sent, context.HttpContext.RequestAborted) is { } known)
                {
                    context.Principal = known.Principal;
                    if (RequestLimits.IsLive(context.HttpContext))
                    {
                        // Other requests are over by then.
                        context.Properties.ExpiresUtc = known.ExpiresAt;
                    }

                    KeepForRep(context.HttpContext, sent, known);
                    context.Success();
                    return;
                }

                await keys.LookForKeyOfAsync(sent.ToString(), context.HttpContext.RequestAborted);
            },
            OnTokenValidated = async context =>
            {
                if (context.SecurityToken is JsonWebToken token)
                {
                    var known = new KnownToken(new KnownUser(context.Principal!), token.ValidTo);
                    context.Principal = known.Principal;
                    await tokens.KeepAsync(token.EncodedToken, known, token.Kid, context.HttpContext.RequestAborted);
                    KeepForRep(context.HttpContext, token.EncodedToken.AsMemory(), known);
                }
            },
        };
    }
}
