using InboxGate.Core.Calls;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Gates;

/// <summary>A local day whose calls goal was met.</summary>
/// <param name="At">UTC; when it was met.</param>
public sealed record DayGoalMet(DateOnly Date, DateTimeOffset At);

/// <summary>Works out where each gate stands from the facts alone: in any order, with any repeats, the same answer.</summary>
public static class GateSettlement
{
    /// <param name="calls">At least those since the earliest gate opened; one id counts once, calls after <paramref name="now"/> not yet.</param>
    /// <param name="daysMet">The local days whose calls goal was met by <paramref name="now"/>.</param>
    /// <returns>One standing per gate that has opened by <paramref name="now"/>, by the time it opened, then by id.</returns>
    public static IReadOnlyList<GateStanding> Settle(
        IReadOnlyList<Gate> gates,
        IReadOnlyList<ProspectingCall> calls,
        CountingMode counting,
        WorkCalendar calendar,
        IReadOnlyList<DayGoalMet> daysMet,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(daysMet);
        if (gates.Count == 0)
        {
            return [];
        }

        var met = new Dictionary<DateOnly, DateTimeOffset>();
        foreach (var day in daysMet.Where(x => x.At <= now))
        {
            met[day.Date] = met.TryGetValue(day.Date, out var known) && known < day.At ? known : day.At;
        }

        var settling = gates.DistinctBy(x => x.Id).Where(x => x.OpenedAt <= now).Select(x => new Settling(x, calendar, met, now)).ToList();
        settling.Sort();
        foreach (var call in OrderedCalls.Of(calls).TakeWhile(x => x.MadeAt <= now))
        {
            foreach (var gate in settling)
            {
                if (!gate.IsPendingAt(call.MadeAt))
                {
                    continue;
                }

                gate.Spend(call);
                if (counting == CountingMode.OneByOne)
                {
                    break;
                }
            }
        }

        return [.. settling.Select(x => x.Standing(calendar))];
    }

    /// <summary>UTC; the end of the working day after the one in which the gate opened.</summary>
    public static DateTimeOffset ExpiresAt(Gate gate, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(calendar);
        var openedOn = calendar.DateAt(gate.OpenedAt);
        return calendar.NextPeriodAfter(openedOn)?.EndsAt
            ?? gate.OpenedAt.AddDays(WorkCalendar.SearchedDays).ToUniversalTime();
    }

    /// <summary>One gate while its calls are dealt out to it in order.</summary>
    private sealed class Settling : IComparable<Settling>
    {
        private readonly Gate gate;
        private readonly GateState? closedAs;
        private readonly DateTimeOffset? closedAt;

        /// <summary>When the goal of the day on which it opened frees it; null when it does not.</summary>
        private readonly DateTimeOffset? freedAt;
        private int spent;
        private DateTimeOffset? paidAt;

        public Settling(Gate gate, WorkCalendar calendar, Dictionary<DateOnly, DateTimeOffset> met, DateTimeOffset now)
        {
            this.gate = gate;
            (closedAs, closedAt) = Closing(gate, calendar, now);
            if (met.TryGetValue(calendar.DateAt(gate.OpenedAt), out var metAt))
            {
                var free = metAt > gate.OpenedAt ? metAt : gate.OpenedAt;
                freedAt = closedAt < free ? null : free;
            }
        }

        public int CompareTo(Settling? other) => (gate.OpenedAt, gate.Id).CompareTo((other!.gate.OpenedAt, other.gate.Id));

        /// <summary>A call made at the very instant of closing still counts: it was made by then.</summary>
        public bool IsPendingAt(DateTimeOffset instant) =>
            gate.OpenedAt <= instant && !(closedAt < instant) && !(freedAt < instant) && spent < gate.CallsRequired;

        public void Spend(ProspectingCall call)
        {
            spent++;
            if (spent == gate.CallsRequired)
            {
                paidAt = call.MadeAt;
            }
        }

        public GateStanding Standing(WorkCalendar calendar)
        {
            var byDayGoal = freedAt is not null && !(paidAt <= freedAt);
            var earnedAt = byDayGoal ? freedAt : paidAt;

            // An answer off hours counts as earned: nothing was gated then.
            if (earnedAt is null && closedAs == GateState.Answered && calendar.PeriodAt(closedAt!.Value) is null)
            {
                earnedAt = closedAt;
            }

            var state = closedAs ?? (earnedAt is null ? GateState.Pending : GateState.Earned);
            var remaining = earnedAt is null ? Math.Max(0, gate.CallsRequired - spent) : 0;
            return new GateStanding(gate, state, remaining, earnedAt?.ToUniversalTime(), byDayGoal, closedAt?.ToUniversalTime());
        }

        private static (GateState?, DateTimeOffset?) Closing(Gate gate, WorkCalendar calendar, DateTimeOffset now)
        {
            (GateState?, DateTimeOffset?) first = (null, null);
            // In the order that decides between causes of the same instant.
            Consider(GateState.Answered, gate.AnsweredAt);
            Consider(GateState.Waived, gate.WaivedAt);
            Consider(GateState.Expired, ExpiresAt(gate, calendar));
            Consider(GateState.Released, gate.ReleasedAt);
            return first;

            void Consider(GateState state, DateTimeOffset? at)
            {
                if (at <= now && !(first.Item2 <= at))
                {
                    first = (state, at);
                }
            }
        }
    }
}
