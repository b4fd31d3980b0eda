using System.Text.Json.Nodes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>/oauth2PermissionGrants: what applications may do for people without asking each of them. Called with the world locked.</summary>
internal static class PermissionGrantRoutes
{
    private const string Context = "oauth2PermissionGrants";

    public static GraphAnswer Answer(GraphRequest request, TenantWorld world)
    {
        if (request.Method == "GET" ? !DirectoryRights.MayReadApplications(request.Caller) : !DirectoryRights.MayGrantPermissions(request.Caller))
            return GraphAnswer.PrivilegesMissing();

        var all = world.Apps.All(AppObjectKind.PermissionGrant);
        if (request.Segments.Count == 1)
        {
            return request.Method switch
            {
                "GET" => AppObjects.List(request, Context, all, "clientId"),
                "POST" => Create(request, world, all),
                _ => GraphAnswer.NotSimulated(request),
            };
        }

        if (request.Segments.Count != 2 || world.Apps.Find(AppObjectKind.PermissionGrant, request.Segments[1]) is not { } found)
            return AppObjects.NotFound(request.Segments[^1]);

        var id = Guid.Parse(AppObjects.Text(found, "id")!);
        switch (request.Method)
        {
            case "GET":
                return AppObjects.One(request, 200, Context, found);
            case "PATCH" when AppObjects.Text(request.Body as JsonObject, "scope") is { } scope:
                var changed = found.DeepClone().AsObject();
                changed["scope"] = scope;
                world.Record(new AppObjectSaved(AppObjectKind.PermissionGrant, id, changed));
                return new GraphAnswer(204);
            case "DELETE":
                world.Record(new AppObjectDeleted(AppObjectKind.PermissionGrant, id));
                return new GraphAnswer(204);
            default:
                return GraphAnswer.NotSimulated(request);
        }
    }

    private static GraphAnswer Create(GraphRequest request, TenantWorld world, IEnumerable<JsonObject> all)
    {
        var body = request.Body as JsonObject;
        var client = ServicePrincipalRoutes.Find(world, AppObjects.Text(body, "clientId") ?? "");
        var resource = ServicePrincipalRoutes.Find(world, AppObjects.Text(body, "resourceId") ?? "");
        if (client is null || resource is null || AppObjects.Text(body, "consentType") != "AllPrincipals" || AppObjects.Text(body, "scope") is not { } scope)
            return AppObjects.Invalid("clientId, resourceId, consentType AllPrincipals and scope are required.");
        if (all.Any(it => AppObjects.Text(it, "clientId") == AppObjects.Text(client, "id") && AppObjects.Text(it, "resourceId") == AppObjects.Text(resource, "id")))
            return GraphAnswer.Error(409, "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.");

        var id = Guid.NewGuid();
        var grant = new JsonObject
        {
            ["clientId"] = AppObjects.Text(client, "id"),
            ["consentType"] = "AllPrincipals",
            ["id"] = id.ToString(),
            ["principalId"] = null,
            ["resourceId"] = AppObjects.Text(resource, "id"),
            ["scope"] = scope,
        };
        world.Record(new AppObjectSaved(AppObjectKind.PermissionGrant, id, grant));
        return AppObjects.One(request, 201, Context, grant);
    }
}
