using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>Draws a stored mail as Graph shows it: exactly the selected members, or all that are shown unasked.</summary>
internal static partial class MessageView
{
    /// <summary>Members of a message in the order in which Graph prints them.</summary>
    public static readonly IReadOnlyList<string> Members =
    [
        "createdDateTime", "lastModifiedDateTime", "changeKey", "categories", "receivedDateTime", "sentDateTime",
        "hasAttachments", "internetMessageId", "subject", "bodyPreview", "importance", "parentFolderId", "conversationId",
        "conversationIndex", "isDeliveryReceiptRequested", "isReadReceiptRequested", "isRead", "isDraft", "webLink",
        "inferenceClassification", "internetMessageHeaders", "body", "uniqueBody", "sender", "from", "toRecipients",
        "ccRecipients", "bccRecipients", "replyTo", "flag",
    ];

    private static readonly HashSet<string> BodyMembers = ["body", "bodyPreview", "uniqueBody"];
    private static readonly HashSet<string> OnlyWhenNamed = ["internetMessageHeaders", "uniqueBody"];
    private static readonly Dictionary<string, string> Spelling =
        Members.Append("id").ToDictionary(member => member, StringComparer.OrdinalIgnoreCase);

    /// <summary>The members of a $select; the name that is no member, if there is one.</summary>
    public static (IReadOnlyList<string>? Members, string? Unknown) ReadSelect(string? select) => Selection.Read(select, Spelling);

    public static bool NeedsBodies(IReadOnlyList<string>? select) => select?.Any(BodyMembers.Contains) == true;

    public static string Etag(MailItem item) => $"W/\"{ItemIds.ChangeKey(item.Id, item.Sequence)}\"";

    public static JsonObject Draw(MailItem item, Guid mailbox, MessageViewWishes wishes)
    {
        var drawn = new JsonObject();
        if (item.Text("@odata.type") is { } type)
            drawn["@odata.type"] = type;
        else if (wishes.InDelta)
            drawn["@odata.type"] = "#microsoft.graph.message";

        drawn["@odata.etag"] = Etag(item);
        drawn["id"] = item.IdFor(wishes.ImmutableIds);
        var shown = wishes.Select?.Where(member => member != "id")
            ?? Members.Where(member => !OnlyWhenNamed.Contains(member) && (wishes.Bodies || !BodyMembers.Contains(member)));
        foreach (var member in shown)
            drawn[member] = Value(item, mailbox, member, wishes);

        if (wishes.Select is null)
        {
            foreach (var (name, value) in item.Message.Where(pair => !Spelling.ContainsKey(pair.Key) && !pair.Key.StartsWith('@')))
                drawn[name] = value?.DeepClone();
        }

        return drawn;
    }

    public static string PlainText(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(html, " ")).Trim();

    private static JsonNode? Value(MailItem item, Guid mailbox, string member, MessageViewWishes wishes) => member switch
    {
        "changeKey" => ItemIds.ChangeKey(item.Id, item.Sequence),
        "parentFolderId" => ItemIds.Folder(mailbox, item.Folder),
        "webLink" => $"https://outlook.office365.com/owa/?ItemID={Uri.EscapeDataString(item.DefaultId)}&exvsurl=1&viewmodel=ReadMessageItem",
        "body" or "uniqueBody" => Body(item, wishes.TextBody),
        _ => item.Message[member]?.DeepClone(),
    };

    private static JsonNode? Body(MailItem item, bool asText)
    {
        if (item.Message["body"] is not JsonObject body)
            return null;
        if (!asText || body["contentType"]?.ToString() == "text")
            return body.DeepClone();

        return new JsonObject { ["contentType"] = "text", ["content"] = PlainText(body["content"]?.ToString() ?? "") };
    }

    [GeneratedRegex(@"<(style|script|head)\b.*?</\1>|<[^>]*>|\s+", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}

/// <summary><paramref name="Select"/> null means all that is shown unasked.</summary>
internal sealed record MessageViewWishes(
    IReadOnlyList<string>? Select,
    bool ImmutableIds,
    bool Bodies,
    bool TextBody = false,
    bool InDelta = false);
