using System.Text.Json.Nodes;

namespace InboxGate.Simulator.World;

/// <summary>
/// What the directory knows of applications, in the shapes of Graph: their registrations, their stand-ins in this tenant
/// (service principals), and what those were granted. Changed by events only.
/// </summary>
internal sealed class AppRegistry
{
    private readonly Dictionary<AppObjectKind, Dictionary<Guid, JsonObject>> objects =
        Enum.GetValues<AppObjectKind>().ToDictionary(kind => kind, _ => new Dictionary<Guid, JsonObject>());

    public IReadOnlyCollection<JsonObject> All(AppObjectKind kind) => objects[kind].Values;

    public JsonObject? Find(AppObjectKind kind, string id) => Guid.TryParse(id, out var known) ? objects[kind].GetValueOrDefault(known) : null;

    /// <summary>The registration with a client id.</summary>
    public JsonObject? FindApplication(string clientId) =>
        All(AppObjectKind.Application).FirstOrDefault(app => clientId.Equals((string?)app["appId"], StringComparison.OrdinalIgnoreCase));

    public void Apply(AppObjectSaved saved) => objects[saved.Kind][saved.Id] = saved.Object;

    public void Apply(AppObjectDeleted deleted) => objects[deleted.Kind].Remove(deleted.Id);
}

internal enum AppObjectKind
{
    Application,
    ServicePrincipal,
    AppRoleAssignment,
    PermissionGrant,
}
