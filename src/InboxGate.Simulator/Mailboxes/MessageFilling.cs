using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>Checks a Graph message that is to be delivered, and fills in what Exchange would have filled in.</summary>
internal static class MessageFilling
{
    private static readonly string[] Texts =
        ["@odata.type", "id", "subject", "internetMessageId", "conversationId", "conversationIndex", "bodyPreview", "importance", "inferenceClassification", "meetingMessageType"];

    private static readonly string[] Flags = ["isRead", "isDraft", "hasAttachments", "isReadReceiptRequested", "isDeliveryReceiptRequested"];
    private static readonly string[] Times = ["receivedDateTime", "sentDateTime", "createdDateTime", "lastModifiedDateTime"];
    private static readonly string[] People = ["from", "sender"];
    private static readonly string[] Groups = ["toRecipients", "ccRecipients", "bccRecipients", "replyTo"];

    /// <summary>What is wrong with a message, in words; null when nothing is.</summary>
    public static string? Problem(JsonObject message)
    {
        foreach (var (name, value) in message)
        {
            if (value is null)
                continue;

            var problem = name switch
            {
                _ when Texts.Contains(name) && value.GetValueKind() != JsonValueKind.String => "is text",
                _ when Flags.Contains(name) && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) => "is true or false",
                _ when Times.Contains(name) && !TryReadTime(value, out _) => "is an ISO 8601 instant with an offset, such as 2026-03-02T08:05:00Z",
                _ when People.Contains(name) && !IsPerson(value) => "is {\"emailAddress\": {\"name\", \"address\"}}",
                _ when Groups.Contains(name) && !(value is JsonArray people && people.All(IsPerson)) => "is a list of {\"emailAddress\": {\"name\", \"address\"}}",
                "categories" when !(value is JsonArray names && names.All(IsText)) => "is a list of texts",
                "internetMessageHeaders" when !(value is JsonArray headers && headers.All(IsHeader)) => "is a list of {\"name\", \"value\"}",
                "body" when !(value is JsonObject body && IsTextOrNothing(body["content"]) && body["contentType"] is null or JsonValue) => "is {\"contentType\", \"content\"}",
                "flag" when value is not JsonObject => "is an object",
                _ => null,
            };
            if (problem is not null)
                return $"{name} {problem}.";
        }

        return null;
    }

    /// <summary>A message without problems, made whole.</summary>
    public static JsonObject Fill(JsonObject given, SimulatedUser user, Mailbox mailbox, bool sent, DateTimeOffset now)
    {
        var owner = Person(user.Name, user.Address);
        var message = new JsonObject();
        foreach (var (name, value) in given.Where(member => member.Key is not ("id" or "@odata.etag" or "@odata.context" or "changeKey" or "parentFolderId" or "webLink")))
            message[name] = value?.DeepClone();

        foreach (var name in Times)
        {
            if (message[name] is { } value && TryReadTime(value, out var at))
                message[name] = GraphTime.Seconds(at);
        }

        var fallback = GraphTime.Seconds(now);
        Default(message, "receivedDateTime", (sent ? message["sentDateTime"]?.DeepClone() : null) ?? fallback);
        Default(message, "sentDateTime", message["receivedDateTime"]!.DeepClone());
        Default(message, "createdDateTime", message["receivedDateTime"]!.DeepClone());
        Default(message, "lastModifiedDateTime", message["receivedDateTime"]!.DeepClone());
        Default(message, "categories", new JsonArray());
        Default(message, "hasAttachments", false);
        Default(message, "internetMessageId", $"<{Guid.NewGuid():N}@{user.Address[(user.Address.LastIndexOf('@') + 1)..]}>");
        Default(message, "subject", "");
        Default(message, "importance", "normal");
        Default(message, "conversationId", AnsweredConversation(message, mailbox)
            ?? ItemIds.Conversation(mailbox.User, message["internetMessageId"]!.ToString()));
        Default(message, "isDeliveryReceiptRequested", false);
        Default(message, "isReadReceiptRequested", false);
        Default(message, "isRead", sent);
        Default(message, "isDraft", false);
        Default(message, "inferenceClassification", "focused");
        Default(message, "body", new JsonObject { ["contentType"] = "html", ["content"] = "" });
        Default(message, "bodyPreview", Preview(message));
        if (sent && !message.ContainsKey("from"))
            message["from"] = owner.DeepClone();
        if (!message.ContainsKey("sender"))
            message["sender"] = message["from"]?.DeepClone();
        if (!message.ContainsKey("from"))
            message["from"] = message["sender"]?.DeepClone();
        Default(message, "toRecipients", sent ? new JsonArray() : new JsonArray(owner.DeepClone()));
        Default(message, "ccRecipients", new JsonArray());
        Default(message, "bccRecipients", new JsonArray());
        Default(message, "replyTo", new JsonArray());
        Default(message, "flag", new JsonObject { ["flagStatus"] = "notFlagged" });
        return message;
    }

    private static JsonObject Person(string name, string address) =>
        new() { ["emailAddress"] = new JsonObject { ["name"] = name, ["address"] = address } };

    private static void Default(JsonObject message, string name, JsonNode value)
    {
        if (message[name] is null)
            message[name] = value;
    }

    /// <summary>An answer belongs to the conversation of the mail it names, as far as that mail is here.</summary>
    private static string? AnsweredConversation(JsonObject message, Mailbox mailbox)
    {
        var answered = (message["internetMessageHeaders"] as JsonArray)?
            .FirstOrDefault(header => header?["name"]?.ToString().Equals("In-Reply-To", StringComparison.OrdinalIgnoreCase) == true)?["value"]?.ToString();
        return answered is null ? null : mailbox.WithInternetMessageId(answered).FirstOrDefault()?.Text("conversationId");
    }

    private static string Preview(JsonObject message)
    {
        var text = MessageView.PlainText(message["body"]?["content"]?.ToString() ?? "");
        return text.Length > 255 ? text[..255] : text;
    }

    private static bool TryReadTime(JsonNode value, out DateTimeOffset at)
    {
        at = default;
        return value.GetValueKind() == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }

    private static bool IsPerson(JsonNode? value) =>
        value is JsonObject person
        && person["emailAddress"] is null or JsonObject
        && IsTextOrNothing(person["emailAddress"]?["name"])
        && IsTextOrNothing(person["emailAddress"]?["address"]);

    private static bool IsHeader(JsonNode? value) =>
        value is JsonObject header && IsText(header["name"]) && IsTextOrNothing(header["value"]);

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static bool IsTextOrNothing(JsonNode? value) => value is null || IsText(value);
}
