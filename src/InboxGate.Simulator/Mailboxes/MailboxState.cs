using System.Text.Json.Serialization;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>Whether a person's mail can be reached; the mail itself is kept meanwhile.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailboxState>))]
internal enum MailboxState
{
    Ok,

    /// <summary>No licence, or on a server of their own: the directory knows them, Graph has no mailbox.</summary>
    Unlicensed,

    /// <summary>The person is gone from the directory, and the mailbox with them.</summary>
    Deleted,

    /// <summary>Outside what Exchange lets the application see.</summary>
    OutOfScope,
}
