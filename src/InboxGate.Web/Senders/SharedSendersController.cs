using System.ComponentModel.DataAnnotations;
using InboxGate.Core.Senders;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Senders;

/// <summary>A list that a team or a tenant shares; a narrower list comes before a wider one.</summary>
[ApiController]
[RequestSizeLimit(64 * 1024)]
[Consumes("application/json")]
public abstract class SharedSendersController(SharedSenders senders) : ControllerBase
{
    private const int LongestEntry = 512;

    protected abstract SharedBy Owner { get; }

    /// <param name="after">The last entry of the page before.</param>
    [HttpGet]
    [ProducesResponseType<SenderPage>(StatusCodes.Status200OK)]
    public Task<SenderPage> List(
        [FromQuery, MaxLength(LongestEntry), RegularExpression(@"\P{C}*")] string? after, CancellationToken ct, [FromQuery, Range(1, 500)] int take = 100) =>
        senders.ReadAsync(Owner, after, take, ct);

    [HttpGet("{addressOrDomain}")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ListedSender>(StatusCodes.Status200OK)]
    public Task<ListedSender> Get(string addressOrDomain, CancellationToken ct) =>
        senders.FindAsync(Owner, SenderEntries.Parse(addressOrDomain), ct);

    /// <summary>Lists a sender for everybody it touches, whose unanswered gates are decided again at once. Repeatable.</summary>
    [HttpPut("{addressOrDomain}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ListedSender>(StatusCodes.Status200OK)]
    public Task<ListedSender> Put(string addressOrDomain, SenderStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var entry = SenderEntries.Parse(addressOrDomain);
        SenderEntries.ThrowIfNotListable(statement.Kind);
        return senders.SetAsync(Owner, entry, statement.Kind, ct);
    }

    /// <summary>Repeatable.</summary>
    [HttpDelete("{addressOrDomain}")]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ListedSender>(StatusCodes.Status200OK)]
    public Task<ListedSender> Delete(string addressOrDomain, CancellationToken ct) =>
        senders.SetAsync(Owner, SenderEntries.Parse(addressOrDomain), null, ct);
}

/// <summary>The list of the manager's own team.</summary>
[Authorize(EntraSignIn.ManagerRole)]
[Route("api/team/senders")]
public sealed class TeamSendersController(SharedSenders senders) : SharedSendersController(senders)
{
    protected override SharedBy Owner => SharedBy.Team(User.Rep());
}

/// <summary>The list of everybody in the tenant.</summary>
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/senders")]
public sealed class TenantSendersController(SharedSenders senders) : SharedSendersController(senders)
{
    protected override SharedBy Owner => SharedBy.Tenant(User.Rep());
}

/// <param name="Next">What to ask the next page after; null on the last.</param>
public sealed record SenderPage(IReadOnlyList<ListedSender> Entries, string? Next);

/// <param name="Entry">As it is kept: lower case, ASCII.</param>
/// <param name="Kind">Null when it is on the list no more.</param>
public sealed record ListedSender(string Entry, SenderKind? Kind);
