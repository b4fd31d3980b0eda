using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Storage;

/// <summary>Changes that share a commit share nothing else.</summary>
public sealed class StoreWriterTests(PostgresServer postgres)
{
    private static readonly Guid Tenant = Guid.Parse("11111111-1111-4111-8111-111111111111");

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_changes_at_once_each_is_kept_that_says_so_and_no_other(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var writer = world.Services.GetRequiredService<StoreWriter>();
        var reps = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToList();

        // Every third answers false, every third fails after it has written.
        var outcomes = await Task.WhenAll(reps.Select(async (rep, i) =>
        {
            try
            {
                return (await writer.WriteAsync(async (store, ct) =>
                {
                    store.Reps.Add(new RepRow { TenantId = Tenant, RepId = rep });
                    await store.SaveChangesAsync(ct);
                    return i % 3 == 2 ? throw new InvalidOperationException("No.") : i % 3 == 0;
                }, TestContext.Current.CancellationToken)).ToString();
            }
            catch (InvalidOperationException failure)
            {
                return failure.Message;
            }
        }));

        Assert.Equal(Enumerable.Range(0, 60).Select(i => (i % 3) switch { 0 => "True", 1 => "False", _ => "No." }), outcomes);
        await using var reading = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var kept = await reading.Reps.Where(x => reps.Contains(x.RepId)).Select(x => x.RepId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(reps.Where((_, i) => i % 3 == 0).Order(), kept.Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_that_the_database_refuses_fails_alone(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var writer = world.Services.GetRequiredService<StoreWriter>();
        var rep = Guid.NewGuid();

        // The same key twenty times: one is first.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                return await writer.WriteAsync((store, _) =>
                {
                    store.Reps.Add(new RepRow { TenantId = Tenant, RepId = rep });
                    return Task.FromResult(true);
                }, TestContext.Current.CancellationToken);
            }
            catch (DbUpdateException)
            {
                return false;
            }
        }));

        Assert.Single(outcomes, x => x);
    }

    [Fact]
    public async Task Who_no_longer_waits_is_not_written_for()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var writer = world.Services.GetRequiredService<StoreWriter>();
        using var gone = new CancellationTokenSource();
        var isHeld = new TaskCompletionSource();
        var held = writer.WriteAsync(async (_, _) =>
        {
            await isHeld.Task;
            return false;
        }, TestContext.Current.CancellationToken);
        var hasRun = false;
        var waiting = writer.WriteAsync((_, _) => Task.FromResult(hasRun = true), gone.Token);

        await gone.CancelAsync();
        isHeld.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(await held);
        Assert.False(hasRun);
    }

    [Fact]
    public async Task A_board_is_drawn_while_a_writer_is_at_work()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();
        var isHeld = new TaskCompletionSource();
        var held = world.Services.GetRequiredService<StoreWriter>().WriteAsync(async (_, _) =>
        {
            await isHeld.Task;
            return false;
        }, TestContext.Current.CancellationToken);

        var board = await rep.BoardAsync();

        isHeld.SetResult();
        await held;
        Assert.NotNull(board["revision"]);
    }
}
