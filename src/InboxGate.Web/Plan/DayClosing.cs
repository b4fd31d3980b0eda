using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Plan;

/// <summary>Closes finished days: one row each, and what may no longer be known is erased. Idempotent; whoever comes first after midnight does it.</summary>
public sealed class DayClosing(IDbContextFactory<Store> stores, RepWriter writer)
{
    /// <summary>After a longer absence only so many empty days are written.</summary>
    private const int MostDays = 400;

    /// <summary>Whether a finished day has no closed row yet.</summary>
    /// <param name="shifts">The rep's hours whatever the days off: whether a day is over is a question of the zone, and of a shift over midnight.</param>
    public static bool IsDue(RepRow rep, WorkCalendar shifts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(shifts);
        return rep.ClosedThrough < shifts.DateAt(now).AddDays(-1);
    }

    public async Task CloseAsync(RepKey key, DateTimeOffset now, CancellationToken ct)
    {
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            var rep = await store.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
            if (rep is null)
            {
                // Erased meanwhile.
                return;
            }

            var hours = await Working.HoursAsync(store, rep.TenantId, [rep.TeamId ?? Guid.Empty], ct);
            if (!IsDue(rep, Working.Calendar(rep, hours(rep), [], []), now))
            {
                return;
            }
        }

        await writer.WriteAsync(key, (store, rep, token) => CloseDaysAsync(store, rep, now, token), ct);
    }

    /// <summary>Corrects the counts, never the goals, of the finished day that holds an instant, after a late call, an outcome or an undo.</summary>
    public static async Task RecountAsync(Store store, RepRow rep, WorkCalendar calendar, DateTimeOffset at, CancellationToken ct)
    {
        if (at < rep.DetailsSince)
        {
            // What is left of that day's details is not all of it.
            return;
        }

        var row = await store.ClosedDays.FirstOrDefaultAsync(
            x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.StartsAt <= at && x.EndsAt > at, ct);
        if (row is null && calendar.DateAt(at) is var date && date <= rep.ClosedThrough)
        {
            row = await store.ClosedDays.FindAsync([rep.TenantId, rep.RepId, date], ct);
            row = row is { StartsAt: null } ? row : null;
        }

        if (row is null)
        {
            return;
        }

        // The change that asked for this is not saved yet: it has to be seen by the count.
        await store.SaveChangesAsync(ct);
        Count(row, await CallsAsync(store, row, row.StartsAt ?? calendar.StartOf(row.Date), row.EndsAt ?? calendar.EndOf(row.Date), ct));
    }

    private static async Task<bool> CloseDaysAsync(Store store, RepRow rep, DateTimeOffset now, CancellationToken ct)
    {
        var calendar = await Working.CalendarAsync(store, rep, ct);
        var yesterday = calendar.DateAt(now).AddDays(-1);
        if (rep.ClosedThrough >= yesterday)
        {
            return false;
        }

        var enrolled = calendar.DateAt(rep.EnrolledAt);
        var first = rep.ClosedThrough.AddDays(1);
        first = first < enrolled ? enrolled : first;
        first = first < yesterday.AddDays(-MostDays) ? yesterday.AddDays(-MostDays) : first;
        if (first > yesterday)
        {
            // Nothing to close before the first day: where it begins is a question of the zone it is spent in.
            (rep.ClosedThrough, rep.ClosedUntil) = (yesterday, null);
        }

        for (var date = first; date <= yesterday; date = date.AddDays(1))
        {
            var endsAt = calendar.EndOf(date);
            if (await store.ClosedDays.FindAsync([rep.TenantId, rep.RepId, date], ct) is null)
            {
                store.ClosedDays.Add(await CloseAsync(store, rep, calendar, date, endsAt, ct));
            }

            (rep.ClosedThrough, rep.ClosedUntil) = (date, endsAt);
            calendar = calendar with { Finished = new FinishedDay(date, endsAt) };
            await store.SaveChangesAsync(ct);
        }

        await EraseAsync(store, rep, calendar, now, ct);
        return true;
    }

    private static async Task<ClosedDayRow> CloseAsync(
        Store store, RepRow rep, WorkCalendar calendar, DateOnly date, DateTimeOffset end, CancellationToken ct)
    {
        var start = calendar.StartOf(date);
        var facts = await FactsReading.ReadAsync(store, rep, end.AddTicks(-1), ct, saidBy: end);
        var board = BoardDrawing.Draw(facts, end.AddTicks(-1));
        var row = new ClosedDayRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            Date = date,
            TimeZone = rep.TimeZone,
            StartsAt = start,
            EndsAt = end,
            Working = calendar.PeriodOf(date) is not null,
            Emails = await store.SentMessages.CountAsync(
                x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Prospecting && x.SentAt >= start && x.SentAt < end, ct),
            CallsGoal = board.Goals.Calls,
            EmailsGoal = board.Goals.Emails,
            MeetingsGoal = board.Goals.Meetings,
            AimReached = DayPlanning.IsFreeDay(
                DayPlanning.Plan(facts.Targets, facts.DoneBefore, calendar, date, facts.Plan), TargetUnit.Calls),
        };
        Count(row, await CallsAsync(store, row, start, end, ct));
        foreach (var gate in board.Gates.Where(x => x.State == GateState.Answered))
        {
            if (gate.EarnedAt is null)
            {
                row.AnsweredEarly++;
            }
            else
            {
                row.AnsweredEarned++;
            }
        }

        return row;
    }

    private static Task<List<CallRow>> CallsAsync(Store store, ClosedDayRow day, DateTimeOffset start, DateTimeOffset end, CancellationToken ct) =>
        store.Calls.AsNoTracking()
            .Where(x => x.TenantId == day.TenantId && x.RepId == day.RepId && x.MadeAt >= start && x.MadeAt < end && x.UndoneAt == null)
            .Select(x => new CallRow(x.MadeAt!.Value, x.Outcome))
            .ToListAsync(ct);

    /// <summary>By the hours of the zone in which the day was spent.</summary>
    private static void Count(ClosedDayRow row, List<CallRow> calls)
    {
        var zone = Working.Zone(row.TimeZone);
        var byHour = new int[24];
        foreach (var call in calls)
        {
            byHour[TimeZoneInfo.ConvertTime(call.MadeAt, zone).Hour]++;
        }

        row.CallsByHour = [.. byHour];
        row.Calls = calls.Count;
        row.Meetings = calls.Count(x => x.Outcome == CallOutcome.Meeting);
    }

    /// <summary>Sender and subject outlive the day only on gates that are still pending or earned.</summary>
    private static async Task EraseAsync(Store store, RepRow rep, WorkCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var facts = await FactsReading.ReadAsync(store, rep, now, ct);
        var today = calendar.DateAt(now);
        var closed = GateSettlement
            .Settle(facts.Gates, facts.Calls, facts.Counting, calendar, [], now)
            .Where(x => x.ClosedAt is { } at && calendar.DateAt(at) < today)
            .ToDictionary(x => x.Gate.Id, x => x.ClosedAt);
        foreach (var row in await store.Gates.Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ErasedAt == null).ToListAsync(ct))
        {
            if (closed.TryGetValue(row.GateId, out var closedAt))
            {
                row.Erase();
                row.ErasedAt = closedAt;
            }
        }
    }

    private sealed record CallRow(DateTimeOffset MadeAt, CallOutcome? Outcome);
}
