using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Plan;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Team;

/// <summary>Draws a team from facts: one query for each kind of fact, or two, however many reps there are; finished days are one row each.</summary>
public sealed class TeamReading(IDbContextFactory<Store> stores, TimeProvider clock)
{
    /// <summary>A day is finished the morning after at the latest, as long as the rep or the mailbox is seen at all.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<TeamMember>> ReadAsync(RepKey manager, bool isTransitive, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var now = clock.GetUtcNow();
        var facts = await FactsAsync(store, await TeamMembers.ReadAsync(store, manager, isTransitive, ct), null, now, ct);
        return
        [
            .. facts.Select(x => new TeamMember(
                x.Rep.RepId, x.Rep.Name, x.Rep.TeamId == manager.RepId, MemberStanding.Of(x.Calendar, x.Targets, x.Days, now))),
        ];
    }

    /// <summary>What each rep's numbers are worked out from, in the order given.</summary>
    /// <param name="considered">A target that is not asked yet, and for which the facts are to reach too; null for none.</param>
    public static async Task<IReadOnlyList<MemberFacts>> FactsAsync(
        Store store, IReadOnlyList<RepRow> reps, Target? considered, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reps);
        if (reps.Count == 0)
        {
            return [];
        }

        var ids = reps.Select(x => x.RepId).ToList();
        var calendars = await CalendarsAsync(store, reps, ids, ct);
        var targets = await TargetReading.ReadAsync(store, reps, ct);
        var from = reps.Min(x => EarliestDay(targets[x.RepId], considered, calendars[x.RepId].DateAt(now)));
        var days = await DaysAsync(store, reps, ids, calendars, from, now, ct);
        return [.. reps.Select(x => new MemberFacts(x, calendars[x.RepId], [.. targets[x.RepId]], days[x.RepId]))];
    }

    private static DateOnly EarliestDay(IEnumerable<Target> targets, Target? considered, DateOnly today)
    {
        var needed = BoardNeeds.EarliestOpenPeriodStart(targets, today);
        return considered is null ? needed
            : BoardNeeds.EarliestOpenPeriodStart([considered], today) is var also && also < needed ? also
            : needed;
    }

    private static async Task<Dictionary<Guid, WorkCalendar>> CalendarsAsync(Store store, IReadOnlyList<RepRow> reps, List<Guid> ids, CancellationToken ct)
    {
        var tenantId = reps[0].TenantId;
        IReadOnlyList<Guid> teams = [.. reps.Select(x => x.TeamId).OfType<Guid>().Distinct()];
        var holidays = await Working.HolidaysAsync(store, tenantId, teams, ct);
        var hours = await Working.HoursAsync(store, tenantId, teams, ct);
        var said = await store.Plans.AsNoTracking()
            .Where(x => x.TenantId == tenantId && ids.Contains(x.RepId))
            .Where(x => !store.Plans.Any(y => y.TenantId == x.TenantId && y.RepId == x.RepId && y.SetAt > x.SetAt))
            .Select(x => new { x.RepId, x.DaysOff, x.HalfDays })
            .ToDictionaryAsync(x => x.RepId, ct);
        return reps.ToDictionary(
            x => x.RepId,
            x => said.GetValueOrDefault(x.RepId) is { } own
                ? Working.Calendar(x, hours(x), holidays(x).Concat(own.DaysOff), own.HalfDays)
                : Working.Calendar(x, hours(x), holidays(x), []));
    }

    /// <summary>What each rep did by day: from closed rows, and for the days since from the details.</summary>
    private static async Task<Dictionary<Guid, Dictionary<DateOnly, DayCounts>>> DaysAsync(
        Store store, IReadOnlyList<RepRow> reps, List<Guid> ids, Dictionary<Guid, WorkCalendar> calendars, DateOnly from, DateTimeOffset now, CancellationToken ct)
    {
        var tenantId = reps[0].TenantId;
        var closed = await store.ClosedDays.AsNoTracking()
            .Where(x => x.TenantId == tenantId && ids.Contains(x.RepId) && x.Date >= from)
            .Select(x => new { x.RepId, x.Date, x.Calls, x.Emails, x.Meetings })
            .ToListAsync(ct);
        var days = reps.ToDictionary(x => x.RepId, _ => new Dictionary<DateOnly, DayCounts>());
        foreach (var day in closed)
        {
            days[day.RepId][day.Date] = new DayCounts(day.Calls, day.Emails, day.Meetings);
        }

        var closedThrough = reps.ToDictionary(x => x.RepId, x => x.ClosedThrough);
        // Were those who are away asked for with the others, everybody's past since then would be read.
        var openSince = reps.ToDictionary(x => x.RepId, x => calendars[x.RepId].StartOf(x.ClosedThrough.AddDays(1)));
        foreach (var some in ids.GroupBy(x => openSince[x] < now - Away))
        {
            await AddDetailsAsync([.. some], some.Min(x => openSince[x]));
        }

        return days;

        async Task AddDetailsAsync(List<Guid> some, DateTimeOffset since)
        {
            var calls = await store.Calls.AsNoTracking()
                .Where(x => x.TenantId == tenantId && some.Contains(x.RepId) && x.MadeAt >= since && x.UndoneAt == null)
                .Select(x => new { x.RepId, At = x.MadeAt!.Value, IsMeeting = x.Outcome == CallOutcome.Meeting })
                .ToListAsync(ct);
            calls.ForEach(x => Add(x.RepId, x.At, new DayCounts(1, 0, x.IsMeeting ? 1 : 0)));
            var emails = await store.SentMessages.AsNoTracking()
                .Where(x => x.TenantId == tenantId && some.Contains(x.RepId) && x.Prospecting && x.SentAt >= since)
                .Select(x => new { x.RepId, At = x.SentAt })
                .ToListAsync(ct);
            emails.ForEach(x => Add(x.RepId, x.At, new DayCounts(0, 1, 0)));
        }

        void Add(Guid rep, DateTimeOffset at, DayCounts more)
        {
            var date = calendars[rep].DateAt(at);
            if (date > closedThrough[rep])
            {
                var known = days[rep].GetValueOrDefault(date);
                days[rep][date] = new DayCounts(known.Calls + more.Calls, known.Emails + more.Emails, known.Meetings + more.Meetings);
            }
        }
    }
}

/// <param name="Days">What was done by local day, today included.</param>
public sealed record MemberFacts(RepRow Rep, WorkCalendar Calendar, IReadOnlyList<Target> Targets, IReadOnlyDictionary<DateOnly, DayCounts> Days);

/// <param name="IsDirect">Reports to the manager themselves.</param>
public sealed record TeamMember(Guid RepId, string? Name, bool IsDirect, MemberStanding Standing);
