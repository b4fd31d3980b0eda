using System.Security.Cryptography;
using System.Text;
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
public sealed record JudgingContext(SenderContext Senders, Policy Policy, WorkCalendar Calendar);

/// <summary>Turns mail into facts inside a rep's transaction (see RepWriter). Every method may repeat harmlessly; it answers whether anything was added.</summary>
public sealed class MailIntake(TimeProvider clock)
{
    /// <summary>What lists, directory and policy say about these addresses (senders or recipients), for verdicts.</summary>
    public async Task<JudgingContext> ContextAsync(Store store, RepRow rep, IEnumerable<string?> addresses, CancellationToken ct)
    {
        var policy = await PolicyReading.ReadAsync(store, rep, ct);
        return new JudgingContext(
            await SenderReading.ContextAsync(store, rep, policy, addresses, ct),
            policy,
            await Working.CalendarAsync(store, rep, ct));
    }

    public async Task<bool> ReceiveAsync(Store store, RepRow rep, ReceivedMail mail, JudgingContext context, CancellationToken ct) =>
        (await JudgeAsync(store, rep, mail, context, ct)).Changed;

    /// <summary>Decides who wrote, and makes the gate if the mail should have one and has none.</summary>
    public async Task<Judgement> JudgeAsync(Store store, RepRow rep, ReceivedMail mail, JudgingContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(store);
        var facts = mail.Facts with { RepWroteFirst = await WroteFirstAsync(store, rep, mail.ConversationId, mail.Facts, mail.ReceivedAt, ct) };
        var verdict = SenderClassifier.Classify(facts, context.Senders);
        if (mail.IsDraft)
        {
            return new Judgement(verdict, null, false);
        }

        var known = await store.Messages.FindAsync([rep.TenantId, rep.RepId, mail.InternetMessageId], ct);
        var changed = false;
        if (known is null && mail.ReceivedAt >= rep.EnrolledAt)
        {
            known = new MessageRow
            {
                TenantId = rep.TenantId,
                RepId = rep.RepId,
                InternetMessageId = mail.InternetMessageId,
                GraphId = mail.GraphId,
                ConversationId = mail.ConversationId,
                ReceivedAt = mail.ReceivedAt,
            };
            store.Messages.Add(known);
            changed = true;
        }
        else if (known is { GraphId: null } && mail.GraphId is not null)
        {
            known.GraphId = mail.GraphId;
            changed = true;
        }

        if (known is null || known.GateId is not null || known.LeftInbox)
        {
            return new Judgement(verdict, known?.GateId, changed);
        }

        var callsRequired = GateMaking.CallsRequired(verdict, context.Policy);
        var now = clock.GetUtcNow();
        if (callsRequired == 0 || mail.IsMeeting || IsOff(context.Policy, now) || BoardReading.IsOutOfOffice(rep, known.ReceivedAt))
        {
            return new Judgement(verdict, null, changed);
        }

        var joined = await UnansweredInAsync(store, rep, mail.ConversationId, context, now, ct);
        if (joined is not null)
        {
            known.GateId = joined;
            return new Judgement(verdict, joined, true);
        }

        var gate = NewGate(rep, mail, known.ReceivedAt, facts, verdict, callsRequired, context);
        gate.AnsweredAt = await FirstAnswerAsync(store, rep, mail.ConversationId, known.ReceivedAt, ct);
        if (gate.AnsweredAt is not null)
        {
            gate.Erase();
        }

        store.Gates.Add(gate);
        known.GateId = gate.GateId;
        return new Judgement(verdict, gate.GateId, true);
    }

    /// <summary>Counts a sent prospecting mail, answers the conversation's gates, and learns whom the rep wrote first.</summary>
    public async Task<bool> SendAsync(Store store, RepRow rep, SentMail mail, JudgingContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(store);
        if (await store.SentMessages.FindAsync([rep.TenantId, rep.RepId, mail.InternetMessageId], ct) is not null)
        {
            return false;
        }

        var byHand = mail is { IsAutomaticReply: false, IsMeeting: false };
        store.SentMessages.Add(new SentMessageRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            InternetMessageId = mail.InternetMessageId,
            ConversationId = mail.ConversationId,
            SentAt = mail.SentAt,
            Prospecting = byHand && mail.Recipients.Any(address => IsProspect(address, context.Senders)),
            ByHand = byHand,
        });
        if (mail.ConversationId is { } conversation && byHand)
        {
            await AnswerAsync(store, rep, conversation, mail.SentAt, ct);
            if (!mail.IsReply)
            {
                await LearnOutreachAsync(store, rep, conversation, mail, ct);
            }
        }

        return true;
    }

    /// <summary>The mail is no longer in the inbox. The gate goes with the last mail that stands behind it.</summary>
    public async Task<bool> LeaveInboxAsync(Store store, RepRow rep, string graphId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(store);
        var message = await store.Messages.FirstOrDefaultAsync(
            x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.GraphId == graphId, ct);
        if (message is null or { LeftInbox: true })
        {
            return false;
        }

        message.LeftInbox = true;
        if (message.GateId is { } gateId
            && await store.Gates.FindAsync([rep.TenantId, rep.RepId, gateId], ct) is { LeftInboxAt: null } gate
            && !await store.Messages.AnyAsync(
                x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.GateId == gateId && !x.LeftInbox
                    && x.InternetMessageId != message.InternetMessageId, ct))
        {
            gate.LeftInboxAt = clock.GetUtcNow();
            gate.Erase();
        }

        return true;
    }

    /// <summary>Judges a sender's unanswered gates again after a list has changed. Headers are not kept, so a machine stays a machine unless a list says otherwise.</summary>
    public async Task RedecideAsync(Store store, RepRow rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(store);
        var gates = await store.Gates
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId
                && x.ErasedAt == null && x.AnsweredAt == null && x.WaivedAt == null && x.LeftInboxAt == null && x.FromAddress != null)
            .ToListAsync(ct);
        var context = await ContextAsync(store, rep, gates.Select(x => x.FromAddress), ct);
        foreach (var gate in gates)
        {
            var facts = new MessageFacts(new Correspondent(gate.FromName, gate.FromAddress));
            facts = facts with { RepWroteFirst = await WroteFirstAsync(store, rep, gate.ConversationId, facts, gate.ReceivedAt, ct) };
            var verdict = SenderClassifier.Classify(facts, context.Senders);
            if (gate.Reason == VerdictReason.Machine && verdict.Reason != VerdictReason.ListedAddress)
            {
                continue;
            }

            if (verdict.Kind != gate.SenderKind)
            {
                var callsRequired = verdict.Kind == gate.MadeKind ? gate.MadeCallsRequired : GateMaking.CallsRequired(verdict, context.Policy);
                gate.CorrectedAt = callsRequired == 0 ? clock.GetUtcNow() : null;
                gate.CallsRequired = callsRequired == 0 ? gate.CallsRequired : callsRequired;
            }

            gate.SenderKind = verdict.Kind;
            gate.Reason = verdict.Reason;
            gate.Match = verdict.Match;
        }
    }

    private static bool IsOff(Policy policy, DateTimeOffset now) => !policy.On || policy.PausedUntil > now;

    private static GateRow NewGate(
        RepRow rep, ReceivedMail mail, DateTimeOffset receivedAt, MessageFacts facts, Verdict verdict, int callsRequired, JudgingContext context)
    {
        // A list may have rewritten From: the board names the person who wrote.
        var address = SenderClassifier.SenderAddress(facts);
        var writer = facts.ReplyTo?.FirstOrDefault(x => string.Equals(x.Address?.Trim(), address, StringComparison.OrdinalIgnoreCase));
        return new GateRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            GateId = Guid.CreateVersion7(),
            InternetMessageId = mail.InternetMessageId,
            ConversationId = mail.ConversationId,
            FromName = string.Equals(facts.From?.Address?.Trim(), address, StringComparison.OrdinalIgnoreCase) ? facts.From?.Name : writer?.Name ?? facts.From?.Name,
            FromAddress = address ?? facts.From?.Address,
            Subject = mail.Subject,
            SenderKind = verdict.Kind,
            Reason = verdict.Reason,
            Match = verdict.Match,
            CallsRequired = callsRequired,
            MadeKind = verdict.Kind,
            MadeCallsRequired = callsRequired,
            ReceivedAt = receivedAt,
            OpenedAt = GateMaking.OpenedAt(receivedAt, context.Calendar),
        };
    }

    /// <summary>The conversation's gate that is still pending or earned, which a second mail joins.</summary>
    private static async Task<Guid?> UnansweredInAsync(
        Store store, RepRow rep, string? conversation, JudgingContext context, DateTimeOffset now, CancellationToken ct)
    {
        if (conversation is null)
        {
            return null;
        }

        // Tracked, so that a gate made earlier in the same transaction is seen too.
        var rows = await store.Gates
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ConversationId == conversation && x.ErasedAt == null)
            .ToListAsync(ct);
        return store.Gates.Local
            .Where(x => x.RepId == rep.RepId && x.TenantId == rep.TenantId && x.ConversationId == conversation)
            .Union(rows)
            .Where(x => x is { AnsweredAt: null, WaivedAt: null, LeftInboxAt: null, CorrectedAt: null, ErasedAt: null }
                && GateSettlement.ExpiresAt(x.ToGate(), context.Calendar) > now)
            .OrderBy(x => x.OpenedAt)
            .FirstOrDefault()?.GateId;
    }

    private static async Task<DateTimeOffset?> FirstAnswerAsync(Store store, RepRow rep, string? conversation, DateTimeOffset receivedAt, CancellationToken ct) =>
        conversation is null
            ? null
            : (await store.SentMessages
                .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ConversationId == conversation && x.ByHand && x.SentAt >= receivedAt)
                .OrderBy(x => x.SentAt)
                .FirstOrDefaultAsync(ct))?.SentAt;

    private static async Task AnswerAsync(Store store, RepRow rep, string conversation, DateTimeOffset sentAt, CancellationToken ct)
    {
        var gates = await store.Gates
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ConversationId == conversation && x.ReceivedAt <= sentAt
                && (x.AnsweredAt == null || x.AnsweredAt > sentAt))
            .ToListAsync(ct);
        foreach (var gate in gates)
        {
            gate.AnsweredAt = sentAt;
            gate.Erase();
        }
    }

    private static async Task LearnOutreachAsync(Store store, RepRow rep, string conversation, SentMail mail, CancellationToken ct)
    {
        foreach (var hash in mail.Recipients.Select(x => AddressHash(rep, x)).OfType<string>().Distinct())
        {
            var known = await store.Outreach.FindAsync([rep.TenantId, rep.RepId, conversation, hash], ct);
            if (known is null)
            {
                store.Outreach.Add(new OutreachRow
                {
                    TenantId = rep.TenantId,
                    RepId = rep.RepId,
                    ConversationId = conversation,
                    AddressHash = hash,
                    SentAt = mail.SentAt,
                });
            }
            else if (mail.SentAt < known.SentAt)
            {
                known.SentAt = mail.SentAt;
            }
        }
    }

    private static async Task<bool> WroteFirstAsync(
        Store store, RepRow rep, string? conversation, MessageFacts facts, DateTimeOffset receivedAt, CancellationToken ct)
    {
        if (conversation is null || AddressHash(rep, SenderClassifier.SenderAddress(facts)) is not { } hash)
        {
            return false;
        }

        var outreach = await store.Outreach.FindAsync([rep.TenantId, rep.RepId, conversation, hash], ct);
        return outreach is not null
            && outreach.SentAt <= receivedAt
            && !await store.Messages.AnyAsync(
                x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ConversationId == conversation && x.ReceivedAt < outreach.SentAt, ct);
    }

    private static bool IsProspect(string address, SenderContext senders) =>
        SenderClassifier.Classify(new MessageFacts(new Correspondent(null, address)), senders).Kind == SenderKind.Prospect;

    /// <summary>Addresses the rep wrote to are remembered without being readable: a hash under the rep's own key.</summary>
    private static string? AddressHash(RepRow rep, string? address) =>
        MailAddress.TryParse(address, out var parsed)
            ? Convert.ToHexString(HMACSHA256.HashData(rep.RepId.ToByteArray(), Encoding.UTF8.GetBytes(parsed.WithoutTag))[..16])
            : null;
}

/// <param name="GateId">The gate that stands before the mail, whatever its state; null when it has none.</param>
/// <param name="Changed">Whether anything was added.</param>
public sealed record Judgement(Verdict Verdict, Guid? GateId, bool Changed);
