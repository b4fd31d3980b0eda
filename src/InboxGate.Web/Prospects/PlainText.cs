using System.Globalization;
using System.Text;

namespace InboxGate.Web.Prospects;

/// <summary>What comes from elsewhere as text for people: one line, nothing in it that is not seen.</summary>
internal static class PlainText
{
    /// <summary>Trimmed, without control and direction characters, runs of white space as one space; null when nothing is left.</summary>
    /// <param name="isCut">Whether it was longer.</param>
    public static string? Clean(string? cell, int longest, out bool isCut)
    {
        isCut = false;
        if (string.IsNullOrWhiteSpace(cell))
        {
            return null;
        }

        var text = IsClean(cell) ? cell : Rewritten(cell);
        if (text.Length > longest)
        {
            isCut = true;
            text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)].TrimEnd();
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>What spreadsheets and our own export put around a text so that it is no formula: <c>'+49 30 123456</c>, <c>="0301234"</c>.</summary>
    public static string Unguarded(string cell)
    {
        if (cell is ['\'', '=' or '+' or '-' or '@', ..])
        {
            return cell[1..];
        }

        return cell.Length > 3 && cell.StartsWith("=\"", StringComparison.Ordinal) && cell[^1] == '"' ? cell[2..^1] : cell;
    }

    private static bool IsClean(string text)
    {
        if (text[0] == ' ' || text[^1] == ' ')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ' ? text[i - 1] == ' ' : IsUnseen(c) || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return true;
    }

    private static string Rewritten(string cell)
    {
        var text = new StringBuilder(cell.Length);
        foreach (var c in cell)
        {
            if (char.IsWhiteSpace(c))
            {
                if (text.Length > 0 && text[^1] != ' ')
                {
                    text.Append(' ');
                }
            }
            else if (!IsUnseen(c))
            {
                text.Append(c);
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Control characters, and those that turn the direction of whatever stands beside them. Joiners stay: some scripts need them.</summary>
    private static bool IsUnseen(char c) =>
        c >= '\u007f' ? char.IsControl(c) || c is '\ufeff' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned
            : c < ' ' && !char.IsWhiteSpace(c);
}
