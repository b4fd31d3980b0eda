using InboxGate.Core.Boards;
using InboxGate.Web.Boards;
using InboxGate.Web.Gates;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Marks;

/// <summary>
/// Makes the categories of a rep's mail true to the board, once. Every step may repeat harmlessly, on two servers at
/// once too. The user's own categories are never touched, and gates never wait for it.
/// </summary>
internal sealed partial class Marking(
    MailCategories categories,
    BoardReading boards,
    RepWriter writer,
    StoreWriter store,
    IDbContextFactory<Store> stores,
    IOptions<MailboxOptions> options,
    TimeProvider clock,
    ILogger<Marking> logger)
{
    /// <summary>How often a mail that changed meanwhile is read and written before it is left for later.</summary>
    private const int MostTries = 3;

    /// <summary>Written down before a mail is changed: until that is done, only a look tells what it carries.</summary>
    private const string BeingChanged = "";
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <returns>Null when all is done; else when to come again.</returns>
    /// <exception cref="ApiException">The service was too busy, or failed.</exception>
    public async Task<TimeSpan?> MarkAsync(MarkedRep marked, CancellationToken ct)
    {
        try
        {
            return await MarkOrRemoveAsync(marked, ct);
        }
        catch (ApiException refused) when (refused.ResponseStatusCode == StatusCodes.Status403Forbidden)
        {
            // Said on the board, and tried again a day later or when the rep opts in anew.
            marked.RefusedAt = clock.GetUtcNow();
            Log.Refused(logger, marked.Key.TenantId, marked.Key.RepId);
            var (rep, hasOptedIn) = await ChoiceAsync(marked.Key, ct);
            if (rep is { LeftAt: null } && hasOptedIn)
            {
                await SetProblemAsync(marked.Key, rep.MarksProblem, MarksProblem.Denied, ct);
            }

            return null;
        }
    }

    private async Task<TimeSpan?> MarkOrRemoveAsync(MarkedRep marked, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (rep, hasOptedIn) = await ChoiceAsync(marked.Key, ct);
        var isWanted = hasOptedIn && rep is { LeftAt: null };
        // Who leaves has not opted out.
        var mayRemain = rep is not null && (rep.MarksProblem is not null || (marked.WasMarking ?? hasOptedIn));
        marked.Choose(isWanted || mayRemain);
        if (rep is null || (!isWanted && !mayRemain))
        {
            return null;
        }

        if (marked.RefusedAt is { } refusedAt && rep.MarksProblem is not null && refusedAt <= now && now < refusedAt + Daily)
        {
            return null;
        }

        if (!isWanted)
        {
            return await RemoveAsync(marked, ct);
        }

        marked.WasMarking = true;
        if (marked.TrueTo is { } last && last.Revision == rep.Revision && !(last.NextChangeAt <= now))
        {
            return null;
        }

        await ListAsync(marked, MarkNames.Usual, ct);
        Board? board = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            // Drawn anew each time: what changed a mail may be another server that knew more.
            board = await boards.DrawAsync(marked.Key, ct);
            if (await MakeTrueAsync(marked, MarksOf(board), seen, ct))
            {
                break;
            }

            if (tries == MostTries)
            {
                return Later;
            }
        }

        await SetProblemAsync(marked.Key, rep.MarksProblem, null, ct);
        marked.TrueTo = (board.Revision, board.NextChangeAt);
        return (await ChoiceAsync(marked.Key, ct)).Rep?.Revision == board.Revision ? null : AtOnce;
    }

    /// <summary>Takes all of ours off the mail and out of the mailbox's list.</summary>
    private async Task<TimeSpan?> RemoveAsync(MarkedRep marked, CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 1; !await MakeTrueAsync(marked, [], seen, ct); tries++)
        {
            if (tries == MostTries)
            {
                return Later;
            }
        }

        var listed = await categories.ListAsync(marked.Key, ct);
        marked.ListedAt = null;
        foreach (var answer in (await categories.RemoveAsync(marked.Key, listed.Where(x => MarkNames.IsOurs(x.Name)), ct)).Values)
        {
            if (!answer.IsOk && answer.Status != StatusCodes.Status404NotFound)
            {
                throw await answer.FailureAsync(ct);
            }
        }

        await using var reading = await stores.CreateDbContextAsync(ct);
        await reading.Reps
            .Where(x => x.TenantId == marked.Key.TenantId && x.RepId == marked.Key.RepId && x.MarksProblem != null)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.MarksProblem, (string?)null), ct);
        marked.WasMarking = false;
        return null;
    }

    /// <summary>The rep's own word that the gate is off counts; off hours and a mailbox out of reach leave marks as they are.</summary>
    private static Dictionary<Guid, string> MarksOf(Board board) => board.Gate.Why == GateOffReason.Paused
        ? []
        : board.Gates.Where(x => MarkNames.Of(x) is not null).ToDictionary(x => x.Id, x => MarkNames.Of(x)!);

    /// <param name="marks">By gate.</param>
    /// <param name="seen">Mails on which a mark of ours was seen in this run.</param>
    /// <returns>Whether they are true now; if not, some mail changed meanwhile.</returns>
    private async Task<bool> MakeTrueAsync(MarkedRep marked, Dictionary<Guid, string> marks, HashSet<string> seen, CancellationToken ct)
    {
        var key = marked.Key;
        await FindAsync(key, [.. marks.Keys], ct);
        var mails = (await MailsAsync(key, [.. marks.Keys], ct)).ConvertAll(mail => (Row: mail, Mark: MarkFor(mail, marks)));
        mails.RemoveAll(x => x.Row.Mark == x.Mark);
        if (mails.Count == 0)
        {
            return true;
        }

        await ListAsync(marked, mails.Select(x => x.Mark).OfType<string>(), ct);
        var found = await categories.ReadAsync(key, mails.ToDictionary(x => x.Row.GraphId!, x => x.Row.ReceivedAt, StringComparer.Ordinal), ct);
        var isTrue = true;
        var settled = new List<(MessageRow Row, string? Mark)>();
        var toChange = new Dictionary<string, (MessageRow Row, string? Mark, CategorisedMail Mail)>(StringComparer.Ordinal);
        foreach (var (row, mark) in mails)
        {
            if (found[row.GraphId!] is not { } mail)
            {
                settled.Add((row, null));
                continue;
            }

            var ours = mail.Categories.Where(MarkNames.IsOurs).ToList();
            if (ours.Count > 0)
            {
                seen.Add(mail.GraphId);
            }
            else if (!string.IsNullOrEmpty(row.Mark) || seen.Contains(mail.GraphId))
            {
                // It was there, and nobody on our side has taken it off.
                isTrue &= await DeclineAsync(row, ct);
                continue;
            }

            if (mark is null ? ours.Count == 0 : ours is [var only] && only == mark)
            {
                settled.Add((row, mark));
            }
            else
            {
                IEnumerable<string> after = mail.Categories.Where(x => !MarkNames.IsOurs(x));
                toChange.Add(mail.GraphId, (row, mark, mail with { Categories = [.. mark is null ? after : after.Append(mark)] }));
            }
        }

        await SaveAsync(key, settled, ct);
        if (toChange.Count == 0)
        {
            return isTrue;
        }

        await SaveAsync(key, toChange.Values.Select(x => (x.Row, (string?)BeingChanged)), ct);
        var answers = await categories.WriteAsync(key, [.. toChange.Values.Select(x => x.Mail)], ct);
        await SaveAsync(
            key,
            answers.Where(x => x.Value.IsOk || IsGone(x.Value)).Select(x => (toChange[x.Key].Row, IsGone(x.Value) ? null : toChange[x.Key].Mark)),
            ct);
        var hasChanged = answers.Values.Any(x => x.Status is StatusCodes.Status412PreconditionFailed or StatusCodes.Status409Conflict);
        var failed = answers.Values
            .Where(x => !x.IsOk && !IsGone(x) && x.Status is not (StatusCodes.Status412PreconditionFailed or StatusCodes.Status409Conflict))
            .OrderByDescending(x => x.RetryAfter).FirstOrDefault();
        return failed is null ? isTrue && !hasChanged : throw await failed.FailureAsync(ct);
    }

    private static bool IsGone(BatchAnswer answer) => answer.Status is StatusCodes.Status404NotFound or StatusCodes.Status410Gone;

    private static string? MarkFor(MessageRow mail, Dictionary<Guid, string> marks) =>
        mail is { GateId: { } gate, LeftInbox: false, MarkDeclined: false } ? marks.GetValueOrDefault(gate) : null;

    /// <summary>On behalf of the rep no inbox is watched: mail is known from the pane that showed it, and must be found first.</summary>
    private async Task FindAsync(RepKey key, List<Guid> gates, CancellationToken ct)
    {
        if (options.Value.Access != MailboxAccess.Delegated || gates.Count == 0)
        {
            return;
        }

        await using var reading = await stores.CreateDbContextAsync(ct);
        var shown = reading.Messages.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId
            && x.GraphId == null && x.GateId != null && gates.Contains(x.GateId.Value));
        foreach (var (id, graphId) in await categories.FindAsync(key, await shown.Select(x => x.InternetMessageId).ToListAsync(ct), ct))
        {
            await shown.Where(x => x.InternetMessageId == id).ExecuteUpdateAsync(set => set.SetProperty(x => x.GraphId, graphId), ct);
        }
    }

    /// <summary>The mail behind these gates, and all that carries a mark.</summary>
    private async Task<List<MessageRow>> MailsAsync(RepKey key, List<Guid> gates, CancellationToken ct)
    {
        await using var reading = await stores.CreateDbContextAsync(ct);
        var mails = await reading.Messages.AsNoTracking()
            .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.GraphId != null
                && (x.Mark != null || (x.GateId != null && gates.Contains(x.GateId.Value))))
            .ToListAsync(ct);
        return [.. mails.DistinctBy(x => x.GraphId)];
    }

    /// <summary>The categories of ours in the mailbox's list: what is missing is made, once a day it is looked again.</summary>
    private async Task ListAsync(MarkedRep marked, IEnumerable<string> names, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (marked.ListedAt is not { } at || at > now || at + Daily <= now)
        {
            marked.Listed.Clear();
            marked.Listed.UnionWith((await categories.ListAsync(marked.Key, ct)).Select(x => x.Name));
            marked.ListedAt = now;
        }

        var missing = names.Where(x => !marked.Listed.Contains(x)).Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, answer) in await categories.AddAsync(marked.Key, missing, ct))
        {
            // Another server may have been faster.
            if (!answer.IsOk && answer.Status != StatusCodes.Status409Conflict)
            {
                throw await answer.FailureAsync(ct);
            }

            marked.Listed.Add(name);
        }
    }

    /// <summary>The user took the mark off; unless it was another server, which has written down that it does.</summary>
    private Task<bool> DeclineAsync(MessageRow mail, CancellationToken ct) => store.WriteAsync(
        async (changing, token) => await changing.Messages
            .Where(x => x.TenantId == mail.TenantId && x.RepId == mail.RepId && x.InternetMessageId == mail.InternetMessageId && x.Mark == mail.Mark)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Mark, (string?)null).SetProperty(x => x.MarkDeclined, true), token) == 1,
        ct);

    /// <summary>What a mail carries is no fact of the board: it raises no revision.</summary>
    private async Task SaveAsync(RepKey key, IEnumerable<(MessageRow Row, string? Mark)> mails, CancellationToken ct)
    {
        var groups = mails.GroupBy(x => x.Mark, x => x.Row.InternetMessageId).ToList();
        await store.WriteAsync(async (changing, token) =>
        {
            foreach (var group in groups)
            {
                var (ids, mark) = (group.ToList(), group.Key);
                await changing.Messages
                    .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && ids.Contains(x.InternetMessageId))
                    .ExecuteUpdateAsync(set => set.SetProperty(x => x.Mark, mark), token);
            }

            return groups.Count > 0;
        }, ct);
    }

    private async Task SetProblemAsync(RepKey key, string? known, string? problem, CancellationToken ct)
    {
        if (known != problem)
        {
            await writer.WriteAsync(key, (_, rep, _) =>
            {
                var changed = rep.MarksProblem != problem;
                rep.MarksProblem = problem;
                return Task.FromResult(changed);
            }, ct);
        }
    }

    private async Task<(RepRow? Rep, bool HasOptedIn)> ChoiceAsync(RepKey key, CancellationToken ct)
    {
        await using var reading = await stores.CreateDbContextAsync(ct);
        var rep = await reading.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
        return (rep, rep is not null && (await PolicyReading.ReadAsync(reading, rep, ct)).MarkMessages);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox of rep {RepId} in tenant {TenantId} lets no mail be marked: Mail.ReadWrite and MailboxSettings.ReadWrite are needed. It is tried again in a day.")]
        public static partial void Refused(ILogger logger, Guid tenantId, Guid repId);
    }
}
