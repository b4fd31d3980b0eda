using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InboxGate.Web.Storage;

/// <summary>Everything read until it is disposed of is of one instant. It keeps no writer waiting.</summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;
    private readonly SqliteTransaction? deferred;

    private Snapshot(IDbContextTransaction transaction, SqliteTransaction? deferred)
    {
        this.transaction = transaction;
        this.deferred = deferred;
    }

    public static async Task<Snapshot> BeginAsync(Store store, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store is not SqliteStore)
        {
            return new Snapshot(await store.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct), null);
        }

        // SQLite's driver begins every other kind of transaction as a writer.
        await store.Database.OpenConnectionAsync(ct);
        var deferred = ((SqliteConnection)store.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new Snapshot((await store.Database.UseTransactionAsync(deferred, ct))!, deferred);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (deferred is not null)
        {
            await deferred.DisposeAsync();
        }
    }
}
