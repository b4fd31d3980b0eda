using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tenant;

/// <summary>Finishes what leaving left over, and lets those leave whose accounts are gone. Every server does it; each step may repeat.</summary>
public sealed partial class LeavingSweep(
    Leaving leaving,
    DirectoryAccounts accounts,
    IDbContextFactory<Store> stores,
    IOptions<TenantOptions> options,
    IOptions<MailboxOptions> mailbox,
    TimeProvider clock,
    ILogger<LeavingSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!mailbox.Value.Watch || mailbox.Value.Access != MailboxAccess.Application)
        {
            // On behalf of a rep nothing can be asked or ended once the rep is gone, and nothing is subscribed to.
            return;
        }

        using var timer = new PeriodicTimer(options.Value.SweepInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await leaving.FinishAsync(stoppingToken);
                await LetGoneLeaveAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever is wrong with the database or the service, the next round tries again.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.SweepFailed(logger, failure);
            }
        }
    }

    private async Task LetGoneLeaveAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - options.Value.LeftAfterGone;
        await using var store = await stores.CreateDbContextAsync(ct);
        var missing = await store.Reps
            .Where(x => x.LeftAt == null && x.WatchProblem == MailboxProblem.MailboxNotFound && x.WatchProblemSince <= since)
            .Select(x => new RepKey(x.TenantId, x.RepId))
            .ToListAsync(ct);
        foreach (var rep in missing)
        {
            // No licence and no mailbox is not gone: the account must be.
            if (await accounts.IsGoneAsync(rep, ct))
            {
                Log.AccountGone(logger, rep.RepId, rep.TenantId);
                await leaving.LeaveAsync(rep, ct);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The account of rep {RepId} in tenant {TenantId} is gone from the directory: the rep counts as having left.")]
        public static partial void AccountGone(ILogger logger, Guid repId, Guid tenantId);

        [LoggerMessage(Level = LogLevel.Error, Message = "What is to be done for reps who left could not be finished; it is tried again.")]
        public static partial void SweepFailed(ILogger logger, Exception failure);
    }
}
