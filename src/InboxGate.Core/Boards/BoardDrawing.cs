using System.Collections;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Boards;

/// <summary>Draws the board from facts and an instant: the one place where it is worked out.</summary>
public static class BoardDrawing
{
    /// <summary>Waivers a day that are shown as emergency answers; beyond them a waiver is only counted.</summary>
    public const int EmergencyAnswers = 2;

    /// <summary>A call may be dated this far ahead by a device whose clock is fast; it was made all the same, so it counts now.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(60);

    public static Board Draw(BoardFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Draw(facts, Morning.Of(facts, facts.Calendar.DateAt(now)), now);
    }

    /// <param name="morning">Of the same facts, but for calls and mails, and of the day of <paramref name="now"/>.</param>
    public static Board Draw(BoardFacts facts, Morning morning, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(morning);
        now = now.ToUniversalTime();
        var calendar = facts.Calendar;
        var (today, period, goals, times) = (morning.Date, morning.Period, morning.Goals, morning.Checkpoints);
        var calls = CallsByNow(facts.Calls, now);
        var callsToday = On(today, calls, calendar);
        var emailsToday = facts.EmailsToday.Where(x => x <= now && calendar.DateAt(x) == today).ToList();
        var counts = new DayCounts(callsToday.Count, emailsToday.Count, callsToday.Count(x => x.Outcome == CallOutcome.Meeting));

        var daysMet = DaysMet(facts, calls, callsToday, morning);
        var standings = GateSettlement.Settle(facts.Gates, calls, facts.Counting, calendar, daysMet, now);
        var shown = standings.Where(x => x.ClosedAt is not { } closedAt || calendar.DateAt(closedAt) == today).ToList();

        List<UnitDay> days = [Day(TargetUnit.Calls, goals.Calls, times, new TimesOf(callsToday), now)];
        if (goals.Emails > 0)
        {
            days.Add(Day(TargetUnit.Emails, goals.Emails, times, emailsToday, now));
        }

        var isWorkingTime = calendar.PeriodAt(now) is not null;
        var gate = GateAt(facts, isWorkingTime, now);
        return new Board(
            facts.Revision,
            now,
            NextChangeAt(facts, times, today, now),
            gate,
            new BoardToday(today, ZoneName(calendar.Zone), calendar.IsWorkingDay(today), period?.StartsAt, period?.EndsAt),
            new BoardCounts(
                counts.Calls, counts.Emails, counts.Meetings, callsToday.Count(x => x.Evidence == CallEvidence.Verified),
                callsToday.Select(x => x.Prospect).OfType<string>().Distinct(StringComparer.Ordinal).Count()),
            goals,
            [.. days.SelectMany(x => x.Checkpoints.Select(y => Row(x.Unit, y)))],
            NextStepping.Choose(isWorkingTime, gate.On ? shown : [], days),
            [.. shown.Select(Row)],
            new BoardWaivers(facts.WaiversToday, Math.Max(0, EmergencyAnswers - facts.WaiversToday)),
            [.. morning.Targets.Select(Row)],
            morning.StreakBefore + Streak.Of(counts.Calls, goals.Calls),
            facts.Mailbox,
            WayBackOf(facts, morning, now));
    }

    private static BoardWayBack? WayBackOf(BoardFacts facts, Morning morning, DateTimeOffset now) =>
        morning.WayBack is not { } way ? null : new BoardWayBack(
            way.Standing.Target.Unit, way.Standing.Target.Period, way.Behind, way.MorePerDay, way.Until, way.NormalDay, way.FinishAt, way.AtMost,
            WayBack.IsFreshStart(facts.Calendar, morning.Date, morning.Checkpoints, now) && !(facts.Plan.KeepsPaceUntil >= morning.Date));

    /// <summary>The first reason that applies: the rep's own word, then what the server cannot see, then the rep's hours.</summary>
    private static BoardGate GateAt(BoardFacts facts, bool isWorkingTime, DateTimeOffset now)
    {
        GateOffReason? why =
            !facts.GateOn || facts.PausedUntil > now ? GateOffReason.Paused
            : facts.Watch == WatchState.MailboxUnreachable ? GateOffReason.MailboxUnreachable
            : facts.Watch == WatchState.NotWatching ? GateOffReason.NotWatching
            : facts.OutOfOffice ? GateOffReason.OutOfOffice
            : !isWorkingTime ? GateOffReason.OffHours
            : null;
        return new BoardGate(why is null, why);
    }

    private static OrderedCalls CallsByNow(IReadOnlyList<ProspectingCall> calls, DateTimeOffset now)
    {
        var ordered = OrderedCalls.Of(calls);
        return ordered.Count == 0 || ordered[^1].MadeAt <= now
            ? ordered
            : OrderedCalls.Of(ordered.Where(x => x.MadeAt <= now + ClockTolerance).Select(x => x.MadeAt > now ? x with { MadeAt = now } : x));
    }

    private static IReadOnlyList<ProspectingCall> On(DateOnly date, IReadOnlyList<ProspectingCall> calls, WorkCalendar calendar) =>
        calls.All(x => calendar.DateAt(x.MadeAt) == date) ? calls : [.. calls.Where(x => calendar.DateAt(x.MadeAt) == date)];

    private static UnitDay Day(
        TargetUnit unit, int goal, IReadOnlyList<DayCheckpoint> times, IReadOnlyList<DateTimeOffset> doneAt, DateTimeOffset now) =>
        new(unit, goal, doneAt.Count, Checkpoints.Stand(times, goal, doneAt, now));

    /// <summary>The days on which gates opened, today among them, whose calls goal was met, and when.</summary>
    private static List<DayGoalMet> DaysMet(
        BoardFacts facts, IReadOnlyList<ProspectingCall> calls, IReadOnlyList<ProspectingCall> callsToday, Morning morning)
    {
        var (calendar, today) = (facts.Calendar, morning.Date);
        var met = new List<DayGoalMet>();
        IEnumerable<DateOnly> dates = facts.Gates.Count == 0
            ? [today]
            : facts.Gates.Select(x => calendar.DateAt(x.OpenedAt)).Append(today).Where(x => x <= today).Distinct();
        foreach (var date in dates)
        {
            var onThatDay = date == today ? callsToday : On(date, calls, calendar);
            ClosedDay row;
            if (date == today)
            {
                row = new ClosedDay(date, new DayCounts(onThatDay.Count, 0, 0), morning.Goals.Calls, morning.CallsAreFree);
            }
            else if (facts.ClosedDays.FirstOrDefault(x => x.Date == date) is { } closed)
            {
                row = closed;
            }
            else
            {
                // Not closed yet: its goal is worked out as it was on its morning.
                var targets = DayPlanning.Plan(facts.Targets, facts.DoneBefore, calendar, date, facts.Plan);
                var known = facts.DoneBefore.GetValueOrDefault(date);
                row = new ClosedDay(
                    date,
                    known with { Calls = Math.Max(known.Calls, onThatDay.Count) },
                    DayPlanning.DayGoal(targets, TargetUnit.Calls),
                    DayPlanning.IsFreeDay(targets, TargetUnit.Calls));
            }

            if (MetAt(row, onThatDay, calendar) is { } at)
            {
                met.Add(new DayGoalMet(date, at));
            }
        }

        return met;
    }

    /// <param name="calls">The calls of that day, earliest first; of an earlier day perhaps only the later ones are known.</param>
    private static DateTimeOffset? MetAt(ClosedDay day, IReadOnlyList<ProspectingCall> calls, WorkCalendar calendar)
    {
        if (day.CallsGoal == 0)
        {
            return day.AimReached ? calendar.StartOf(day.Date) : null;
        }

        if (day.Done.Calls < day.CallsGoal)
        {
            return null;
        }

        // Counted from the end: calls that were not read were made before the first gate of that day opened.
        var fromEnd = day.Done.Calls - day.CallsGoal + 1;
        return fromEnd <= calls.Count ? calls[^fromEnd].MadeAt : calendar.StartOf(day.Date);
    }

    /// <summary>The next instant at which something drawn changes though no fact is added.</summary>
    private static DateTimeOffset? NextChangeAt(
        BoardFacts facts, IReadOnlyList<DayCheckpoint> times, DateOnly today, DateTimeOffset now)
    {
        var calendar = facts.Calendar;

        DateTimeOffset? next = null;
        Consider(calendar.EndOf(today));
        // A gate expires when a working period ends, which is announced once that period has begun.
        Consider(calendar.PeriodAt(now)?.EndsAt);
        Consider(calendar.NextPeriodFrom(now.AddTicks(1))?.StartsAt);
        Consider(facts.GateOn ? facts.PausedUntil : null);
        Consider(facts.OutOfOfficeChangesAt);
        foreach (var time in times)
        {
            Consider(time.At);
        }

        foreach (var gate in facts.Gates)
        {
            Consider(gate.OpenedAt);
            Consider(gate.AnsweredAt);
            Consider(gate.WaivedAt);
            Consider(gate.ReleasedAt);
        }

        return next?.ToUniversalTime();

        void Consider(DateTimeOffset? at)
        {
            if (at > now && !(next <= at))
            {
                next = at;
            }
        }
    }

    private static BoardCheckpoint Row(TargetUnit unit, CheckpointStanding x) =>
        new(x.Checkpoint.Key, x.Checkpoint.Name, x.Checkpoint.At, unit, x.Due, x.State);

    private static BoardTarget Row(TargetStanding x) =>
        new(x.Target.Unit, x.Target.Period, x.Target.Amount, x.Target.From, x.Done, x.Left, x.WorkingDaysLeft, x.DayGoal, x.Reachable);

    private static BoardGateRow Row(GateStanding standing)
    {
        var gate = standing.Gate;
        var isClosed = standing.ClosedAt is not null;
        var from = isClosed ? null : gate.From;

        // A closed gate keeps no trace of the person: an address that matched goes with the sender.
        var match = isClosed && gate.Match?.AsSpan().ContainsAny('@', '/') is true ? null : gate.Match;
        return new BoardGateRow(
            gate.Id,
            gate.InternetMessageId,
            gate.ConversationId,
            from,
            isClosed ? null : gate.Subject,
            gate.SenderKind,
            gate.Reason,
            match,
            VerdictWords.Because(new Verdict(gate.SenderKind, gate.Reason, match), from),
            gate.OpenedAt.ToUniversalTime(),
            gate.CallsRequired,
            standing.CallsRemaining,
            standing.State,
            standing.EarnedAt);
    }

    /// <summary>The zone's IANA name, which every client knows.</summary>
    private static string ZoneName(TimeZoneInfo zone) =>
        !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;

    /// <summary>When calls were made, without a list of its own at each drawing.</summary>
    private sealed class TimesOf(IReadOnlyList<ProspectingCall> calls) : IReadOnlyList<DateTimeOffset>
    {
        public int Count => calls.Count;

        public DateTimeOffset this[int index] => calls[index].MadeAt;

        public IEnumerator<DateTimeOffset> GetEnumerator() => calls.Select(x => x.MadeAt).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
