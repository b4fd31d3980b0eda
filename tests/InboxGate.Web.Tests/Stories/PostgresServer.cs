using InboxGate.Web.Tests.Stories;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PostgresServer))]
// Stories wait more than they compute.
[assembly: Parallelization(MaxThreads = 6)]

namespace InboxGate.Web.Tests.Stories;

/// <summary>One PostgreSQL for the length of the test run.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly PostgresCluster cluster = new(isSynced: false);
    private readonly Lazy<Task<string>> made;

    public PostgresServer() => made = new(async () =>
    {
        var database = await cluster.CreateDatabaseAsync();
        await MadeTables.MakeAsync(database);
        return database;
    });

    public async ValueTask InitializeAsync() => await cluster.StartAsync();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    public Task<string> RestoreAsync(string file) => cluster.RestoreAsync(file);

    /// <summary>A new empty database.</summary>
    public Task<string> CreateDatabaseAsync() => cluster.CreateDatabaseAsync();

    /// <summary>A new database with all its tables, empty.</summary>
    public async Task<string> CreateMadeDatabaseAsync() => await cluster.CreateDatabaseAsync(like: await made.Value);
}
