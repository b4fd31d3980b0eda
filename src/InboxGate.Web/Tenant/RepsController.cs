using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Tenant;

/// <summary>Reps of the administrator's own tenant who leave.</summary>
[ApiController]
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/reps/{rep:guid}")]
public sealed class RepsController(Leaving leaving) : ControllerBase
{
    /// <summary>Nothing of the mailbox is read from now on. Repeatable; the rep's next board enrols again.</summary>
    [HttpDelete]
    [Refuses(StatusCodes.Status404NotFound)]
    [ProducesResponseType<RepLeft>(StatusCodes.Status200OK)]
    public async Task<RepLeft> Leave(Guid rep, CancellationToken ct) =>
        await leaving.LeaveAsync(new RepKey(User.Rep().TenantId, rep), ct)
            ?? throw RefusalException.NotFound("rep-not-enrolled", "That rep was never enrolled.", "Send the Entra object id of a rep who has opened InboxGate.");
}
