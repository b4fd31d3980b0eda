using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using InboxGate.Web.SignIn;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Prospects.List;

/// <summary>The list that a team or a tenant shares, as <see cref="ProspectsController"/> has a rep's own.</summary>
[ApiController]
[RequestSizeLimit(64 * 1024)]
[Consumes("application/json")]
public abstract class SharedProspectsController(ProspectReading reading, ProspectEditing editing, ProspectExport export) : ControllerBase
{
    protected abstract SharedBy Owner { get; }

    [HttpGet]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectPage>(StatusCodes.Status200OK)]
    public Task<ProspectPage> List([FromQuery] ProspectQuery query, CancellationToken ct) =>
        reading.ReadAsync(ListKey.Of(Owner), ProspectQuery.Parse(query), ct);

    [HttpGet("{entry}")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectAnswer>(StatusCodes.Status200OK)]
    public async Task<ProspectAnswer> Get(string entry, CancellationToken ct) =>
        new(await reading.FindAsync(ListKey.Of(Owner), ProspectQuery.Entry(entry), ct));

    /// <summary>Lists somebody for everybody it touches, whose unanswered gates are decided again at once. Repeatable.</summary>
    [HttpPut("{entry}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectAnswer>(StatusCodes.Status200OK)]
    public async Task<ProspectAnswer> Put(string entry, ProspectStatement statement, CancellationToken ct) =>
        new(await editing.PutAsync(ListKey.Of(Owner), User.Rep(), ProspectQuery.Entry(entry), statement, ct));

    /// <summary>Repeatable.</summary>
    [HttpDelete("{entry}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ProspectAnswer>(StatusCodes.Status200OK)]
    public async Task<ProspectAnswer> Delete(string entry, CancellationToken ct) =>
        new(null, await editing.DeleteAsync(ListKey.Of(Owner), ProspectQuery.Entry(entry), ct));

    [HttpGet("export")]
    [Produces("text/csv")]
    public Task Export(CancellationToken ct) => export.SendAsync(Response, ListKey.Of(Owner), ct);
}

/// <summary>The list of the manager's own team.</summary>
[Authorize(EntraSignIn.ManagerRole)]
[Route("api/team/prospects")]
public sealed class TeamProspectsController(ProspectReading reading, ProspectEditing editing, ProspectExport export)
    : SharedProspectsController(reading, editing, export)
{
    protected override SharedBy Owner => SharedBy.Team(User.Rep());
}

/// <summary>The list of everybody in the tenant.</summary>
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/prospects")]
public sealed class TenantProspectsController(ProspectReading reading, ProspectEditing editing, ProspectExport export)
    : SharedProspectsController(reading, editing, export)
{
    protected override SharedBy Owner => SharedBy.Tenant(User.Rep());
}
