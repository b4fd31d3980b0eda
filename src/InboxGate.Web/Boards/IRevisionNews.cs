using InboxGate.Web.People;

namespace InboxGate.Web.Boards;

/// <summary>Tells a rep's open panes that there is a new revision. A lost word costs only time.</summary>
public interface IRevisionNews
{
    Task TellAsync(RepKey rep, long revision);
}
