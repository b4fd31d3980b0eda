using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Privacy;

/// <summary>For an administrator who must answer for somebody who cannot sign in any more.</summary>
[ApiController]
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/reps/{rep:guid}")]
public sealed class LeaverDataController(Erasure erasure) : ControllerBase
{
    /// <summary>Erases everything about a rep, in every table; the rep leaves by it. Repeatable, and not to be undone.</summary>
    [HttpDelete("data")]
    [ProducesResponseType<Erased>(StatusCodes.Status200OK)]
    [ProducesResponseType<Erased>(StatusCodes.Status202Accepted)]
    public async Task<ActionResult<Erased>> Erase(Guid rep, CancellationToken ct) =>
        this.Answer(await erasure.EraseAsync(new RepKey(User.Rep().TenantId, rep), ErasureAnswers.Patience, ct));
}
