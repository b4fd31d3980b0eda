using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Gates;

/// <summary>What a team or a tenant has said of the policy; the narrower comes before the wider.</summary>
[ApiController]
[RequestSizeLimit(64 * 1024)]
[Consumes("application/json")]
public abstract class SharedPolicyController(SharedPolicies policies) : ControllerBase
{
    protected abstract SharedBy Owner { get; }

    [HttpGet]
    [ProducesResponseType<SharedPolicyAnswer>(StatusCodes.Status200OK)]
    public Task<SharedPolicyAnswer> Get(CancellationToken ct) => policies.ReadAsync(Owner, ct);

    /// <summary>Replaces what was said; what is left out or null follows the wider scope. Repeatable.</summary>
    [HttpPut]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<SharedPolicyAnswer>(StatusCodes.Status200OK)]
    public Task<SharedPolicyAnswer> Put(SharedPolicyStatement statement, CancellationToken ct) => policies.SetAsync(Owner, statement, ct);
}

/// <summary>That of the manager's own team.</summary>
[Authorize(EntraSignIn.ManagerRole)]
[Route("api/team/policy")]
public sealed class TeamPolicyController(SharedPolicies policies) : SharedPolicyController(policies)
{
    protected override SharedBy Owner => SharedBy.Team(User.Rep());
}

/// <summary>That of everybody in the tenant.</summary>
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/policy")]
public sealed class TenantPolicyController(SharedPolicies policies) : SharedPolicyController(policies)
{
    protected override SharedBy Owner => SharedBy.Tenant(User.Rep());
}

/// <param name="Hours">They replace those of the mailboxes, in each rep's own zone.</param>
/// <param name="Limits">How far a rep's own word may go.</param>
public sealed record SharedPolicyStatement(
    IReadOnlyDictionary<SenderKind, int>? CallsRequired = null,
    CountingMode? Counting = null,
    bool? InferFromMyOutreach = null,
    bool? ManagerIsVip = null,
    HoursStatement? Hours = null,
    LimitsStatement? Limits = null);

/// <param name="Start">Local, as "09:00".</param>
/// <param name="End">Before <paramref name="Start"/> it is on the next day.</param>
public sealed record HoursStatement(string Start, string End, IReadOnlyList<DayOfWeek> Days);

/// <param name="CallsRequired">By kind.</param>
/// <param name="LongestPauseHours">0 to 8784.</param>
public sealed record LimitsStatement(
    IReadOnlyDictionary<SenderKind, CallsRange>? CallsRequired = null,
    bool? MaySwitchOff = null,
    bool? MayChooseCounting = null,
    int? LongestPauseHours = null)
{
    /// <summary>Null for no limits.</summary>
    public static LimitsStatement? Of(PolicyLimits? limits) => limits is null or { AreNone: true }
        ? null
        : new(limits.CallsRequired, limits.MaySwitchOff, limits.MayChooseCounting, limits.LongestPauseHours);
}

/// <param name="Own">What was said here.</param>
/// <param name="InForce">What holds with the wider scope's and the product's own word.</param>
public sealed record SharedPolicyAnswer(SharedPolicyStatement Own, SharedPolicyStatement InForce);
