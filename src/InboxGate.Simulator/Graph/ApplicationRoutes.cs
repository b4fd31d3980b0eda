using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>/applications: registrations of applications. Called with the world locked.</summary>
internal static class ApplicationRoutes
{
    private const string Context = "applications";

    // The members of the resource that are simulated; another one is refused by its name, as Graph does.
    private static readonly string[] Writable =
    [
        "displayName", "signInAudience", "identifierUris", "spa", "web", "publicClient", "api", "appRoles", "requiredResourceAccess",
        "keyCredentials", "tags", "notes", "description", "info",
    ];

    public static GraphAnswer Answer(GraphRequest request, TenantWorld world)
    {
        var isRead = request.Method == "GET";
        if (isRead ? !DirectoryRights.MayReadApplications(request.Caller) : !DirectoryRights.MayWriteApplications(request.Caller))
            return GraphAnswer.PrivilegesMissing();

        if (request.Segments.Count == 1)
        {
            return request.Method switch
            {
                "GET" => AppObjects.List(request, Context, world.Apps.All(AppObjectKind.Application), "displayName", "appId"),
                "POST" => Create(request, world),
                _ => GraphAnswer.NotSimulated(request),
            };
        }

        if (request.Segments.Count != 2)
            return GraphAnswer.NotSimulated(request);
        if (world.Apps.Find(AppObjectKind.Application, request.Segments[1]) is not { } found)
            return AppObjects.NotFound(request.Segments[1]);

        return request.Method switch
        {
            "GET" => AppObjects.One(request, 200, Context, found),
            "PATCH" => Change(request, world, found),
            "DELETE" => Delete(world, found),
            _ => GraphAnswer.NotSimulated(request),
        };
    }

    private static GraphAnswer Create(GraphRequest request, TenantWorld world)
    {
        if (request.Body is not JsonObject body || string.IsNullOrWhiteSpace(AppObjects.Text(body, "displayName")))
            return AppObjects.Invalid("A value is required for property 'displayName' of resource 'Application'.");

        var id = Guid.NewGuid();
        var app = new JsonObject
        {
            ["id"] = id.ToString(),
            ["appId"] = Guid.NewGuid().ToString(),
            ["createdDateTime"] = GraphTime.Seconds(world.Clock.GetUtcNow()),
            ["displayName"] = null,
            ["description"] = null,
            ["notes"] = null,
            ["signInAudience"] = "AzureADandPersonalMicrosoftAccount",
            ["identifierUris"] = new JsonArray(),
            ["publisherDomain"] = world.Domains[0],
            ["tags"] = new JsonArray(),
            ["spa"] = new JsonObject { ["redirectUris"] = new JsonArray() },
            ["web"] = new JsonObject { ["redirectUris"] = new JsonArray() },
            ["publicClient"] = new JsonObject { ["redirectUris"] = new JsonArray() },
            ["info"] = new JsonObject(),
            ["api"] = new JsonObject
            {
                ["requestedAccessTokenVersion"] = null,
                ["oauth2PermissionScopes"] = new JsonArray(),
                ["preAuthorizedApplications"] = new JsonArray(),
                ["knownClientApplications"] = new JsonArray(),
            },
            ["appRoles"] = new JsonArray(),
            ["requiredResourceAccess"] = new JsonArray(),
            ["keyCredentials"] = new JsonArray(),
            ["passwordCredentials"] = new JsonArray(),
        };
        if (Merge(app, body) is { } refused || Check(app, before: null, world, out refused))
            return refused;

        world.Record(new AppObjectSaved(AppObjectKind.Application, id, app));
        return AppObjects.One(request, 201, Context, app);
    }

    private static GraphAnswer Change(GraphRequest request, TenantWorld world, JsonObject found)
    {
        if (request.Body is not JsonObject body)
            return AppObjects.Invalid("A JSON object is expected.");

        var app = found.DeepClone().AsObject();
        if (Merge(app, body) is { } refused || Check(app, found, world, out refused))
            return refused;

        world.Record(new AppObjectSaved(AppObjectKind.Application, Guid.Parse(AppObjects.Text(app, "id")!), app));
        return new GraphAnswer(204);
    }

    private static GraphAnswer Delete(TenantWorld world, JsonObject found)
    {
        var clientId = AppObjects.Text(found, "appId");
        foreach (var principal in world.Apps.All(AppObjectKind.ServicePrincipal).Where(it => AppObjects.Text(it, "appId") == clientId).ToList())
            AppObjects.DeletePrincipal(world, principal);

        world.Record(new AppObjectDeleted(AppObjectKind.Application, Guid.Parse(AppObjects.Text(found, "id")!)));
        return new GraphAnswer(204);
    }

    /// <summary>Members replace the stored ones; those of a complex member are replaced one by one.</summary>
    private static GraphAnswer? Merge(JsonObject app, JsonObject body)
    {
        foreach (var (name, value) in body.Where(member => !member.Key.StartsWith("@odata.", StringComparison.Ordinal)))
        {
            if (!Writable.Contains(name))
                return AppObjects.Invalid($"Invalid property '{name}'.");

            if (value is JsonObject given && app[name] is JsonObject kept)
            {
                foreach (var (member, inner) in given)
                    kept[member] = inner?.DeepClone();
            }
            else
            {
                app[name] = value?.DeepClone();
            }
        }

        foreach (var key in List(app["keyCredentials"]).Where(key => key["customKeyIdentifier"] is null && AppObjects.Text(key, "key") is not null))
        {
            key["keyId"] ??= Guid.NewGuid().ToString();
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(AppObjects.Text(key, "key")!));
            key["customKeyIdentifier"] = Convert.ToBase64String(certificate.GetCertHash());
        }

        return null;
    }

    /// <summary>What Graph refuses to keep.</summary>
    private static bool Check(JsonObject app, JsonObject? before, TenantWorld world, out GraphAnswer refused)
    {
        var scopes = List(app["api"]?["oauth2PermissionScopes"]).ToList();
        var problem =
            List(app["keyCredentials"]).Any(key => AppObjects.Text(key, "key") is null) ? "A key credential needs its key."
            : Texts(app["spa"]?["redirectUris"]).FirstOrDefault(address => !IsRedirect(address)) is { } address
                ? $"The redirect URI '{address}' is not valid: it must begin with https or brk-multihub, or http on localhost."
            : Texts(app["identifierUris"]).FirstOrDefault(uri => !IsIdentifier(uri, app, world)) is { } uri
                ? $"Values of identifierUris property must use a verified domain of the organization or its subdomain: '{uri}'"
            : (Repeated(scopes, "value") ?? Repeated(scopes, "id") ?? Repeated(List(app["appRoles"]), "value") ?? Repeated(List(app["appRoles"]), "id")) is { } twice
                ? $"The value '{twice}' is there twice."
            : List(app["api"]?["preAuthorizedApplications"]).SelectMany(it => Texts(it["delegatedPermissionIds"]))
                .Except(scopes.Select(scope => AppObjects.Text(scope, "id")!)).FirstOrDefault() is { } unknown
                ? $"Property api.preAuthorizedApplications names the permission '{unknown}', which cannot be found."
            : null;
        if (problem is not null)
        {
            refused = AppObjects.Invalid(problem);
            return true;
        }

        // What others may hold tokens for is switched off before it is changed or goes.
        if (before is not null && Entitlements(before).Any(old => (bool?)old["isEnabled"] == true
            && !Entitlements(app).Any(now => AppObjects.Text(now, "id") == AppObjects.Text(old, "id") && AppObjects.Text(now, "value") == AppObjects.Text(old, "value"))))
        {
            refused = GraphAnswer.Error(
                400, "CannotDeleteOrUpdateEnabledEntitlement", "Permission (scope or role) cannot be deleted or updated unless disabled first.");
            return true;
        }

        refused = new GraphAnswer(200);
        return false;
    }

    private static IEnumerable<JsonObject> Entitlements(JsonObject app) => List(app["api"]?["oauth2PermissionScopes"]).Concat(List(app["appRoles"]));

    private static bool IsRedirect(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme is "https" or "brk-multihub" || (uri.Scheme == "http" && uri.Host == "localhost"));

    private static bool IsIdentifier(string identifier, JsonObject app, TenantWorld world) =>
        Uri.TryCreate(identifier, UriKind.Absolute, out var uri)
        && (identifier == $"api://{AppObjects.Text(app, "appId")}"
            || world.Domains.Any(domain => uri.Host == domain || uri.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)));

    private static string? Repeated(IEnumerable<JsonObject> objects, string member) =>
        objects.GroupBy(it => AppObjects.Text(it, member)).FirstOrDefault(same => same.Count() > 1)?.Key;

    private static IEnumerable<JsonObject> List(JsonNode? node) => node is JsonArray list ? list.OfType<JsonObject>() : [];

    private static IEnumerable<string> Texts(JsonNode? node) => node is JsonArray list ? list.OfType<JsonValue>().Select(it => it.GetValue<string>()) : [];
}
