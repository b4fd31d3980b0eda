using System.Globalization;
using InboxGate.Core.Boards;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace InboxGate.Web.Boards;

/// <summary>A controller for the rep who asks: enrolled at the first request, known by the token alone.</summary>
[ApiController]
[Authorize]
[RequestSizeLimit(64 * 1024)]
[Consumes("application/json")]
[EnrolsRep]
public abstract class RepController : ControllerBase
{
    private RepKey? rep;

    protected RepKey Rep => rep ??= User.Rep();

    /// <summary>For what is asked most: a token that is a parameter is bound like any other, at each request.</summary>
    protected CancellationToken Aborted => HttpContext.RequestAborted;

    /// <summary>How the rep was found when this request came; null when it enrolled them.</summary>
    protected RepLook? Look => HttpContext.Features.Get<RepLook>();

    /// <summary>Enrols who is not, in an action that <see cref="EnrolsItselfAttribute">does it itself</see>.</summary>
    protected Task EnrolAsync(Enrolment enrolment) => EnrolsRepAttribute.EnsureAsync(enrolment, HttpContext);

    /// <summary>Answers a board with its entity tag.</summary>
    protected ObjectResult Board(Board board, int status = StatusCodes.Status200OK)
    {
        ArgumentNullException.ThrowIfNull(board);
        Response.Headers.ETag = TagOf(board);
        Response.Headers.CacheControl = "private, no-cache";
        return StatusCode(status, board);
    }

    /// <summary>Changes with the revision, with each <c>nextChangeAt</c> passed and with the gate's state.</summary>
    private static string TagOf(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return string.Create(CultureInfo.InvariantCulture, $"\"{board.Revision}.{board.NextChangeAt?.UtcTicks ?? 0:x}.{(board.Gate.On ? "on" : board.Gate.Why?.ToString() ?? "off")}\"");
    }
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class EnrolsRepAttribute : Attribute, IFilterFactory
{
    public bool IsReusable => true;

    public IFilterMetadata CreateInstance(IServiceProvider serviceProvider) => new Filter(serviceProvider.GetRequiredService<Enrolment>());

    internal static async Task EnsureAsync(Enrolment enrolment, HttpContext context)
    {
        var look = await enrolment.EnsureAsync(context.User.Rep(), context.User.Identity!.Name, context.RequestAborted);
        context.Features.Set(look);
    }

    private sealed class Filter(Enrolment enrolment) : IAsyncActionFilter
    {
        public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next) =>
            context.ActionDescriptor.EndpointMetadata.Any(x => x is EnrolsItselfAttribute) ? next() : EnsureAsync(context.HttpContext, next);

        private async Task EnsureAsync(HttpContext context, ActionExecutionDelegate next)
        {
            await EnrolsRepAttribute.EnsureAsync(enrolment, context);
            await next();
        }
    }
}

/// <summary>The action finds out by what it does whether the rep is enrolled, and enrols who is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EnrolsItselfAttribute : Attribute;
