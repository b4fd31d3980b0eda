using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InboxGate.Web.Storage;

/// <summary>An acknowledged call is on disk: write-ahead log, and every commit synced.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    /// <summary>A connection that comes out of the pool again has them already.</summary>
    private readonly ConditionalWeakTable<object, object> set = [];

    /// <param name="connection">An open one.</param>
    public void Set(SqliteConnection connection)
    {
        // EF Core looks first whether the file is there, by a connection that may not write; a restored backup may not be in WAL mode yet.
        if (connection.Handle is not { } handle || set.TryGetValue(handle, out _)
            || new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        set.AddOrUpdate(handle, handle);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set((SqliteConnection)connection);

    // SQLite is in the process: its driver does nothing asynchronously.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set((SqliteConnection)connection);
        return Task.CompletedTask;
    }
}
