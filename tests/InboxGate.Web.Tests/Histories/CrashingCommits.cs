using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InboxGate.Web.Tests.Histories;

/// <summary>Ends a server's work just before or just after the next commit, as a kill at that instant would.</summary>
internal sealed class CrashingCommits : DbTransactionInterceptor
{
    private int before;
    private int after;
    private int crashedBefore;
    private int crashedAfter;

    public int CrashedBefore => crashedBefore;

    public int CrashedAfter => crashedAfter;

    /// <summary>What was only in memory is lost with it.</summary>
    public event Action? Crashed;

    /// <summary>While a server starts it has nothing to lose.</summary>
    public bool IsPaused { get; set; }

    public void CrashBeforeNext() => Interlocked.Increment(ref before);

    public void CrashAfterNext() => Interlocked.Increment(ref after);

    public void Mend()
    {
        Interlocked.Exchange(ref before, 0);
        Interlocked.Exchange(ref after, 0);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        Take(ref before)
            ? throw Crash(ref crashedBefore)
            : base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Take(ref after)
            ? throw Crash(ref crashedAfter)
            : base.TransactionCommittedAsync(transaction, eventData, cancellationToken);

    private CrashException Crash(ref int count)
    {
        Interlocked.Increment(ref count);
        Crashed?.Invoke();
        return new CrashException();
    }

    private bool Take(ref int left)
    {
        if (IsPaused)
        {
            return false;
        }

        if (Interlocked.Decrement(ref left) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref left);
        return false;
    }
}

internal sealed class CrashException() : Exception("The server was killed here.");
