using System.Text.Json.Nodes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>/servicePrincipals: what stands for an application in this tenant, and the app roles it holds. Called with the world locked.</summary>
internal static class ServicePrincipalRoutes
{
    private const string Context = "servicePrincipals";
    private static readonly string[] Writable = ["appId", "tags", "notes", "appRoleAssignmentRequired"];

    /// <param name="tenant">Whose applications these are.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="world">Locked by the caller.</param>
    public static GraphAnswer Answer(GraphRequest request, TenantWorld world, Guid tenant)
    {
        var isRead = request.Method == "GET";
        if (request.Segments.Count >= 3)
            return request.Word(2) == "approleassignments" ? Assignments(request, world) : GraphAnswer.NotSimulated(request);
        if (isRead ? !DirectoryRights.MayReadApplications(request.Caller) : !DirectoryRights.MayWriteApplications(request.Caller))
            return GraphAnswer.PrivilegesMissing();

        if (request.Segments.Count == 1)
        {
            return request.Method switch
            {
                "GET" => AppObjects.List(request, Context, All(world), "appId", "displayName"),
                "POST" => Create(request, world, tenant),
                _ => GraphAnswer.NotSimulated(request),
            };
        }

        if (Find(world, request.Segments[1]) is not { } found)
            return AppObjects.NotFound(request.Segments[1]);
        switch (request.Method)
        {
            case "GET":
                return AppObjects.One(request, 200, Context, found);
            case "DELETE" when found != MicrosoftGraph.ServicePrincipal:
                AppObjects.DeletePrincipal(world, found);
                return new GraphAnswer(204);
            default:
                return GraphAnswer.NotSimulated(request);
        }
    }

    public static JsonObject? Find(TenantWorld world, string id) => All(world).FirstOrDefault(it => id.Equals(AppObjects.Text(it, "id"), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<JsonObject> All(TenantWorld world) => world.Apps.All(AppObjectKind.ServicePrincipal).Prepend(MicrosoftGraph.ServicePrincipal);

    private static GraphAnswer Create(GraphRequest request, TenantWorld world, Guid tenant)
    {
        if (request.Body is not JsonObject body || AppObjects.Text(body, "appId") is not { } clientId)
            return AppObjects.Invalid("A value is required for property 'appId' of resource 'ServicePrincipal'.");
        if (body.FirstOrDefault(member => !Writable.Contains(member.Key) && !member.Key.StartsWith("@odata.", StringComparison.Ordinal)).Key is { } unknown)
            return AppObjects.Invalid($"Invalid property '{unknown}'.");
        if (world.Apps.FindApplication(clientId) is not { } app)
            return AppObjects.Invalid($"The appId '{clientId}' of the service principal does not reference a valid application object.");
        if (All(world).Any(it => AppObjects.Text(it, "appId") == clientId))
            return GraphAnswer.Error(409, "Request_MultipleObjectsWithSameKeyValue", $"The service principal cannot be created, updated, or restored because the service principal name {clientId} is already in use.");

        var id = Guid.NewGuid();
        var principal = new JsonObject
        {
            ["id"] = id.ToString(),
            ["appId"] = clientId,
            ["appOwnerOrganizationId"] = tenant.ToString(),
            ["accountEnabled"] = true,
            ["displayName"] = AppObjects.Text(app, "displayName"),
            ["appRoleAssignmentRequired"] = (bool?)body["appRoleAssignmentRequired"] ?? false,
            ["servicePrincipalType"] = "Application",
            ["tags"] = body["tags"]?.DeepClone() ?? new JsonArray(),
            ["notes"] = body["notes"]?.DeepClone(),
            ["appRoles"] = app["appRoles"]!.DeepClone(),
            ["oauth2PermissionScopes"] = app["api"]!["oauth2PermissionScopes"]!.DeepClone(),
        };
        world.Record(new AppObjectSaved(AppObjectKind.ServicePrincipal, id, principal));
        return AppObjects.One(request, 201, Context, principal);
    }

    private static GraphAnswer Assignments(GraphRequest request, TenantWorld world)
    {
        if (request.Method == "GET" ? !DirectoryRights.MayReadApplications(request.Caller) : !DirectoryRights.MayAssignRoles(request.Caller))
            return GraphAnswer.PrivilegesMissing();
        if (Find(world, request.Segments[1]) is not { } principal)
            return AppObjects.NotFound(request.Segments[1]);

        var id = AppObjects.Text(principal, "id")!;
        var held = world.Apps.All(AppObjectKind.AppRoleAssignment).Where(it => AppObjects.Text(it, "principalId") == id);
        switch (request.Method, request.Segments.Count)
        {
            case ("GET", 3):
                return AppObjects.List(request, $"{Context}('{id}')/appRoleAssignments", held);
            case ("POST", 3):
                return Assign(request, world, principal, held);
            case ("DELETE", 4) when held.FirstOrDefault(it => AppObjects.Text(it, "id") == request.Segments[3]) is { } found:
                world.Record(new AppObjectDeleted(AppObjectKind.AppRoleAssignment, Guid.Parse(AppObjects.Text(found, "id")!)));
                return new GraphAnswer(204);
            case ("DELETE", 4):
                return AppObjects.NotFound(request.Segments[3]);
            default:
                return GraphAnswer.NotSimulated(request);
        }
    }

    private static GraphAnswer Assign(GraphRequest request, TenantWorld world, JsonObject principal, IEnumerable<JsonObject> held)
    {
        var body = request.Body as JsonObject;
        if (AppObjects.Text(body, "principalId") != AppObjects.Text(principal, "id")
            || Find(world, AppObjects.Text(body, "resourceId") ?? "") is not { } resource
            || AppObjects.Text(body, "appRoleId") is not { } role
            || !resource["appRoles"]!.AsArray().Any(it => AppObjects.Text((JsonObject)it!, "id") == role))
        {
            return AppObjects.Invalid("Permission being assigned was not found on application");
        }

        var resourceId = AppObjects.Text(resource, "id");
        if (held.Any(it => AppObjects.Text(it, "resourceId") == resourceId && AppObjects.Text(it, "appRoleId") == role))
            return AppObjects.Invalid("Permission being assigned already exists on the object");

        var id = Guid.NewGuid();
        var assignment = new JsonObject
        {
            ["id"] = id.ToString(),
            ["appRoleId"] = role,
            ["createdDateTime"] = GraphTime.Seconds(world.Clock.GetUtcNow()),
            ["principalDisplayName"] = AppObjects.Text(principal, "displayName"),
            ["principalId"] = AppObjects.Text(principal, "id"),
            ["principalType"] = "ServicePrincipal",
            ["resourceDisplayName"] = AppObjects.Text(resource, "displayName"),
            ["resourceId"] = resourceId,
        };
        world.Record(new AppObjectSaved(AppObjectKind.AppRoleAssignment, id, assignment));
        return AppObjects.One(request, 201, $"{Context}('{assignment["principalId"]}')/appRoleAssignments", assignment);
    }
}
