using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;

namespace InboxGate.Simulator.Graph;

/// <summary>What Graph answers: a status, headers and mostly JSON.</summary>
internal sealed record GraphAnswer(int Status, JsonNode? Body = null)
{
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Something other than JSON, as a gateway in front of Graph may send.</summary>
    public string? Html { get; init; }

    /// <summary>A bare value, such as a count.</summary>
    public string? Text { get; init; }

    public static GraphAnswer Error(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    public static GraphAnswer BadRequest(string message) => Error(400, "BadRequest", message);

    public static GraphAnswer ItemNotFound() =>
        Error(404, "ErrorItemNotFound", "The specified object was not found in the store.");

    public static GraphAnswer UserNotFound(string user) =>
        Error(404, "Request_ResourceNotFound", $"Resource '{user}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphAnswer AccessDenied() =>
        Error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");

    public static GraphAnswer MailboxNotFound() =>
        Error(404, "ResourceNotFound", "Resource could not be discovered.");

    /// <summary>Why a mailbox cannot be opened; null when it can. Exchange's scopes bind applications, not people.</summary>
    public static GraphAnswer? Unreachable(MailboxState state, Caller caller) => state switch
    {
        MailboxState.Unlicensed => Error(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
        MailboxState.Deleted => MailboxNotFound(),
        MailboxState.OutOfScope when caller.User is null =>
            Error(403, "ErrorAccessDenied", "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings."),
        _ => null,
    };

    public static GraphAnswer PrivilegesMissing() =>
        Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphAnswer SyncStateNotFound() =>
        Error(410, "syncStateNotFound", "The sync state generation is not found. Start again without a token.");

    /// <summary>What the simulator does not know it does not answer with a guess.</summary>
    public static GraphAnswer NotSimulated(GraphRequest request, string? what = null) =>
        Error(501, "notImplemented", $"The simulator does not know {what ?? "this request"}: {request.Line}");

    public GraphAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }

    /// <summary>Adds to an error what every error of Graph carries: when, and under which ids to ask about it.</summary>
    public void Sign(string requestId, string? clientRequestId, DateTimeOffset now)
    {
        if (Body?["error"] is JsonObject error && !error.ContainsKey("innerError"))
        {
            error["innerError"] = new JsonObject
            {
                ["date"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
                ["request-id"] = requestId,
                ["client-request-id"] = clientRequestId ?? requestId,
            };
        }
    }
}
