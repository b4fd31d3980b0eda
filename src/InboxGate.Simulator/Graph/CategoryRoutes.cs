using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>outlook/masterCategories: the names that Outlook offers and their colours. Called with the world locked.</summary>
internal static partial class CategoryRoutes
{
    /// <param name="request">What is asked.</param>
    /// <param name="world">Locked by the caller.</param>
    /// <param name="user">Whose list.</param>
    /// <param name="id">Of one category, or null for the list.</param>
    public static GraphAnswer Answer(GraphRequest request, TenantWorld world, SimulatedUser user, string? id)
    {
        var may = request.Method == "GET"
            ? request.Caller.May("MailboxSettings.Read", "MailboxSettings.ReadWrite")
            : request.Caller.May("MailboxSettings.ReadWrite");
        if (!may)
            return GraphAnswer.AccessDenied();

        var context = $"{request.Root}/$metadata#users('{user.Id}')/outlook/masterCategories";
        var categories = world.MailboxOf(user.Id).Categories;
        if (id is null)
        {
            return request.Method switch
            {
                "GET" => new GraphAnswer(200, new JsonObject
                {
                    ["@odata.context"] = context,
                    ["value"] = new JsonArray([.. categories.Select(pair => Draw(pair.Value.Id, pair.Key, pair.Value.Color))]),
                }),
                "POST" => Create(request, world, user, context),
                _ => GraphAnswer.NotSimulated(request),
            };
        }

        if (categories.FirstOrDefault(pair => pair.Value.Id == id) is not { Key: { } name } found)
            return GraphAnswer.ItemNotFound();

        switch (request.Method)
        {
            case "GET":
                return new GraphAnswer(200, Entity(context, id, name, found.Value.Color));
            case "PATCH":
                return Recolour(request, world, user, context, id, name);
            case "DELETE":
                world.Record(new CategoryDeleted(user.Id, name));
                return new GraphAnswer(204);
            default:
                return GraphAnswer.NotSimulated(request);
        }
    }

    private static GraphAnswer Create(GraphRequest request, TenantWorld world, SimulatedUser user, string context)
    {
        if (Text(request, "displayName") is not { Length: > 0 and <= 255 } name)
            return GraphAnswer.Error(400, "ErrorInvalidArgument", "displayName is required.");
        if (Text(request, "color") is { } wanted && !Color().IsMatch(wanted))
            return UnknownColor(wanted);
        if (world.MailboxOf(user.Id).Categories.ContainsKey(name))
            return GraphAnswer.Error(409, "ErrorFolderExists", "A category with this name exists already.");

        var saved = new CategorySaved(user.Id, Guid.NewGuid().ToString(), name, Text(request, "color") ?? "none");
        world.Record(saved);
        return new GraphAnswer(201, Entity(context, saved.Id, name, saved.Color));
    }

    /// <summary>A category keeps its name for good; only its colour can change.</summary>
    private static GraphAnswer Recolour(GraphRequest request, TenantWorld world, SimulatedUser user, string context, string id, string name)
    {
        if (Text(request, "displayName") is { } other && other != name)
            return GraphAnswer.Error(400, "ErrorInvalidArgument", "The displayName of a category cannot be changed.");
        if (Text(request, "color") is not { } color)
            return GraphAnswer.Error(400, "ErrorInvalidArgument", "color is required.");
        if (!Color().IsMatch(color))
            return UnknownColor(color);

        world.Record(new CategorySaved(user.Id, id, name, color));
        return new GraphAnswer(200, Entity(context, id, name, color));
    }

    private static GraphAnswer UnknownColor(string color) =>
        GraphAnswer.BadRequest($"Cannot convert the literal '{color}' to the expected type 'Microsoft.OutlookServices.CategoryColor'.");

    private static JsonObject Draw(string id, string name, string color) =>
        new() { ["id"] = id, ["displayName"] = name, ["color"] = color };

    private static JsonObject Entity(string context, string id, string name, string color)
    {
        var drawn = Draw(id, name, color);
        drawn.Insert(0, "@odata.context", context + "/$entity");
        return drawn;
    }

    private static string? Text(GraphRequest request, string member) =>
        request.Body is JsonObject body && body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [GeneratedRegex("^(none|preset([0-9]|1[0-9]|2[0-4]))$")]
    private static partial Regex Color();
}
