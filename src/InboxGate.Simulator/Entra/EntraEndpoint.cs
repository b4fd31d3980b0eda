using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Control;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Simulator.Entra;

/// <summary>The addresses of the simulated Entra ID.</summary>
internal sealed class EntraEndpoint(
    TenantWorld world, EntraMetadata metadata, TokenEndpoint tokens, AuthorizeEndpoint authorize, DeviceCodes devices,
    Registrations registrations, FaultPlan faults, RequestLog log)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/common/discovery/instance", (HttpContext context, HttpRequest request) =>
            AnswerAsync(context, () => Task.FromResult(Results.Json(metadata.InstanceDiscovery(request.Host.Value!)))));
        app.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", (HttpContext context, string tenant) =>
            AnswerAsync(context, () => Task.FromResult(OfTenant(tenant, metadata.OpenIdConfiguration))));
        app.MapGet("/{tenant}/discovery/v2.0/keys", (HttpContext context, string tenant) =>
            AnswerAsync(context, () => Task.FromResult(OfTenant(tenant, metadata.Keys))));
        app.MapPost("/{tenant}/oauth2/v2.0/token", (HttpContext context, string tenant) =>
            AnswerAsync(context, () => TokenAsync(context, tenant)));
        app.MapPost("/{tenant}/oauth2/v2.0/devicecode", (HttpContext context, string tenant) =>
            AnswerAsync(context, () => DeviceCodeAsync(context, tenant)));
        app.MapGet("/{tenant}/oauth2/v2.0/authorize", (HttpContext context, string tenant) =>
            PageAsync(context, tenant, scripted => Task.FromResult(authorize.Begin(context, tenant, scripted))));
        app.MapPost("/{tenant}/oauth2/v2.0/authorize", (HttpContext context, string tenant) =>
            PageAsync(context, tenant, _ => authorize.ContinueAsync(context, tenant)));
        app.MapGet("/{tenant}/oauth2/v2.0/logout", (HttpContext context, string tenant) =>
            PageAsync(context, tenant, _ => Task.FromResult(authorize.SignOut(context))));
        app.MapGet("/{tenant}/oauth2/deviceauth", (HttpContext context, string tenant, string? code) =>
            PageAsync(context, tenant, _ => Task.FromResult(authorize.AskDeviceCode(code ?? ""))));
        app.MapPost("/{tenant}/oauth2/deviceauth", (HttpContext context, string tenant) =>
            PageAsync(context, tenant, _ => authorize.TakeDeviceCodeAsync(context)));
    }

    /// <summary>Pages are shown by themselves, never in a frame: nobody may lay something over them.</summary>
    private async Task<IResult> PageAsync(HttpContext context, string tenant, Func<EntraProblem?, Task<IResult>> answer)
    {
        context.Response.Headers.CacheControl = "no-store, no-cache";
        context.Response.Headers.XFrameOptions = "DENY";
        if (!tokens.IsOursOrAny(tenant))
            return SignInPages.Said("Sorry, but we’re having trouble signing you in.", EntraProblem.UnknownTenant(tenant).Text, StatusCodes.Status400BadRequest);

        var fault = faults.TakeForEntra(context.Request.Method, context.Request.Path + context.Request.QueryString, null);
        if (fault?.Kind is FaultKind.Delay)
            await Task.Delay(TimeSpan.FromSeconds(fault.DelaySeconds), context.RequestAborted);
        var result = await answer(fault is null or { Kind: FaultKind.Delay } ? null : Scripted(fault));
        Log(context, result, RequestKind.SignIn);
        return result;
    }

    private async Task<IResult> DeviceCodeAsync(HttpContext context, string tenant)
    {
        if (!tokens.IsOursOrAny(tenant))
            return Problem(EntraProblem.UnknownTenant(tenant), null);
        if (!context.Request.HasFormContentType)
            return Problem(EntraProblem.MissingParameter("client_id"), null);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (registrations.Find(form["client_id"].ToString()) is not { AllowsPublicFlows: true } client)
            return Problem(EntraProblem.UnknownApplication(form["client_id"].ToString(), tenant), null);

        var (scopes, problem) = RequestedScopes.Of(form["scope"].ToString(), registrations, client);
        if (scopes is null)
            return Problem(problem!, null);

        var (code, signIn) = devices.Begin(client.Id, form["scope"].ToString());
        var page = metadata.DevicePage;
        return Results.Json(new JsonObject
        {
            ["user_code"] = signIn.UserCode,
            ["device_code"] = code,
            ["verification_uri"] = page,
            ["expires_in"] = (int)DeviceCodes.Lifetime.TotalSeconds,
            // Entra ID says five; nothing here suffers from being asked more often.
            ["interval"] = 1,
            ["message"] = $"To sign in, use a web browser to open the page {page} and enter the code {signIn.UserCode} to authenticate.",
        });
    }

    private static IResult OfTenant(string tenant, Func<string, JsonObject> draw) =>
        EntraMetadata.Serves(tenant) ? Results.Json(draw(tenant)) : Problem(EntraProblem.UnknownTenant(tenant), null);

    private async Task<IResult> TokenAsync(HttpContext context, string tenant)
    {
        context.Response.Headers.CacheControl = "no-store, no-cache";
        if (!context.Request.HasFormContentType)
            return Problem(EntraProblem.MissingParameter("grant_type"), null);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var origin = context.Request.Headers.Origin.ToString() is { Length: > 0 } page ? page : null;
        AllowOrigin(context.Response, origin);
        var (answer, problem) = await tokens.AnswerAsync(tenant, form, origin);
        return answer is not null ? Results.Json(answer) : Problem(problem!, context.Request.Headers["client-request-id"]);
    }

    /// <summary>Tokens are read by the pages of single-page apps only, of all that a browser may open.</summary>
    private void AllowOrigin(HttpResponse response, string? origin)
    {
        if (origin is null)
            return;

        response.Headers.AccessControlAllowOrigin = registrations.IsSpaOrigin(origin) ? origin : default;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        var result = await FaultyAsync(context) ?? await answer();
        Log(context, result, HttpMethods.IsPost(context.Request.Method) ? RequestKind.Token : RequestKind.Metadata);
        return result;
    }

    private void Log(HttpContext context, IResult result, RequestKind kind) => log.Add(new LoggedRequest(
        context.Request.Method, context.Request.Path.Value!, context.Request.QueryString.Value!, null,
        (result as IStatusCodeHttpResult)?.StatusCode ?? (result == Results.Empty ? 0 : StatusCodes.Status200OK),
        world.Clock.GetUtcNow(), null, Batch: false, kind));

    private async Task<IResult?> FaultyAsync(HttpContext context)
    {
        var fault = faults.TakeForEntra(context.Request.Method, context.Request.Path + context.Request.QueryString, await UserOfAsync(context.Request));
        if (fault is null)
            return null;

        if (fault.DelaySeconds > 0)
            await Task.Delay(TimeSpan.FromSeconds(fault.DelaySeconds), context.RequestAborted);
        if (fault.RetryAfter is not null)
            context.Response.Headers.RetryAfter = fault.RetryAfter;
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                return null;
            case FaultKind.Abort:
                context.Abort();
                return Results.Empty;
            case FaultKind.Html:
                return Results.Content("<!DOCTYPE html><html><body>Service unavailable</body></html>", "text/html", statusCode: fault.Status ?? 503);
            case FaultKind.Truncate:
                return Results.Content("{\"token_type\":\"Bearer\",\"expires_in\":35", "application/json");
            default:
                return Problem(Scripted(fault), null);
        }
    }

    private static async Task<Guid?> UserOfAsync(HttpRequest request) =>
        request.HasFormContentType ? TokenEndpoint.UserOf(await request.ReadFormAsync(request.HttpContext.RequestAborted)) : null;

    /// <summary>A code such as AADSTS65001 chooses the refusal; without one Entra is out of order for a moment.</summary>
    private static EntraProblem Scripted(Fault fault)
    {
        var digits = fault.Code?.Replace("AADSTS", "", StringComparison.OrdinalIgnoreCase);
        var problem = EntraProblem.Numbered(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 90033);
        return problem with { Status = fault.Status ?? problem.Status };
    }

    private static IResult Problem(EntraProblem problem, string? correlation) =>
        Results.Json(problem.Body(correlation), statusCode: problem.Status);
}
