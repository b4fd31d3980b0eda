using InboxGate.Web.People;
using InboxGate.Web.Servers;

namespace InboxGate.Web.Team;

/// <summary>The teams whose pages are open at this server, by their managers, and how far each was looked at.</summary>
public sealed class TeamPages(TeamNews news)
{
    private readonly Audience<RepKey> audience = new();

    public IReadOnlyCollection<RepKey> Managers => audience.Members;

    public void Opened(RepKey manager) => audience.Join(manager);

    public void Closed(RepKey manager) => audience.Leave(manager);

    /// <param name="revisions">The sum over the team: any change of any member changes it.</param>
    public void TellIfNew(RepKey manager, long revisions)
    {
        if (audience.IsNews(manager, revisions))
        {
            news.Tell(manager.TenantId, manager.RepId);
        }
    }
}
