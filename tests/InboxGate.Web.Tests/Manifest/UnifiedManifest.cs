using System.Text.Json.Nodes;

namespace InboxGate.Web.Tests.Manifest;

/// <summary>The unified manifest as Outlook reads it, with what its schema does not check.</summary>
internal sealed class UnifiedManifest(JsonNode manifest)
{
    // What may stand there; the schema takes any word.
    private static readonly string[] KnownEvents = ["newMessageComposeCreated", "messageSending"];
    private static readonly string[] KnownPermissions = ["MailboxItem.Read.User", "Mailbox.SharedFolder"];

    private JsonNode Extension => manifest["extensions"]![0]!;

    public string Version => Text(manifest["version"]);

    public IReadOnlyList<string> Permissions => [.. Items(manifest["authorization"]!["permissions"]!["resourceSpecific"]).Select(x => Text(x["name"]))];

    public string HiddenAddIn => Text(Extension["alternates"]![0]!["hide"]!["customOfficeAddin"]!["officeAddinId"]);

    public IEnumerable<(string Type, string Function, string? SendMode, string Needs)> Events => Items(Extension["autoRunEvents"]).SelectMany(group => Items(group["events"])
        .Select(x => (Text(x["type"]), Text(x["actionId"]), (string?)x["options"]?["sendMode"], Text(group["requirements"]!["capabilities"]![0]!["minVersion"]))));

    public IEnumerable<string> Functions => Actions.Where(x => Text(x["type"]) == "executeFunction").Select(x => Text(x["id"]));

    public JsonNode WebApplication => manifest["webApplicationInfo"]!;

    public IReadOnlyList<string> Domains => [.. Items(manifest["validDomains"]).Select(Text)];

    public IEnumerable<string> Addresses
    {
        get
        {
            var developer = manifest["developer"]!;
            return Items(Extension["runtimes"]).SelectMany(x => new[] { (string?)x["code"]!["page"], (string?)x["code"]!["script"] })
                .Concat(Icons.Select(x => x.Address))
                .Append((string?)developer["websiteUrl"]).Append((string?)developer["privacyUrl"]).Append((string?)developer["termsOfUseUrl"])
                .OfType<string>().Distinct();
        }
    }

    public IEnumerable<(string Address, int Pixels)> Icons => Groups.Concat(Groups.SelectMany(x => Items(x["controls"])))
        .SelectMany(x => Items(x["icons"])).Select(x => (Text(x["url"]), (int)x["size"]!)).Distinct();

    /// <param name="context"><c>mailRead</c> or <c>mailCompose</c>.</param>
    public IEnumerable<string> ControlsOf(string context) => Items(Extension["ribbons"])
        .Where(x => Items(x["contexts"]).Select(Text).Contains(context)).SelectMany(GroupsOf).SelectMany(x => Items(x["controls"])).Select(x => Text(x["id"]));

    /// <summary>A button's label, tip and what it does, in the words of the other manifest.</summary>
    public (string Label, string Title, string Tip, string? Function, string Flags) Button(string id)
    {
        var control = Controls.Single(x => Text(x["id"]) == id);
        var action = Actions.Single(x => Text(x["id"]) == Text(control["actionId"]));
        var flags = new[] { ("pinnable", "Pinning"), ("supportsNoItemContext", "NoItemContext"), ("multiselect", "MultiSelect") }
            .Where(flag => (bool?)action[flag.Item1] == true).Select(flag => flag.Item2);
        return (Text(control["label"]), Text(control["supertip"]!["title"]), Text(control["supertip"]!["description"]),
            Text(action["type"]) == "executeFunction" ? Text(action["id"]) : null, string.Join(' ', flags));
    }

    /// <summary>What the schema lets pass and Outlook does not.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        var actions = Actions.Select(x => Text(x["id"])).ToList();
        problems.AddRange(Repeated(actions).Select(id => $"Two actions are called {id}."));
        var referred = Controls.Select(x => Text(x["actionId"])).Concat(Events.Select(x => x.Function)).Distinct().ToList();
        problems.AddRange(referred.Except(actions).Select(id => $"No action is called {id}."));
        problems.AddRange(actions.Except(referred).Select(id => $"Nobody runs {id}."));
        problems.AddRange(Repeated(Controls.Concat(Groups).Select(x => Text(x["id"]))).Select(id => $"Two controls are called {id}."));
        problems.AddRange(Events.Select(x => x.Type).Except(KnownEvents).Select(type => $"Outlook has no event {type}."));
        problems.AddRange(Permissions.Except(KnownPermissions).Select(name => $"The permission {name} is not one that InboxGate needs."));
        return problems;
    }

    /// <summary>What a language file says about places that are not in the manifest, or says nothing new about.</summary>
    public IEnumerable<string> Lost(JsonNode language) => language.AsObject()
        .Where(x => x.Key != "$schema" && (At(x.Key) is not { } original || (x.Key != "name.short" && original == Text(x.Value))))
        .Select(x => x.Key);

    private string? At(string path)
    {
        JsonNode? node = manifest;
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            node = node switch
            {
                JsonArray list => int.TryParse(step, out var index) && index < list.Count ? list[index] : null,
                JsonObject members => members[step],
                _ => null,
            };
        }

        return (string?)node;
    }

    private IEnumerable<JsonNode> Actions => Items(Extension["runtimes"]).SelectMany(x => Items(x["actions"]));

    private IEnumerable<JsonNode> Groups => Items(Extension["ribbons"]).SelectMany(GroupsOf);

    private IEnumerable<JsonNode> Controls => Groups.SelectMany(x => Items(x["controls"]));

    private static IEnumerable<JsonNode> GroupsOf(JsonNode ribbon) => Items(ribbon["tabs"]).SelectMany(x => Items(x["groups"]));

    private static IEnumerable<string> Repeated(IEnumerable<string> ids) => ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key);

    private static IEnumerable<JsonNode> Items(JsonNode? list) => list!.AsArray().OfType<JsonNode>();

    private static string Text(JsonNode? node) => (string)node!;
}
