using System.Collections.Frozen;
using System.Security.Claims;
using InboxGate.Web.People;

namespace InboxGate.Web.SignIn;

/// <summary>
/// Of a validated token what is asked for later, worked out once for all its requests. A live connection holds on to who
/// opened it for as long as it lasts, and the token with all that was read of it is ten times as large.
/// </summary>
internal sealed class KnownUser : ClaimsPrincipal
{
    public const string NameClaim = "name";
    public const string RolesClaim = "roles";
    private const string TenantId = "tid";
    private static readonly FrozenSet<string> Asked = FrozenSet.Create(StringComparer.Ordinal, NameClaim, RolesClaim);

    public KnownUser(ClaimsPrincipal whole)
        : base(new ClaimsIdentity(whole.Claims.Where(x => Asked.Contains(x.Type)).Select(x => new Claim(x.Type, x.Value)), whole.Identity!.AuthenticationType, NameClaim, RolesClaim))
    {
        if (IsPerson(whole) && Guid.TryParse(whole.FindFirst("oid")?.Value, out var rep))
        {
            Person = new RepKey(Guid.Parse(whole.FindFirst(TenantId)!.Value), rep);
        }
    }

    /// <summary>Null for who may not come in: an application, a guest, a token for something else.</summary>
    public RepKey? Person { get; }

    private static bool IsPerson(ClaimsPrincipal user) =>
        user.FindFirst("scp")?.Value.Split(' ').Contains(EntraSignIn.Scope) == true
        && user.FindFirst("idtyp")?.Value != "app"
        && !IsGuest(user);

    /// <summary>Who signed in elsewhere has no mailbox here. Entra names another tenant for them, or says it outright where it was asked to.</summary>
    private static bool IsGuest(ClaimsPrincipal user) =>
        user.FindFirst("acct")?.Value == "1"
        || (user.FindFirst("idp")?.Value is { } elsewhere && !elsewhere.Contains(user.FindFirst(TenantId)!.Value, StringComparison.OrdinalIgnoreCase));
}
