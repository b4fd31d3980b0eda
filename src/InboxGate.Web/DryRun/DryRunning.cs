using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.DryRun;

/// <summary>
/// What the gate would have held of the last days' mail: it goes through the very intake that new mail goes through,
/// in a store that is never saved.
/// </summary>
public sealed class DryRunning(
    MailHistoryReading histories, RecentHistories recent, HistoryHeaders headers, MailIntake intake, IMailboxWatch watch, IDbContextFactory<Store> stores)
{
    /// <summary>How long a rep's first reading, with zone, hours and domains, is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    /// <exception cref="RefusalException">The mailbox cannot be read just now.</exception>
    public async Task<DryRunAnswer> RunAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var rep = await ProfiledAsync(store, key, ct);
        using var turn = await recent.TurnAsync(key, ct);
        try
        {
            var history = recent.Find(key) ?? await histories.ReadAsync(key, ct);
            recent.Keep(key, history);
            var context = await ContextAsync(store, rep, history, ct);
            // What was fetched is not asked for again, though the service may be too busy for the rest.
            history = await headers.CompleteAsync(key, history, context, x => recent.Keep(key, x), ct);
            return Judge(store, rep, history, context);
        }
        catch (Exception failure) when (MailboxProblem.Of(failure) is not null)
        {
            throw Unreachable(failure);
        }
    }

    /// <summary>As if the rep had enrolled when the history begins, with the gate on since.</summary>
    private static async Task<JudgingContext> ContextAsync(Store store, RepRow rep, MailHistory history, CancellationToken ct)
    {
        var context = await MailIntake.ContextAsync(store, rep, history.Received.Select(x => SenderClassifier.SenderAddress(x.Facts)), ct);
        (rep.EnrolledAt, rep.DetailsSince) = (history.From, null);
        return context with { Policy = context.Policy with { On = true, PausedUntil = null } };
    }

    private DryRunAnswer Judge(Store store, RepRow rep, MailHistory history, JudgingContext context)
    {
        var known = Correspondence.Blank(store, rep);
        foreach (var mail in history.Sent)
        {
            intake.Send(known, rep, mail, context);
        }

        var judged = history.Received.Select(mail => (Mail: mail, Judgement: intake.Judge(known, rep, mail, context))).ToList();
        var senders = judged
            .Select(x => (Writer: MailIntake.Writer(x.Mail.Facts), x.Judgement.Verdict, Fate: FateOf(x.Mail, known.Gate(x.Judgement.GateId))))
            .GroupBy(x => (Address: x.Writer.Address?.ToUpperInvariant(), x.Verdict.Kind, x.Verdict.Reason))
            .Select(x => new DryRunSender(
                x.Last().Writer,
                x.Key.Kind,
                x.Key.Reason,
                x.Last().Verdict.Match,
                VerdictWords.Because(x.Last().Verdict, x.Last().Writer),
                x.Count(),
                x.Count(y => y.Fate == Fate.Held),
                x.Count(y => y.Fate == Fate.Joined),
                GateMaking.CallsRequired(x.Last().Verdict, context.Policy)))
            .OrderByDescending(x => x.Held).ThenByDescending(x => x.Mails)
            .ThenBy(x => x.From.Address, StringComparer.OrdinalIgnoreCase).ThenBy(x => x.Reason)
            .ToList();
        var (held, joined) = (senders.Sum(x => x.Held), senders.Sum(x => x.Joined));
        return new DryRunAnswer(history.From, history.To, judged.Count, held, joined, judged.Count - held - joined, senders, history.IsCut);
    }

    private enum Fate
    {
        Passed,
        Held,
        Joined,
    }

    /// <summary>A gate that was answered before it opened, off hours, was on no board.</summary>
    private static Fate FateOf(ReceivedMail mail, Gates.GateRow? gate) =>
        gate is null || gate.AnsweredAt <= gate.OpenedAt ? Fate.Passed
        : gate.InternetMessageId == mail.InternetMessageId ? Fate.Held
        : Fate.Joined;

    /// <summary>The rep with zone, hours and addresses: without them colleagues would be strangers.</summary>
    private async Task<RepRow> ProfiledAsync(Store store, RepKey key, CancellationToken ct)
    {
        var rep = await FindAsync();
        if (rep.ProfileReadAt is null)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            try
            {
                await watch.EnsureReadAsync(key, patience.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // It may have been read all the same, on another server.
            }

            rep = await FindAsync();
        }

        return rep.ProfileReadAt is not null ? rep : throw Unreachable(rep.WatchProblem ?? MailboxProblem.GraphUnavailable, null);

        Task<RepRow> FindAsync() => store.Reps.AsNoTracking().EnrolledAsync(key, ct);
    }

    private static RefusalException Unreachable(Exception failure) => Unreachable(
        MailboxProblem.Of(failure)!,
        (failure as MailboxBusyException)?.RetryAfter ?? RetryAfter.Of(failure));

    private static RefusalException Unreachable(string problem, TimeSpan? retryAfter)
    {
        var words = MailboxProblem.Explain(problem);
        return new RefusalException(
            StatusCodes.Status503ServiceUnavailable,
            problem == MailboxProblem.Throttled ? "mailbox-busy" : "mailbox-unreachable",
            problem == MailboxProblem.Throttled ? "Microsoft asks for a pause with your mailbox." : "Your mailbox cannot be read just now.",
            $"{words.ForRep} Look again in a while.")
        {
            RetryAfter = retryAfter ?? UsualWait,
        };
    }
}
