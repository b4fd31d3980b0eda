using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Privacy;

/// <summary>The rep's own two buttons. Neither enrols: who has nothing here still has nothing here afterwards.</summary>
[ApiController]
[Authorize]
[Route("api/rep")]
public sealed class OwnRepController(Erasure erasure) : ControllerBase
{
    /// <summary>Erases everything about the rep, in every table. Repeatable, and not to be undone; what the rep does here afterwards begins anew.</summary>
    [HttpDelete]
    [ProducesResponseType<Erased>(StatusCodes.Status200OK)]
    [ProducesResponseType<Erased>(StatusCodes.Status202Accepted)]
    public async Task<ActionResult<Erased>> Erase(CancellationToken ct) => this.Answer(await erasure.EraseAsync(User.Rep(), ErasureAnswers.Patience, ct));
}
