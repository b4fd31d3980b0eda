using System.ComponentModel.DataAnnotations;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Tenant;

/// <summary>The teams of the administrator's own tenant, where the directory does not say them right.</summary>
[ApiController]
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/teams")]
public sealed class TeamsController(Teams teams) : ControllerBase
{
    /// <param name="search">A part of the rep's name.</param>
    /// <param name="after">The last rep of the page before.</param>
    [HttpGet]
    [ProducesResponseType<TeamsPage>(StatusCodes.Status200OK)]
    public Task<TeamsPage> List(
        [FromQuery, MaxLength(256), RegularExpression(@"\P{C}*")] string? search, [FromQuery] Guid? after, CancellationToken ct, [FromQuery, Range(1, 500)] int take = 100) =>
        teams.ReadAsync(User.Rep().TenantId, search, after, take, ct);

    /// <summary>Places a rep in a manager's team, whatever the directory says. Repeatable.</summary>
    [HttpPut("{manager:guid}/{rep:guid}")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Place(Guid manager, Guid rep, CancellationToken ct)
    {
        await teams.PlaceAsync(new RepKey(User.Rep().TenantId, rep), manager, ct);
        return NoContent();
    }

    /// <summary>The rep is again in the team of whom the directory names. Repeatable.</summary>
    [HttpDelete("{manager:guid}/{rep:guid}")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> TakeBack(Guid manager, Guid rep, CancellationToken ct)
    {
        await teams.TakeBackAsync(new RepKey(User.Rep().TenantId, rep), manager, ct);
        return NoContent();
    }
}
