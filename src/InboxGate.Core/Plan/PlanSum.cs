namespace InboxGate.Core.Plan;

/// <summary>
/// One target's arithmetic under a plan, so that it can be shown: "6 + 9 + 5 = 20 a day × 21 = 420; asked 400". The pane's
/// plan view mirrors it.
/// </summary>
/// <param name="Asked">Of the (dated) period.</param>
/// <param name="Until">The period's last day.</param>
/// <param name="Done">In the (dated) period before today.</param>
/// <param name="Pieces">Of <paramref name="PerDay"/>, what each checkpoint of a whole day asks on top of the one before; empty for meetings.</param>
/// <param name="PerDay">What a whole day asks from today on: with the margin, under the ceiling, and no more than a normal day while the pace is kept.</param>
/// <param name="WholeDays">Whole working days left, today included.</param>
/// <param name="HalfDays">Half days left, today included; each asks for half of <paramref name="PerDay"/>, rounded up.</param>
/// <param name="Total">What the period comes to.</param>
/// <param name="Reaches">Whether that is what was asked.</param>
/// <param name="Ruling">Whether this target decides the unit's day goal; of equals the one with the shortest period but a single day does.</param>
public sealed record PlanSum(
    TargetUnit Unit,
    TargetPeriod Period,
    int Asked,
    DateOnly Until,
    int Done,
    IReadOnlyList<int> Pieces,
    int PerDay,
    int WholeDays,
    int HalfDays,
    int Total,
    bool Reaches,
    bool Ruling)
{
    /// <summary>The sum of each target in force but those of a single day, by unit and period.</summary>
    /// <param name="doneBefore">By day, as for <see cref="DayPlanning"/>.</param>
    /// <param name="calendar">With the days off and half days of the plan at hand.</param>
    /// <param name="today">The rep's local day.</param>
    public static IReadOnlyList<PlanSum> Of(
        IReadOnlyList<Target> targets, IReadOnlyDictionary<DateOnly, DayCounts> doneBefore, WorkCalendar calendar, DateOnly today, RepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(plan);
        var checkpoints = Checkpoints.OfWholeDay(today, calendar, plan);
        var sums = DayPlanning.Plan(targets, doneBefore, calendar, today, plan.Margin)
            .Select(x => Of(x, checkpoints, calendar, today, plan))
            .ToList();
        var ruling = sums.GroupBy(x => x.Unit).Select(x => x.MaxBy(y => (y.PerDay, y.Period != TargetPeriod.Day))!).ToList();
        return [.. sums.Select(x => x with { Ruling = ruling.Contains(x) }).Where(x => x.Period != TargetPeriod.Day)];
    }

    private static PlanSum Of(
        TargetStanding standing, IReadOnlyList<DayCheckpoint> checkpoints, WorkCalendar calendar, DateOnly today, RepPlan plan)
    {
        long halvesOfPeriod = calendar.Halves(standing.PeriodStart, standing.PeriodEnd);
        long halvesLeft = calendar.Halves(today, standing.PeriodEnd);
        var halfDays = (int)((2 * standing.WorkingDaysLeft) - halvesLeft);
        var wholeDays = standing.WorkingDaysLeft - halfDays;
        var share = halvesLeft == 0 ? 0 : DayPlanning.CeilingOf(Math.Max(0L, standing.Aim - standing.Done) * 2, halvesLeft);
        var perDay = Math.Min(share, DayPlanning.Fullest(standing.Amount, 2, halvesOfPeriod));
        perDay = plan.KeepsPaceUntil >= today ? Math.Min(perDay, standing.NormalDay) : perDay;
        var total = standing.Done + (perDay * wholeDays) + (DayPlanning.CeilingOf(perDay, 2) * halfDays);
        return new PlanSum(
            standing.Target.Unit,
            standing.Target.Period,
            standing.Amount,
            standing.PeriodEnd,
            standing.Done,
            standing.Target.Unit == TargetUnit.Meetings ? [] : Checkpoints.Pieces(checkpoints, DayPlanning.Clamp(perDay)),
            DayPlanning.Clamp(perDay),
            wholeDays,
            halfDays,
            DayPlanning.Clamp(total),
            total >= standing.Amount,
            Ruling: false);
    }
}
