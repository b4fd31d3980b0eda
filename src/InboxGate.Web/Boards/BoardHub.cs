using InboxGate.Web.Marks;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using InboxGate.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace InboxGate.Web.Boards;

/// <summary>Tells a rep's panes the new revision; they fetch the board themselves. It takes no messages.</summary>
[Authorize]
public sealed class BoardHub : Hub
{
    public static string Group(RepKey rep) => $"{rep.TenantId:N}/{rep.RepId:N}";

    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, Group(Context.User!.Rep()), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }
}

/// <summary>The marks in the message list follow the board as the panes do, and so do the pages of the rep's team.</summary>
public sealed class HubRevisionNews(IHubContext<BoardHub> hub, TeamNews teams, MessageMarks marks) : IRevisionNews
{
    public Task TellAsync(RepKey rep, Guid? teamId, long revision)
    {
        marks.Follow(rep);
        if (teamId is { } manager)
        {
            teams.Tell(rep.TenantId, manager);
        }

        return hub.Clients.Group(BoardHub.Group(rep)).SendAsync("revision", revision);
    }
}
