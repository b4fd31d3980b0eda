using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using NJsonSchema;

namespace InboxGate.Web.Tests.Manifest;

/// <summary>Microsoft's own schemas, read from beside the tests: no network is asked.</summary>
internal static class Schemas
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Manifest", "Schemas");

    public static IReadOnlyList<string> Problems(XDocument manifest)
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, Path.Combine(Folder, "outlook-xml", "outlook-manifest.xsd"));
        var problems = new List<string>();
        // Without warnings an element of an unknown namespace would pass unread.
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.ProcessIdentityConstraints,
            Schemas = schemas,
        };
        settings.ValidationEventHandler += (_, found) => problems.Add(found.Message);
        using var reader = XmlReader.Create(new StringReader(manifest.ToString()), settings);
        while (reader.Read())
        {
        }

        return problems;
    }

    public static Task<IReadOnlyList<string>> ProblemsAsync(string manifest) => ProblemsAsync("MicrosoftTeams.schema.json", manifest);

    public static Task<IReadOnlyList<string>> LanguageProblemsAsync(string language) => ProblemsAsync("MicrosoftTeams.Localization.schema.json", language);

    private static async Task<IReadOnlyList<string>> ProblemsAsync(string schema, string json)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, "m365-json", schema), TestContext.Current.CancellationToken);
        // Two escapes that JavaScript's expressions have otherwise; see the README there.
        text = text.Replace(@"\\v", @"\\u000b", StringComparison.Ordinal).Replace(@"\\a", @"\\u0007", StringComparison.Ordinal);
        var read = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);
        return [.. read.Validate(json).Select(problem => problem.ToString())];
    }
}
