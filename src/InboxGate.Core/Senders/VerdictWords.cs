namespace InboxGate.Core.Senders;

/// <summary>A verdict in English: the fallback for panes that have no words of their own.</summary>
public static class VerdictWords
{
    /// <param name="from">Null when the sender is missing or erased.</param>
    public static string Because(Verdict verdict, Correspondent? from)
    {
        var who = Named(from);
        return verdict.Reason switch
        {
            VerdictReason.Self => "You wrote this yourself.",
            VerdictReason.ListedAddress => $"{who} is listed as {Kind(verdict.Kind)}{InBrackets(verdict.Match)}.",
            VerdictReason.Manager => $"{who} is your manager.",
            VerdictReason.Machine => $"A machine wrote this{InBrackets(verdict.Match)}.",
            VerdictReason.ListedDomain => $"{who} is {Kind(verdict.Kind)}{InBrackets(verdict.Match)}.",
            VerdictReason.TenantDomain when verdict.Match?.StartsWith('/') is true => $"{who} is a colleague.",
            VerdictReason.TenantDomain => $"{who} is a colleague{InBrackets(verdict.Match)}.",
            VerdictReason.YouWroteFirst => $"You wrote to {(who == Nobody ? "this sender" : who)} first.",
            _ => $"Nobody has said yet who {(who == Nobody ? "this sender" : who)} is.",
        };
    }

    private const string Nobody = "The sender";

    private static string Named(Correspondent? from) =>
        !string.IsNullOrWhiteSpace(from?.Name) ? from.Name.Trim()
        : !string.IsNullOrWhiteSpace(from?.Address) ? from.Address.Trim()
        : Nobody;

    /// <summary>What somebody of a kind is: "a prospect".</summary>
    public static string Kind(SenderKind kind) => kind switch
    {
        SenderKind.Prospect => "a prospect",
        SenderKind.Customer => "a customer",
        SenderKind.Colleague => "a colleague",
        SenderKind.Vip => "a VIP",
        SenderKind.Other => "not a prospect",
        SenderKind.Automated => "a machine",
        _ => "unknown",
    };

    private static string InBrackets(string? match) => string.IsNullOrEmpty(match) ? "" : $" ({match.Trim()})";
}
