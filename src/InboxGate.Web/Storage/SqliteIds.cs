using System.Text;

namespace InboxGate.Web.Storage;

/// <summary>Ids as SQLite's driver writes them. It makes two texts each time that it is given one.</summary>
internal static class SqliteIds
{
    private const int Length = 36;

    public static string Text(Guid id) => string.Create(Length, id, static (text, id) =>
    {
        id.TryFormat(text, out _);
        Ascii.ToUpperInPlace(text, out _);
    });
}
