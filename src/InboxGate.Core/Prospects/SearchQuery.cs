using System.Text;

namespace InboxGate.Core.Prospects;

/// <summary>What is looked for: every word of it, in any order, anywhere in what an entry says. Numbers may be written in any way.</summary>
public sealed class SearchQuery
{
    /// <summary>Shorter ones are in every number.</summary>
    private const int FewestDigits = 2;

    /// <summary>Each doubles what is looked for.</summary>
    private const int MostNumbers = 3;

    private SearchQuery(IReadOnlyList<byte[][]> alternatives) => Alternatives = alternatives;

    /// <summary>Any one of them will do; of each, every word must be there. Empty: everything is found.</summary>
    internal IReadOnlyList<byte[][]> Alternatives { get; }

    /// <summary>
    /// Words are compared folded (<see cref="SearchText"/>). Neighbouring words of digits and <c>+ - ( ) / .</c> are also taken
    /// for one number, as a rep may write it at home: without its separators, leading zeros and <c>(0)</c>.
    /// </summary>
    public static SearchQuery Parse(string? text)
    {
        var words = SearchText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<List<string>> alternatives = [[]];
        var numbers = 0;
        for (var at = 0; at < words.Length;)
        {
            var end = at;
            while (end < words.Length && IsNumberLike(words[end]))
            {
                end++;
            }

            if (end == at)
            {
                alternatives.ForEach(x => x.Add(words[at]));
                at++;
                continue;
            }

            var written = words[at..end];
            var number = Digits(string.Concat(written));
            at = end;
            if (number.Length >= FewestDigits && !(written.Length == 1 && written[0] == number) && numbers++ < MostNumbers)
            {
                var asNumber = alternatives.ConvertAll<List<string>>(x => [.. x, number]);
                alternatives.ForEach(x => x.AddRange(written));
                alternatives.AddRange(asNumber);
            }
            else
            {
                alternatives.ForEach(x => x.AddRange(written));
            }
        }

        // The longest is the rarest: it is looked for first.
        return new SearchQuery(words.Length == 0 ? [] : alternatives.ConvertAll(x => x.OrderByDescending(word => word.Length).Select(Encoding.UTF8.GetBytes).ToArray()));
    }

    private static bool IsNumberLike(string word) => word.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '(' or ')' or '/' or '.');

    private static string Digits(string text) =>
        string.Concat(text.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)).TrimStart('0');
}
