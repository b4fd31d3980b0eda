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

    public async Task CloseAsync(RepKey key, DateTimeOffset now, CancellationToken ct)
    {
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            var rep = await store.Reps.AsNoTracking().SingleAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
            var yesterday = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Working.Zone(rep)).DateTime).AddDays(-1);
            if (rep.ClosedThrough >= yesterday)
            {
                return;
            }
        }

        await writer.WriteAsync(key, (store, rep, token) => CloseDaysAsync(store, rep, now, token), ct);
    }

    /// <summary>Corrects a closed day's counts, never its goals, after a late call, an outcome or an undo.</summary>
    public static async Task RecountAsync(Store store, RepRow rep, WorkCalendar calendar, DateOnly date, CancellationToken ct)
    {
        if (date > rep.ClosedThrough
            || await store.ClosedDays.FindAsync([rep.TenantId, rep.RepId, date], ct) is not { } row)
        {
            return;
        }

        // The change that asked for this is not saved yet: it has to be seen by the count.
        await store.SaveChangesAsync(ct);
        var calls = await CallsOfAsync(store, rep, calendar, date, ct);
        Count(row, calls, calendar);
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
        for (var date = first; date <= yesterday; date = date.AddDays(1))
        {
            if (await store.ClosedDays.FindAsync([rep.TenantId, rep.RepId, date], ct) is null)
            {
                store.ClosedDays.Add(await CloseAsync(store, rep, calendar, date, ct));
                await store.SaveChangesAsync(ct);
            }
        }

        await EraseAsync(store, rep, calendar, now, ct);
        rep.ClosedThrough = yesterday;
        return true;
    }

    private static async Task<ClosedDayRow> CloseAsync(Store store, RepRow rep, WorkCalendar calendar, DateOnly date, CancellationToken ct)
    {
        var end = calendar.StartOf(date.AddDays(1));
        var facts = await BoardReading.FactsAsync(store, rep, end.AddTicks(-1), ct);
        var board = BoardDrawing.Draw(facts, end.AddTicks(-1));
        var calls = await CallsOfAsync(store, rep, calendar, date, ct);
        var start = calendar.StartOf(date);
        var row = new ClosedDayRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            Date = date,
            TimeZone = rep.TimeZone,
            Working = calendar.PeriodOf(date) is not null,
            Emails = await store.SentMessages.CountAsync(
                x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Prospecting && x.SentAt >= start && x.SentAt < end, ct),
            CallsGoal = board.Goals.Calls,
            EmailsGoal = board.Goals.Emails,
            MeetingsGoal = board.Goals.Meetings,
            AimReached = DayPlanning.IsFreeDay(
                DayPlanning.Plan(facts.Targets, facts.DoneBefore, calendar, date, facts.Plan.Margin), TargetUnit.Calls),
        };
        Count(row, calls, calendar);
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

    private static Task<List<CallRow>> CallsOfAsync(Store store, RepRow rep, WorkCalendar calendar, DateOnly date, CancellationToken ct)
    {
        var start = calendar.StartOf(date);
        var end = calendar.StartOf(date.AddDays(1));
        return store.Calls.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.MadeAt >= start && x.MadeAt < end && x.UndoneAt == null)
            .Select(x => new CallRow(x.MadeAt!.Value, x.Outcome))
            .ToListAsync(ct);
    }

    private static void Count(ClosedDayRow row, List<CallRow> calls, WorkCalendar calendar)
    {
        var byHour = new int[24];
        foreach (var call in calls)
        {
            byHour[TimeZoneInfo.ConvertTime(call.MadeAt, calendar.Zone).Hour]++;
        }

        row.CallsByHour = [.. byHour];
        row.Calls = calls.Count;
        row.Meetings = calls.Count(x => x.Outcome == CallOutcome.Meeting);
    }

    /// <summary>Sender and subject outlive the day only on gates that are still pending or earned.</summary>
    private static async Task EraseAsync(Store store, RepRow rep, WorkCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var facts = await BoardReading.FactsAsync(store, rep, now, ct);
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
