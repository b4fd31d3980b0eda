using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Privacy;

/// <summary>The rep's own two buttons. Neither enrols: who has nothing here still has nothing here afterwards.</summary>
[ApiController]
[Authorize]
[Route("api/rep")]
public sealed class OwnRepController(Erasure erasure, RepExport export, IDbContextFactory<Store> stores, TimeProvider clock) : ControllerBase
{
    /// <summary>Everything that is kept about the rep, as a file.</summary>
    /// <param name="format">Left out: by <c>Accept</c>, a zip of CSV files for <c>application/zip</c>, else JSON.</param>
    [HttpGet("export")]
    [ProducesResponseType<Stream>(StatusCodes.Status200OK, "application/json", "application/zip")]
    public async Task<FileStreamResult> Export(ExportFormat? format, CancellationToken ct)
    {
        var (rep, asked) = (User.Rep(), Request.FormatFor(format));
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            if (await store.Reps.AnyAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.ErasingAt != null, ct))
            {
                throw EnrolledReps.BeingErased();
            }
        }

        return this.Export(await export.WriteAsync(rep, asked, ct), asked, clock.GetUtcNow());
    }

    /// <summary>Erases everything about the rep, in every table. Repeatable, and not to be undone; what the rep does here afterwards begins anew.</summary>
    [HttpDelete]
    [ProducesResponseType<Erased>(StatusCodes.Status200OK)]
    [ProducesResponseType<Erased>(StatusCodes.Status202Accepted)]
    public async Task<ActionResult<Erased>> Erase(CancellationToken ct) => this.Answer(await erasure.EraseAsync(User.Rep(), ErasureAnswers.Patience, ct));
}
