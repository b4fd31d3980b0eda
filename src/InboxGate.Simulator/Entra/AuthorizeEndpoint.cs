using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Entra;

/// <summary>
/// /{tenant}/oauth2/v2.0/authorize: a page to choose an account on, unless the browser's session already says who it is;
/// then back to the application with a code. What a hidden frame asks for is answered without any page.
/// </summary>
internal sealed class AuthorizeEndpoint(TenantWorld world, Registrations registrations, AuthorizationCodes codes, DeviceCodes devices, PublicGrants people)
{
    /// <param name="context">Of the request.</param>
    /// <param name="tenant">As the address names it.</param>
    /// <param name="scripted">The refusal that a test has asked for, if any.</param>
    public IResult Begin(HttpContext context, string tenant, EntraProblem? scripted)
    {
        var (request, problem) = AuthorizationRequest.Read(context.Request.Query, tenant, registrations);
        if (request is null)
            return SignInPages.Said("Sorry, but we’re having trouble signing you in.", problem!.Text, StatusCodes.Status400BadRequest);
        if ((problem ?? scripted) is { } refused)
            return Results.Redirect(request.BackWith(refused));

        var session = SignInSession.Of(context.Request);
        var (account, silent) = AccountOf(request, session);
        var consent = RequestedScopes.Of(request.Scope, registrations, request.Client).Problem;
        if (request.Prompt == "none")
        {
            silent ??= consent?.Code == EntraProblem.NotConsented("").Code ? consent with { Error = "consent_required" } : consent;
            silent ??= request.Claims.IsSatisfiedBy(account!.Contexts) ? null : EntraProblem.MoreIsAsked(request.Claims.Demanded);
            return silent is null ? Finish(request, account!) : Results.Redirect(request.BackWith(silent));
        }

        return request.Prompt.Length == 0 && account is not null && consent is null && request.Claims.IsSatisfiedBy(account.Contexts)
            ? Finish(request, account)
            : Accounts(request, session);
    }

    /// <summary>What somebody chose on one of the pages.</summary>
    public async Task<IResult> ContinueAsync(HttpContext context, string tenant)
    {
        var (request, problem) = AuthorizationRequest.Read(context.Request.Query, tenant, registrations);
        if (request is null || problem is not null)
            return Begin(context, tenant, null);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.ContainsKey("cancel"))
            return Results.Redirect(request.BackWith(EntraProblem.SignInCancelled()));
        if (form.ContainsKey("leave"))
            return Results.Redirect(request.BackWith(EntraProblem.AdministratorMustConsent()));

        var session = SignInSession.Of(context.Request);
        var chosen = form["user"].ToString();
        if (world.Read(it => it.TryFindUser(chosen, out var found) ? found : null) is not { } user)
            return Accounts(request with { Hint = chosen }, session, EntraProblem.UnknownAccount(chosen).Text);

        if (RequestedScopes.Of(request.Scope, registrations, request.Client).Problem is { } refused)
        {
            return refused.Code == EntraProblem.NotConsented("").Code
                ? SignInPages.AdministratorNeeded(request)
                : Results.Redirect(request.BackWith(refused));
        }

        var approved = form.ContainsKey("approve");
        if (!approved && !request.Claims.IsSatisfiedBy(session.Find(user.Id)?.Contexts ?? []))
            return SignInPages.Confirmation("Approve sign in request", "Your organisation asks for more than a password here.", user, "Approve");
        if (!approved && request.Prompt == "consent")
            return SignInPages.Confirmation("Permissions requested", $"{request.Client.Name} would like: {request.Scope}", user, "Accept");

        return Finish(request, session.Remember(context.Response, user.Id, approved ? request.Claims.Contexts : []));
    }

    /// <summary>Signs the browser out, of one account if it is named, and leads back where that is known.</summary>
    public IResult SignOut(HttpContext context)
    {
        var query = context.Request.Query;
        var user = world.Read(it => it.TryFindUser(query["logout_hint"].ToString(), out var found) ? found.Id : (Guid?)null);
        SignInSession.Of(context.Request).Forget(context.Response, user);
        var back = query["post_logout_redirect_uri"].ToString();
        if (!registrations.Find(query["client_id"].ToString())?.Knows(back) ?? !registrations.IsKnownRedirect(back))
            return SignInPages.Said("You signed out of your account", "It’s a good idea to close all browser windows.");

        var state = query["state"].ToString() is { Length: > 0 } given ? $"?state={Uri.EscapeDataString(given)}" : "";
        return Results.Redirect(back + state);
    }

    public IResult AskDeviceCode(string code) => SignInPages.DeviceCode(Users(), code);

    public async Task<IResult> TakeDeviceCodeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (code, chosen) = (form["code"].ToString(), form["user"].ToString());
        var user = world.Read(it => it.TryFindUser(chosen, out var found) ? found : null);
        return user is not null && devices.Decide(code, user.Id)
            ? SignInPages.Said("You have signed in", "You may now close this window.")
            : SignInPages.DeviceCode(Users(), code, "That code didn’t work. Check the code and try again.");
    }

    /// <summary>The account that the session and the hint point to; without one, why a silent request fails.</summary>
    private (SignInSession.Account? Account, EntraProblem? Silent) AccountOf(AuthorizationRequest request, SignInSession session)
    {
        var known = session.Accounts.Where(account => world.Read(it => it.TryFindUser(account.User.ToString(), out _))).ToList();
        if (request.Hint is { } hint)
        {
            var hinted = world.Read(it => it.TryFindUser(hint, out var found) ? found.Id : Guid.Empty);
            return known.Find(account => account.User == hinted) is { } account ? (account, null) : (null, EntraProblem.NobodySignedIn());
        }

        return known.Count switch
        {
            0 => (null, EntraProblem.NobodySignedIn()),
            1 => (known[0], null),
            _ => (null, EntraProblem.SeveralSignedIn()),
        };
    }

    private IResult Finish(AuthorizationRequest request, SignInSession.Account account)
    {
        var grant = SignInGrant.Now(request.Client.Id, account.User, request.Scope, request.Client.IsSpa(request.Redirect), account.Contexts);
        return Results.Redirect(request.Back(
            ("code", codes.Give(grant, request.Redirect, request.Challenge!, request.Nonce)),
            ("client_info", request.WantsClientInfo ? people.ClientInfo(account.User) : null),
            ("session_state", account.User.ToString())));
    }

    private IResult Accounts(AuthorizationRequest request, SignInSession session, string? wrong = null) =>
        SignInPages.Accounts(request, Users(), session, wrong);

    private List<SimulatedUser> Users() => world.Read(it => it.Users.ToList());
}
