using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InboxGate.Web.Storage;

/// <summary>Everything read until it is disposed of is of one instant. It keeps no writer waiting.</summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly DbTransaction begun;
    private readonly IDbContextTransaction used;

    private Snapshot(DbTransaction begun, IDbContextTransaction used)
    {
        this.begun = begun;
        this.used = used;
    }

    public static async Task<Snapshot> BeginAsync(Store store, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        await store.Database.OpenConnectionAsync(ct);
        var begun = await BeginAsync(store.Database.GetDbConnection(), ct);
        return new Snapshot(begun, (await store.Database.UseTransactionAsync(begun, ct))!);
    }

    public static async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        // SQLite's driver begins every other kind of transaction as a writer.
        return connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await used.DisposeAsync();
        await begun.DisposeAsync();
    }
}
