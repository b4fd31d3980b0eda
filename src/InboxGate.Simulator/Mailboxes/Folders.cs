namespace InboxGate.Simulator.Mailboxes;

internal static class Folders
{
    public const string Inbox = "inbox";
    public const string SentItems = "sentitems";

    private static readonly Dictionary<string, string> DisplayNames = new(StringComparer.OrdinalIgnoreCase)
    {
        [Inbox] = "Inbox",
        [SentItems] = "Sent Items",
        ["drafts"] = "Drafts",
        ["deleteditems"] = "Deleted Items",
        ["junkemail"] = "Junk Email",
        ["archive"] = "Archive",
    };

    public static IEnumerable<string> WellKnown => DisplayNames.Keys;

    /// <summary>Folder names compare without regard to case; this is the form they are kept in.</summary>
    public static string Normalise(string name) => name.Trim().ToLowerInvariant();

    public static string DisplayName(string folder) => DisplayNames.GetValueOrDefault(folder, folder);
}
