using System.Globalization;
using System.Text;

namespace InboxGate.Core.Prospects;

/// <summary>Text as it is searched and sorted: without case, accents and typographic forms.</summary>
public static class SearchText
{
    /// <summary>Lower case, no combining marks, ligatures and strokes written out, runs of white space as one space, trimmed.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsWhiteSpace(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control))
            {
                Append(folded, char.ToLowerInvariant(c));
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Letters that Unicode does not take apart.</summary>
    private static void Append(StringBuilder folded, char c) => _ = c switch
    {
        'ß' => folded.Append("ss"),
        'æ' => folded.Append("ae"),
        'œ' => folded.Append("oe"),
        'ø' => folded.Append('o'),
        'ł' => folded.Append('l'),
        'đ' or 'ð' => folded.Append('d'),
        'þ' => folded.Append("th"),
        'ı' => folded.Append('i'),
        _ => folded.Append(c),
    };
}
