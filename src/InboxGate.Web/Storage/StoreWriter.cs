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
public sealed class StoreWriter : IDisposable
{
    /// <summary>Long enough to share a commit, short enough that nobody waits for long.</summary>
    private const int MostTogether = 64;
    private static readonly TimeSpan LongestTogether = TimeSpan.FromMilliseconds(25);

    private readonly IDbContextFactory<Store> stores;

    /// <summary>SQLite's.</summary>
    private readonly OneWorker<Change> worker;
    private readonly Held<Store> held;

    public StoreWriter(IDbContextFactory<Store> stores)
    {
        this.stores = stores;
        held = new Held<Store>(OpenAsync);
        worker = new OneWorker<Change>(WriteTogetherAsync);
    }

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

        return await QueueAsync(new Change(change, null, ct));
    }

    /// <summary>The same on SQLite for a change that fails only if nothing can be written: some prepared statements.</summary>
    /// <param name="change">The store's connection is open; what the store tracks is not saved.</param>
    public Task<bool> WriteRowsAsync(Func<Store, bool> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        return QueueAsync(new Change(null, change, ct));
    }

    public void Dispose() => worker.End(held.Dispose);

    private async Task<Store> OpenAsync()
    {
        var store = await stores.CreateDbContextAsync(CancellationToken.None);
        try
        {
            store.Database.AutoSavepointsEnabled = false;
            await store.Database.OpenConnectionAsync(CancellationToken.None);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private Task<bool> QueueAsync(Change queued)
    {
        worker.Add(queued);
        return queued.Done.Task;
    }

    private async Task WriteTogetherAsync(ConcurrentQueue<Change> waiting)
    {
        List<Change> taken = [];
        List<Outcome> outcomes = [];
        try
        {
            var store = await held.OpenAsync();
            await using var transaction = await store.Database.BeginTransactionAsync(CancellationToken.None);
            var startedAt = Stopwatch.GetTimestamp();
            while (taken.Count < MostTogether && Stopwatch.GetElapsedTime(startedAt) < LongestTogether && waiting.TryDequeue(out var next))
            {
                taken.Add(next);
                outcomes.Add(await ApplyAsync(store, transaction, next));
                if (next.Rows is null)
                {
                    store.ChangeTracker.Clear();
                }
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

            held.Dispose();
            taken.ForEach(x => x.Done.TrySetException(failure));
            return;
        }

        // Nobody before the commit: who changed nothing may have found a change that was not on disk yet.
        for (var i = 0; i < taken.Count; i++)
        {
            taken[i].Tell(outcomes[i]);
        }
    }

    /// <returns>What to tell whoever waits, once all of it is on disk.</returns>
    private static async ValueTask<Outcome> ApplyAsync(Store store, IDbContextTransaction transaction, Change change)
    {
        const string Savepoint = "change";
        if (change.Cancelled.IsCancellationRequested)
        {
            return new Outcome(IsWritten: false, new OperationCanceledException(change.Cancelled));
        }

        if (change.Rows is { } rows)
        {
            return new Outcome(rows(store));
        }

        await transaction.CreateSavepointAsync(Savepoint, CancellationToken.None);
        Outcome outcome;
        try
        {
            if (await change.Apply!(store, change.Cancelled))
            {
                await store.SaveChangesAsync(change.Cancelled);
                await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
                return new Outcome(IsWritten: true);
            }

            outcome = new Outcome(IsWritten: false);
        }
#pragma warning disable CA1031 // It fails by itself: whoever asked for it is told, and the others go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            outcome = new Outcome(IsWritten: false, failure);
        }

        await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
        await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
        return outcome;
    }

    /// <param name="Rows">In its place, what needs no savepoint: if it fails, so does everything that waits with it.</param>
    private sealed record Change(Func<Store, CancellationToken, Task<bool>>? Apply, Func<Store, bool>? Rows, CancellationToken Cancelled)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Tell(Outcome outcome)
        {
            if (outcome.Failure is OperationCanceledException && Cancelled.IsCancellationRequested)
            {
                Done.TrySetCanceled(Cancelled);
            }
            else if (outcome.Failure is { } failure)
            {
                Done.TrySetException(failure);
            }
            else
            {
                Done.TrySetResult(outcome.IsWritten);
            }
        }
    }

    private readonly record struct Outcome(bool IsWritten, Exception? Failure = null);
}
