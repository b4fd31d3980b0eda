using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mail;

/// <summary>What a verdict and a gate are worked out from, beside the mail itself.</summary>
/// <param name="Use">Which list entries decided, of mail judged for the first time.</param>
public sealed record JudgingContext(SenderContext Senders, ListUse Use, Policy Policy, WorkCalendar Calendar);

/// <param name="GateId">The gate that stands before the mail, whatever its state; null when it has none.</param>
/// <param name="Changed">Whether anything was added.</param>
/// <param name="IsNew">Whether the mail was judged for the first time.</param>
public sealed record Judgement(Verdict Verdict, Guid? GateId, bool Changed, bool IsNew)
{
    /// <summary>The same mail is judged the same at any later time, as long as no fact changes.</summary>
    public bool Lasts { get; init; }
}

/// <summary>
/// Turns mail into facts inside a rep's transaction (see RepWriter). What comes out depends on the mail alone, not on
/// the order it is shown in, and every method may repeat harmlessly.
/// </summary>
public sealed class MailIntake(TimeProvider clock)
{
    /// <summary>What lists, directory and policy say about these addresses (senders or recipients), for verdicts.</summary>
    public static async Task<JudgingContext> ContextAsync(Store store, RepRow rep, IEnumerable<string?> addresses, CancellationToken ct)
    {
        var policy = await PolicyReading.ReadAsync(store, rep, ct);
        var (senders, use) = await SenderReading.ContextAsync(store, rep, policy, addresses, ct);
        return new JudgingContext(senders, use, policy, await Working.CalendarAsync(store, rep, ct));
    }

    /// <summary>Notes which list entries decided about the mail that was judged.</summary>
    public Task SaveUseAsync(Store store, JudgingContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Use.SaveAsync(store, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
    }

    /// <summary>Decides who wrote, and makes the gate if the mail should have one and has none.</summary>
    public Judgement Judge(Correspondence known, RepRow rep, ReceivedMail mail, JudgingContext context)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(context);
        var facts = mail.Facts with { RepWroteFirst = Outreach.IsAnsweredBy(known, rep, mail.ConversationId, mail.Facts, mail.ReceivedAt) };
        var verdict = SenderClassifier.Classify(facts, context.Senders);
        var message = known.Message(mail.InternetMessageId);
        if (mail.IsDraft || (message is null && (mail.ReceivedAt < rep.EnrolledAt || mail.ReceivedAt < rep.DetailsSince)))
        {
            return new Judgement(verdict, null, Changed: false, IsNew: false);
        }

        var isNew = message is null;
        if (isNew)
        {
            context.Use.Note(verdict);
        }

        message ??= known.Add(mail);
        var changed = isNew;
        if (mail.GraphId is not null && message.GraphId != mail.GraphId)
        {
            // The pane was first to show it, or it is a copy: the one shown last is followed.
            message.GraphId = mail.GraphId;
            changed = true;
        }

        var now = clock.GetUtcNow();
        if (message.LeftInbox && mail.GraphId is not null)
        {
            message.LeftInbox = false;
            changed = true;
            if (known.Gate(message.GateId) is { LeftInboxAt: not null } gone)
            {
                Return(known, message, gone, mail, facts, verdict, context, now);
            }
        }

        // Whom the rep wrote to, and when, is compared with when the mail came, which counts as now where it was not said.
        var lasts = !changed && !Outreach.HasWrittenTo(known, rep, mail.ConversationId, mail.Facts);
        if (message.GateId is not null || message.LeftInbox)
        {
            return new Judgement(verdict, message.GateId, changed, isNew) { Lasts = lasts };
        }

        var callsRequired = GateMaking.CallsRequired(verdict, context.Policy);
        if (callsRequired == 0 || mail.IsMeeting)
        {
            return new Judgement(verdict, null, changed, isNew) { Lasts = lasts };
        }

        if (IsOff(context.Policy, now) || BoardReading.IsOutOfOffice(rep, message.ReceivedAt))
        {
            return new Judgement(verdict, null, changed, isNew);
        }

        var answeredAt = known.FirstAnswer(mail.ConversationId, message.ReceivedAt);
        var gate = Joinable(known, mail.ConversationId, message.ReceivedAt, answeredAt, context.Calendar);
        var own = known.GatesIn(mail.ConversationId).FirstOrDefault(x => x.InternetMessageId == mail.InternetMessageId);
        if (gate is null)
        {
            // A gate is known by its first mail: one that this mail left behind is its again.
            gate = own ?? known.Add(new GateRow { TenantId = rep.TenantId, RepId = rep.RepId, GateId = Guid.CreateVersion7(), ConversationId = mail.ConversationId });
            (gate.AnsweredAt, gate.LeftInboxAt, gate.ErasedAt) = (answeredAt, null, null);
            Found(gate, mail, message.ReceivedAt, facts, verdict, callsRequired, context.Calendar);
        }
        else if (message.ReceivedAt < gate.ReceivedAt && own is null)
        {
            // Shown later, but it came first: the gate is its, and what came after the gate's earlier end is not behind it.
            Found(gate, mail, message.ReceivedAt, facts, verdict, callsRequired, context.Calendar);
            var end = GateSettlement.ExpiresAt(gate.ToGate(), context.Calendar);
            Part(known, known.Behind(gate).Where(x => x.ReceivedAt >= end));
        }

        message.GateId = gate.GateId;
        return new Judgement(verdict, gate.GateId, Changed: true, isNew);
    }

    /// <summary>Whether at least one recipient is a prospect.</summary>
    public static bool IsToProspect(SentMail mail, JudgingContext context)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(context);
        return mail.Recipients.Any(address =>
            SenderClassifier.Classify(new MessageFacts(new Correspondent(null, address)), context.Senders).Kind == SenderKind.Prospect);
    }

    /// <summary>Counts a sent prospecting mail, answers the conversation's gates, and learns whom the rep wrote first.</summary>
    /// <returns>Whether anything was added.</returns>
    public bool Send(Correspondence known, RepRow rep, SentMail mail, JudgingContext context)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(context);
        if (known.IsSent(mail.InternetMessageId) || mail.SentAt < rep.DetailsSince)
        {
            return false;
        }

        known.Add(new SentMessageRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            InternetMessageId = mail.InternetMessageId,
            ConversationId = mail.ConversationId,
            SentAt = mail.SentAt,
            Prospecting = mail.ByHand && IsToProspect(mail, context),
            ByHand = mail.ByHand,
        });
        if (mail.ConversationId is { } conversation && mail.ByHand)
        {
            Answer(known, conversation, mail.SentAt);
            if (!mail.IsReply && Outreach.Learn(known, rep, conversation, mail))
            {
                // Somebody nobody knew may by this be a prospect, whose mail was shown before this one.
                Redecide(known, rep, known.GatesIn(conversation).Where(x => IsUnanswered(x) && x.Reason == VerdictReason.UnknownSender), context);
            }
        }

        return true;
    }

    /// <summary>The mail is no longer in the inbox. The gate goes with the last mail that stands behind it.</summary>
    /// <returns>Whether anything was added.</returns>
    public bool Leave(Correspondence known, string graphId)
    {
        ArgumentNullException.ThrowIfNull(known);
        var hasLeft = false;
        foreach (var message in known.WithGraphId(graphId).Where(x => !x.LeftInbox))
        {
            message.LeftInbox = true;
            hasLeft = true;
            if (known.Gate(message.GateId) is { LeftInboxAt: null } gate && known.Behind(gate).All(x => x.LeftInbox))
            {
                gate.LeftInboxAt = clock.GetUtcNow();
                gate.Erase();
            }
        }

        return hasLeft;
    }

    /// <summary>Judges a sender's unanswered gates again after a list has changed.</summary>
    public async Task RedecideAsync(Store store, RepRow rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(store);
        var gates = await Unanswered(store, rep.TenantId).Where(x => x.RepId == rep.RepId).ToListAsync(ct);
        var context = await ContextAsync(store, rep, gates.Select(x => x.FromAddress), ct);
        var conversations = gates.Select(x => x.ConversationId).OfType<string>().Distinct().ToList();
        Redecide(await Correspondence.LoadAsync(store, rep, [], [], [], conversations, ct), rep, gates, context);
    }

    /// <summary>The reps of a tenant, by their ids, for whom <see cref="RedecideAsync"/> has anything to judge.</summary>
    public static IQueryable<Guid> WithUnansweredGates(Store store, Guid tenantId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Unanswered(store, tenantId).Select(x => x.RepId).Distinct();
    }

    private static IQueryable<GateRow> Unanswered(Store store, Guid tenantId) => store.Gates.Where(x =>
        x.TenantId == tenantId && x.ErasedAt == null && x.AnsweredAt == null && x.WaivedAt == null && x.LeftInboxAt == null && x.FromAddress != null);

    /// <summary>Headers are not kept, so a machine stays a machine unless a list says otherwise.</summary>
    private void Redecide(Correspondence known, RepRow rep, IEnumerable<GateRow> gates, JudgingContext context)
    {
        foreach (var gate in gates)
        {
            var facts = new MessageFacts(new Correspondent(gate.FromName, gate.FromAddress));
            facts = facts with { RepWroteFirst = Outreach.IsAnsweredBy(known, rep, gate.ConversationId, facts, gate.ReceivedAt) };
            var verdict = SenderClassifier.Classify(facts, context.Senders);
            if (gate.Reason == VerdictReason.Machine && verdict.Reason != VerdictReason.ListedAddress)
            {
                continue;
            }

            Apply(gate, verdict, context.Policy);
        }
    }

    /// <summary>The kind follows the lists: its number replaces the gate's, and zero releases it, until the kind is what it was again.</summary>
    private void Apply(GateRow gate, Verdict verdict, Policy policy)
    {
        if (verdict.Kind != gate.SenderKind)
        {
            var callsRequired = verdict.Kind == gate.MadeKind ? gate.MadeCallsRequired : GateMaking.CallsRequired(verdict, policy);
            gate.CorrectedAt = callsRequired == 0 ? gate.CorrectedAt ?? clock.GetUtcNow() : null;
            gate.CallsRequired = callsRequired == 0 ? gate.CallsRequired : callsRequired;
        }

        (gate.SenderKind, gate.Reason, gate.Match) = (verdict.Kind, verdict.Reason, verdict.Match);
    }

    private static bool IsOff(Policy policy, DateTimeOffset now) => !policy.On || policy.PausedUntil > now;

    private static bool IsUnanswered(GateRow gate) =>
        gate is { AnsweredAt: null, WaivedAt: null, LeftInboxAt: null, ErasedAt: null, FromAddress: not null };

    /// <summary>The conversation's gate that stood unanswered when the mail came, and has had no other answer since.</summary>
    private static GateRow? Joinable(Correspondence known, string? conversation, DateTimeOffset receivedAt, DateTimeOffset? answeredAt, WorkCalendar calendar) =>
        known.GatesIn(conversation)
            .Where(x => x.AnsweredAt == answeredAt && x is { WaivedAt: null, LeftInboxAt: null, CorrectedAt: null }
                && GateSettlement.ExpiresAt(x.ToGate(), calendar) > receivedAt)
            .OrderBy(x => x.ReceivedAt)
            .FirstOrDefault();

    /// <summary>The gate stands before this mail: its first.</summary>
    private static void Found(
        GateRow gate, ReceivedMail mail, DateTimeOffset receivedAt, MessageFacts facts, Verdict verdict, int callsRequired, WorkCalendar calendar)
    {
        gate.InternetMessageId = mail.InternetMessageId;
        gate.ReceivedAt = receivedAt;
        gate.OpenedAt = GateMaking.OpenedAt(receivedAt, calendar);
        (gate.SenderKind, gate.Reason, gate.Match) = (verdict.Kind, verdict.Reason, verdict.Match);
        (gate.MadeKind, gate.MadeCallsRequired, gate.CallsRequired) = (verdict.Kind, callsRequired, callsRequired);
        Name(gate, mail, facts);
        if (gate.AnsweredAt is not null || gate.ErasedAt is not null)
        {
            gate.Erase();
        }
    }

    /// <summary>A list may have rewritten From: the person who wrote.</summary>
    public static Correspondent Writer(MessageFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var address = SenderClassifier.SenderAddress(facts);
        var writer = facts.ReplyTo?.FirstOrDefault(x => string.Equals(x.Address?.Trim(), address, StringComparison.OrdinalIgnoreCase));
        return new Correspondent(
            string.Equals(facts.From?.Address?.Trim(), address, StringComparison.OrdinalIgnoreCase) ? facts.From?.Name : writer?.Name ?? facts.From?.Name,
            address ?? facts.From?.Address);
    }

    private static void Name(GateRow gate, ReceivedMail mail, MessageFacts facts)
    {
        (gate.FromName, gate.FromAddress) = Writer(facts);
        gate.Subject = mail.Subject;
    }

    /// <summary>
    /// The mail is back in the inbox and its gate, which had gone with it, stands again as if it had never left; unless
    /// another has taken its place in the conversation, which the mail then joins.
    /// </summary>
    private void Return(
        Correspondence known, MessageRow message, GateRow gone, ReceivedMail mail, MessageFacts facts, Verdict verdict, JudgingContext context, DateTimeOffset now)
    {
        var answeredAt = known.FirstAnswer(mail.ConversationId, message.ReceivedAt);
        if (gone.CorrectedAt is null && Joinable(known, mail.ConversationId, message.ReceivedAt, answeredAt, context.Calendar) is { } other)
        {
            message.GateId = other.GateId;
            return;
        }

        gone.LeftInboxAt = null;
        if (gone is { AnsweredAt: null, WaivedAt: null } && GateSettlement.ExpiresAt(gone.ToGate(), context.Calendar) > now)
        {
            gone.ErasedAt = null;
            Apply(gone, verdict, context.Policy);
            Name(gone, mail, facts);
        }
    }

    /// <summary>Mail that came after the answer does not share the gate that it closed: it is judged again, by itself.</summary>
    private static void Answer(Correspondence known, string conversation, DateTimeOffset sentAt)
    {
        foreach (var gate in known.GatesIn(conversation).Where(x => x.ReceivedAt <= sentAt && (x.AnsweredAt is null || x.AnsweredAt > sentAt)))
        {
            gate.AnsweredAt = sentAt;
            gate.Erase();
            Part(known, known.Behind(gate).Where(x => x.ReceivedAt > sentAt && gate.WaivedAt is null));
        }
    }

    /// <summary>These mails stand behind their gate no more: they are judged again, by themselves.</summary>
    private static void Part(Correspondence known, IEnumerable<MessageRow> mails)
    {
        foreach (var mail in mails.ToList())
        {
            mail.GateId = null;
            if (mail is { LeftInbox: false, GraphId: { } graphId })
            {
                known.AddUnjudged(graphId);
            }
        }
    }

}
