using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>A large table is changed, or another server changes it.</summary>
    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(1);

    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddPooledDbContextFactory<SqliteStore>((provider, options) => options
            .UseSqlite(Connections.StringOf(Options(provider)), x => x.MigrationsHistoryTable(AppliedMigrations.Table))
            .AddInterceptors(SqlitePragmas.Instance));
        services.AddPooledDbContextFactory<PostgresStore>((provider, options) => options
            .UseNpgsql(Connections.StringOf(Options(provider)), x => x.MigrationsHistoryTable(AppliedMigrations.Table)));
        services.AddSingleton<IDbContextFactory<Store>>(provider => Options(provider).IsPostgres
            ? new Stores<PostgresStore>(provider)
            : new Stores<SqliteStore>(provider));
        services.AddSingleton<Connections>();
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

        // As at almost every start. Whoever waits for it has not to wait for EF Core to get ready.
        if (await AppliedMigrations.AreAllAsync(services.GetRequiredService<Connections>(), ct))
        {
            return;
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

    /// <summary>EF Core's own are made with the first store: until then nobody waits for it to get ready.</summary>
    private sealed class Stores<T>(IServiceProvider services) : IDbContextFactory<Store>
        where T : Store
    {
        private readonly Lazy<IDbContextFactory<T>> stores = new(services.GetRequiredService<IDbContextFactory<T>>);

        public Store CreateDbContext() => stores.Value.CreateDbContext();

        public async Task<Store> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await stores.Value.CreateDbContextAsync(cancellationToken);
    }
}
