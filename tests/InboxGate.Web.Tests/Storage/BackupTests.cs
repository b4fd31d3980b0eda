using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Storage;

/// <summary>Backups as the operations page has them made, while a rep goes on calling.</summary>
public sealed class BackupTests(PostgresServer postgres)
{
    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_server_on_the_restored_backup_knows_every_call_acknowledged_before_it(Database database)
    {
        await using var world = await World.StartAsync(database, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" });
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();
        var acknowledged = 0;
        using var enough = new CancellationTokenSource();
        var calling = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await rep.CallAsync();
                    Interlocked.Increment(ref acknowledged);
                }
            },
            TestContext.Current.CancellationToken);
        while (Volatile.Read(ref acknowledged) < 20)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var before = Volatile.Read(ref acknowledged);
        var restored = await BackedUpAndRestoredAsync(world, database, Path.Combine(world.Folder, "backup"));
        await enough.CancelAsync();
        await calling;

        using var elsewhere = new HttpClient { BaseAddress = World.AddressOf(await world.AddServerAsync(restored)) };
        elsewhere.DefaultRequestHeaders.Authorization = rep.Api.DefaultRequestHeaders.Authorization;
        var board = JsonNode.Parse(await elsewhere.GetStringAsync(new Uri("/api/board", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.InRange(board!["counts"]!["calls"]!.GetValue<int>(), before, acknowledged);
    }

    /// <returns>How a server is told to work on it.</returns>
    private async Task<Dictionary<string, string?>> BackedUpAndRestoredAsync(World world, Database database, string file)
    {
        if (database == Database.Postgres)
        {
            await PostgresCluster.BackUpAsync(world.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Postgres!, file);
            return new() { ["Storage:Postgres"] = await postgres.RestoreAsync(file) };
        }

        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await store.Database.ExecuteSqlAsync($"VACUUM INTO {file}", TestContext.Current.CancellationToken);
        return new() { ["Storage:SqliteFile"] = file };
    }
}
