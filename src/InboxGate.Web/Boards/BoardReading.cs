using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Web.Gates;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Boards;

/// <summary>Draws a rep's board from the facts, in one place, for whoever asks. Its cost does not grow with history: finished days are one row each.</summary>
public sealed class BoardReading(IDbContextFactory<Store> stores, DayClosing days, IOptions<MailboxOptions> mailbox, TimeProvider clock)
{
    /// <summary>A streak is read back this many days: more than a year of working days.</summary>
    private const int StreakDays = 400;

    /// <exception cref="InvalidOperationException">The rep is not enrolled.</exception>
    public async Task<Board> DrawAsync(RepKey key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await days.CloseAsync(key, now, ct);
        await using var store = await stores.CreateDbContextAsync(ct);
        // One snapshot, so that the revision is that of the facts beside it.
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(key, ct);
        var facts = await FactsAsync(store, rep, now, ct);
        return BoardDrawing.Draw(facts with { Mailbox = await MailboxStanding.ReadAsync(store, rep, mailbox.Value.Access, ct) }, now);
    }

    /// <summary>The facts a board at <paramref name="now"/> is drawn from, but for the mailbox's standing.</summary>
    /// <param name="saidBy">As for <see cref="TargetReading"/>.</param>
    public static async Task<BoardFacts> FactsAsync(Store store, RepRow rep, DateTimeOffset now, CancellationToken ct, DateTimeOffset? saidBy = null)
    {
        var calendar = await Working.CalendarAsync(store, rep, ct);
        var policy = await PolicyReading.ReadAsync(store, rep, ct);
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

        return new BoardFacts(
            rep.Revision,
            calendar,
            policy.On,
            policy.PausedUntil,
            IsOutOfOffice(rep, now),
            rep.Watch,
            policy.Counting,
            gates.ConvertAll(x => x.ToGate()),
            calls,
            emails,
            closed.Where(x => x.Date >= from).ToDictionary(x => x.Date, x => x.Done),
            targets,
            await PlanReading.ReadAsync(store, rep.Key, today, ct),
            closed,
            gates.Count(x => x.WaivedAt is { } at && calendar.DateAt(at) == today),
            BoardMailbox.Well,
            OutOfOfficeChangesAt: rep.AutomaticReplies
                ? new[] { rep.AutomaticRepliesFrom, rep.AutomaticRepliesUntil }.Where(x => x > now).Min()
                : null);
    }

    public static bool IsOutOfOffice(RepRow rep, DateTimeOffset now) =>
        rep.AutomaticReplies
        && (rep.AutomaticRepliesFrom is not { } from || from <= now)
        && (rep.AutomaticRepliesUntil is not { } until || now < until);
}
