using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.History;

/// <summary>The rep's finished days, from their closed rows alone: they outlive the details.</summary>
[Route("api/history")]
public sealed class HistoryController(DayClosing days, IDbContextFactory<Store> stores, TimeProvider clock) : RepController
{
    public const int MostDays = 366;

    /// <summary>The finished days from one local date to another, both included, earliest first; today is not finished.</summary>
    /// <param name="from">27 days before <paramref name="to"/> when left out.</param>
    /// <param name="to">The last finished day when left out.</param>
    [HttpGet]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<HistoryAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<HistoryAnswer>> Get(DateOnly? from, DateOnly? to, CancellationToken ct) =>
        await ReadAsync(from, to, ct);

    /// <summary>The same as a file of comma-separated values.</summary>
    [HttpGet("csv")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [Produces("text/csv")]
    public async Task<FileContentResult> GetCsv(DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        var history = await ReadAsync(from, to, ct);
        return File(HistoryCsv.Write(history.Days), "text/csv; charset=utf-8", $"inboxgate-{history.From:yyyy-MM-dd}-{history.To:yyyy-MM-dd}.csv");
    }

    private async Task<HistoryAnswer> ReadAsync(DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        await days.CloseAsync(Rep, clock.GetUtcNow(), ct);
        await using var store = await stores.CreateDbContextAsync(ct);
        var last = to ?? (await store.Reps.AsNoTracking().EnrolledAsync(Rep, ct)).ClosedThrough;
        var first = from ?? (last.DayNumber > 27 ? last.AddDays(-27) : DateOnly.MinValue);
        if (first > last || last.DayNumber - first.DayNumber >= MostDays)
        {
            throw RefusalException.Unprocessable("history-span", "That span cannot be shown.", "Send from and to as dates like 2026-03-02, from first, at most 366 days.");
        }

        var rows = await store.ClosedDays.AsNoTracking()
            .Where(x => x.TenantId == Rep.TenantId && x.RepId == Rep.RepId && x.Date >= first && x.Date <= last)
            .OrderBy(x => x.Date)
            .ToListAsync(ct);
        return new HistoryAnswer(first, last, rows.ConvertAll(HistoryDay.Of));
    }
}

/// <param name="Days">Days before enrolment are left out.</param>
public sealed record HistoryAnswer(DateOnly From, DateOnly To, IReadOnlyList<HistoryDay> Days);

/// <param name="TimeZone">Where the rep was that day (IANA or Windows id).</param>
/// <param name="CallsByHour">24 counts, by local hour.</param>
/// <param name="AnsweredEarned">Held mails answered after their calls.</param>
/// <param name="AnsweredEarly">Held mails answered before.</param>
public sealed record HistoryDay(
    DateOnly Date,
    string TimeZone,
    bool Working,
    int Calls,
    int Emails,
    int Meetings,
    int CallsGoal,
    int EmailsGoal,
    int MeetingsGoal,
    int AnsweredEarned,
    int AnsweredEarly,
    IReadOnlyList<int> CallsByHour)
{
    public static HistoryDay Of(ClosedDayRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new HistoryDay(
            row.Date, row.TimeZone, row.Working, row.Calls, row.Emails, row.Meetings, row.CallsGoal, row.EmailsGoal, row.MeetingsGoal,
            row.AnsweredEarned, row.AnsweredEarly, row.CallsByHour);
    }
}
