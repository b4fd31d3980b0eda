using System.Globalization;
using InboxGate.Core.Prospects;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Countries by their codes and by their names: all in English and in their own languages, many in German, French and Spanish.</summary>
internal static class Countries
{
    private static readonly (string Code, string Names)[] Elsewhere =
    [
        ("US", "USA; United States of America; Vereinigte Staaten; Vereinigte Staaten von Amerika; États-Unis; États-Unis d'Amérique; Estados Unidos; Estados Unidos de América; アメリカ; アメリカ合衆国; 米国"),
        ("GB", "UK; Great Britain; England; Scotland; Wales; Vereinigtes Königreich; Großbritannien; Royaume-Uni; Grande-Bretagne; Reino Unido; Gran Bretaña; 英国; イギリス"),
        ("DE", "Allemagne; Alemania; ドイツ"), ("AT", "Autriche"), ("CH", "Suisse; Suiza"), ("FR", "Frankreich; Francia; フランス"), ("ES", "Spanien; Espagne; スペイン"), ("IT", "Italien; Italie; イタリア"),
        ("PT", "Portugal"), ("NL", "Holland; Niederlande; Pays-Bas; Países Bajos"), ("BE", "Belgien; Belgique; Bélgica"), ("LU", "Luxemburg; Luxembourg; Luxemburgo"), ("IE", "Irland; Irlande; Irlanda"),
        ("DK", "Dänemark; Danemark; Dinamarca"), ("SE", "Schweden; Suède; Suecia"), ("NO", "Norwegen; Norvège; Noruega"), ("FI", "Finnland; Finlande; Finlandia"), ("PL", "Polen; Pologne; Polonia"),
        ("CZ", "Czech Republic; Tschechien; Tschechische Republik; Tchéquie; République tchèque; Chequia; República Checa"), ("SK", "Slowakei; Slovaquie; Eslovaquia"), ("HU", "Ungarn; Hongrie; Hungría"),
        ("RO", "Rumänien; Roumanie; Rumania"), ("GR", "Griechenland; Grèce; Grecia"), ("TR", "Turkey; Türkei; Turquie; Turquía"), ("CA", "Kanada; Canadá"), ("MX", "Mexiko; Mexique; México"), ("BR", "Brasilien; Brésil; Brasil"),
        ("AR", "Argentinien; Argentine; Argentina"), ("JP", "Japon; Japón"), ("CN", "Chine"), ("KR", "South Korea; Südkorea; Corée du Sud; Corea del Sur"), ("IN", "Indien; Inde"), ("AU", "Australien; Australie"),
        ("NZ", "Neuseeland; Nouvelle-Zélande; Nueva Zelanda"), ("ZA", "Südafrika; Afrique du Sud; Sudáfrica"),
    ];

    private static readonly Lazy<Dictionary<string, string>> ByName = new(Index);

    /// <returns>ISO 3166, two letters; null when it is not known.</returns>
    public static string? RegionOf(string country) => ByName.Value.GetValueOrDefault(ColumnNames.Key(country));

    private static Dictionary<string, string> Index()
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, names) in Elsewhere)
        {
            foreach (var name in names.Split(';'))
            {
                index[ColumnNames.Key(name)] = code;
            }
        }

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
