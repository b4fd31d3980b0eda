using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Web.Gates;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Boards;

/// <summary>Draws a rep's board from the facts, in one place, for whoever asks. Its cost does not grow with history: finished days are one row each.</summary>
public sealed class BoardReading(
    IDbContextFactory<Store> stores, RepLooking looking, FactsMemory memory, DayClosing days, IOptions<MailboxOptions> mailbox, TimeProvider clock)
{
    /// <summary>A streak is read back this many days: more than a year of working days.</summary>
    private const int StreakDays = 400;

    /// <param name="look">How the rep was found for this very request; null to look now.</param>
    /// <exception cref="RefusalException">Everything about the rep is being erased, or just was.</exception>
    public async Task<Board> DrawAsync(RepKey key, CancellationToken ct, RepLook? look = null)
    {
        var now = clock.GetUtcNow();
        if (memory.Find(key) is { } kept)
        {
            look ??= await looking.LookAsync(key, ct);
            if (look is { IsBeingErased: false } && kept.Hold(look.Facts, now))
            {
                return kept.Draw(now);
            }
        }

        return await ReadAndDrawAsync(key, now, ct);
    }

    /// <summary>The board after a call, from what was known before it; nothing is read unless something else came between.</summary>
    /// <param name="stamp">How the rep was found in the transaction that added the call.</param>
    public async Task<Board> DrawAfterAsync(RepKey key, FactsStamp stamp, ProspectingCall call, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        var now = clock.GetUtcNow();
        if (memory.Find(key) is not { } kept || !kept.Hold(stamp with { Revision = stamp.Revision - 1 }, now))
        {
            return await DrawAsync(key, ct);
        }

        var known = kept.With(call, stamp);
        var board = known.Draw(now);
        memory.Keep(key, known);
        return board;
    }

    private async Task<Board> ReadAndDrawAsync(RepKey key, DateTimeOffset now, CancellationToken ct)
    {
        var known = await ReadAsync(key, now, isClosed: false, ct);
        if (known is null)
        {
            await days.CloseAsync(key, now, ct);
            known = await ReadAsync(key, now, isClosed: true, ct);
        }

        var board = known!.Draw(now);
        memory.Keep(key, known);
        return board;
    }

    /// <returns>Null when a finished day has to be closed first.</returns>
    private async Task<KeptFacts?> ReadAsync(RepKey key, DateTimeOffset now, bool isClosed, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        // One snapshot, so that the revision is that of the facts beside it.
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var look = await RepLooking.LookAsync(store, key, ct);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(key, ct);
        var policy = await PolicyReading.ReadAllAsync(store, rep, ct);
        var shifts = Working.Calendar(rep, policy.Hours, [], []);
        if (!isClosed && DayClosing.IsDue(rep, shifts, now))
        {
            return null;
        }

        var (facts, today, callsSince) = await FactsAsync(store, rep, policy, now, null, ct);
        return new KeptFacts(
            look!.Facts,
            rep,
            shifts,
            Morning.Of(facts, today),
            callsSince,
            facts with { Mailbox = MailboxStanding.Of(rep, look.Facts, policy.Policy, mailbox.Value.Access) });
    }

    /// <summary>The facts a board at <paramref name="now"/> is drawn from, but for the mailbox's standing.</summary>
    /// <param name="saidBy">As for <see cref="TargetReading"/>.</param>
    public static async Task<BoardFacts> FactsAsync(Store store, RepRow rep, DateTimeOffset now, CancellationToken ct, DateTimeOffset? saidBy = null) =>
        (await FactsAsync(store, rep, await PolicyReading.ReadAllAsync(store, rep, ct), now, saidBy, ct)).Facts;

    private static async Task<(BoardFacts Facts, DateOnly Today, DateTimeOffset CallsSince)> FactsAsync(
        Store store, RepRow rep, PolicyInForce inForce, DateTimeOffset now, DateTimeOffset? saidBy, CancellationToken ct)
    {
        var policy = inForce.Policy;
        var calendar = await Working.CalendarAsync(store, rep, inForce.Hours, ct);
        var today = calendar.DateAt(now);
        var todayStart = calendar.StartOf(today);

        var gates = await store.Gates.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ErasedAt == null)
            .ToListAsync(ct);
        var since = gates.Select(x => x.OpenedAt).Append(todayStart).Min();
        if (policy.Counting == CountingMode.OneByOne)
        {
            // Gates closed since then took calls of their own.
            gates.AddRange(await store.Gates.AsNoTracking()
                .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ErasedAt >= since)
                .ToListAsync(ct));
            since = gates.Select(x => x.OpenedAt).Append(since).Min();
        }

        var calls = await store.Calls.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.MadeAt >= since && x.UndoneAt == null)
            .Select(x => new ProspectingCall(
                x.CallId, x.MadeAt!.Value, x.Outcome, x.Evidence,
                store.ProspectTouches.Any(y => y.TenantId == x.TenantId && y.RepId == x.RepId && y.Entry == x.Prospect) ? x.Prospect : null))
            .ToListAsync(ct);
        var emails = await store.SentMessages.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Prospecting && x.SentAt >= todayStart)
            .Select(x => x.SentAt)
            .ToListAsync(ct);
        var targets = await TargetReading.ReadAsync(store, rep, ct, saidBy);
        var from = BoardNeeds.EarliestOpenPeriodStart(targets, today);
        var closed = await store.ClosedDays.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Date < today)
            .OrderByDescending(x => x.Date).Take(StreakDays)
            .Select(x => new ClosedDay(x.Date, new DayCounts(x.Calls, x.Emails, x.Meetings), x.CallsGoal, x.AimReached))
            .ToListAsync(ct);

        var facts = new BoardFacts(
            rep.Revision,
            calendar,
            policy.On,
            policy.PausedUntil,
            IsOutOfOffice(rep, now),
            rep.Watch,
            policy.Counting,
            gates.ConvertAll(x => x.ToGate()),
            OrderedCalls.Of(calls),
            emails,
            closed.Where(x => x.Date >= from).ToDictionary(x => x.Date, x => x.Done),
            targets,
            await PlanReading.ReadAsync(store, rep.Key, today, ct),
            closed,
            gates.Count(x => x.WaivedAt is { } at && calendar.DateAt(at) == today),
            BoardMailbox.Well,
            OutOfOfficeChangesAt(rep, now));
        return (facts, today, since);
    }

    /// <summary>When scheduled automatic replies begin or end by themselves (UTC); null when they do not.</summary>
    public static DateTimeOffset? OutOfOfficeChangesAt(RepRow rep, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rep);
        return rep.AutomaticReplies
            ? new[] { rep.AutomaticRepliesFrom, rep.AutomaticRepliesUntil }.Where(x => x > now).Min()
            : null;
    }

    public static bool IsOutOfOffice(RepRow rep, DateTimeOffset now) =>
        rep.AutomaticReplies
        && (rep.AutomaticRepliesFrom is not { } from || from <= now)
        && (rep.AutomaticRepliesUntil is not { } until || now < until);
}
