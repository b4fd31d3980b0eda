using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace InboxGate.Web.Storage;

/// <summary>Where facts are kept.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>The SQLite file; its folder is created. Left out when <see cref="Postgres"/> is set.</summary>
    public string? SqliteFile { get; init; }

    /// <summary>A PostgreSQL connection string.</summary>
    public string? Postgres { get; init; }

    public bool IsPostgres => !string.IsNullOrWhiteSpace(Postgres);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(SqliteFile) != IsPostgres)
        {
            yield return new ValidationResult("Set exactly one of Storage:SqliteFile and Storage:Postgres.", [nameof(SqliteFile), nameof(Postgres)]);
        }
    }
}

public static class Storage
{
    /// <summary>Of ours alone in the database.</summary>
    private const long MigrationLock = 0x496E626F78476174;

    /// <summary>On each connection; the server has fewer statements that matter.</summary>
    private const int MostPrepared = 100;

    /// <summary>A large table is changed, or another server changes it.</summary>
    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(1);

    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddPooledDbContextFactory<SqliteStore>((provider, options) => options
            .UseSqlite(SqliteConnectionString(Options(provider).SqliteFile ?? ":memory:"), x => x.MigrationsHistoryTable("migrations"))
            .AddInterceptors(SqlitePragmas.Instance));
        services.AddPooledDbContextFactory<PostgresStore>((provider, options) => options
            .UseNpgsql(PostgresConnectionString(Options(provider).Postgres ?? ""), x => x.MigrationsHistoryTable("migrations")));
        services.AddSingleton<IDbContextFactory<Store>>(provider => Options(provider).IsPostgres
            ? new Stores<PostgresStore>(provider.GetRequiredService<IDbContextFactory<PostgresStore>>())
            : new Stores<SqliteStore>(provider.GetRequiredService<IDbContextFactory<SqliteStore>>()));
        services.AddSingleton<StoreWriter>();
        services.AddSingleton<RepWriter>();
        return services;
    }

    /// <summary>Creates the database if need be and brings it to this version's tables.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        var options = Options(services);
        if (options.SqliteFile is { } file && !string.IsNullOrWhiteSpace(file) && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await using var store = await services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(ct);
        store.Database.SetCommandTimeout(LongestMigration);
        if (store is SqliteStore)
        {
            await store.Database.MigrateAsync(ct);
            return;
        }

        await CreatePostgresAsync(store, ct);
        // EF Core's own lock is let go between two migrations, with another server's list of them read before.
        await store.Database.OpenConnectionAsync(ct);
        await store.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", ct);
        try
        {
            await store.Database.MigrateAsync(ct);
        }
        finally
        {
            // Ends with the session too, should the server be killed.
            await store.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
            await store.Database.CloseConnectionAsync();
        }
    }

    private static async Task CreatePostgresAsync(Store store, CancellationToken ct)
    {
        var creator = store.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(ct))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(ct);
        }
        catch (PostgresException created) when (created.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another server that starts at the same moment was first.
        }
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static string SqliteConnectionString(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        // A writer waits for the one before it rather than failing.
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Statements that come again stay prepared, and nothing is left in a connection that would have to be undone. What an administrator says otherwise holds.</summary>
    private static string PostgresConnectionString(string said)
    {
        // Later words win: the administrator's.
        var settings = new NpgsqlConnectionStringBuilder { MaxAutoPrepare = MostPrepared, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        foreach (var (key, value) in new DbConnectionStringBuilder { ConnectionString = said }.Cast<KeyValuePair<string, object>>())
        {
            settings[key] = value;
        }

        return settings.ToString();
    }

    private sealed class Stores<T>(IDbContextFactory<T> stores) : IDbContextFactory<Store>
        where T : Store
    {
        public Store CreateDbContext() => stores.CreateDbContext();

        public async Task<Store> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await stores.CreateDbContextAsync(cancellationToken);
    }

    /// <summary>An acknowledged call is on disk: write-ahead log, and every commit synced.</summary>
    private sealed class SqlitePragmas : DbConnectionInterceptor
    {
        public static readonly SqlitePragmas Instance = new();
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

        /// <summary>A connection that comes out of the pool again has them already.</summary>
        private readonly ConditionalWeakTable<object, object> set = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            // EF Core looks first whether the file is there, by a connection that may not write; a restored backup may not be in WAL mode yet.
            if (((SqliteConnection)connection).Handle is not { } handle || set.TryGetValue(handle, out _)
                || new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly)
            {
                return;
            }

            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
            set.AddOrUpdate(handle, handle);
        }

        // SQLite is in the process: its driver does nothing asynchronously.
        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
