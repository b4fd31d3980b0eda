using System.Globalization;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>A mail in a folder. <see cref="Sequence"/> rises with each change and orders the delta.</summary>
internal sealed class MailItem(string id, string folder, JsonObject message)
{
    public string Id { get; } = id;

    public string Folder { get; set; } = folder;

    public JsonObject Message { get; } = message;

    public int Moves { get; set; }

    public long Sequence { get; set; }

    /// <summary>The sequence at which the item came into its present folder.</summary>
    public long EnteredAt { get; set; }

    public bool Deleted { get; set; }

    public string DefaultId => ItemIds.Default(Id, Folder, Moves);

    public string? InternetMessageId { get; } = TextOf(message, "internetMessageId");

    /// <summary>Read once: it never changes, and every filter asks for it.</summary>
    public DateTimeOffset ReceivedAt { get; } =
        DateTimeOffset.Parse(TextOf(message, "receivedDateTime")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public string IdFor(bool immutable) => immutable ? Id : DefaultId;

    public string? Text(string member) => TextOf(Message, member);

    private static string? TextOf(JsonObject message, string member) =>
        message[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
