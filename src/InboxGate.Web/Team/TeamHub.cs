using System.Globalization;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Team;

/// <summary>Tells a manager's pages that something in the team changed, and first of all that they will be told from now on; they fetch the team themselves. It takes no messages.</summary>
/// <remarks>With <c>?transitive=true</c> also of the teams of those in the team, as they are when the page connects.</remarks>
[Authorize(EntraSignIn.ManagerRole)]
public sealed class TeamHub(IDbContextFactory<Store> stores) : Hub
{
    public const string Changed = "changed";

    public static string Group(Guid tenantId, Guid managerId) => string.Create(CultureInfo.InvariantCulture, $"team/{tenantId:N}/{managerId:N}");

    public override async Task OnConnectedAsync()
    {
        var manager = Context.User!.Rep();
        var ct = Context.ConnectionAborted;
        foreach (var team in await TeamsAsync(manager, ct))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, Group(manager.TenantId, team), ct);
        }

        // Whatever changed before was told to nobody here.
        await Clients.Caller.SendAsync(Changed, ct);
        await base.OnConnectedAsync();
    }

    private async Task<IEnumerable<Guid>> TeamsAsync(RepKey manager, CancellationToken ct)
    {
        if (Context.GetHttpContext()?.Request.Query["transitive"] is not [var text] || !bool.TryParse(text, out var isTransitive) || !isTransitive)
        {
            return [manager.RepId];
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        var members = await TeamMembers.ReadAsync(store, manager, isTransitive: true, ct);
        return members.Select(x => x.TeamId).OfType<Guid>().Append(manager.RepId).Distinct();
    }
}
