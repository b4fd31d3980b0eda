using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Privacy;

/// <summary>For an administrator who must answer for somebody who cannot sign in any more.</summary>
[ApiController]
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/reps/{rep:guid}")]
public sealed partial class LeaverDataController(
    Erasure erasure, RepExport export, IDbContextFactory<Store> stores, TimeProvider clock, ILogger<LeaverDataController> logger) : ControllerBase
{
    /// <summary>Everything that is kept about a rep who has left, as a file, for a legal request. Who has not left has a button of their own (409).</summary>
    /// <param name="format">Left out: by <c>Accept</c>, a zip of CSV files for <c>application/zip</c>, else JSON.</param>
    [HttpGet("export")]
    [Refuses(StatusCodes.Status409Conflict)]
    [ProducesResponseType<Stream>(StatusCodes.Status200OK, "application/json", "application/zip")]
    public async Task<FileStreamResult> Export(Guid rep, ExportFormat? format, CancellationToken ct)
    {
        var (administrator, asked) = (User.Rep(), Request.FormatFor(format));
        var key = administrator with { RepId = rep };
        await RefuseUnlessLeftAsync(key, ct);
        Log.Exported(logger, administrator.RepId, rep, key.TenantId);
        return this.Export(await export.WriteAsync(key, asked, ct), asked, clock.GetUtcNow());
    }

    /// <summary>Erases everything about a rep, in every table; the rep leaves by it. Repeatable, and not to be undone.</summary>
    [HttpDelete("data")]
    [ProducesResponseType<Erased>(StatusCodes.Status200OK)]
    [ProducesResponseType<Erased>(StatusCodes.Status202Accepted)]
    public async Task<ActionResult<Erased>> Erase(Guid rep, CancellationToken ct) =>
        this.Answer(await erasure.EraseAsync(new RepKey(User.Rep().TenantId, rep), ErasureAnswers.Patience, ct));

    private async Task RefuseUnlessLeftAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var rep = await store.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.ErasingAt == null, ct)
            ?? throw RefusalException.NotFound("rep-not-enrolled", "Nothing is kept about that rep.", "Send the Entra object id of a rep who has opened InboxGate.");
        if (rep.LeftAt is null)
        {
            // While they are here, their mail's senders, lists and notes are theirs alone; leaving erases the mail's.
            throw RefusalException.Conflict("rep-not-left", "That rep has not left.", "The rep can export by themselves. Of somebody who is gone, let the rep leave first.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Administrator {AdministratorId} exports what is kept about rep {RepId} of tenant {TenantId}, who left.")]
        public static partial void Exported(ILogger logger, Guid administratorId, Guid repId, Guid tenantId);
    }
}
