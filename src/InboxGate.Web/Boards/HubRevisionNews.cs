using InboxGate.Web.Marks;
using InboxGate.Web.People;
using InboxGate.Web.Servers;
using InboxGate.Web.Team;

namespace InboxGate.Web.Boards;

/// <summary>The marks in the message list follow the board as the panes do, and so do the pages of the rep's team, here and at the other servers.</summary>
public sealed class HubRevisionNews(BoardPanes panes, TeamNews teams, MessageMarks marks, RevisionRelay relay) : IRevisionNews
{
    public void Tell(RepKey rep, Guid? teamId, long revision)
    {
        marks.Follow(rep);
        panes.Tell(rep, revision);
        if (teamId is { } manager)
        {
            teams.Tell(rep.TenantId, manager);
        }

        relay.Tell(new ToldRevision(rep.TenantId, rep.RepId, teamId, revision));
    }
}
