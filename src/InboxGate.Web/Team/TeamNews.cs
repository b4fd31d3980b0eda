using Microsoft.AspNetCore.SignalR;

namespace InboxGate.Web.Team;

/// <summary>Tells a team's pages of changes: of the first at once, then of all that follow at most twice a second.</summary>
public sealed partial class TeamNews(IHubContext<TeamHub> hub, TimeProvider clock, ILogger<TeamNews> logger)
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Lock guard = new();
    private readonly Dictionary<string, Pausing> pausing = [];

    public void Tell(Guid tenantId, Guid managerId)
    {
        var team = TeamHub.Group(tenantId, managerId);
        lock (guard)
        {
            if (pausing.TryGetValue(team, out var told))
            {
                told.HasMore = true;
                return;
            }

            pausing[team] = new Pausing(clock.CreateTimer(_ => EndPause(team), null, Pause, Timeout.InfiniteTimeSpan));
        }

        _ = SendAsync(team);
    }

    /// <summary>What came meanwhile is told now, and another pause begins; a team where nothing happens is forgotten.</summary>
    private void EndPause(string team)
    {
        lock (guard)
        {
            var told = pausing[team];
            if (!told.HasMore)
            {
                pausing.Remove(team);
                told.Timer.Dispose();
                return;
            }

            told.HasMore = false;
            told.Timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }

        _ = SendAsync(team);
    }

    /// <summary>A lost word costs only time: it fails nobody.</summary>
    private async Task SendAsync(string team)
    {
        try
        {
            await hub.Clients.Group(team).SendAsync(TeamHub.Changed);
        }
#pragma warning disable CA1031 // In whatever way the hub or what stands behind it fails.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, failure);
        }
    }

    private sealed class Pausing(ITimer timer)
    {
        public ITimer Timer { get; } = timer;
        public bool HasMore { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The pages of a team could not be told of a change.")]
        public static partial void NotTold(ILogger logger, Exception failure);
    }
}
