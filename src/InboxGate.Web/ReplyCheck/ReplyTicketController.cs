using InboxGate.Web.Boards;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.ReplyCheck;

[Route("api/reply-ticket")]
public sealed class ReplyTicketController(ReplyTickets tickets) : RepController
{
    /// <summary>A ticket for the rep's own reply checks, for the scripts of Outlook's events that cannot sign in.</summary>
    /// <remarks>It lasts 12 hours and opens <c>/api/reply-check</c> alone.</remarks>
    [HttpPost]
    [ProducesResponseType<ReplyTicket>(StatusCodes.Status200OK)]
    public ReplyTicket Issue()
    {
        Response.Headers.CacheControl = "no-store";
        return tickets.Create(Rep);
    }
}
