namespace InboxGate.Web.Marks;

/// <summary>Stable codes of <c>RepRow.MarksProblem</c>.</summary>
public static class MarksProblem
{
    /// <summary>The tenant has not granted what marks need: Mail.ReadWrite and MailboxSettings.ReadWrite.</summary>
    public const string Denied = "marksDenied";

    /// <summary>The rep has opted out, and some of ours may still be in the mailbox.</summary>
    public const string Remaining = "marksRemain";
}
