using System.Globalization;
using InboxGate.Core.Prospects;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Countries by their codes and by their names in English and in their own languages.</summary>
internal static class Countries
{
    private static readonly Lazy<Dictionary<string, string>> ByName = new(Index);

    /// <returns>ISO 3166, two letters; null when it is not known.</returns>
    public static string? RegionOf(string country) => ByName.Value.GetValueOrDefault(ColumnNames.Key(country));

    private static Dictionary<string, string> Index()
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["usa"] = "US", ["unitedstatesofamerica"] = "US", ["uk"] = "GB", ["greatbritain"] = "GB", ["england"] = "GB", ["scotland"] = "GB",
            ["wales"] = "GB", ["holland"] = "NL", ["czechrepublic"] = "CZ", ["southkorea"] = "KR", ["turkey"] = "TR",
        };
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            RegionInfo region;
            try
            {
                region = new RegionInfo(culture.Name);
            }
            catch (ArgumentException)
            {
                // A language of no country.
                continue;
            }

            if (region.TwoLetterISORegionName is not { Length: 2 } code || !char.IsAsciiLetterUpper(code[0]))
            {
                continue;
            }

            foreach (var name in new[] { code, region.ThreeLetterISORegionName, region.EnglishName, region.NativeName })
            {
                if (ColumnNames.Key(name) is { Length: > 1 } key)
                {
                    index.TryAdd(key, code);
                }
            }
        }

        return index;
    }
}
