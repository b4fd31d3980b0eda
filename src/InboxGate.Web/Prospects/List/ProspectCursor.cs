using System.Buffers.Text;
using System.Text;
using InboxGate.Web.People;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Prospects.List;

/// <summary>Where a page ended: a place in the order of lists, so that it holds whatever is added or taken away meanwhile.</summary>
public readonly record struct ProspectCursor(string SortKey, string Entry, Scope Scope)
{
    public const int Longest = 4096;
    private const char Separator = '\n';

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, SortKey, Entry, ((int)Scope).ToString(System.Globalization.CultureInfo.InvariantCulture))));

    /// <exception cref="RefusalException">It is not one of ours.</exception>
    public static ProspectCursor Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Base64Url.IsValid(text))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
            if (parts is [var sortKey, { Length: > 0 } entry, ['0' or '1' or '2'] scope])
            {
                return new ProspectCursor(sortKey, entry, (Scope)(scope[0] - '0'));
            }
        }

        throw RefusalException.Unprocessable("page-unknown", "There is no such page.", "Send what the page before gave as next, or begin anew without after.");
    }
}
