using InboxGate.Core.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>The rep's working times, read from the facts.</summary>
public static class Working
{
    /// <param name="daysOff">The rep's own days off, from the latest plan.</param>
    public static async Task<WorkCalendar> CalendarAsync(Store store, RepRow rep, IEnumerable<DateOnly> daysOff, CancellationToken ct)
    {
        var holidays = await store.Holidays.Where(x => x.TenantId == rep.TenantId).Select(x => x.Date).ToListAsync(ct);
        return new WorkCalendar(Zone(rep), rep.WorkStart, rep.WorkEnd, rep.WorkDays.ToHashSet(), holidays.Concat(daysOff).ToHashSet());
    }

    public static async Task<WorkCalendar> CalendarAsync(Store store, RepRow rep, CancellationToken ct)
    {
        var plan = await store.Plans.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId)
            .OrderByDescending(x => x.SetAt).FirstOrDefaultAsync(ct);
        return await CalendarAsync(store, rep, plan?.DaysOff ?? [], ct);
    }

    public static TimeZoneInfo Zone(RepRow rep) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(rep.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
