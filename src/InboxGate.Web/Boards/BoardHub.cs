using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace InboxGate.Web.Boards;

/// <summary>Tells a rep's panes the new revision, and first of all that they will be told from now on; they fetch the board themselves. It takes no messages.</summary>
[Authorize]
public sealed class BoardHub(BoardPanes panes) : Hub
{
    public const string Revision = "revision";

    /// <summary>In place of a revision: look again. No board has it.</summary>
    public const long LookAgain = 0;

    public static string Group(RepKey rep) => $"{rep.TenantId:N}/{rep.RepId:N}";

    public override async Task OnConnectedAsync()
    {
        var rep = Context.User!.Rep();
        await Groups.AddToGroupAsync(Context.ConnectionId, Group(rep), Context.ConnectionAborted);
        panes.Opened(rep);
        // Whatever came before was told to nobody here.
        await Clients.Caller.SendAsync(Revision, LookAgain, Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        panes.Closed(Context.User!.Rep());
        return base.OnDisconnectedAsync(exception);
    }
}
