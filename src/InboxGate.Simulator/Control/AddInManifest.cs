using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace InboxGate.Simulator.Control;

/// <summary>
/// An add-in only manifest, read as Outlook reads it: what it gets wrong is refused in words, and what it offers is drawn
/// for the look-alike. Only <c>VersionOverrides</c> 1.1 are played; below them stands the base form.
/// </summary>
internal sealed partial class AddInManifest
{
    private const int LongestText = 256 * 1024;
    private const int LongestResourceId = 32;
    private const int LongestShortString = 125;
    private const int LongestLongString = 250;
    private const int LongestControlId = 125;

    private static readonly XNamespace Base = "http://schemas.microsoft.com/office/appforoffice/1.1";
    private static readonly XNamespace Office = "http://schemas.microsoft.com/office/mailappversionoverrides/1.1";
    private static readonly XNamespace Basic = "http://schemas.microsoft.com/office/officeappbasictypes/1.0";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly string[] Permissions = ["Restricted", "ReadItem", "ReadWriteItem", "ReadWriteMailbox"];
    private static readonly string[] SendModes = ["PromptUser", "SoftBlock", "Block"];
    private static readonly string[] Events =
    [
        "OnNewMessageCompose", "OnMessageCompose", "OnMessageAttachmentsChanged", "OnMessageRecipientsChanged", "OnMessageFromChanged",
        "OnInfoBarDismissClicked", "OnMessageSend", "OnNewAppointmentOrganizer", "OnAppointmentAttachmentsChanged",
        "OnAppointmentAttendeesChanged", "OnAppointmentTimeChanged", "OnAppointmentRecurrenceChanged", "OnAppointmentSend",
    ];

    private readonly XElement root;
    private readonly XElement? overrides;
    private readonly string locale;
    private readonly Dictionary<string, XElement> resources = new(StringComparer.Ordinal);

    private AddInManifest(XElement root)
    {
        this.root = root;
        overrides = root.Descendants(Office + "VersionOverrides").FirstOrDefault();
        locale = Word(root, "DefaultLocale");
        Name = Attribute(Child(root, Base + "DisplayName"), "DefaultValue");
        Id = Guid.TryParse(Word(root, "Id"), out var id)
            ? id
            : throw Refusal.Invalid($"Id has to be a GUID, not {Word(root, "Id")}.");
    }

    public Guid Id { get; }

    public string Name { get; }

    /// <exception cref="Refusal">The text is no manifest that Outlook would take; the title says what is wrong.</exception>
    public static AddInManifest Read(string text)
    {
        if (text.Length > LongestText)
            throw Refusal.Invalid("A manifest has 256 KB at most.");

        XElement root;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XElement.Load(reader);
        }
        catch (XmlException broken)
        {
            throw Refusal.Invalid($"The manifest is not XML: {broken.Message}");
        }

        if (root.Name != Base + "OfficeApp" || TypeOf(root) != "MailApp")
            throw Refusal.Invalid("The manifest has to be an OfficeApp of the type MailApp.");

        var manifest = new AddInManifest(root);
        manifest.ReadResources();
        // Drawing looks at every part, so that what is wrong anywhere is refused here and not met later.
        manifest.Draw(manifest.locale);
        return manifest;
    }

    /// <summary>What the look-alike needs to know, its texts in the language asked for or else the default one.</summary>
    public JsonObject Draw(string language)
    {
        if (!Version().IsMatch(Word(root, "Version")))
            throw Refusal.Invalid("Version has to be four numbers, such as 1.0.0.0.");

        return new JsonObject
        {
            ["id"] = Id.ToString(),
            ["version"] = Word(root, "Version"),
            ["name"] = Name,
            ["icon"] = Address(Attribute(Child(root, Base + "IconUrl"), "DefaultValue"), "IconUrl"),
            ["permissions"] = OneOf(Word(root, "Permissions"), Permissions, "Permissions"),
            ["pane"] = Address(Attribute(root.Descendants(Base + "SourceLocation").FirstOrDefault()
                ?? throw Refusal.Invalid("FormSettings has to name a SourceLocation."), "DefaultValue"), "SourceLocation"),
            ["needs"] = root.Element(Base + "Requirements")?.Descendants(Base + "Set").Select(MinimumOf).FirstOrDefault() ?? "1.1",
            ["overrides"] = overrides is null ? null : DrawOverrides(overrides, language),
        };
    }

    private JsonObject DrawOverrides(XElement shown, string language)
    {
        var host = shown.Descendants(Office + "Host").FirstOrDefault(host => TypeOf(host) == "MailHost")
            ?? throw Refusal.Invalid("VersionOverrides has to hold a Host of the type MailHost.");
        var desktop = host.Element(Office + "DesktopFormFactor") ?? throw Refusal.Invalid("The MailHost has to have a DesktopFormFactor.");
        var controls = host.Descendants(Office + "Control").Select(control => Attribute(control, "id")).ToList();
        if (controls.Find(id => id.Length > LongestControlId) is { } longId)
            throw Refusal.Invalid($"The control id {longId} is longer than {LongestControlId} characters.");
        if (controls.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Refusal.Invalid($"The control id {twice.Key} is used more than once.");

        return new JsonObject
        {
            ["needs"] = shown.Element(Office + "Requirements") is { } needed
                ? needed.Descendants(Basic + "Set").Select(MinimumOf).FirstOrDefault() ?? Default(needed) : "1.1",
            ["sharedFolders"] = desktop.Element(Office + "SupportsSharedFolders")?.Value == "true",
            ["functions"] = FunctionFileOf(desktop, language),
            ["read"] = Buttons(desktop, "MessageReadCommandSurface", language),
            ["compose"] = Buttons(desktop, "MessageComposeCommandSurface", language),
            ["events"] = DrawEvents(host, desktop, language),
            ["mobile"] = host.Element(Office + "MobileFormFactor") is { } mobile
                ? new JsonObject
                {
                    ["functions"] = FunctionFileOf(mobile, language),
                    ["read"] = Buttons(mobile, "MobileMessageReadCommandSurface", language),
                    ["events"] = DrawEvents(host, mobile, language),
                }
                : null,
        };
    }

    private string? FunctionFileOf(XElement form, string language) =>
        form.Element(Office + "FunctionFile") is { } file ? Resource(file, "Url", language) : null;

    private JsonArray Buttons(XElement form, string surface, string language) =>
        [.. form.Elements(Office + "ExtensionPoint").Where(point => TypeOf(point) == surface)
            .SelectMany(point => point.Descendants(Office + "Control"))
            .Select(control => DrawButton(form, control, language))];

    private JsonObject DrawButton(XElement form, XElement control, string language)
    {
        var id = Attribute(control, "id");
        var tip = control.Element(Office + "Supertip");
        return new JsonObject
        {
            ["id"] = id,
            ["group"] = control.Ancestors(Office + "Group").Elements(Office + "Label").FirstOrDefault() is { } label ? Resource(label, "ShortString", language) : Name,
            ["label"] = Resource(Child(control, Office + "Label"), "ShortString", language),
            ["tip"] = tip is null ? null : Resource(Child(tip, Office + "Description"), "LongString", language),
            ["icons"] = new JsonObject(Child(control, Office + "Icon").Elements(Basic + "Image").GroupBy(image => Attribute(image, "size"))
                .Select(size => KeyValuePair.Create<string, JsonNode?>(size.Key, Resource(size.First(), "Image", language)))),
            ["action"] = DrawAction(form, Child(control, Office + "Action"), id, language),
        };
    }

    private JsonObject DrawAction(XElement form, XElement action, string control, string language)
    {
        bool Says(string member) => action.Element(Office + member)?.Value == "true";
        switch (TypeOf(action))
        {
            case "ShowTaskpane":
                return new JsonObject
                {
                    ["pane"] = Resource(Child(action, Office + "SourceLocation"), "Url", language),
                    ["pinning"] = Says("SupportsPinning"),
                    ["multiSelect"] = Says("SupportsMultiSelect"),
                    ["noItem"] = Says("SupportsNoItemContext"),
                };
            case "ExecuteFunction":
                if (form.Element(Office + "FunctionFile") is null)
                    throw Refusal.Invalid($"The control {control} runs a function, but its form factor has no FunctionFile.");
                return new JsonObject { ["function"] = Child(action, Office + "FunctionName").Value.Trim() };
            case var other:
                throw Refusal.Invalid($"The action of the control {control} has to be ShowTaskpane or ExecuteFunction, not {other ?? "nothing"}.");
        }
    }

    private JsonObject? DrawEvents(XElement host, XElement form, string language)
    {
        if (form.Elements(Office + "ExtensionPoint").FirstOrDefault(point => TypeOf(point) == "LaunchEvent") is not { } point)
            return null;

        var source = Child(point, Office + "SourceLocation");
        var runtime = host.Element(Office + "Runtimes")?.Elements(Office + "Runtime").FirstOrDefault(runtime => Attribute(runtime, "resid") == Attribute(source, "resid"))
            ?? throw Refusal.Invalid($"The launch events' SourceLocation {Attribute(source, "resid")} has to be the resid of a Runtime.");
        var script = runtime.Elements(Office + "Override").FirstOrDefault(it => (string?)it.Attribute("type") == "javascript");
        var handlers = point.Descendants(Office + "LaunchEvent").ToList();
        if (handlers.GroupBy(handler => Attribute(handler, "Type")).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Refusal.Invalid($"{twice.Key} is handled more than once.");

        return new JsonObject
        {
            ["page"] = Resource(source, "Url", language),
            ["script"] = script is null ? null : Resource(script, "Url", language),
            ["handlers"] = new JsonObject(handlers.Select(handler => KeyValuePair.Create<string, JsonNode?>(
                OneOf(Attribute(handler, "Type"), Events, "The Type of a LaunchEvent"),
                new JsonObject { ["function"] = Attribute(handler, "FunctionName"), ["sendMode"] = SendModeOf(handler) }))),
        };
    }

    private static string? SendModeOf(XElement handler)
    {
        var mode = (string?)handler.Attribute("SendMode");
        if (Attribute(handler, "Type") is not ("OnMessageSend" or "OnAppointmentSend"))
            return mode is null ? null : throw Refusal.Invalid("SendMode belongs to OnMessageSend and OnAppointmentSend alone.");

        return mode is null ? "SoftBlock" : OneOf(mode, SendModes, "SendMode");
    }

    private void ReadResources()
    {
        foreach (var resource in overrides?.Element(Office + "Resources")?.Elements().Elements() ?? [])
        {
            var (id, kind) = (Attribute(resource, "id"), KindOf(resource));
            if (id.Length is 0 or > LongestResourceId)
                throw Refusal.Invalid($"The resource id {id} has to have 1 to {LongestResourceId} characters.");
            if (!resources.TryAdd(id, resource))
                throw Refusal.Invalid($"The resource id {id} is used more than once.");

            foreach (var value in resource.Elements(Basic + "Override").Select(it => Attribute(it, "Value")).Prepend(Attribute(resource, "DefaultValue")))
                CheckValue(id, kind, value);
        }

        foreach (var use in overrides?.Descendants().Attributes("resid") ?? [])
        {
            if (!resources.ContainsKey(use.Value))
                throw Refusal.Invalid($"{use.Parent!.Name.LocalName} names the resource {use.Value}, which Resources does not hold.");
        }
    }

    private static void CheckValue(string id, string kind, string value)
    {
        var longest = kind switch { "ShortString" => LongestShortString, "LongString" => LongestLongString, _ => int.MaxValue };
        if (value.Length > longest)
            throw Refusal.Invalid($"The text {id} is longer than {longest} characters.");
        if (kind is "Url" or "Image")
            Address(value, $"The address {id}");
    }

    private string Resource(XElement use, string kind, string language)
    {
        var id = Attribute(use, "resid");
        var resource = resources[id];
        if (KindOf(resource) != kind)
            throw Refusal.Invalid($"{use.Name.LocalName} names the resource {id}, which is a {KindOf(resource)} where a {kind} is expected.");

        return resource.Elements(Basic + "Override").FirstOrDefault(it => Attribute(it, "Locale").Equals(language, StringComparison.OrdinalIgnoreCase)) is { } spoken
            ? Attribute(spoken, "Value")
            : Attribute(resource, "DefaultValue");
    }

    /// <summary>Image, Url, ShortString or LongString: the name of the group without its last letter.</summary>
    private static string KindOf(XElement resource) => resource.Parent!.Name.LocalName[..^1];

    private static string MinimumOf(XElement set) => (string?)set.Attribute("MinVersion") ?? Default(set.Parent!) ?? "1.1";

    private static string? Default(XElement sets) =>
        (string?)sets.DescendantsAndSelf().Attributes("DefaultMinVersion").FirstOrDefault();

    /// <summary>https, as Outlook demands; http on the loopback interface only, where there is nobody to listen in.</summary>
    private static string Address(string value, string name) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? value
            : throw Refusal.Invalid($"{name} has to be an absolute https address, not {value}.");

    private static string OneOf(string value, string[] known, string name) =>
        known.Contains(value) ? value : throw Refusal.Invalid($"{name} is one of {string.Join(", ", known)}, not {value}.");

    private static string Word(XElement parent, string name) => Child(parent, Base + name).Value.Trim();

    private static XElement Child(XElement parent, XName name) =>
        parent.Element(name) ?? throw Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"{parent.Name.LocalName} has to have a {name.LocalName}."));

    private static string Attribute(XElement element, string name) =>
        (string?)element.Attribute(name) ?? throw Refusal.Invalid($"{element.Name.LocalName} has to have the attribute {name}.");

    private static string? TypeOf(XElement element) => ((string?)element.Attribute(Instance + "type"))?.Split(':')[^1];

    [GeneratedRegex(@"^\d{1,5}(\.\d{1,5}){3}$")]
    private static partial Regex Version();
}
