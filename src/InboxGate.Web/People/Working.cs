using InboxGate.Core.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>The rep's working times, read from the facts.</summary>
public static class Working
{
    public static async Task<WorkCalendar> CalendarAsync(Store store, RepRow rep, CancellationToken ct)
    {
        var latest = await store.Plans.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId)
            .OrderByDescending(x => x.SetAt)
            .Select(x => new { x.DaysOff, x.HalfDays })
            .FirstOrDefaultAsync(ct);
        var holidays = await store.Holidays.Where(x => x.TenantId == rep.TenantId).Select(x => x.Date).ToListAsync(ct);
        return Calendar(rep, holidays.Concat(latest?.DaysOff ?? []), latest?.HalfDays ?? []);
    }

    /// <param name="daysOff">The tenant's holidays and the rep's own days off.</param>
    public static WorkCalendar Calendar(RepRow rep, IEnumerable<DateOnly> daysOff, IEnumerable<DateOnly> halfDays) =>
        new(Zone(rep), rep.WorkStart, rep.WorkEnd, rep.WorkDays.ToHashSet(), daysOff.ToHashSet())
        {
            HalfDays = halfDays.ToHashSet(),
            Finished = rep.ClosedUntil is { } until ? new FinishedDay(rep.ClosedThrough, until) : null,
        };

    public static TimeZoneInfo Zone(RepRow rep) => Zone(rep.TimeZone);

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
