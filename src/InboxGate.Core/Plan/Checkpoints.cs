using System.Globalization;

namespace InboxGate.Core.Plan;

/// <summary>A checkpoint of one working day: when, and how much of the day goal by then.</summary>
/// <param name="Key"><c>morning</c>, <c>lunch</c>, <c>leaving</c>; the rep's own <c>own1</c>, ….</param>
/// <param name="Name">The local time in words, as "9:00".</param>
/// <param name="At">UTC.</param>
/// <param name="Share">Percent, cumulative.</param>
public sealed record DayCheckpoint(string Key, string Name, DateTimeOffset At, int Share);

/// <summary>Where a checkpoint stands at an instant.</summary>
/// <param name="Due">Cumulative, after any re-cut.</param>
/// <param name="DoneByThen">What was done by its time, or by now when that is still ahead.</param>
public sealed record CheckpointStanding(DayCheckpoint Checkpoint, int Due, int DoneByThen, Boards.CheckpointState State);

/// <summary>Cuts the day's goal into pieces with a time of day each.</summary>
public static class Checkpoints
{
    /// <summary>The checkpoints that stand in a working day, earliest first; the last always does.</summary>
    public static IReadOnlyList<DayCheckpoint> Of(WorkingPeriod period, WorkCalendar calendar, RepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(plan);
        var planned = plan.Checkpoints is { Count: > 0 } own
            ? own.Select((x, i) => (Key: $"own{i + 1}", At: InstantIn(period, calendar, x.Time), x.Share)).ToList()
            : Usual(period, calendar);

        var last = planned[^1];
        var standing = new List<DayCheckpoint>(planned.Count);
        foreach (var (key, at, share) in planned.SkipLast(1))
        {
            var isInside = at > period.StartsAt && at < period.EndsAt;
            if (isInside && at < last.At && (standing.Count == 0 || at > standing[^1].At))
            {
                standing.Add(new DayCheckpoint(key, NameOf(at, calendar), at, share));
            }
        }

        standing.Add(new DayCheckpoint(last.Key, NameOf(last.At, calendar), last.At, last.Share));
        return standing;
    }

    /// <summary>Those of a whole working day, whether or not that date is one; none when the clocks swallow it.</summary>
    public static IReadOnlyList<DayCheckpoint> OfWholeDay(DateOnly date, WorkCalendar calendar, RepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var worked = calendar with { Days = new HashSet<DayOfWeek> { date.DayOfWeek }, DaysOff = new HashSet<DateOnly>(), HalfDays = new HashSet<DateOnly>() };
        return worked.PeriodOf(date) is { } period ? Of(period, worked, plan) : [];
    }

    /// <summary>A goal cut at the checkpoints: what each asks on top of the one before.</summary>
    public static IReadOnlyList<int> Pieces(IReadOnlyList<DayCheckpoint> checkpoints, int dayGoal)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        ArgumentOutOfRangeException.ThrowIfNegative(dayGoal);
        var due = checkpoints.Select(x => (int)DayPlanning.CeilingOf((long)dayGoal * x.Share, 100)).ToList();
        return [.. due.Select((x, i) => i == 0 ? x : x - due[i - 1])];
    }

    /// <summary>
    /// What is due at each, and its state. After a missed one the rest of the goal is cut again over the shares that are
    /// left, so that what was missed is spread and never stacked onto the next.
    /// </summary>
    /// <param name="doneAt">The instants of what was done today; any order.</param>
    public static IReadOnlyList<CheckpointStanding> Stand(
        IReadOnlyList<DayCheckpoint> checkpoints, int dayGoal, IReadOnlyList<DateTimeOffset> doneAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        ArgumentNullException.ThrowIfNull(doneAt);
        ArgumentOutOfRangeException.ThrowIfNegative(dayGoal);
        var standings = new List<CheckpointStanding>(checkpoints.Count);
        long cutFrom = 0;
        long cutShare = 0;
        var isNextFound = false;
        foreach (var checkpoint in checkpoints)
        {
            var due = cutShare >= 100
                ? dayGoal
                : cutFrom + DayPlanning.CeilingOf((dayGoal - cutFrom) * (checkpoint.Share - cutShare), 100 - cutShare);
            var isPast = checkpoint.At <= now;
            var until = isPast ? checkpoint.At : now;
            var done = DoneBy(until);
            Boards.CheckpointState state;
            if (done >= due)
            {
                state = Boards.CheckpointState.Kept;
            }
            else if (isPast)
            {
                state = Boards.CheckpointState.Missed;
                (cutFrom, cutShare) = (done, checkpoint.Share);
            }
            else
            {
                state = isNextFound ? Boards.CheckpointState.Later : Boards.CheckpointState.Next;
                isNextFound = true;
            }

            standings.Add(new CheckpointStanding(checkpoint, (int)due, done, state));
        }

        return standings;

        int DoneBy(DateTimeOffset instant)
        {
            var count = 0;
            for (var i = 0; i < doneAt.Count; i++)
            {
                count += doneAt[i] <= instant ? 1 : 0;
            }

            return count;
        }
    }

    private static List<(string Key, DateTimeOffset At, int Share)> Usual(WorkingPeriod period, WorkCalendar calendar)
    {
        var nine = calendar.InstantOf(period.Date, new TimeOnly(9, 0));
        var anHourIn = period.StartsAt.AddHours(1);
        return
        [
            ("morning", nine > anHourIn ? nine : anHourIn, 30),
            ("lunch", InstantIn(period, calendar, new TimeOnly(12, 0)), 75),
            ("leaving", period.EndsAt.AddMinutes(-30), 100),
        ];
    }

    /// <summary>A local time within a shift: after midnight when the shift has started by then only on the day before.</summary>
    private static DateTimeOffset InstantIn(WorkingPeriod period, WorkCalendar calendar, TimeOnly time)
    {
        var isAfterMidnight = calendar.End <= calendar.Start && time < calendar.Start;
        return calendar.InstantOf(isAfterMidnight ? period.Date.AddDays(1) : period.Date, time);
    }

    private static string NameOf(DateTimeOffset at, WorkCalendar calendar) =>
        TimeZoneInfo.ConvertTime(at, calendar.Zone).ToString("H:mm", CultureInfo.InvariantCulture);
}
