using InboxGate.Core.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>The rep's working times, read from the facts.</summary>
public static class Working
{
    public static async Task<WorkCalendar> CalendarAsync(Store store, RepRow rep, CancellationToken ct)
    {
        var hours = await HoursAsync(store, rep.TenantId, [rep.TeamId ?? Guid.Empty], ct);
        var latest = await store.Plans.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId)
            .OrderByDescending(x => x.SetAt)
            .Select(x => new { x.DaysOff, x.HalfDays })
            .FirstOrDefaultAsync(ct);
        var holidays = await HolidaysAsync(store, rep.TenantId, [rep.TeamId ?? Guid.Empty], ct);
        return Calendar(rep, hours(rep), holidays(rep).Concat(latest?.DaysOff ?? []), latest?.HalfDays ?? []);
    }

    /// <summary>The hours that were said for a rep: the team's, else the tenant's; null where those of the mailbox hold. In one query, whatever the number of reps.</summary>
    /// <param name="teams">Those of the reps who will be asked for.</param>
    public static async Task<Func<RepRow, WorkHours?>> HoursAsync(Store store, Guid tenantId, IReadOnlyList<Guid> teams, CancellationToken ct)
    {
        var rows = await store.Policies.AsNoTracking()
            .Where(x => x.TenantId == tenantId && x.Hours != null
                && ((x.Scope == Scope.Tenant && x.OwnerId == tenantId) || (x.Scope == Scope.Team && teams.Contains(x.OwnerId))))
            .Select(x => new { x.Scope, x.OwnerId, x.Hours })
            .ToListAsync(ct);
        var hours = rows.ToDictionary(x => x.Scope == Scope.Tenant ? Guid.Empty : x.OwnerId, x => x.Hours);
        return rep => rep.TeamId is { } team && hours.GetValueOrDefault(team) is { } own ? own : hours.GetValueOrDefault(Guid.Empty);
    }

    /// <summary>The holidays of a rep: the tenant's and the team's. In one query, whatever the number of reps.</summary>
    /// <param name="teams">Those of the reps who will be asked for.</param>
    public static async Task<Func<RepRow, IEnumerable<DateOnly>>> HolidaysAsync(Store store, Guid tenantId, IReadOnlyList<Guid> teams, CancellationToken ct)
    {
        var rows = await store.Holidays.AsNoTracking()
            .Where(x => x.TenantId == tenantId && (x.Scope == Scope.Tenant || (x.Scope == Scope.Team && teams.Contains(x.OwnerId))))
            .Select(x => new { x.Scope, x.OwnerId, x.Date })
            .ToListAsync(ct);
        var days = rows.ToLookup(x => x.Scope == Scope.Tenant ? Guid.Empty : x.OwnerId, x => x.Date);
        return rep => rep.TeamId is { } team ? days[Guid.Empty].Concat(days[team]) : days[Guid.Empty];
    }

    /// <param name="hours">In place of those of the mailbox; null leaves it at them.</param>
    /// <param name="daysOff">The tenant's and the team's holidays and the rep's own days off.</param>
    public static WorkCalendar Calendar(RepRow rep, WorkHours? hours, IEnumerable<DateOnly> daysOff, IEnumerable<DateOnly> halfDays) =>
        new(Zone(rep), hours?.Start ?? rep.WorkStart, hours?.End ?? rep.WorkEnd, (hours?.Days ?? rep.WorkDays).ToHashSet(), daysOff.ToHashSet())
        {
            HalfDays = halfDays.ToHashSet(),
            Finished = rep.ClosedUntil is { } until ? new FinishedDay(rep.ClosedThrough, until) : null,
        };

    public static TimeZoneInfo Zone(RepRow rep) => Zone(rep.TimeZone);

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
