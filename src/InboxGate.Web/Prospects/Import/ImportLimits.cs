namespace InboxGate.Web.Prospects.Import;

/// <summary>Larger than any list of a rep, and small enough that no file does harm.</summary>
internal static class ImportLimits
{
    public const int LargestFile = 50 * 1024 * 1024;

    /// <summary>What a form adds around the file.</summary>
    public const int LargestForm = LargestFile + (64 * 1024);
    public const int MostRows = 200_000;
    public const int MostColumns = 500;
    public const int LongestCell = 10_000;

    /// <summary>Bytes; a quotation mark that never closes would otherwise have all of the file kept in memory.</summary>
    public const int LongestRow = 4 * 1024 * 1024;
}
