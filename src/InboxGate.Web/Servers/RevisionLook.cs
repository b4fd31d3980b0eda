using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Servers;

/// <summary>
/// Where several servers share a database, looks every few seconds whether those whose pages are open here were told of their
/// last revision. So a word that was lost, in whatever way (Redis was away, a server was killed between a commit and its word),
/// costs these seconds and no more. One query for each tenant, by key.
/// </summary>
public sealed partial class RevisionLook(
    BoardPanes panes, TeamPages teams, IDbContextFactory<Store> stores, IOptions<StorageOptions> storage, ILogger<RevisionLook> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(4);
    private const int MostTogether = 2_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(storage.Value.Postgres))
        {
            return;
        }

        var hasFailed = false;
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                    hasFailed = false;
                }
#pragma warning disable CA1031 // A database that is away for a while, in whatever way its driver words it, must not end the looking for good.
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    if (!hasFailed)
                    {
                        Log.LookFailed(logger, failure);
                    }

                    hasFailed = true;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It ends with the server.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        foreach (var (tenant, reps) in Chunks(panes.Reps, x => x.TenantId, x => x.RepId))
        {
            var revisions = await store.Reps.AsNoTracking()
                .Where(x => x.TenantId == tenant && reps.Contains(x.RepId))
                .Select(x => new { x.RepId, x.Revision }).ToListAsync(ct);
            revisions.ForEach(x => panes.TellIfNew(new RepKey(tenant, x.RepId), x.Revision));
        }

        foreach (var (tenant, managers) in Chunks(teams.Managers, x => x.TenantId, x => x.RepId))
        {
            var sums = await store.Reps.AsNoTracking()
                .Where(x => x.TenantId == tenant && x.TeamId != null && managers.Contains(x.TeamId.Value))
                .GroupBy(x => x.TeamId!.Value)
                .Select(x => new { Manager = x.Key, Revisions = x.Sum(y => y.Revision) }).ToListAsync(ct);
            sums.ForEach(x => teams.TellIfNew(new RepKey(tenant, x.Manager), x.Revisions));
        }
    }

    private static IEnumerable<(Guid Tenant, Guid[] Ids)> Chunks(IReadOnlyCollection<RepKey> keys, Func<RepKey, Guid> tenant, Func<RepKey, Guid> id) =>
        keys.GroupBy(tenant).SelectMany(x => x.Select(id).Chunk(MostTogether).Select(ids => (x.Key, ids)));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The revisions of open panes could not be looked at; it is tried again, and told once.")]
        public static partial void LookFailed(ILogger logger, Exception failure);
    }
}
