using System.Globalization;
using System.Text.RegularExpressions;

namespace InboxGate.Simulator.Graph;

/// <summary>What a Prefer header asked for, and the part of it that is honoured.</summary>
internal sealed partial record Preferences(bool ImmutableIds, int? PageSize, bool TextBody)
{
    public static readonly Preferences None = new(false, null, false);

    public string? Applied
    {
        get
        {
            var applied = new List<string>();
            if (ImmutableIds)
                applied.Add("IdType=\"ImmutableId\"");
            if (PageSize is { } size)
                applied.Add(string.Create(CultureInfo.InvariantCulture, $"odata.maxpagesize={size}"));
            if (TextBody)
                applied.Add("outlook.body-content-type=\"text\"");
            return applied.Count == 0 ? null : string.Join(", ", applied);
        }
    }

    public static Preferences Parse(string? header)
    {
        var result = None;
        foreach (Match preference in Preference().Matches(header ?? ""))
        {
            var value = preference.Groups["value"].Value.Trim('"');
            result = preference.Groups["name"].Value.ToLowerInvariant() switch
            {
                "idtype" => result with { ImmutableIds = value.Equals("ImmutableId", StringComparison.OrdinalIgnoreCase) },
                "odata.maxpagesize" or "maxpagesize" when int.TryParse(value, CultureInfo.InvariantCulture, out var size) && size > 0 =>
                    result with { PageSize = Math.Min(size, 1000) },
                "outlook.body-content-type" => result with { TextBody = value.Equals("text", StringComparison.OrdinalIgnoreCase) },
                _ => result,
            };
        }

        return result;
    }

    [GeneratedRegex("""(?<name>[\w.\-]+)\s*=\s*(?<value>"[^"]*"|[^,;\s]*)""")]
    private static partial Regex Preference();
}
