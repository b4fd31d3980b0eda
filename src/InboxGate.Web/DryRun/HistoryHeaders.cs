using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;

namespace InboxGate.Web.DryRun;

/// <summary>Completes a history with the headers that its verdicts depend on, and keeps of them only what tells a machine.</summary>
public sealed class HistoryHeaders(IMailboxReader reader)
{
    /// <exception cref="MailboxBusyException">The service was too busy for some; what it gave is in <paramref name="keep"/>.</exception>
    public async Task<MailHistory> CompleteAsync(RepKey rep, MailHistory history, JudgingContext context, Action<MailHistory> keep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(keep);
        history = await WithReceivedAsync(rep, history, context, keep, ct);
        return await WithSentAsync(rep, history, context, keep, ct);
    }

    private async Task<MailHistory> WithReceivedAsync(
        RepKey rep, MailHistory history, JudgingContext context, Action<MailHistory> keep, CancellationToken ct)
    {
        var askable = history.Received
            .Where(x => x is { GraphId: not null, IsMeeting: false } && SenderClassifier.HeadersDecide(x.Facts, context.Senders))
            .ToLookup(x => DecidesTheGate(x, context));

        // Where nothing is owed either way, the newest mail of a sender speaks for the others.
        var alike = askable[false].GroupBy(x => SenderClassifier.SenderAddress(x.Facts)).Select(x => x.ToList()).ToList();
        var fetched = await reader.HeadersAsync(rep, [.. askable[true].Concat(alike.Select(x => x[^1])).Select(x => x.GraphId!)], ct);
        var headers = fetched.Found.ToDictionary(x => x.Key, x => (IReadOnlyList<MessageHeader>)[.. x.Value.Where(SenderClassifier.IsMark)], StringComparer.Ordinal);
        foreach (var mails in alike.Where(x => headers.ContainsKey(x[^1].GraphId!)))
        {
            mails.ForEach(x => headers[x.GraphId!] = headers[mails[^1].GraphId!]);
        }

        history = history with
        {
            Received =
            [
                .. history.Received.Select(x => x.GraphId is not null && headers.TryGetValue(x.GraphId, out var found) ? x with { Facts = x.Facts with { Headers = found } } : x),
            ],
        };
        keep(history);
        return fetched.Later.Count == 0 ? history : throw new MailboxBusyException(fetched.RetryAfter);
    }

    /// <summary>An automatic reply answers nothing; where something waited, only headers tell it from an answer.</summary>
    private async Task<MailHistory> WithSentAsync(
        RepKey rep, MailHistory history, JudgingContext context, Action<MailHistory> keep, CancellationToken ct)
    {
        var waiting = history.Received.Where(x => !x.IsMeeting && Owed(x, context) > 0).Select(x => x.ConversationId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var asked = history.Sent
            .Where(x => x is { GraphId: not null, IsFirst: false, IsAutomaticReply: false, IsMeeting: false }
                && x.SentAt >= history.From && x.ConversationId is not null && waiting.Contains(x.ConversationId) && !history.Examined.Contains(x.GraphId))
            .Select(x => x.GraphId!).ToList();
        var fetched = await reader.HeadersAsync(rep, asked, ct);
        history = history with
        {
            Sent =
            [
                .. history.Sent.Select(x => x.GraphId is not null && fetched.Found.TryGetValue(x.GraphId, out var found) ? x with { IsAutomaticReply = found.Any(IsAutomatic) } : x),
            ],
            Examined = history.Examined.Concat(fetched.Found.Keys).ToHashSet(StringComparer.Ordinal),
        };
        keep(history);
        return fetched.Later.Count == 0 ? history : throw new MailboxBusyException(fetched.RetryAfter);
    }

    private static bool IsAutomatic(MessageHeader header) =>
        header.Name.Equals("Auto-Submitted", StringComparison.OrdinalIgnoreCase) && SenderClassifier.IsMark(header);

    /// <summary>Whether a machine's mail would have owed other calls.</summary>
    private static bool DecidesTheGate(ReceivedMail mail, JudgingContext context) =>
        Owed(mail, context) != GateMaking.CallsRequired(new Verdict(SenderKind.Automated, VerdictReason.Machine, null), context.Policy);

    private static int Owed(ReceivedMail mail, JudgingContext context) =>
        GateMaking.CallsRequired(SenderClassifier.Classify(mail.Facts, context.Senders), context.Policy);
}
