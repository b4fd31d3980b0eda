using System.Text;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Plan;

/// <summary>A holiday's name: one line of at most 200 characters.</summary>
public static class HolidayName
{
    public const int Longest = 200;

    /// <exception cref="RefusalException">It is none.</exception>
    public static string Parse(string? text) =>
        text?.Trim() is { Length: > 0 and <= Longest } name && name == Tidy(name)
            ? name
            : throw RefusalException.Unprocessable("holiday-name", "That is not a name for a holiday.", "Send one line of 1 to 200 characters.");

    /// <summary>What of a text can be a name; null when nothing can.</summary>
    public static string? Tidy(string? text)
    {
        var tidy = new StringBuilder();
        foreach (var letter in (text ?? "").EnumerateRunes())
        {
            tidy.Append(Rune.IsControl(letter) ? " " : letter.ToString());
        }

        var name = tidy.ToString().Trim();
        if (name.Length > Longest)
        {
            name = name[..(char.IsHighSurrogate(name[Longest - 1]) ? Longest - 1 : Longest)];
        }

        return name.Length == 0 ? null : name;
    }
}
