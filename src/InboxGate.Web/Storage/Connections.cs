using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace InboxGate.Web.Storage;

/// <summary>The drivers' own connections, out of the pools of those of a <see cref="Store"/>: for what nearly every request asks, and before EF Core has got ready.</summary>
public sealed class Connections(IOptions<StorageOptions> options)
{
    /// <summary>On each connection; the server has fewer statements that matter.</summary>
    private const int MostPrepared = 100;

    private readonly string said = StringOf(options.Value);

    /// <returns>Open; disposing of it gives it back.</returns>
    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        DbConnection connection = options.Value.IsPostgres ? new NpgsqlConnection(said) : new SqliteConnection(said);
        try
        {
            await connection.OpenAsync(ct);
            if (connection is SqliteConnection sqlite)
            {
                SqlitePragmas.Instance.Set(sqlite);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static string StringOf(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.IsPostgres ? PostgresString(options.Postgres!) : SqliteString(options.SqliteFile ?? ":memory:");
    }

    private static string SqliteString(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        // A writer waits for the one before it rather than failing.
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Statements that come again stay prepared, and nothing is left in a connection that would have to be undone. What an administrator says otherwise holds.</summary>
    private static string PostgresString(string said)
    {
        // Later words win: the administrator's.
        var settings = new NpgsqlConnectionStringBuilder { MaxAutoPrepare = MostPrepared, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        foreach (var (key, value) in new DbConnectionStringBuilder { ConnectionString = said }.Cast<KeyValuePair<string, object>>())
        {
            settings[key] = value;
        }

        return settings.ToString();
    }
}
