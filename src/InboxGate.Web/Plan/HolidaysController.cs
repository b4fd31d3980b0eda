using System.Globalization;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Plan;

/// <summary>Days that nobody of a team or of a tenant works.</summary>
[ApiController]
public abstract class HolidaysController(Holidays holidays) : ControllerBase
{
    private const int LargestFile = 1024 * 1024;

    /// <summary>What a form adds around the file.</summary>
    private const int LargestForm = LargestFile + (16 * 1024);

    protected abstract SharedBy Owner { get; }

    [HttpGet]
    [ProducesResponseType<HolidayList>(StatusCodes.Status200OK)]
    public async Task<ActionResult<HolidayList>> List(CancellationToken ct) => new HolidayList(await holidays.ReadAsync(Owner, ct));

    /// <summary>Makes a day a holiday, or names it anew. Repeatable.</summary>
    /// <param name="date">As 2026-12-25, within ten years of today.</param>
    [HttpPut("{date}")]
    [Consumes("application/json")]
    [RequestSizeLimit(64 * 1024)]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<Holiday>(StatusCodes.Status200OK)]
    public async Task<ActionResult<Holiday>> Put(string date, HolidayStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return await holidays.SetAsync(Owner, Parse(date), HolidayName.Parse(statement.Name), ct);
    }

    /// <summary>Repeatable.</summary>
    [HttpDelete("{date}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Delete(string date, CancellationToken ct)
    {
        await holidays.RemoveAsync(Owner, Parse(date), ct);
        return NoContent();
    }

    /// <summary>
    /// Adds the whole days of a calendar file (.ics, at most 1 MB, in the form's field <c>file</c>); what repeats is followed
    /// from last year to the third year from now. Repeatable: days that are there already stay as they are.
    /// </summary>
    /// <param name="preview">Only tells what would be added.</param>
    [HttpPost("import")]
    [Consumes("multipart/form-data")]
    [RequestSizeLimit(LargestForm)]
    [ReadsForm]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<HolidayImport>(StatusCodes.Status200OK)]
    public async Task<ActionResult<HolidayImport>> Import(bool preview, CancellationToken ct) =>
        await holidays.ImportAsync(Owner, await FileAsync(ct), preview, ct);

    private async Task<byte[]> FileAsync(CancellationToken ct)
    {
        var file = FormReading.FileOf(await FormReading.ReadAsync(Request, ct), "the calendar");
        if (file.Length > LargestFile)
        {
            throw new RefusalException(StatusCodes.Status413PayloadTooLarge, "body-too-large", "That file is too large.", "Send a calendar of at most 1 MB.");
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private static DateOnly Parse(string date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? parsed
            : throw RefusalException.Unprocessable("holiday-date", "That is not a date.", "Send a day like 2026-12-25.");
}

/// <summary>Those of the manager's own team, beside the tenant's.</summary>
[Authorize(EntraSignIn.ManagerRole)]
[Route("api/team/holidays")]
public sealed class TeamHolidaysController(Holidays holidays) : HolidaysController(holidays)
{
    protected override SharedBy Owner => SharedBy.Team(User.Rep());
}

/// <summary>Those of everybody in the tenant.</summary>
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/holidays")]
public sealed class TenantHolidaysController(Holidays holidays) : HolidaysController(holidays)
{
    protected override SharedBy Owner => SharedBy.Tenant(User.Rep());
}

public sealed record HolidayStatement
{
    public required string Name { get; init; }
}

/// <param name="Holidays">By date.</param>
public sealed record HolidayList(IReadOnlyList<Holiday> Holidays);
