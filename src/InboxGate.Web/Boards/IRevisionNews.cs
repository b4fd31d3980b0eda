using InboxGate.Web.People;

namespace InboxGate.Web.Boards;

/// <summary>Tells a rep's open panes that there is a new revision. A lost word costs only time, and telling takes none of the writer's.</summary>
public interface IRevisionNews
{
    /// <param name="teamId">The manager in whose team the rep is; null when in none.</param>
    void Tell(RepKey rep, Guid? teamId, long revision);
}
