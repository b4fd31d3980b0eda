using System.Text.Json.Nodes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Entra;

/// <summary>What Entra ID knows of an application that people sign in to.</summary>
/// <param name="SpaRedirects">Addresses of single-page apps: exactly these, and their codes are redeemed by a browser only.</param>
/// <param name="PublicRedirects">Addresses of installed apps; on this machine with any port.</param>
/// <param name="AllowsPublicFlows">Whether a device code may be asked for.</param>
/// <param name="Exposed">Scopes that others ask for as <c>api://{id}/{scope}</c>.</param>
/// <param name="IsSingleTenant">Its people are signed in at the tenant's own address only.</param>
/// <param name="MayAskFor">Delegated permissions of Graph; null for Microsoft's own tools, which may ask for all of them.</param>
internal sealed record Registration(
    Guid Id,
    string Name,
    IReadOnlyList<string> SpaRedirects,
    IReadOnlyList<string> PublicRedirects,
    bool AllowsPublicFlows,
    IReadOnlyList<string> Exposed,
    bool IsSingleTenant,
    IReadOnlyList<string>? MayAskFor)
{
    public bool IsSpa(string redirect) => SpaRedirects.Contains(redirect, StringComparer.Ordinal);

    /// <summary>Only web addresses lead back from a browser; those of brokers begin otherwise.</summary>
    public bool Knows(string redirect) =>
        Uri.TryCreate(redirect, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && (IsSpa(redirect) || PublicRedirects.Any(known => known == redirect || IsLoopback(known, address)));

    public bool IsSpaOrigin(string origin) =>
        SpaRedirects.Any(redirect => Uri.TryCreate(redirect, UriKind.Absolute, out var address)
            && address.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopback(string known, Uri address) =>
        Uri.TryCreate(known, UriKind.Absolute, out var registered) && registered.Host == "localhost"
        && (registered.Scheme, registered.Host, registered.AbsolutePath) == (address.Scheme, address.Host, address.AbsolutePath);
}

/// <summary>The applications of the tenant, registered through Graph or from the start, and the tools of Microsoft's that every tenant has.</summary>
internal sealed class Registrations(SimulatorOptions options, TenantWorld world)
{
    private static readonly string[] OnThisMachine = ["http://localhost"];

    private static readonly Registration[] Tools =
    [
        new(Guid.Parse("14d82eec-204b-4c2f-b7e8-296a70dab67e"), "Microsoft Graph Command Line Tools", [], OnThisMachine, true, [], false, null),
        new(Guid.Parse("04b07795-8ddb-461a-bbee-02f9e1bf7b46"), "Microsoft Azure CLI", [], OnThisMachine, true, [], false, null),
    ];

    public Registration? Find(string client)
    {
        if (!Guid.TryParse(client, out var id))
            return null;

        return All().FirstOrDefault(client => client.Id == id);
    }

    /// <summary>An administrator has taken the permission away, or never approved it.</summary>
    public bool IsDenied(string scope) => world.Read(it => it.Permissions.IsDenied(scope));

    /// <summary>Of any application of the tenant.</summary>
    public bool IsKnownRedirect(string redirect) => All().Any(client => client.Knows(redirect));

    public bool IsSpaOrigin(string origin) => All().Any(client => client.IsSpaOrigin(origin));

    private IEnumerable<Registration> All() =>
        Tools.Prepend(Own()).Concat(world.Read(it => it.Apps.All(AppObjectKind.Application).Select(app => Registered(it, app)).ToList()));

    /// <summary>As it was registered through Graph.</summary>
    private static Registration Registered(TenantWorld it, JsonObject app)
    {
        var id = (string)app["appId"]!;
        var principal = it.Apps.All(AppObjectKind.ServicePrincipal).FirstOrDefault(known => (string?)known["appId"] == id);
        var granted = it.Apps.All(AppObjectKind.PermissionGrant).Where(grant => (string?)grant["clientId"] == (string?)principal?["id"]);
        return new Registration(
            Guid.Parse(id), (string)app["displayName"]!, Texts(app["spa"]?["redirectUris"]), [], AllowsPublicFlows: false,
            [.. (app["api"]?["oauth2PermissionScopes"]?.AsArray() ?? []).Select(scope => (string)scope!["value"]!)],
            IsSingleTenant: (string?)app["signInAudience"] == "AzureADMyOrg",
            [.. granted.SelectMany(grant => ((string?)grant["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))]);

        static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(text => (string)text!)];
    }

    private Registration Own() => new(
        options.ClientId, "InboxGate", options.RedirectUris, [], AllowsPublicFlows: false, ["access_as_user"], IsSingleTenant: false,
        world.Read(it => it.Permissions.Of(options.DelegatedPermissions)));
}
