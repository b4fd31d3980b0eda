using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Plan;

namespace InboxGate.Web.Boards;

/// <summary>The facts of a rep's board as they were read, for as long as they hold, and the board that was last drawn from them.</summary>
/// <param name="stamp">Of the snapshot in which they were read.</param>
/// <param name="rep">The rep's row; nobody changes it.</param>
/// <param name="shifts">The rep's hours without any day off, by which days are closed.</param>
/// <param name="today">The day for which they were read.</param>
/// <param name="callsSince">Calls made before it are not among the facts (UTC).</param>
public sealed class KeptFacts(FactsStamp stamp, RepRow rep, WorkCalendar shifts, Morning today, DateTimeOffset callsSince, BoardFacts facts)
{
    private Board? last;

    public FactsStamp Stamp => stamp;

    /// <summary>What they take in memory, in rows.</summary>
    public int Size => 8 + facts.Calls.Count + facts.Gates.Count + facts.ClosedDays.Count + facts.EmailsToday.Count + facts.Targets.Count;

    /// <summary>Whether a board may be drawn from them: the database was looked at for this, no day has begun since, and none is to be closed.</summary>
    public bool Hold(FactsStamp looked, DateTimeOffset now) =>
        stamp == looked && facts.Calendar.DateAt(now) == today.Date && !DayClosing.IsDue(rep, shifts, now);

    /// <summary>The board at an instant at which they hold.</summary>
    public Board Draw(DateTimeOffset now)
    {
        if (last is { } drawn && drawn.AsOf <= now && !(drawn.NextChangeAt <= now))
        {
            return drawn with { AsOf = now };
        }

        var current = rep.AutomaticReplies
            ? facts with { OutOfOffice = BoardReading.IsOutOfOffice(rep, now), OutOfOfficeChangesAt = BoardReading.OutOfOfficeChangesAt(rep, now) }
            : facts;
        var board = BoardDrawing.Draw(current, today, now);
        // A clock elsewhere that is ahead dates a fact after now: it counts as time passes, which no board announces.
        last = facts.Calls.All(x => x.MadeAt <= now) && facts.EmailsToday.All(x => x <= now) ? board : null;
        return board;
    }

    /// <summary>The facts after the one that followed them at once, a call.</summary>
    public KeptFacts With(ProspectingCall call, FactsStamp after)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(after);
        return new KeptFacts(after, rep, shifts, today, callsSince, facts with
        {
            Revision = after.Revision,
            Calls = call.MadeAt >= callsSince ? OrderedCalls.Of(facts.Calls).With(call) : facts.Calls,
        });
    }
}
