using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Control;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Entra;

/// <summary>The addresses of the simulated Entra ID.</summary>
internal sealed class EntraEndpoint(TenantWorld world, EntraMetadata metadata, TokenEndpoint tokens, FaultPlan faults, RequestLog log)
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
    }

    private static IResult OfTenant(string tenant, Func<string, JsonObject> draw) =>
        EntraMetadata.Serves(tenant) ? Results.Json(draw(tenant)) : Problem(EntraProblem.UnknownTenant(tenant), null);

    private async Task<IResult> TokenAsync(HttpContext context, string tenant)
    {
        context.Response.Headers.CacheControl = "no-store, no-cache";
        if (!context.Request.HasFormContentType)
            return Problem(EntraProblem.MissingParameter("grant_type"), null);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (answer, problem) = await tokens.AnswerAsync(tenant, form);
        return answer is not null ? Results.Json(answer) : Problem(problem!, context.Request.Headers["client-request-id"]);
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        var result = await FaultyAsync(context) ?? await answer();
        log.Add(new LoggedRequest(
            context.Request.Method, context.Request.Path.Value!, context.Request.QueryString.Value!, null,
            (result as IStatusCodeHttpResult)?.StatusCode ?? (result == Results.Empty ? 0 : StatusCodes.Status200OK),
            world.Clock.GetUtcNow(), null, Batch: false,
            HttpMethods.IsPost(context.Request.Method) ? RequestKind.Token : RequestKind.Metadata));
        return result;
    }

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
