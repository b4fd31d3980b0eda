using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Entra;

/// <summary>The OpenID documents from which everybody else learns where keys and tokens are.</summary>
internal sealed class EntraMetadata(TokenMint mint, EntraKeys keys)
{
    private static readonly string[] ManyTenants = ["common", "organizations"];

    public static bool Serves(string tenant) =>
        Guid.TryParse(tenant, out _) || IsForMany(tenant);

    /// <summary>Not of one tenant: who signs in decides which.</summary>
    public static bool IsForMany(string tenant) => ManyTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the code that a device shows is entered.</summary>
    public string DevicePage => $"{mint.Host}/common/oauth2/deviceauth";

    public JsonObject OpenIdConfiguration(string tenant) => new()
    {
        ["token_endpoint"] = $"{mint.Host}/{tenant}/oauth2/v2.0/token",
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt", "none"),
        ["jwks_uri"] = $"{mint.Host}/{tenant}/discovery/v2.0/keys",
        ["response_modes_supported"] = new JsonArray("query", "fragment"),
        ["subject_types_supported"] = new JsonArray("pairwise"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["response_types_supported"] = new JsonArray("code"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
        ["scopes_supported"] = new JsonArray("openid", "profile", "email", "offline_access"),
        ["issuer"] = mint.IssuerOf(IssuerTenant(tenant)),
        ["request_uri_parameter_supported"] = false,
        ["authorization_endpoint"] = $"{mint.Host}/{tenant}/oauth2/v2.0/authorize",
        ["device_authorization_endpoint"] = $"{mint.Host}/{tenant}/oauth2/v2.0/devicecode",
        ["end_session_endpoint"] = $"{mint.Host}/{tenant}/oauth2/v2.0/logout",
        ["claims_supported"] = new JsonArray("sub", "iss", "aud", "exp", "iat", "nbf", "name", "oid", "preferred_username", "tid", "ver"),
        ["tenant_region_scope"] = "WW",
    };

    public JsonObject Keys(string tenant) => keys.Document(mint.IssuerOf(IssuerTenant(tenant)));

    /// <summary>For clients that ask which authority hosts belong together before they trust one.</summary>
    public JsonObject InstanceDiscovery(string host) => new()
    {
        ["tenant_discovery_endpoint"] = $"{mint.Host}/common/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = host,
            ["preferred_cache"] = host,
            ["aliases"] = new JsonArray(host),
        }),
    };

    private static string IssuerTenant(string tenant) => Guid.TryParse(tenant, out _) ? tenant : "{tenantid}";
}
