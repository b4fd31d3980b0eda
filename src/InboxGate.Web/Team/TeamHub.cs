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
public sealed class TeamHub(IDbContextFactory<Store> stores, TeamPages pages) : Hub
{
    public const string Changed = "changed";

    public static string Group(Guid tenantId, Guid managerId) => string.Create(CultureInfo.InvariantCulture, $"team/{tenantId:N}/{managerId:N}");

    public override async Task OnConnectedAsync()
    {
        var manager = Context.User!.Rep();
        var ct = Context.ConnectionAborted;
        List<RepKey> teams = [.. (await TeamsAsync(manager, ct)).Select(x => new RepKey(manager.TenantId, x))];
        foreach (var team in teams)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, Group(team.TenantId, team.RepId), ct);
        }

        teams.ForEach(pages.Opened);
        Context.Items[nameof(TeamPages)] = teams;

        // Whatever changed before was told to nobody here.
        await Clients.Caller.SendAsync(Changed, ct);
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[nameof(TeamPages)] as List<RepKey>)?.ForEach(pages.Closed);
        return base.OnDisconnectedAsync(exception);
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
