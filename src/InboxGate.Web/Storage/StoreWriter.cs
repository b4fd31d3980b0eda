using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InboxGate.Web.Storage;

/// <summary>
/// Writes, each change whole or not at all. On PostgreSQL each is a transaction of its own. SQLite has one writer, and
/// syncs the disk at each commit: there, changes that wait at the same time are committed together, each within a
/// savepoint, so that one that fails takes none with it. Whoever waits is told after the commit.
/// </summary>
public sealed class StoreWriter(IDbContextFactory<Store> stores)
{
    /// <summary>Long enough to share a commit, short enough that nobody waits for long.</summary>
    private const int MostTogether = 64;
    private static readonly TimeSpan LongestTogether = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentQueue<Change> waiting = new();
    private int isWriting;

    /// <summary>Runs <paramref name="change"/> in a transaction, saves, and commits unless it answers false: then nothing of it stays.</summary>
    /// <remarks>The change may not write by other ways than the store it is given: it would wait for itself.</remarks>
    public async Task<bool> WriteAsync(Func<Store, CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            if (store is not SqliteStore)
            {
                await using var transaction = await store.Database.BeginTransactionAsync(ct);
                if (!await change(store, ct))
                {
                    return false;
                }

                await store.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return true;
            }
        }

        var queued = new Change(change, ct);
        waiting.Enqueue(queued);
        if (Interlocked.Exchange(ref isWriting, 1) == 0)
        {
            _ = Task.Run(WriteAllAsync, CancellationToken.None);
        }

        return await queued.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        do
        {
            while (!waiting.IsEmpty)
            {
                await WriteTogetherAsync();
            }

            Volatile.Write(ref isWriting, 0);
        }
        // One may have been queued just before the flag fell.
        while (!waiting.IsEmpty && Interlocked.Exchange(ref isWriting, 1) == 0);
    }

    private async Task WriteTogetherAsync()
    {
        List<Change> taken = [];
        List<Change> written = [];
        try
        {
            await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await store.Database.BeginTransactionAsync(CancellationToken.None);
            store.Database.AutoSavepointsEnabled = false;
            var startedAt = Stopwatch.GetTimestamp();
            while (taken.Count < MostTogether && Stopwatch.GetElapsedTime(startedAt) < LongestTogether && waiting.TryDequeue(out var next))
            {
                taken.Add(next);
                if (await ApplyAsync(store, transaction, next))
                {
                    written.Add(next);
                }

                store.ChangeTracker.Clear();
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever the commit ends in, those who wait for it are told, and the next ones have their turn.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (taken.Count == 0 && waiting.TryDequeue(out var first))
            {
                // Not even a transaction can be begun.
                taken.Add(first);
            }

            // Those that were done with before keep their answer.
            taken.ForEach(x => x.Done.TrySetException(failure));
            return;
        }

        written.ForEach(x => x.Done.TrySetResult(true));
    }

    /// <returns>Whether the change waits for the commit; otherwise it is done with.</returns>
    private static async Task<bool> ApplyAsync(Store store, IDbContextTransaction transaction, Change change)
    {
        const string Savepoint = "change";
        if (change.Cancelled.IsCancellationRequested)
        {
            change.Done.TrySetCanceled(change.Cancelled);
            return false;
        }

        await transaction.CreateSavepointAsync(Savepoint, CancellationToken.None);
        Exception? failure = null;
        try
        {
            if (await change.Apply(store, change.Cancelled))
            {
                await store.SaveChangesAsync(change.Cancelled);
                await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
                return true;
            }
        }
#pragma warning disable CA1031 // It fails by itself: whoever asked for it is told, and the others go on.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            failure = thrown;
        }

        await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
        await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
        if (failure is null)
        {
            change.Done.TrySetResult(false);
        }
        else
        {
            change.Done.TrySetException(failure);
        }

        return false;
    }

    private sealed record Change(Func<Store, CancellationToken, Task<bool>> Apply, CancellationToken Cancelled)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
