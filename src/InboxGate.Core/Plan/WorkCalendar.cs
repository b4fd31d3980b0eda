namespace InboxGate.Core.Plan;

/// <summary>One working period in UTC; it belongs to the local date on which it starts, also when it runs over midnight.</summary>
public readonly record struct WorkingPeriod(DateOnly Date, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>A day that is over, and the instant (UTC) at which it ended where the rep was then.</summary>
public readonly record struct FinishedDay(DateOnly Date, DateTimeOffset EndsAt);

/// <summary>The rep's working times: which local days are worked, and when. "Today" exists only here, with the zone.</summary>
/// <param name="Start">Local time at which a working day starts.</param>
/// <param name="End">Local time at which it ends; at or before <paramref name="Start"/> means on the next day.</param>
/// <param name="DaysOff">Tenant holidays and the rep's own days off.</param>
public sealed record WorkCalendar(
    TimeZoneInfo Zone, TimeOnly Start, TimeOnly End, IReadOnlySet<DayOfWeek> Days, IReadOnlySet<DateOnly> DaysOff)
{
    /// <summary>Days worked until the middle of the working day; a day off beside it stays off.</summary>
    public IReadOnlySet<DateOnly> HalfDays { get; init; } = new HashSet<DateOnly>();

    /// <summary>The last finished day and when (UTC) it ended. It stays as it was when the zone changes; the next day begins where it ended.</summary>
    public FinishedDay? Finished { get; init; }

    /// <summary>How many days ahead a working period is looked for; a rep may work on no day at all.</summary>
    public const int SearchedDays = 2 * 366;

    private bool IsOverMidnight => End <= Start;

    /// <summary>
    /// The rep's day at an instant: the local date, except that a shift over midnight is still the day on which it
    /// started until it ends. So counts, goals and checkpoints do not start afresh in the middle of a shift.
    /// </summary>
    public DateOnly DateAt(DateTimeOffset instant)
    {
        var date = LocalDateAt(instant);
        if (IsOverMidnight && date > DateOnly.MinValue && PeriodOf(date.AddDays(-1)) is { } shift && instant < shift.EndsAt)
        {
            date = shift.Date;
        }

        // Who travels neither loses nor doubles the hours between the two zones.
        return Finished is not { } finished ? date
            : instant < finished.EndsAt && date > finished.Date ? finished.Date
            : instant >= finished.EndsAt && date <= finished.Date ? finished.Date.AddDays(1)
            : date;
    }

    /// <summary>The same as <see cref="DateAt"/>: today, in the rep's zone.</summary>
    public DateOnly TodayAt(DateTimeOffset instant) => DateAt(instant);

    /// <summary>The date on the wall at an instant, whatever shift is running.</summary>
    public DateOnly LocalDateAt(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The first instant (UTC) of a day as <see cref="DateAt"/> counts it: local midnight, the end of the shift before, or of the finished day before.</summary>
    public DateTimeOffset StartOf(DateOnly date)
    {
        if (Finished is { } finished && date == finished.Date.AddDays(1))
        {
            return finished.EndsAt;
        }

        var midnight = InstantOf(date, TimeOnly.MinValue);
        return IsOverMidnight && PeriodOf(date.AddDays(-1)) is { } shift && shift.EndsAt > midnight ? shift.EndsAt : midnight;
    }

    /// <summary>The first instant (UTC) after a day as <see cref="DateAt"/> counts it.</summary>
    public DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1));

    public bool IsWorkingDay(DateOnly date) => Days.Contains(date.DayOfWeek) && !DaysOff.Contains(date);

    /// <summary>What a day weighs in a plan, in halves of a working day: 0, 1 or 2.</summary>
    public int Halves(DateOnly date) => !IsWorkingDay(date) ? 0 : HalfDays.Contains(date) ? 1 : 2;

    /// <summary>The working period that starts on a date; null when the day is not worked or the clocks swallow it whole.</summary>
    public WorkingPeriod? PeriodOf(DateOnly date)
    {
        if (!IsWorkingDay(date))
        {
            return null;
        }

        var startsAt = InstantOf(date, Start);
        var endsAt = InstantOf(IsOverMidnight ? date.AddDays(1) : date, End);
        if (HalfDays.Contains(date))
        {
            endsAt = startsAt + ((endsAt - startsAt) / 2);
        }

        return startsAt < endsAt ? new WorkingPeriod(date, startsAt, endsAt) : null;
    }

    /// <summary>The working period that runs at an instant, its start included and its end not; null off hours.</summary>
    public WorkingPeriod? PeriodAt(DateTimeOffset instant)
    {
        var date = LocalDateAt(instant);
        return IsOverMidnight && PeriodOf(date.AddDays(-1)) is { } shift && Covers(shift, instant) ? shift
            : PeriodOf(date) is { } period && Covers(period, instant) ? period
            : null;
    }

    /// <summary>The first working period that starts at an instant or later; null when none does within <see cref="SearchedDays"/>.</summary>
    public WorkingPeriod? NextPeriodFrom(DateTimeOffset instant)
    {
        var date = LocalDateAt(instant);
        return PeriodOf(date) is { } today && today.StartsAt >= instant ? today : NextPeriodAfter(date);
    }

    /// <summary>The first working period of a later date; null when there is none within <see cref="SearchedDays"/>.</summary>
    public WorkingPeriod? NextPeriodAfter(DateOnly date)
    {
        for (var ahead = 1; ahead <= SearchedDays; ahead++)
        {
            if (PeriodOf(date.AddDays(ahead)) is { } period)
            {
                return period;
            }
        }

        return null;
    }

    /// <summary>Working days from one date to another, both included; 0 when they are the wrong way round.</summary>
    public int WorkingDays(DateOnly from, DateOnly to)
    {
        var days = 0;
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            days += IsWorkingDay(date) ? 1 : 0;
        }

        return days;
    }

    /// <summary>The halves of working days from one date to another, both included; 0 when they are the wrong way round.</summary>
    public int Halves(DateOnly from, DateOnly to)
    {
        var halves = 0;
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            halves += Halves(date);
        }

        return halves;
    }

    /// <summary>
    /// The instant (UTC) of a local time: where the clocks skip it, the first instant after the gap; where they repeat it,
    /// the first of the two.
    /// </summary>
    public DateTimeOffset InstantOf(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(local))
        {
            // Clocks change on whole minutes; a gap is an hour as a rule, half an hour on Lord Howe, a day at the date line.
            local = date.ToDateTime(new TimeOnly(time.Hour, time.Minute), DateTimeKind.Unspecified);
            while (Zone.IsInvalidTime(local))
            {
                local = local.AddMinutes(1);
            }
        }

        // The first of two instants with the same local time is the one with the larger offset.
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static bool Covers(WorkingPeriod period, DateTimeOffset instant) =>
        period.StartsAt <= instant && instant < period.EndsAt;
}
