using InboxGate.Web.Tests.Stories;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace InboxGate.Web.Tests.Stories;

/// <summary>One PostgreSQL for the length of the test run.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly PostgresCluster cluster = new();

    public async ValueTask InitializeAsync() => await cluster.StartAsync();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    /// <summary>A new empty database.</summary>
    public Task<string> CreateDatabaseAsync() => cluster.CreateDatabaseAsync();
}
