using InboxGate.Web.People;
using InboxGate.Web.Servers;
using Microsoft.AspNetCore.SignalR;

namespace InboxGate.Web.Boards;

/// <summary>The panes that are open at this server, and what they were told.</summary>
public sealed partial class BoardPanes(IHubContext<BoardHub> hub, ILogger<BoardPanes> logger)
{
    private readonly Audience<RepKey> audience = new();

    public IReadOnlyCollection<RepKey> Reps => audience.Members;

    public void Opened(RepKey rep) => audience.Join(rep);

    public void Closed(RepKey rep) => audience.Leave(rep);

    /// <summary>Nobody waits for it: a pane that reads slowly, or not at all, holds up no writer.</summary>
    public void Tell(RepKey rep, long revision)
    {
        if (audience.Contains(rep))
        {
            audience.IsNews(rep, revision);
            _ = SendAsync(rep, revision);
        }
    }

    /// <summary>Tells what was read of the rep, unless that was told last.</summary>
    public void TellIfNew(RepKey rep, long revision)
    {
        if (audience.IsNews(rep, revision))
        {
            _ = SendAsync(rep, revision);
        }
    }

    private async Task SendAsync(RepKey rep, long revision)
    {
        try
        {
            await hub.Clients.Group(BoardHub.Group(rep)).SendAsync(BoardHub.Revision, revision);
        }
#pragma warning disable CA1031 // In whatever way a connection fails: a lost word costs only time.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, rep.TenantId, rep.RepId, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The panes of rep {RepId} in tenant {TenantId} could not be told of a new revision.")]
        public static partial void NotTold(ILogger logger, Guid tenantId, Guid repId, Exception failure);
    }
}
