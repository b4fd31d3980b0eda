using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Pane;

/// <summary>What a page needs of a language before its script has come; the pane's build writes it (build/languages.mjs).</summary>
/// <param name="Direction"><c>ltr</c> or <c>rtl</c>.</param>
/// <param name="Scripts">The table of its words, and what that imports.</param>
internal sealed record PaneLanguage(string Language, string Direction, IReadOnlyList<string> Scripts, string Today, string CallMade);

/// <summary>The languages that the pane speaks; the first is the one for everybody else.</summary>
internal sealed partial class PaneLanguages
{
    private readonly IReadOnlyList<PaneLanguage> languages;

    private PaneLanguages(IReadOnlyList<PaneLanguage> languages) => this.languages = languages;

    public IEnumerable<PaneLanguage> All => languages;

    public static PaneLanguages Read(string folder) =>
        new(JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, "languages.json")), Written.Default.IReadOnlyListPaneLanguage)!);

    /// <summary>The one that the browser likes best, as the pane itself will find.</summary>
    public PaneLanguage For(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(x => x.Quality is not 0)
        .OrderByDescending(x => x.Quality ?? 1)
        .Select(x => languages.FirstOrDefault(language => string.Equals(language.Language, PrimaryOf(x), StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(x => x is not null)
        ?? languages[0];

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(IReadOnlyList<PaneLanguage>))]
    private sealed partial class Written : JsonSerializerContext;

    private static string PrimaryOf(StringWithQualityHeaderValue range) => range.Value.ToString().Split('-')[0];
}
