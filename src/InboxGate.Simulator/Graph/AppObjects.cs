using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>How Graph lists and draws the objects around applications.</summary>
internal static partial class AppObjects
{
    /// <summary>A page of a collection, of which one member has to equal a value where the request filters.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="context">The last part of the answer's context.</param>
    /// <param name="objects">All of them.</param>
    /// <param name="filterable">Members that a filter may name.</param>
    public static GraphAnswer List(GraphRequest request, string context, IEnumerable<JsonObject> objects, params string[] filterable)
    {
        if (request.Query.Keys.FirstOrDefault(name => name.ToLowerInvariant() is not ("select" or "top" or "filter")) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} in this list");

        if (request.Query.TryGetValue("filter", out var filter))
        {
            if (Equality().Match(filter) is not { Success: true } match || !filterable.Contains(match.Groups["member"].Value))
                return GraphAnswer.NotSimulated(request, $"the filter {filter}");

            var value = match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal);
            objects = objects.Where(it => value.Equals((string?)it[match.Groups["member"].Value], StringComparison.OrdinalIgnoreCase));
        }

        return new GraphAnswer(200, new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#{context}",
            ["value"] = new JsonArray([.. objects.Select(it => Selected(request, it, inList: true))]),
        });
    }

    public static GraphAnswer One(GraphRequest request, int status, string context, JsonObject found)
    {
        var drawn = Selected(request, found, inList: false);
        drawn.Insert(0, "@odata.context", $"{request.Root}/$metadata#{context}/$entity");
        return new GraphAnswer(status, drawn);
    }

    public static GraphAnswer NotFound(string id) =>
        GraphAnswer.Error(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphAnswer Invalid(string message) => GraphAnswer.Error(400, "Request_BadRequest", message);

    public static string? Text(JsonObject? of, string member) =>
        of?[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Deletes everything that was granted to a service principal, and the service principal.</summary>
    public static void DeletePrincipal(TenantWorld world, JsonObject principal)
    {
        var id = Text(principal, "id")!;
        foreach (var (kind, member) in new[] { (AppObjectKind.AppRoleAssignment, "principalId"), (AppObjectKind.PermissionGrant, "clientId") })
        {
            foreach (var granted in world.Apps.All(kind).Where(it => Text(it, member) == id).ToList())
                world.Record(new AppObjectDeleted(kind, Guid.Parse(Text(granted, "id")!)));
        }

        world.Record(new AppObjectDeleted(AppObjectKind.ServicePrincipal, Guid.Parse(id)));
    }

    /// <summary>The bytes of a certificate are shown only where one object is asked for them by name.</summary>
    private static JsonObject Selected(GraphRequest request, JsonObject all, bool inList)
    {
        var asked = request.Query.TryGetValue("select", out var select)
            ? select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;
        var drawn = new JsonObject();
        foreach (var (name, value) in all.Where(member => asked is null || asked.Contains(member.Key, StringComparer.OrdinalIgnoreCase)))
            drawn[name] = value?.DeepClone();

        if ((inList || asked is null) && drawn["keyCredentials"] is JsonArray keys)
        {
            foreach (var key in keys.OfType<JsonObject>())
                key["key"] = null;
        }

        return drawn;
    }

    [GeneratedRegex("^(?<member>\\w+) eq '(?<value>([^']|'')*)'$")]
    private static partial Regex Equality();
}
