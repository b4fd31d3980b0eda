using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Histories;

/// <summary>
/// A thousand random histories of mail, moves, replies and failures, three mailboxes each: afterwards the gates equal
/// those worked out from the mailboxes themselves.
/// </summary>
public sealed class HistoriesTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Histories = 1000;
    private const int BrokenHistories = 20;
    private const int HistoriesAWorld = 50;

    /// <summary>Real time that the watch may take to settle once nothing fails any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string[] Met =
    [
        "mail", "reply", "automatic reply", "prospecting mail", "move out", "move back", "deletion", "read mark", "category",
        "lifecycle missed", "lifecycle subscriptionRemoved", "lifecycle reauthorizationRequired",
        "crash before commit", "crash after commit", "server replaced", "two servers",
        "fault status", "fault abort", "fault truncate", "fault html", "fault delay", "fault claims", "fault expiredDelta", "fault resync",
        "fault emptyPage", "fault duplicateItems", "fault reorderItems", "fault partialItems", "fault replayItems",
        "fault dropNotification", "fault duplicateNotification", "fault delayNotification", "fault wrongClientState",
    ];

    [Fact]
    public async Task Whatever_happens_the_gates_are_those_of_the_mailbox()
    {
        var counts = new FaultCount();
        var wrong = new ConcurrentQueue<string>();

        // Every fourth world has two servers on PostgreSQL, the others one on SQLite.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Histories / HistoriesAWorld),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (number, _) => await PlayAsync(
                number * HistoriesAWorld, HistoriesAWorld, number % 4 == 3 ? Database.Postgres : Database.Sqlite, number % 4 == 3, reader: null, counts, wrong));

        output.WriteLine(counts.ToString());
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong));
        Assert.Equal(Histories, counts.Of("history"));
        Assert.DoesNotContain(Met, kind => counts.Of(kind) == 0);
    }

    [Fact]
    public async Task A_link_that_is_saved_before_its_mail_is_noticed() =>
        Assert.NotEmpty(await PlayBrokenAsync((provider, commits) => new LinkSavedEarly(provider.GetRequiredService<MailboxReader>(), commits)));

    [Fact]
    public async Task A_mail_that_is_taken_in_twice_is_noticed()
    {
        // The server that takes another's place goes on with it: on a slow machine most of a history passes before it starts.
        var shown = new ConcurrentDictionary<(RepKey, string), int>();
        Assert.NotEmpty(await PlayBrokenAsync((provider, _) => new DedupeRemoved(provider.GetRequiredService<MailboxReader>(), shown)));
    }

    private async Task<IReadOnlyCollection<string>> PlayBrokenAsync(Func<IServiceProvider, CrashingCommits, IMailboxReader> reader)
    {
        var wrong = new ConcurrentQueue<string>();
        await PlayAsync(0, BrokenHistories, Database.Sqlite, twoServers: false, reader, new FaultCount(), wrong);
        foreach (var line in wrong.Take(5))
        {
            output.WriteLine(line);
        }

        return wrong;
    }

    private async Task PlayAsync(
        int firstSeed,
        int number,
        Database database,
        bool twoServers,
        Func<IServiceProvider, CrashingCommits, IMailboxReader>? reader,
        FaultCount counts,
        ConcurrentQueue<string> wrong)
    {
        var commits = new CrashingCommits();
        await using var world = await World.StartAsync(
            database,
            postgres,
            settings: new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "None",
                ["Mailbox:SweepInterval"] = "00:00:03",
                ["Mailbox:PageSize"] = "3",
            },
            configure: builder =>
            {
                builder.Services.ConfigureDbContext<SqliteStore>(options => options.AddInterceptors(commits));
                builder.Services.ConfigureDbContext<PostgresStore>(options => options.AddInterceptors(commits));
                if (reader is not null)
                {
                    builder.Services.AddSingleton<MailboxReader>();
                    builder.Services.AddSingleton(provider => reader(provider, commits));
                }
            });
        if (twoServers)
        {
            await world.AddServerAsync();
            counts.Add("two servers");
        }

        var histories = await EnrolAsync(world, commits, counts, firstSeed, number);
        await world.MoveClockAsync("2026-03-02T09:10:00+01:00");
        var playing = Task.WhenAll(histories.Select(x => x.PlayAsync()));
        await Task.Delay(TimeSpan.FromSeconds(3));
        commits.IsPaused = true;
        await world.ReplaceServerAsync(world.Servers[^1]);
        commits.IsPaused = false;
        counts.Add("server replaced");
        await playing;

        foreach (var used in (await world.Simulator.GetFromJsonAsync<JsonObject>("/sim/faults"))!["used"]!.AsObject())
        {
            counts.Add($"fault {used.Key}", used.Value!.GetValue<long>());
        }

        commits.Mend();
        await Mailbox.Simulated.MendAsync(world);
        foreach (var history in histories)
        {
            foreach (var line in await history.SettleAsync(reader is null ? Patience : TimeSpan.FromSeconds(8)))
            {
                wrong.Enqueue(line);
            }

            counts.Add("history");
            if (reader is not null && !wrong.IsEmpty)
            {
                break;
            }
        }

        counts.Add("crash before commit", commits.CrashedBefore);
        counts.Add("crash after commit", commits.CrashedAfter);
    }

    private static async Task<IReadOnlyList<History>> EnrolAsync(World world, CrashingCommits commits, FaultCount counts, int firstSeed, int number)
    {
        await world.UserAsync(MailboxOracle.Colleague);
        var histories = new History[number];
        await Parallel.ForEachAsync(Enumerable.Range(0, number), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            List<Person> reps = [];
            for (var mailbox = 0; mailbox < History.Mailboxes; mailbox++)
            {
                var rep = await world.UserAsync($"rep{firstSeed + i}-{mailbox}@contoso.com");
                await rep.BoardAsync();
                await rep.JsonAsync(HttpMethod.Put, "/api/senders/customer.example", new JsonObject { ["kind"] = "customer" });
                await rep.JsonAsync(HttpMethod.Put, "/api/senders/prospect.example", new JsonObject { ["kind"] = "prospect" });
                reps.Add(rep);
            }

            // Mail from before a rep was enrolled would rightly have no verdict, and time passes here too.
            var enrolledBy = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            histories[i] = new History(world, reps, commits, counts, firstSeed + i, enrolledBy);
        });
        return histories;
    }
}
