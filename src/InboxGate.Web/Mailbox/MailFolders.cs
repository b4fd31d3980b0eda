namespace InboxGate.Web.Mailbox;

/// <summary>The watched folders, by their well-known names.</summary>
public static class MailFolders
{
    public const string Inbox = "inbox";
    public const string SentItems = "sentitems";

    /// <summary>Sent mail first: whom the rep wrote to decides about the answers.</summary>
    public static readonly IReadOnlyList<string> Watched = [SentItems, Inbox];

    /// <summary>On behalf of a rep mail is judged as it is opened; what was sent can only be read.</summary>
    public static readonly IReadOnlyList<string> ReadOnBehalf = [SentItems];
}
