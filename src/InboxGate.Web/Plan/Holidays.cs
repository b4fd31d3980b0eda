using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

/// <summary>The holidays of a team or of a tenant. A change counts at once for the goals of whoever is in it; finished days keep theirs.</summary>
public sealed class Holidays(RepWriter writer, IDbContextFactory<Store> stores, TimeProvider clock)
{
    public const int MostDays = 3_000;
    private const int FarthestYears = 10;

    /// <summary>By date.</summary>
    public async Task<IReadOnlyList<Holiday>> ReadAsync(SharedBy by, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await Of(store, by).OrderBy(x => x.Date).Select(x => new Holiday(x.Date, x.Name ?? "")).ToListAsync(ct);
    }

    /// <summary>Repeatable.</summary>
    public async Task<Holiday> SetAsync(SharedBy by, DateOnly date, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (Math.Abs(date.Year - Today().Year) > FarthestYears)
        {
            throw RefusalException.Unprocessable("holiday-date", "That date is too far away.", "Choose a day within ten years of today.");
        }

        await writer.WriteAsync(by.TenantId, by.Reps, async (store, _, token) =>
        {
            if (await store.Holidays.FindAsync([by.TenantId, by.Scope, by.OwnerId, date], token) is { } known)
            {
                var isRenamed = known.Name != name;
                known.Name = name;
                return isRenamed;
            }

            await AddAsync(store, by, [new Holiday(date, name)], token);
            return true;
        }, ct);
        return new Holiday(date, name);
    }

    /// <summary>Repeatable.</summary>
    public async Task RemoveAsync(SharedBy by, DateOnly date, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await writer.WriteAsync(by.TenantId, by.Reps, async (store, _, token) =>
        {
            if (await store.Holidays.FindAsync([by.TenantId, by.Scope, by.OwnerId, date], token) is not { } known)
            {
                return false;
            }

            store.Holidays.Remove(known);
            return true;
        }, ct);
    }

    /// <summary>Adds the days of a calendar file from the year before this one to the third after it. Days that are there already keep their names.</summary>
    /// <param name="isPreview">Tells what would be done, and does nothing.</param>
    public async Task<HolidayImport> ImportAsync(SharedBy by, byte[] file, bool isPreview, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        var year = Today().Year;
        var read = HolidayFile.Parse(file, new DateOnly(year - 1, 1, 1), new DateOnly(year + 3, 12, 31));
        if (isPreview)
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            return await CompareAsync(store, by, read, ct) with { Saved = false };
        }

        var import = new HolidayImport(true, [], [], read.PassedOver);
        await writer.WriteAsync(by.TenantId, by.Reps, async (store, _, token) =>
        {
            import = await CompareAsync(store, by, read, token);
            await AddAsync(store, by, import.Added, token);
            return import.Added.Count > 0;
        }, ct);
        return import;
    }

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static IQueryable<HolidayRow> Of(Store store, SharedBy by) =>
        store.Holidays.AsNoTracking().Where(x => x.TenantId == by.TenantId && x.Scope == by.Scope && x.OwnerId == by.OwnerId);

    private static async Task<HolidayImport> CompareAsync(Store store, SharedBy by, HolidayFile read, CancellationToken ct)
    {
        var known = await Of(store, by).ToDictionaryAsync(x => x.Date, x => x.Name ?? "", ct);
        return new HolidayImport(
            true,
            [.. read.Days.Where(x => !known.ContainsKey(x.Date))],
            [.. read.Days.Where(x => known.ContainsKey(x.Date)).Select(x => x with { Name = known[x.Date] })],
            read.PassedOver);
    }

    private static async Task AddAsync(Store store, SharedBy by, IReadOnlyCollection<Holiday> days, CancellationToken ct)
    {
        if (await Of(store, by).CountAsync(ct) + days.Count > MostDays)
        {
            throw RefusalException.Unprocessable("holidays-too-many", "Those are too many holidays.", "Remove some that are over: 3000 can be kept.");
        }

        store.Holidays.AddRange(days.Select(x => new HolidayRow
        {
            TenantId = by.TenantId,
            Scope = by.Scope,
            OwnerId = by.OwnerId,
            Date = x.Date,
            Name = x.Name,
        }));
    }
}

public sealed record Holiday(DateOnly Date, string Name);

/// <param name="Saved">False for a preview.</param>
/// <param name="Known">Days that were holidays already, by the names they have.</param>
public sealed record HolidayImport(bool Saved, IReadOnlyList<Holiday> Added, IReadOnlyList<Holiday> Known, IReadOnlyList<PassedOver> PassedOver);
