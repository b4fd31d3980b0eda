using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>The part of $filter that the simulator knows: comparisons joined by <c>and</c>.</summary>
internal sealed partial class MessageFilter
{
    private static readonly string[] Times = ["receivedDateTime", "sentDateTime", "lastModifiedDateTime"];
    private static readonly string[] Texts = ["internetMessageId", "conversationId", "subject", "importance", "inferenceClassification", "from/emailAddress/address"];
    private static readonly string[] Flags = ["isRead", "isDraft", "hasAttachments"];

    private readonly List<Func<MailItem, bool>> conditions = [];

    /// <summary>The earliest and the latest time of receipt that fit.</summary>
    public DateTimeOffset Least { get; private set; } = DateTimeOffset.MinValue;

    public DateTimeOffset Most { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether <see cref="Least"/> and <see cref="Most"/> say it all.</summary>
    public bool IsOfReceiptOnly => conditions.Count == 0;

    /// <summary>For deltas Graph takes only a lower bound of receivedDateTime.</summary>
    public static MessageFilter? Parse(string? text, bool forDelta)
    {
        var filter = new MessageFilter();
        if (string.IsNullOrWhiteSpace(text))
            return filter;

        foreach (var part in AndOutsideQuotes().Split(text.Trim()))
        {
            var match = Comparison().Match(part.Trim());
            if (!match.Success)
                return null;

            var (member, comparer, value) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
            if (forDelta && (member != "receivedDateTime" || comparer is not ("ge" or "gt")))
                return null;
            if (filter.TryBound(member, comparer, value))
                continue;
            if (Condition(member, comparer, value) is not { } condition)
                return null;

            filter.conditions.Add(condition);
        }

        return filter;
    }

    public bool Fits(MailItem item) =>
        item.ReceivedAt >= Least && item.ReceivedAt <= Most && conditions.TrueForAll(condition => condition(item));

    private bool TryBound(string member, string comparer, string value)
    {
        if (member != "receivedDateTime" || comparer == "ne"
            || !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var bound))
            return false;

        // At the ends of the calendar there is nothing a tick before or after.
        if (bound.Year is 1 or 9999)
            return false;

        var least = comparer switch { "ge" or "eq" => bound, "gt" => bound.AddTicks(1), _ => Least };
        var most = comparer switch { "le" or "eq" => bound, "lt" => bound.AddTicks(-1), _ => Most };
        Least = least > Least ? least : Least;
        Most = most < Most ? most : Most;
        return true;
    }

    private static Func<MailItem, bool>? Condition(string member, string comparer, string value)
    {
        if (Times.Contains(member) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var bound))
        {
            return item => DateTimeOffset.TryParse(item.Text(member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                && Compare(at.CompareTo(bound), comparer);
        }

        if (comparer is not ("eq" or "ne"))
            return null;
        if (Texts.Contains(member) && value.Length >= 2 && value[0] == '\'')
        {
            var wanted = value[1..^1].Replace("''", "'", StringComparison.Ordinal);
            return item => string.Equals(TextOf(item, member), wanted, StringComparison.OrdinalIgnoreCase) == (comparer == "eq");
        }

        if (Flags.Contains(member) && bool.TryParse(value, out var flag))
            return item => ((item.Message[member] as JsonValue)?.TryGetValue<bool>(out var isSet) == true && isSet == flag) == (comparer == "eq");

        return null;
    }

    private static string? TextOf(MailItem item, string member) =>
        member.Contains('/', StringComparison.Ordinal) ? item.Message["from"]?["emailAddress"]?["address"]?.ToString() : item.Text(member);

    private static bool Compare(int order, string comparer) => comparer switch
    {
        "ge" => order >= 0,
        "gt" => order > 0,
        "le" => order <= 0,
        "lt" => order < 0,
        "eq" => order == 0,
        _ => order != 0,
    };

    [GeneratedRegex(@"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)")]
    private static partial Regex AndOutsideQuotes();

    [GeneratedRegex(@"^([\w/]+)\s+(ge|gt|le|lt|eq|ne)\s+('(?:[^']|'')*'|[^\s']+)$")]
    private static partial Regex Comparison();
}
