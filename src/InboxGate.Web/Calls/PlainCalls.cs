using System.Runtime.CompilerServices;
using InboxGate.Core.Calls;
using InboxGate.Web.People;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Calls;

/// <summary>
/// The call as it mostly is: made on a day that is not closed, to nobody in particular, and not known yet. It is added, with
/// the rep's new revision, by few prepared statements and in a commit that it shares with the calls of others. Every other
/// call is none of it. What waits for it is pooled: nothing is asked of a server more often.
/// </summary>
public abstract class PlainCalls(RepWriter reps)
{
    /// <summary>
    /// Which rep a plain call may be added to, if it is not there yet. The row is locked when this is decided: neither a day
    /// that is being closed nor an erasure comes between.
    /// </summary>
    protected const string MayBeAdded =
        """
        "LeftAt" IS NULL AND "ErasingAt" IS NULL
            AND ("ClosedUntil" <= @madeAt
                OR ("ClosedUntil" IS NULL AND NOT EXISTS (SELECT 1 FROM closed_days WHERE "TenantId" = @tenant AND "RepId" = @rep)))
        """;

    protected const string Insert = """INSERT INTO calls ("TenantId", "RepId", "CallId", "MadeAt", "LoggedAt", "Outcome", "Evidence")""";

    /// <returns>How the rep was found with the call; null when nothing was added, because it is not a plain one.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FactsStamp?> TryAddAsync(RepKey rep, ProspectingCall call, DateTimeOffset loggedAt, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (await AddAsync(rep, call, loggedAt, ct) is not { } added)
        {
            return null;
        }

        reps.Tell(rep, added.Team, added.Stamp.Revision);
        return added.Stamp;
    }

    protected abstract ValueTask<Added?> AddAsync(RepKey rep, ProspectingCall made, DateTimeOffset loggedAt, CancellationToken ct);

    /// <param name="Team">The rep's.</param>
    protected sealed record Added(FactsStamp Stamp, Guid? Team);
}
