using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using InboxGate.Web.SignIn;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Prospects.Import;

/// <summary>
/// Reads files of people into a list: CSV with comma, semicolon or tab, at most 50 MB and 200,000 rows, in the form's field
/// <c>file</c>. Beside it, each optional: <c>id</c> (a GUID; repeating it changes nothing and answers the same counts),
/// <c>mapping</c> (a JSON object of a column's header or number from 0 and what it says: <c>email</c>, <c>phone</c>, …, <c>ignore</c>),
/// <c>kind</c> (of whom the file does not say it; <c>prospect</c>), <c>region</c> (ISO 3166, where numbers without a country's code are;
/// by the zone of whoever asks), <c>removeMissing</c> (<c>true</c> takes off what earlier files brought and this one lacks) and
/// <c>onConflict</c> (<c>keep</c> what somebody said, or believe the <c>file</c>).
/// </summary>
[ApiController]
public abstract class ImportsController(ListImports imports) : ControllerBase
{
    protected abstract ListKey List { get; }

    /// <summary>All good rows are listed, in one transaction; bad ones are reported. Aborting the request leaves nothing.</summary>
    [HttpPost("import")]
    [Consumes("multipart/form-data")]
    [RequestSizeLimit(ImportLimits.LargestForm)]
    [ReadsForm("id", "mapping", "kind", "region", "removeMissing", "onConflict")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ImportReport>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Import(CancellationToken ct)
    {
        var (content, order) = await FormAsync(ct);
        return new ImportAnswer((progress, token) => imports.ImportAsync(List, content, order, progress, token));
    }

    /// <summary>Tells what would become of the file, how its columns are read and what it lacks. Changes nothing.</summary>
    [HttpPost("import/preview")]
    [Consumes("multipart/form-data")]
    [RequestSizeLimit(ImportLimits.LargestForm)]
    [ReadsForm("id", "mapping", "kind", "region", "removeMissing", "onConflict")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ImportPreview>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Preview(CancellationToken ct)
    {
        var (content, order) = await FormAsync(ct);
        return new ImportAnswer(async (progress, token) => await imports.PreviewAsync(List, content, order, progress, token));
    }

    /// <summary>The rows that would be rejected, as a file with the line and the reason before their cells. Changes nothing.</summary>
    [HttpPost("import/rejected")]
    [Consumes("multipart/form-data")]
    [RequestSizeLimit(ImportLimits.LargestForm)]
    [ReadsForm("id", "mapping", "kind", "region", "removeMissing", "onConflict")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [Produces("text/csv")]
    public async Task<FileStreamResult> Rejected(CancellationToken ct)
    {
        var (content, order) = await FormAsync(ct);
        return File(await imports.RejectedAsync(List, content, order, ct), "text/csv; charset=utf-8", "inboxgate-rejected.csv");
    }

    /// <summary>What a file took off the list, because it lacked it, is back on it. Repeatable.</summary>
    [HttpPost("import/{id:guid}/undo-removal")]
    [RequestSizeLimit(64 * 1024)]
    [Refuses(StatusCodes.Status404NotFound)]
    [ProducesResponseType<RemovalUndone>(StatusCodes.Status200OK)]
    public Task<RemovalUndone> UndoRemoval(Guid id, CancellationToken ct) => imports.UndoRemovalAsync(List, id, ct);

    private Task<(Stream Content, ImportOrder Order)> FormAsync(CancellationToken ct) =>
        ImportForm.ReadAsync(Request, () => imports.RegionOfAsync(User.Rep(), ct), ct);
}

/// <summary>Into the rep's own list.</summary>
[Authorize]
[EnrolsRep]
[Route("api/prospects")]
public sealed class OwnImportsController(ListImports imports) : ImportsController(imports)
{
    protected override ListKey List => ListKey.Of(User.Rep());
}

/// <summary>Into the list of the manager's own team.</summary>
[Authorize(EntraSignIn.ManagerRole)]
[Route("api/team/prospects")]
public sealed class TeamImportsController(ListImports imports) : ImportsController(imports)
{
    protected override ListKey List => ListKey.Of(SharedBy.Team(User.Rep()));
}

/// <summary>Into the list of everybody in the tenant.</summary>
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/prospects")]
public sealed class TenantImportsController(ListImports imports) : ImportsController(imports)
{
    protected override ListKey List => ListKey.Of(SharedBy.Tenant(User.Rep()));
}
