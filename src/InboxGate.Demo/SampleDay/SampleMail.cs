using System.Net;
using System.Net.Mail;
using System.Text.Json.Nodes;

namespace InboxGate.Demo.SampleDay;

/// <summary>One mail as the JSON files write it: addresses as text, paragraphs as lines, its age in minutes.</summary>
internal sealed record SampleMail
{
    /// <summary>Local part of the message id; other mails name it in <see cref="InReplyTo"/>.</summary>
    public required string Id { get; init; }

    public string Folder { get; init; } = "inbox";

    /// <summary>Whose mail it is.</summary>
    public string Mailbox { get; init; } = Day.Rep;

    public int MinutesBefore { get; init; }

    /// <summary>Null in Sent Items, where the rep wrote it.</summary>
    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> ReplyTo { get; init; } = [];

    public required string Subject { get; init; }

    public required IReadOnlyList<string> Text { get; init; }

    public string? InReplyTo { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A meeting invitation rather than a mail.</summary>
    public bool Meeting { get; init; }

    public bool Read { get; init; }

    public JsonObject ToGraph(DateTimeOffset now)
    {
        var at = now.AddMinutes(-MinutesBefore).ToUniversalTime();
        var headers = new JsonArray([.. AllHeaders().Select(header => new JsonObject { ["name"] = header.Name, ["value"] = header.Value })]);
        var message = new JsonObject
        {
            ["internetMessageId"] = MessageId(Id),
            ["subject"] = Subject,
            ["receivedDateTime"] = at.ToString("o"),
            ["sentDateTime"] = at.ToString("o"),
            ["isRead"] = Read || Folder == "sent",
            ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = Html() },
            ["internetMessageHeaders"] = headers,
        };
        if (Meeting)
        {
            message["@odata.type"] = "#microsoft.graph.eventMessageRequest";
            message["meetingMessageType"] = "meetingRequest";
        }

        if (From is not null)
        {
            message["from"] = Person(From);
        }

        AddGroup(message, "toRecipients", To);
        AddGroup(message, "ccRecipients", Cc);
        AddGroup(message, "replyTo", ReplyTo);
        return message;
    }

    private IEnumerable<(string Name, string Value)> AllHeaders()
    {
        if (InReplyTo is not null)
        {
            yield return ("In-Reply-To", MessageId(InReplyTo));
        }

        foreach (var (name, value) in Headers)
        {
            yield return (name, value);
        }
    }

    private string Html() =>
        "<html><body>" + string.Concat(Text.Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>")) + "</body></html>";

    private static string MessageId(string id) => $"<{id}@sample.example>";

    private static void AddGroup(JsonObject message, string name, IReadOnlyList<string> people)
    {
        if (people.Count > 0)
        {
            message[name] = new JsonArray([.. people.Select(Person)]);
        }
    }

    private static JsonObject Person(string text)
    {
        var person = new MailAddress(text);
        return new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = person.DisplayName, ["address"] = person.Address } };
    }
}
