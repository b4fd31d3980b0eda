using System.Diagnostics.Metrics;
using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace InboxGate.Web.Tests.Telemetry;

[Collection(nameof(Listening))]
public sealed class WatchCensusTests(PostgresServer postgres)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Mailboxes_and_subscriptions_are_counted_by_state_over_all_tenants_and_without_those_who_left(Database database)
    {
        await using var world = await World.StartAsync(database, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" });
        await SeedAsync(world, World.MondayMorning);
        var meters = world.Services.GetRequiredService<IMeterFactory>();
        using var mailboxes = new MetricCollector<long>(meters, MailboxMetrics.MeterName, MailboxMetrics.Mailboxes);
        using var subscriptions = new MetricCollector<long>(meters, MailboxMetrics.MeterName, MailboxMetrics.Subscriptions);

        await world.Services.GetRequiredService<WatchCensus>().CountAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [("catchingUp", 1L), ("left", 1L), ("notWatching", 0L), ("unreachable", 1L), ("watching", 1L)],
            Latest(mailboxes));
        Assert.Equal(
            [("active", 2L), ("expired", 1L), ("none", 1L), ("refused", 1L)],
            Latest(subscriptions));
    }

    /// <summary>The server's own census may have counted too.</summary>
    private static IEnumerable<(string State, long Count)> Latest(MetricCollector<long> counted) => counted.GetMeasurementSnapshot()
        .GroupBy(x => (string)x.Tags["state"]!)
        .OrderBy(x => x.Key, StringComparer.Ordinal)
        .Select(x => (x.Key, x.Last().Value));

    private static async Task SeedAsync(World world, DateTimeOffset now)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Add(WatchState.Watching, null, ("inbox", "a", 1, null, null), ("sentitems", "b", 1, "throttled", null));
        Add(WatchState.Watching, null, ("inbox", "c", -1, null, 100), ("sentitems", null, 0, null, null));
        Add(WatchState.MailboxUnreachable, null, ("inbox", null, 0, "subscriptionDenied", null));
        Add(WatchState.NotWatching, now, ("inbox", "d", 1, null, null));
        await store.SaveChangesAsync(TestContext.Current.CancellationToken);

        void Add(WatchState watch, DateTimeOffset? leftAt, params (string Folder, string? Id, int DaysLeft, string? Problem, int? CatchUp)[] folders)
        {
            var rep = new RepRow { TenantId = Guid.NewGuid(), RepId = Guid.NewGuid(), Revision = 1, EnrolledAt = now, Watch = watch, LeftAt = leftAt };
            store.Reps.Add(rep);
            store.MailboxWatches.AddRange(folders.Select(x => new MailboxWatchRow
            {
                TenantId = rep.TenantId,
                RepId = rep.RepId,
                Folder = x.Folder,
                SubscriptionId = x.Id,
                SubscriptionExpiresAt = x.Id is null ? null : now.AddDays(x.DaysLeft),
                Problem = x.Problem,
                CatchUpRead = x.CatchUp,
            }));
        }
    }
}
