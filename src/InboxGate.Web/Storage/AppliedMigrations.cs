using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Data.Sqlite;

namespace InboxGate.Web.Storage;

/// <summary>What EF Core notes in the database of the migrations that it has been through.</summary>
public static class AppliedMigrations
{
    public const string Table = "migrations";

    /// <summary>Whether the database is there with all tables of this version; those of a newer one may be there too.</summary>
    public static async Task<bool> AreAllAsync(Connections connections, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connections);
        try
        {
            await using var connection = await connections.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = $"""SELECT "MigrationId" FROM {Table}""";
            await using var rows = await command.ExecuteReaderAsync(ct);
            var missing = Known(connection is SqliteConnection ? typeof(SqliteStore) : typeof(PostgresStore));
            while (await rows.ReadAsync(ct))
            {
                missing.Remove(rows.GetString(0));
            }

            return missing.Count == 0;
        }
        catch (DbException)
        {
            // No database, or none of ours. If it is anything else, migrating says so.
            return false;
        }
    }

    /// <param name="store">The context of one kind of database.</param>
    /// <returns>The ids of this version's migrations. EF Core makes them public; to look through all types would be to load them.</returns>
    public static HashSet<string> Known(Type store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return
        [
            .. store.Assembly.GetExportedTypes()
                .Where(x => x.IsSubclassOf(typeof(Migration)) && x.GetCustomAttribute<DbContextAttribute>()?.ContextType == store)
                .Select(x => x.GetCustomAttribute<MigrationAttribute>()!.Id),
        ];
    }
}
