using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InboxGate.Simulator.Control;
using Microsoft.AspNetCore.WebUtilities;

namespace InboxGate.Simulator.Graph;

/// <summary>A request to Graph, alone or as an item of a batch: the path cut into decoded segments.</summary>
internal sealed partial class GraphRequest
{
    private GraphRequest(string method, string path, string query, string root)
    {
        Method = method;
        Path = path;
        QueryText = query;
        Root = root;
        Segments = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).SelectMany(Cut)];
        foreach (var (name, values) in QueryHelpers.ParseQuery(query))
            Query[name.TrimStart('$')] = values.ToString();
    }

    public string Method { get; }

    /// <summary>As it was sent, after the version.</summary>
    public string Path { get; }

    public string QueryText { get; }

    /// <summary>The address of the version, that all links begin with.</summary>
    public string Root { get; }

    public IReadOnlyList<string> Segments { get; }

    /// <summary>Without regard to case, and with or without the dollar sign, as Graph takes them.</summary>
    public Dictionary<string, string> Query { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Preferences Prefer { get; init; } = Preferences.None;

    public string? IfMatch { get; init; }

    public string? ClientRequestId { get; init; }

    public string? Authorization { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>Set once the bearer token was checked.</summary>
    public Caller Caller { get; set; } = Caller.Nobody;

    public RequestKind Kind
    {
        get
        {
            var at = Word(0) switch { "users" => 2, "me" => 1, _ => 0 };
            if (at == 0)
                return Word(0) switch
                {
                    "$batch" => RequestKind.Batch,
                    "subscriptions" => RequestKind.Subscription,
                    "organization" or "domains" or "applications" or "serviceprincipals" or "oauth2permissiongrants" => RequestKind.Directory,
                    _ => RequestKind.Other,
                };

            if (Word(at) == "mailfolders")
                at = Segments.Count > at + 2 ? at + 2 : at;
            return Word(at) switch
            {
                "" or "manager" or "directreports" => RequestKind.Directory,
                "mailboxsettings" => RequestKind.Settings,
                "outlook" => RequestKind.Categories,
                "contacts" or "contactfolders" => RequestKind.Contacts,
                "mailfolders" => RequestKind.Folder,
                "messages" => Word(at + 1) switch
                {
                    "delta" => RequestKind.Delta,
                    "" or "$count" => RequestKind.Messages,
                    _ => RequestKind.Message,
                },
                _ => RequestKind.Other,
            };
        }
    }

    public bool IsBatch => Segments is ["$batch"];

    public string Line => $"{Method} /v1.0{Path}{QueryText}";

    public static GraphRequest From(string method, string pathAndQuery, string root, Func<string, string?> header, JsonNode? body)
    {
        var question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? pathAndQuery : pathAndQuery[..question];
        return new GraphRequest(method.ToUpperInvariant(), path, question < 0 ? "" : pathAndQuery[question..], root)
        {
            Prefer = Preferences.Parse(header("Prefer")),
            IfMatch = header("If-Match"),
            ClientRequestId = header("client-request-id"),
            Authorization = header("Authorization"),
            Body = body,
        };
    }

    /// <summary>The segment at a place in lower case; OData's own words are compared so.</summary>
    public string Word(int index) => index < Segments.Count ? Segments[index].ToLowerInvariant() : "";

    /// <summary><c>users('x')</c> is <c>users/x</c>, and <c>delta()</c> is <c>delta</c>.</summary>
    private static IEnumerable<string> Cut(string segment)
    {
        var text = Uri.UnescapeDataString(segment);
        if (text.EndsWith("()", StringComparison.Ordinal))
            text = text[..^2];
        if (KeyInParentheses().Match(text) is not { Success: true } match)
            return [text.StartsWith("microsoft.graph.", StringComparison.OrdinalIgnoreCase) ? text["microsoft.graph.".Length..] : text];

        return [match.Groups[1].Value, match.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^(\w+)\('(.*)'\)$", RegexOptions.Singleline)]
    private static partial Regex KeyInParentheses();
}
