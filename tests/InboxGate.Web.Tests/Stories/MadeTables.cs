using InboxGate.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Stories;

/// <summary>A database with all its tables and nothing in them, to be copied: to make the tables takes longer than most tests do.</summary>
internal static class MadeTables
{
    private static readonly Lazy<Task<byte[]>> File = new(MakeFileAsync);

    /// <returns>A SQLite file.</returns>
    public static Task<byte[]> SqliteAsync() => File.Value;

    /// <summary>Makes the tables in an empty PostgreSQL database, and holds no connection to it afterwards.</summary>
    public static Task MakeAsync(string postgres) => MigrateAsync("Storage:Postgres", postgres + ";Pooling=false");

    private static async Task<byte[]> MakeFileAsync()
    {
        var folder = Directory.CreateTempSubdirectory("inboxgate-tables-").FullName;
        var file = Path.Combine(folder, "inboxgate.db");
        await MigrateAsync("Storage:SqliteFile", file);
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            // What is in the write-ahead log belongs to it.
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        var made = await System.IO.File.ReadAllBytesAsync(file);
        Directory.Delete(folder, recursive: true);
        return made;
    }

    private static async Task MigrateAsync(string setting, string value)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value }).Build());
        await using var provider = services.AddStorage().BuildServiceProvider();
        await Web.Storage.Storage.MigrateAsync(provider, CancellationToken.None);
    }
}
