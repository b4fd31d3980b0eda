using InboxGate.Web.Mailbox;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>Why contacts cannot be read, as a stable code; beside these, those of <see cref="MailboxProblem"/>.</summary>
public static class ContactProblem
{
    /// <summary>The app or the rep may not read contacts: an administrator can allow it.</summary>
    public const string Denied = "contactsDenied";

    /// <summary>The folder is there no more.</summary>
    public const string FolderGone = "contactFolderGone";

    /// <summary>There are more contacts than one source may bring; those beyond are left out.</summary>
    public const string TooMany = "contactsTooMany";

    /// <summary>The code; null for a cancellation and for what is no fault of Microsoft Graph or Entra.</summary>
    /// <param name="folderId">What was asked for; empty for the default folder, which is never gone by itself.</param>
    public static string? Of(Exception failure, string folderId) => MailboxProblem.Of(failure) switch
    {
        MailboxProblem.AccessDenied or MailboxProblem.ConsentMissing => Denied,
        MailboxProblem.MailboxNotFound when folderId.Length > 0 => FolderGone,
        var problem => problem,
    };
}
