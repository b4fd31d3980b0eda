using InboxGate.Core.Plan;
using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Calling;

/// <summary>
/// Reads for <see cref="CallOrder"/> the prospects that may be next, by indexes: never a whole list. In the order in which
/// they are ranked, and no further than until there are enough.
/// </summary>
public sealed class CallCandidates
{
    private const int PageSize = 500;

    /// <summary>Of those touched before, the oldest pages alone are looked through: a rep who wrote to tens of thousands need not wait.</summary>
    private const int MostPages = 20;

    private readonly Store store;
    private readonly RepRow rep;
    private readonly WorkCalendar calendar;
    private readonly DateTimeOffset now;
    private readonly DateOnly today;
    private readonly IReadOnlyList<ListKey> lists;
    private readonly IQueryable<ProspectTouchRow> touches;
    private readonly IQueryable<ProspectTouchRow> everybodys;

    public CallCandidates(Store store, RepRow rep, WorkCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(calendar);
        (this.store, this.rep, this.calendar, this.now) = (store, rep, calendar, now);
        (today, lists) = (calendar.DateAt(now), ListKey.For(rep));
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        everybodys = store.ProspectTouches.AsNoTracking().Where(x => x.TenantId == tenantId);
        touches = everybodys.Where(x => x.RepId == repId);
    }

    /// <summary>At least the first <paramref name="take"/> to call, if there are as many.</summary>
    public async Task<IReadOnlyList<CallCandidate>> ReadAsync(int take, CancellationToken ct)
    {
        var open = new List<(ListKey List, string? Zones)>();
        foreach (var list in lists)
        {
            open.AddRange((await OpenZonesAsync(list, ct)).Select(x => (list, x)));
        }

        if (open.Count == 0)
        {
            return [];
        }

        var found = new Dictionary<string, ListEntryRow>(StringComparer.Ordinal);
        await AddDueAsync(found, take, ct);
        foreach (var (list, zones) in found.Count < take ? open : [])
        {
            Add(found, await NewcomersAsync(list, zones, take, ct));
        }

        if (found.Count < take)
        {
            await AddLongestUntouchedAsync(found, take, ct);
        }

        var keys = found.Keys.ToList();
        var known = await touches.Where(x => keys.Contains(x.Entry)).ToDictionaryAsync(x => x.Entry, StringComparer.Ordinal, ct);
        return [.. found.Values.Select(x => Candidate(x, known.GetValueOrDefault(x.Entry)))];
    }

    /// <summary>Why there is nobody.</summary>
    public async Task<NoCallsReason> WhyNoneAsync(CancellationToken ct)
    {
        var (isAnybodyCallable, isAnyZoneOpen, isAnybodyListed) = (false, false, false);
        foreach (var list in lists)
        {
            isAnybodyCallable = isAnybodyCallable || await Callable(list).AnyAsync(ct);
            isAnyZoneOpen = isAnyZoneOpen || (await OpenZonesAsync(list, ct)).Count > 0;
        }

        foreach (var list in isAnybodyCallable ? [] : lists)
        {
            isAnybodyListed = isAnybodyListed || await list.In(store).AnyAsync(x => x.Kind == SenderKind.Prospect && x.MainEntry == null, ct);
        }

        return isAnyZoneOpen ? NoCallsReason.AllCalledToday
            : isAnybodyCallable ? NoCallsReason.OutsideHours
            : isAnybodyListed ? NoCallsReason.NoNumbers
            : NoCallsReason.NoProspects;
    }

    /// <summary>What the index of callable prospects holds, in its own words: see the store.</summary>
    private IQueryable<ListEntryRow> Callable(ListKey list) => list.In(store).AsNoTracking()
        .Where(x => x.Phone != null && x.Kind == SenderKind.Prospect && !x.DoNotCall && x.MainEntry == null);

    /// <summary>
    /// Those of a list who may be called today, whatever the time there. A narrower list's word on somebody goes before this
    /// one's; "do not call" holds on whichever list it stands; whoever is on a shared list is called once a day by all together.
    /// </summary>
    private IQueryable<ListEntryRow> Offered(ListKey list)
    {
        var since = calendar.StartOf(today);
        var putOff = touches.Where(x => x.LastCalledAt >= since || x.Never || x.SkippedOn == today || x.DueOn > today);
        var wrong = touches.Where(x => x.WrongNumber != null);
        var calledToday = everybodys.Where(x => x.LastCalledAt >= since);
        var offered = Callable(list)
            .Where(x => !putOff.Any(y => y.Entry == x.Entry) && !wrong.Any(y => y.Entry == x.Entry && y.WrongNumber == x.Phone));
        if (list.Scope != Scope.Rep)
        {
            offered = offered.Where(x => !calledToday.Any(y => y.Entry == x.Entry));
        }

        foreach (var other in lists)
        {
            var listed = other.In(store);
            var barred = listed.Where(x => x.DoNotCall);
            offered = offered.Where(x => !barred.Any(y => y.Entry == x.Entry) && !barred.Any(y => y.Entry == x.Phone));
            if (other.Scope < list.Scope)
            {
                offered = offered.Where(x => !listed.Any(y => y.Entry == x.Entry));
            }
            else if (list.Scope == Scope.Rep && other.Scope != Scope.Rep)
            {
                offered = offered.Where(x => !(listed.Any(y => y.Entry == x.Entry) && calledToday.Any(y => y.Entry == x.Entry)));
            }
        }

        return offered;
    }

    /// <summary>Follow-ups; one that a call has settled stays as it was said, and is passed over.</summary>
    private async Task AddDueAsync(Dictionary<string, ListEntryRow> found, int take, CancellationToken ct)
    {
        var due = await touches.Where(x => x.DueOn <= today && !x.Never)
            .OrderBy(x => x.DueOn).ThenBy(x => x.Entry)
            .Select(x => new { x.Entry, x.DueOn, x.LastCalledAt })
            .ToListAsync(ct);
        foreach (var page in due.Where(x => CallOrder.IsFollowUpDue(x.DueOn, x.LastCalledAt, calendar, now)).Select(x => x.Entry).Chunk(PageSize))
        {
            await AddAsync(found, page, ct);
            if (found.Count >= take)
            {
                break;
            }
        }
    }

    /// <summary>Whom the rep never had to do with, the longest listed first.</summary>
    private Task<List<ListEntryRow>> NewcomersAsync(ListKey list, string? zones, int take, CancellationToken ct) => Offered(list)
        .Where(x => x.TimeZones == zones && !touches.Any(y => y.Entry == x.Entry && (y.LastContactAt != null || y.DueOn != null)))
        .OrderBy(x => x.SetAt).ThenBy(x => x.Entry)
        .Take(take)
        .ToListAsync(ct);

    private async Task AddLongestUntouchedAsync(Dictionary<string, ListEntryRow> found, int take, CancellationToken ct)
    {
        for (var page = 0; page < MostPages && found.Count < take; page++)
        {
            var oldest = await touches.Where(x => x.LastContactAt != null)
                .OrderBy(x => x.LastContactAt).ThenBy(x => x.Entry)
                .Skip(page * PageSize).Take(PageSize)
                .Select(x => x.Entry)
                .ToListAsync(ct);
            await AddAsync(found, oldest, ct);
            if (oldest.Count < PageSize)
            {
                break;
            }
        }
    }

    private async Task AddAsync(Dictionary<string, ListEntryRow> found, IReadOnlyList<string> keys, CancellationToken ct)
    {
        foreach (var list in keys.Count > 0 ? lists : [])
        {
            Add(found, (await Offered(list).Where(x => keys.Contains(x.Entry)).ToListAsync(ct)).Where(x => IsOpen(x.TimeZones)));
        }
    }

    private static void Add(Dictionary<string, ListEntryRow> found, IEnumerable<ListEntryRow> rows)
    {
        foreach (var row in rows)
        {
            found.TryAdd(row.Entry, row);
        }
    }

    /// <summary>The zones of a list's callable prospects where it is time; null for those of whom no zone is known.</summary>
    private async Task<List<string?>> OpenZonesAsync(ListKey list, CancellationToken ct)
    {
        // One step in the index from each zone to the next one, in place of every entry.
        var zones = await store.Database.SqlQuery<string>(
            $"""
            WITH RECURSIVE zones(zone) AS (
                SELECT (SELECT min("TimeZones") FROM list_entries
                    WHERE "TenantId" = {list.TenantId} AND "Scope" = {(int)list.Scope} AND "OwnerId" = {list.OwnerId}
                        AND "Phone" IS NOT NULL AND "Kind" = 0 AND NOT "DoNotCall" AND "RemovedAt" IS NULL AND "MainEntry" IS NULL)
                UNION ALL
                SELECT (SELECT min("TimeZones") FROM list_entries
                    WHERE "TenantId" = {list.TenantId} AND "Scope" = {(int)list.Scope} AND "OwnerId" = {list.OwnerId} AND "TimeZones" > zones.zone
                        AND "Phone" IS NOT NULL AND "Kind" = 0 AND NOT "DoNotCall" AND "RemovedAt" IS NULL AND "MainEntry" IS NULL)
                FROM zones WHERE zones.zone IS NOT NULL)
            SELECT zone AS "Value" FROM zones WHERE zone IS NOT NULL
            """).ToListAsync(ct);
        List<string?> open = [.. zones.Where(IsOpen)];
        if (IsOpen(null) && await Callable(list).AnyAsync(x => x.TimeZones == null, ct))
        {
            open.Add(null);
        }

        return open;
    }

    private bool IsOpen(string? zones) => ZonesOf(zones) is { Count: > 0 } known ? CallingHours.AreOpen(known, now) : CallingHours.AreOpen([calendar.Zone], now);

    private static List<TimeZoneInfo> ZonesOf(string? zones) =>
    [
        .. (zones ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(x => TimeZoneInfo.TryFindSystemTimeZoneById(x, out var zone) ? zone : null)
            .OfType<TimeZoneInfo>(),
    ];

    private static CallCandidate Candidate(ListEntryRow row, ProspectTouchRow? touch) => new(
        row.Entry, row.Name, row.Company, row.Phone, ZonesOf(row.TimeZones), row.SetAt, touch?.LastCalledAt, touch?.LastOutcome, touch?.LastMailedAt,
        touch?.DueOn, touch?.SkippedOn, touch?.Never ?? false, touch?.WrongNumber, row.DoNotCall);
}
