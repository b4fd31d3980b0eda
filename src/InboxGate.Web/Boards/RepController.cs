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
    protected RepKey Rep => User.Rep();

    /// <summary>Answers a board with its entity tag.</summary>
    protected ObjectResult Board(Board board, int status = StatusCodes.Status200OK)
    {
        ArgumentNullException.ThrowIfNull(board);
        Response.Headers.ETag = TagOf(board);
        Response.Headers.CacheControl = "private, no-cache";
        return StatusCode(status, board);
    }

    /// <summary>Changes with the revision, with each <c>nextChangeAt</c> passed and with the gate's state.</summary>
    protected static string TagOf(Board board)
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

    private sealed class Filter(Enrolment enrolment) : IAsyncActionFilter
    {
        public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
        {
            await enrolment.EnsureAsync(context.HttpContext.User.Rep(), context.HttpContext.User.FindFirst("name")?.Value, context.HttpContext.RequestAborted);
            await next();
        }
    }
}
