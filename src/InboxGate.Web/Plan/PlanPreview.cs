using System.Globalization;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;

namespace InboxGate.Web.Plan;

/// <summary>What a plan comes to before it is put.</summary>
/// <param name="CountsFrom">The local day from which its checkpoints and margin would count.</param>
/// <param name="Checkpoints">Those that stand in a whole working day.</param>
/// <param name="Sums">Under the plan tried, as if it counted from today.</param>
public sealed record PlanPreview(
    DateOnly CountsFrom, PlanDay Day, IReadOnlyList<PlanDayCheckpoint> Checkpoints, PlanToday Today, IReadOnlyList<PlanSum> Sums)
{
    /// <param name="holidays">The tenant's and the team's, off whatever the rep says.</param>
    public static PlanPreview Of(BoardFacts facts, PlanSaid said, IEnumerable<DateOnly> holidays, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(said);
        var today = facts.Calendar.DateAt(now);
        var countsFrom = PlanChange.CountsFrom(facts.Plan, said.Plan, facts.Calendar, today);
        var calendar = facts.Calendar with { DaysOff = holidays.Concat(said.DaysOff).ToHashSet(), HalfDays = said.HalfDays.ToHashSet() };
        return new PlanPreview(
            countsFrom,
            new PlanDay(Words(calendar.Start), Words(calendar.End)),
            [.. Core.Plan.Checkpoints.OfWholeDay(today, calendar, said.Plan)
                .Select(x => new PlanDayCheckpoint(x.Key, Words(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(x.At, calendar.Zone).DateTime)), x.Share))],
            new PlanToday(GoalsOf(facts.Calendar, facts.Plan), GoalsOf(calendar, countsFrom == today ? said.Plan : facts.Plan)),
            PlanSum.Of(facts.Targets, facts.DoneBefore, calendar, today, said.Plan));

        BoardGoals GoalsOf(WorkCalendar days, RepPlan plan) => BoardGoals.Of(DayPlanning.Plan(facts.Targets, facts.DoneBefore, days, today, plan));
    }

    private static string Words(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>The working day's local ends, as "08:00"; an end at or before the start is on the next day.</summary>
public sealed record PlanDay(string Start, string End);

/// <param name="Key"><c>morning</c>, <c>lunch</c>, <c>leaving</c>; the rep's own <c>own1</c>, ….</param>
/// <param name="Time">Local, as "09:00".</param>
/// <param name="Share">Percent, cumulative.</param>
public sealed record PlanDayCheckpoint(string Key, string Time, int Share);

/// <summary>Today's goals as they are, and as they were if the plan were put: what is easier counts from tomorrow, days off at once.</summary>
public sealed record PlanToday(BoardGoals Before, BoardGoals After);
