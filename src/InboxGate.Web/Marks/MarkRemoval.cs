using InboxGate.Web.People;

namespace InboxGate.Web.Marks;

/// <summary>Takes all marks of a rep who has left off the mail, at once rather than when there is time.</summary>
public sealed partial class MarkRemoval
{
    private readonly Marking marking;
    private readonly ILogger<MarkRemoval> logger;

    internal MarkRemoval(Marking marking, ILogger<MarkRemoval> logger) => (this.marking, this.logger) = (marking, logger);

    /// <param name="patience">Real time: a mailbox that cannot be reached holds nobody up for longer.</param>
    /// <returns>False when categories of ours may have stayed.</returns>
    public async Task<bool> RemoveAsync(RepKey rep, TimeSpan patience, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(patience);
        var marked = new MarkedRep(rep);
        try
        {
            while (await marking.MarkAsync(marked, limited.Token) is { } wait)
            {
                await Task.Delay(wait, limited.Token);
            }

            return marked.RefusedAt is null;
        }
#pragma warning disable CA1031 // Marks are a courtesy: whatever becomes of them holds up nothing else.
        catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotRemoved(logger, rep.TenantId, rep.RepId, failure.GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The categories on mail of rep {RepId} in tenant {TenantId} could not be taken off ({Failure}).")]
        public static partial void NotRemoved(ILogger logger, Guid tenantId, Guid repId, string failure);
    }
}
