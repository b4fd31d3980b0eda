using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Boards;

[Route("api/board")]
public sealed class BoardController(BoardReading boards, IMailboxWatch watch) : RepController
{
    /// <summary>The rep's whole current picture. With the tag of a board that still holds: 304.</summary>
    [HttpGet]
    [ProducesResponseType<Board>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<ActionResult<Board>> Get()
    {
        watch.Visited(Rep);
        var answer = Board(await boards.DrawAsync(Rep, Aborted, Look));
        return EntityTags.IsKnown(Request, Response.Headers.ETag.ToString()) ? StatusCode(StatusCodes.Status304NotModified) : answer;
    }
}
