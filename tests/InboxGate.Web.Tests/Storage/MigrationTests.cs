using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Storage;

/// <summary>Several servers of a new version start at the same moment.</summary>
public sealed class MigrationTests(PostgresServer postgres)
{
    private const int Servers = 4;

    [Fact]
    public async Task One_makes_the_tables_and_the_others_wait_for_it()
    {
        for (var round = 0; round < 3; round++)
        {
            // Also the database itself is not there yet in the last round.
            var database = await postgres.CreateDatabaseAsync() + (round == 2 ? ";Database=unmade" : "");
            List<ServiceProvider> servers = [.. Enumerable.Range(0, Servers).Select(_ => Start(database))];

            await Task.WhenAll(servers.Select(x => Web.Storage.Storage.MigrateAsync(x, TestContext.Current.CancellationToken)));

            await using (var store = await servers[0].GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            {
                Assert.Empty(await store.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
                Assert.False(await store.Reps.AnyAsync(TestContext.Current.CancellationToken));
            }

            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>A start asks for them without EF Core.</summary>
    [Fact]
    public async Task Every_migration_that_EF_Core_knows_is_looked_for()
    {
        await using var provider = Start("Host=nowhere");
        foreach (var stores in new[] { typeof(SqliteStore), typeof(PostgresStore) })
        {
            await using var store = (Store)provider.GetRequiredService(stores);

            Assert.Equal(store.Database.GetMigrations(), AppliedMigrations.Known(stores).Order(StringComparer.Ordinal));
            Assert.NotEmpty(store.Database.GetMigrations());
        }
    }

    private static ServiceProvider Start(string database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Postgres"] = database }).Build());
        return services.AddStorage().BuildServiceProvider();
    }
}
