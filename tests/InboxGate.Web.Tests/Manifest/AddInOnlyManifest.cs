using System.Globalization;
using System.Xml.Linq;

namespace InboxGate.Web.Tests.Manifest;

/// <summary>The add-in only manifest as Outlook reads it, with what its schema does not check.</summary>
internal sealed class AddInOnlyManifest(XDocument document)
{
    private static readonly string[] Languages = ["de-DE", "es-ES", "fr-FR", "ja-JP"];

    // Labels in a ribbon and in a phone's menu are cut beyond this.
    private const int LongestLabel = 32;
    private const int LongestReference = 32;

    public string Id => One("Id").Value;

    public string Version => One("Version").Value;

    public string Permission => One("Permissions").Value;

    public IReadOnlyDictionary<string, string> Images => Resources("Image");

    public IReadOnlyDictionary<string, string> Texts => Resources("String");

    /// <summary>Every address that Outlook would open, but for the sign-in's.</summary>
    public IEnumerable<string> Addresses =>
        Named("Url").Concat(Named("Image")).Concat(Named("IconUrl")).Concat(Named("HighResolutionIconUrl")).Concat(Named("SupportUrl")).Concat(Named("SourceLocation"))
            .Select(element => Attribute(element, "DefaultValue")).OfType<string>().Distinct();

    /// <summary>Functions that a button or an event runs.</summary>
    public IEnumerable<string> Functions =>
        Named("FunctionName").Select(element => element.Value).Concat(Named("LaunchEvent").Select(element => Attribute(element, "FunctionName")).OfType<string>()).Distinct();

    public IEnumerable<string> ControlIds => Named("Control").Select(element => Attribute(element, "id")!);

    /// <summary>Each picture of a button with the pixels that it must have.</summary>
    public IEnumerable<(string Address, int Pixels)> Icons => Named("Image").Where(element => Attribute(element, "resid") is not null)
        .Select(element => (Images.GetValueOrDefault(Attribute(element, "resid")!, ""), Number(element, "size") * (Attribute(element, "scale") is null ? 1 : Number(element, "scale"))))
        .Append((Attribute(One("IconUrl"), "DefaultValue")!, 64))
        .Append((Attribute(One("HighResolutionIconUrl"), "DefaultValue")!, 128));

    /// <summary>Events of the desktop or the phone: type, function and, for sending, mode.</summary>
    public IEnumerable<(string Type, string Function, string? SendMode)> Events(string formFactor) =>
        One(formFactor).Descendants().Where(element => element.Name.LocalName == "LaunchEvent")
            .Select(element => (Attribute(element, "Type")!, Attribute(element, "FunctionName")!, Attribute(element, "SendMode")));

    public IEnumerable<string> ControlsOf(string surface) =>
        ExtensionPoint(surface).Descendants().Where(element => element.Name.LocalName == "Control").Select(element => Attribute(element, "id")!);

    /// <summary>A button's label, tip and what it does.</summary>
    public (string Label, string Title, string Tip, string? Function, string Flags) Button(string id)
    {
        var control = Named("Control").Single(element => Attribute(element, "id") == id);
        string Text(string name) => Texts[Attribute(control.Descendants().First(element => element.Name.LocalName == name), "resid")!];
        var flags = control.Descendants().Where(element => element.Name.LocalName.StartsWith("Supports", StringComparison.Ordinal) && element.Value == "true")
            .Select(element => element.Name.LocalName["Supports".Length..]);
        return (Text("Label"), Text("Title"), Text("Description"),
            control.Descendants().SingleOrDefault(element => element.Name.LocalName == "FunctionName")?.Value, string.Join(' ', flags));
    }

    /// <summary>What the schema lets pass and Outlook does not.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        var defined = Named("Image").Concat(Named("Url")).Concat(Named("String")).Select(element => Attribute(element, "id")).OfType<string>().ToList();
        problems.AddRange(Repeated(defined).Select(id => $"The resource {id} is there twice."));
        var referred = document.Descendants().Select(element => Attribute(element, "resid")).OfType<string>().ToHashSet();
        problems.AddRange(referred.Except(defined).Select(id => $"Nothing is called {id}."));
        problems.AddRange(defined.Except(referred).Select(id => $"Nobody uses {id}."));
        problems.AddRange(defined.Concat(referred).Distinct().Where(id => id.Length > LongestReference).Select(id => $"{id} is longer than {LongestReference}."));
        problems.AddRange(Repeated(ControlIds.Concat(Named("Group").Select(element => Attribute(element, "id")!))).Select(id => $"Two controls are called {id}."));
        var runtimes = Named("Runtime").Select(element => Attribute(element, "resid")!).ToHashSet();
        problems.AddRange(Named("ExtensionPoint").Where(element => Type(element) == "LaunchEvent")
            .Select(element => Attribute(element.Elements().Last(), "resid")!).Where(id => !runtimes.Contains(id)).Select(id => $"No runtime is at {id}, where events are."));

        foreach (var text in Named("String").Append(One("Description")))
        {
            var locales = text.Elements().ToDictionary(element => Attribute(element, "Locale")!, element => Attribute(element, "Value")!);
            var name = Attribute(text, "id") ?? "Description";
            if (locales.Count > 0 && !locales.Keys.Order(StringComparer.Ordinal).SequenceEqual(Languages))
            {
                problems.Add($"{name} is not there in every language.");
            }

            if (name.EndsWith(".Label", StringComparison.Ordinal))
            {
                problems.AddRange(locales.Values.Append(Attribute(text, "DefaultValue")!).Where(label => label.Length > LongestLabel)
                    .Select(label => $"The label {label} is longer than {LongestLabel}."));
            }
        }

        return problems;
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> ids) => ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key);

    private XElement ExtensionPoint(string type) => Named("ExtensionPoint").Single(element => Type(element) == type);

    private Dictionary<string, string> Resources(string kind) =>
        Named(kind).Where(element => Attribute(element, "id") is not null).ToDictionary(element => Attribute(element, "id")!, element => Attribute(element, "DefaultValue")!);

    private IEnumerable<XElement> Named(string name) => document.Descendants().Where(element => element.Name.LocalName == name);

    private XElement One(string name) => Named(name).First();

    private static string? Type(XElement element) => element.Attribute(XName.Get("type", "http://www.w3.org/2001/XMLSchema-instance"))?.Value;

    private static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;

    private static int Number(XElement element, string name) => int.Parse(Attribute(element, name)!, CultureInfo.InvariantCulture);
}
