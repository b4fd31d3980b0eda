namespace InboxGate.Core.Plan;

/// <summary>Where a target stands on a day, as of that day's morning.</summary>
/// <param name="PeriodStart">The first day that counts: the period's, or the target's own inside it.</param>
/// <param name="PeriodEnd">The period's last day.</param>
/// <param name="Amount">What is asked of the (dated) period: as asked, or pro rata where the target starts inside it.</param>
/// <param name="Aim">The amount and the rep's margin on top.</param>
/// <param name="Done">In the (dated) period before today.</param>
/// <param name="Left">Of the amount.</param>
/// <param name="Pace">What an even pace would have brought before today, rounded down.</param>
/// <param name="WorkingDaysLeft">Today included.</param>
/// <param name="NormalDay">What a whole day would ask if nothing were ahead or behind, rounded up.</param>
/// <param name="Ceiling">The most that today may ask: a normal day, or half of one, and a quarter.</param>
/// <param name="Reach">What the days left bring at most, today included.</param>
/// <param name="DayGoal">Today's share; 0 on a day that is not worked.</param>
public sealed record TargetStanding(
    Target Target,
    DateOnly PeriodStart,
    DateOnly PeriodEnd,
    int Amount,
    int Aim,
    int Done,
    int Left,
    int Pace,
    int WorkingDaysLeft,
    int NormalDay,
    int Ceiling,
    int Reach,
    int DayGoal)
{
    /// <summary>False when the days left at the ceiling do not bring what is left.</summary>
    public bool Reachable => Reach >= Left;

    /// <summary>Whether the aim was reached before today, so that everything now is extra.</summary>
    public bool IsAimReached => Aim > 0 && Done >= Aim;
}

/// <summary>Breaks targets down to the day. Integers throughout; rounding is always up.</summary>
public static class DayPlanning
{
    /// <summary>One standing per unit and period asked by <paramref name="today"/>: that of the latest target, which replaces those before it.</summary>
    /// <param name="targets">Any order; of several with one date the last is taken. One of amount 0 asks for nothing more.</param>
    /// <param name="doneBefore">By day, at least from <see cref="Boards.BoardNeeds.EarliestOpenPeriodStart"/> on; days from today on are passed over.</param>
    /// <param name="margin">Percent, 0 to 20; 0 for whatever a manager sees.</param>
    public static IReadOnlyList<TargetStanding> Plan(
        IReadOnlyList<Target> targets,
        IReadOnlyDictionary<DateOnly, DayCounts> doneBefore,
        WorkCalendar calendar,
        DateOnly today,
        int margin)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(doneBefore);
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        return
        [
            .. InForce(targets, today)
                .Where(x => x.Amount > 0)
                .Select(x => Stand(x, doneBefore, calendar, today, margin)),
        ];
    }

    /// <summary>The same as the rep's plan has it: with the rep's margin, and no more than a normal day while the pace is kept.</summary>
    public static IReadOnlyList<TargetStanding> Plan(
        IReadOnlyList<Target> targets, IReadOnlyDictionary<DateOnly, DayCounts> doneBefore, WorkCalendar calendar, DateOnly today, RepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var standings = Plan(targets, doneBefore, calendar, today, plan.Margin);
        return plan.KeepsPaceUntil is not { } until || until < today
            ? standings
            : [.. standings.Select(x => x with { DayGoal = Math.Min(x.DayGoal, (int)CeilingOf((long)x.NormalDay * calendar.Halves(today), 2)) })];
    }

    /// <summary>The targets that count on a day: of each unit and period the latest from that day or before.</summary>
    public static IEnumerable<Target> InForce(IEnumerable<Target> targets, DateOnly today) =>
        targets.Where(x => x.From <= today)
            .GroupBy(x => (x.Unit, x.Period))
            .OrderBy(x => x.Key)
            .Select(x => x.Reverse().MaxBy(y => y.From)!);

    /// <summary>Section by section: amount, aim, what was done, and today's share under the ceiling.</summary>
    public static TargetStanding Stand(
        Target target, IReadOnlyDictionary<DateOnly, DayCounts> doneBefore, WorkCalendar calendar, DateOnly today, int margin)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(doneBefore);
        ArgumentNullException.ThrowIfNull(calendar);
        var (start, end) = PeriodAround(today, target.Period);
        var from = target.From > start ? target.From : start;
        // Counted in halves of a day, so that a half day carries half of what a whole one does.
        long halvesOfPeriod = calendar.Halves(from, end);
        long amount = target.Amount;
        if (from > start)
        {
            long wholePeriod = calendar.Halves(start, end);
            amount = wholePeriod == 0 ? 0 : CeilingOf(amount * halvesOfPeriod, wholePeriod);
        }

        var aim = CeilingOf(amount * (100 + margin), 100);
        var done = doneBefore.Where(x => x.Key >= from && x.Key < today).Sum(x => (long)x.Value.Of(target.Unit));
        var left = Math.Max(0, amount - done);
        long halvesToday = calendar.Halves(today);
        long halvesLeft = calendar.Halves(today, end);
        var days = calendar.WorkingDays(today, end);
        var halfDays = (2 * days) - halvesLeft;
        var share = halvesToday == 0 ? 0 : CeilingOf(Math.Max(0, aim - done) * halvesToday, halvesLeft);
        var ceiling = Fullest(amount, halvesToday, halvesOfPeriod);
        return new TargetStanding(
            target,
            from,
            end,
            Clamp(amount),
            Clamp(aim),
            Clamp(done),
            Clamp(left),
            halvesOfPeriod == 0 ? 0 : Clamp(amount * (halvesOfPeriod - halvesLeft) / halvesOfPeriod),
            days,
            halvesOfPeriod == 0 ? 0 : Clamp(CeilingOf(amount * 2, halvesOfPeriod)),
            Clamp(ceiling),
            Clamp((Fullest(amount, 2, halvesOfPeriod) * (days - halfDays)) + (Fullest(amount, 1, halvesOfPeriod) * halfDays)),
            Clamp(Math.Min(share, ceiling)));
    }

    /// <summary>The day's goal of a unit: the largest of its targets'; 0 without any.</summary>
    public static int DayGoal(IEnumerable<TargetStanding> standings, TargetUnit unit) =>
        standings.Where(x => x.Target.Unit == unit).Select(x => x.DayGoal).DefaultIfEmpty().Max();

    /// <summary>Whether the day's goal is 0 because an aim is reached, not because nothing is asked.</summary>
    public static bool IsFreeDay(IReadOnlyCollection<TargetStanding> standings, TargetUnit unit) =>
        DayGoal(standings, unit) == 0 && standings.Any(x => x.Target.Unit == unit && x.IsAimReached);

    /// <summary>The calendar's period that holds a day: Monday to Sunday, the month, the quarter, or the day itself.</summary>
    public static (DateOnly Start, DateOnly End) PeriodAround(DateOnly day, TargetPeriod period)
    {
        var firstOfMonth = new DateOnly(day.Year, day.Month, 1);
        var firstOfQuarter = new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return period switch
        {
            TargetPeriod.Day => (day, day),
            TargetPeriod.Week => (monday, monday.AddDays(6)),
            TargetPeriod.Month => (firstOfMonth, firstOfMonth.AddMonths(1).AddDays(-1)),
            _ => (firstOfQuarter, firstOfQuarter.AddMonths(3).AddDays(-1)),
        };
    }

    /// <summary>The most that so many halves of a day may ask: a normal day is amount / days of the period, and a quarter on top of it.</summary>
    internal static long Fullest(long amount, long halves, long halvesOfPeriod) =>
        halvesOfPeriod == 0 ? 0 : CeilingOf(amount * 5 * halves, halvesOfPeriod * 4);

    /// <summary>Division rounded up, of numbers that are not negative.</summary>
    internal static long CeilingOf(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    internal static int Clamp(long value) => (int)Math.Min(value, int.MaxValue);
}
