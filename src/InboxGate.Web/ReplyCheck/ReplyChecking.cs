using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.ReplyCheck;

/// <summary>Which mail is being answered, as far as the host can tell.</summary>
/// <param name="InReplyTo">The internet message id of the mail that is answered, or of the one that is read.</param>
/// <param name="ConversationId">As Microsoft Graph or as Exchange writes it.</param>
/// <param name="Recipients">The addresses that the answer goes to.</param>
public sealed record ReplyQuestion(string? InReplyTo, string? ConversationId, IReadOnlyList<string?>? Recipients);

/// <summary>What is still owed before the answer: numbers and an id, nothing of the mail. Zeros and no gate when there is none, it is closed, or it cannot be told.</summary>
/// <param name="CallsToday">Prospecting calls on the rep's local today.</param>
public sealed record ReplyAnswer(int CallsRemaining, int CallsRequired, int CallsToday, Guid? GateId);

/// <summary>Finds the gate before the mail that is being answered, and says where it stands on the rep's board.</summary>
public sealed class ReplyChecking(IDbContextFactory<Store> stores, BoardReading boards)
{
    public async Task<bool> IsRepAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Reps.AnyAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.LeftAt == null, ct);
    }

    public async Task<ReplyAnswer> AnswerAsync(RepKey key, ReplyQuestion question, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        var gateId = await GateAsync(key, question, ct);
        var board = await boards.DrawAsync(key, ct);
        var gate = board.Gate.On ? board.Gates.FirstOrDefault(x => x.Id == gateId) : null;
        return gate?.State switch
        {
            GateState.Pending => new ReplyAnswer(gate.CallsRemaining, gate.CallsRequired, board.Counts.Calls, gate.Id),
            // Named, so that the button that logged the last call can say what it earned.
            GateState.Earned => new ReplyAnswer(0, gate.CallsRequired, board.Counts.Calls, gate.Id),
            _ => new ReplyAnswer(0, 0, board.Counts.Calls, null),
        };
    }

    private async Task<Guid?> GateAsync(RepKey key, ReplyQuestion question, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (question.InReplyTo?.Trim() is { Length: > 0 } parent)
        {
            var known = await store.Messages
                .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.InternetMessageId == parent)
                .Select(x => new { x.GateId })
                .FirstOrDefaultAsync(ct);
            if (known is not null)
            {
                // Also when there is none: another mail's gate says nothing about the answer to this one.
                return known.GateId;
            }
        }

        var recipients = (question.Recipients ?? []).Select(Bare).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (recipients.Count == 0 || Forms(question.ConversationId) is not { Length: > 0 } conversation)
        {
            return null;
        }

        // Senders are erased when a gate is closed: those that are left are of gates that may still owe something.
        var gates = await store.Gates.AsNoTracking()
            .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId
                && x.ConversationId != null && conversation.Contains(x.ConversationId) && x.FromAddress != null)
            .OrderByDescending(x => x.ReceivedAt)
            .Select(x => new { x.GateId, x.FromAddress })
            .ToListAsync(ct);
        return gates.Find(x => Bare(x.FromAddress) is { } from && recipients.Contains(from))?.GateId;
    }

    private static string? Bare(string? address) => MailAddress.TryParse(address, out var parsed) ? parsed.WithoutTag : null;

    /// <summary>Exchange's form of an id and Graph's differ in two letters; the host may give either.</summary>
    private static string[] Forms(string? conversationId)
    {
        var id = conversationId?.Trim() ?? "";
        return id.Length == 0 ? [] : [id, id.Replace('/', '-').Replace('+', '_')];
    }
}
