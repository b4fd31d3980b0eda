using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Problems;

/// <summary>Every error is ProblemDetails with a stable type and says what to do next.</summary>
public static class ProblemAnswers
{
    public const string TypePrefix = "https://inboxgate.example/problems/";

    public const string TooManyRequests = "too-many-requests";

    public static IServiceCollection AddProblemAnswers(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.ProblemDetails));
        services.AddExceptionHandler<RefusalHandler>();
        services.Configure<ApiBehaviorOptions>(options => options.InvalidModelStateResponseFactory = Malformed);
        return services;
    }

    public static ProblemDetails Of(RefusalException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new ProblemDetails { Status = refusal.Status, Type = TypePrefix + refusal.Type, Title = refusal.Title, Detail = refusal.Detail };
    }

    /// <summary>Gives an answer that carries only a status its stable type and words.</summary>
    private static void Complete(ProblemDetails problem)
    {
        problem.Extensions.Remove("exception");
        if (problem.Type?.StartsWith(TypePrefix, StringComparison.Ordinal) == true)
        {
            return;
        }

        var (type, title, detail) = problem.Status switch
        {
            400 => ("malformed-request", "The request could not be read.", "Check the address, the query and the JSON body against the API description."),
            401 => ("sign-in-needed", "Sign in first.", "Send a current access token for this API as a Bearer token."),
            403 => ("not-allowed", "You may not do that.", "Ask an administrator for the scope or role that this needs."),
            404 => ("not-found", "There is nothing at this address.", "Check the address."),
            405 => ("method-not-allowed", "This address does not take that method.", "See the Allow header."),
            406 => ("not-acceptable", "That representation is not offered.", "Accept application/json."),
            413 => ("body-too-large", "The request body is too large.", "Send less at once."),
            415 => ("unsupported-media-type", "That content type is not understood.", "Send what the API description names for this address."),
            429 => (TooManyRequests, "That was too much at once.", "Wait as long as Retry-After says, then go on: nothing was lost."),
            _ => ("unexpected", "Something went wrong on our side.", "Try again; nothing was lost. If it stays, tell your administrator the trace id."),
        };
        problem.Type = TypePrefix + type;
        problem.Title = title;
        problem.Detail = detail;
    }

    private static ObjectResult Malformed(ActionContext context)
    {
        // The framework's own messages name .NET types; the path of the field is what helps a caller.
        var fields = context.ModelState
            .Where(entry => entry.Value is { Errors.Count: > 0 })
            .Select(entry => entry.Key)
            .Where(key => key.Length > 0)
            .ToArray();
        var problem = new ProblemDetails
        {
            Status = StatusCodes.Status400BadRequest,
            Type = TypePrefix + "malformed-request",
            Title = "The request could not be read.",
            Detail = fields.Length == 0
                ? "The body is missing or is not well-formed JSON."
                : $"Missing, unknown or of the wrong type: {string.Join(", ", fields)}.",
        };
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        return new ObjectResult(problem) { StatusCode = problem.Status, ContentTypes = { "application/problem+json" } };
    }

    private sealed class RefusalHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var problem = exception switch
            {
                RefusalException refusal => Of(refusal),
                BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode },
                // A body that is not in the encoding that it says it is in.
                DecoderFallbackException => new ProblemDetails { Status = StatusCodes.Status400BadRequest },
                _ => null,
            };
            if (problem is null)
            {
                return false;
            }

            httpContext.Response.StatusCode = problem.Status!.Value;
            if (exception is RefusalException { RetryAfter: { } wait })
            {
                httpContext.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }

            if (!await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem }))
            {
                // Whoever accepts nothing that we have is told all the same.
                Complete(problem);
                await httpContext.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", cancellationToken);
            }

            return true;
        }
    }
}
