using System.Text.Json.Nodes;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Histories;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>One server at a time reads a mailbox, and one that was too slow about it undoes nothing.</summary>
public sealed class ClaimTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_server_whose_claim_was_taken_saves_nothing_of_what_it_knew_before()
    {
        var slow = new Slow();
        await using var world = await World.StartAsync(
            Database.Postgres,
            postgres,
            settings: new Dictionary<string, string?> { ["Mailbox:SweepInterval"] = "00:00:01" },
            configure: builder =>
            {
                builder.Services.AddSingleton<MailboxReader>();
                builder.Services.AddSingleton<IMailboxReader>(provider => new SlowReader(provider.GetRequiredService<MailboxReader>(), slow));
            });
        await world.UserAsync("ann@contoso.com");
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        var mail = await world.DeliverAsync(rep, "ann@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        // The mail is out of the inbox when the first server asks for it, and back when the second reads what has changed.
        slow.First = async ask =>
        {
            await MoveAsync("archive");
            var stale = await ask();
            await MoveAsync("inbox");
            await OnAsync(store => store.Reps.Where(x => x.RepId == rep.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.WatchedUntil, DateTimeOffset.UnixEpoch)));
            await world.AddServerAsync();
            await slow.Arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            return stale;
        };
        await Simulated.FailAsync(world, "expiredDelta", match: "inbox");

        await slow.Done.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        while (await OnAsync(store => store.Unjudged.AnyAsync(x => x.RepId == rep.Id)))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(await OnAsync(store => store.Messages.Where(x => x.RepId == rep.Id && x.InternetMessageId == mail).Select(x => x.LeftInbox).SingleAsync()));
        Assert.Single((await rep.BoardAsync())["gates"]!.AsArray());

        Task MoveAsync(string folder) =>
            world.SayAsync("/sim/moves", new JsonObject { ["user"] = rep.Address, ["internetMessageId"] = mail, ["folder"] = folder });

        async Task<T> OnAsync<T>(Func<Store, Task<T>> ask)
        {
            await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
            return await ask(store);
        }
    }

    private sealed class Slow
    {
        private int calls;

        /// <summary>What the first to ask for mail one by one does instead.</summary>
        public Func<Func<Task<Fetched<ReceivedMail?>>>, Task<Fetched<ReceivedMail?>>>? First { get; set; }

        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<Fetched<ReceivedMail?>> AskAsync(Func<Task<Fetched<ReceivedMail?>>> ask)
        {
            if (First is null)
            {
                return await ask();
            }

            if (Interlocked.Increment(ref calls) == 1)
            {
                return await First(ask);
            }

            // Time for the first to save what it should not.
            Arrived.TrySetResult();
            await Task.Delay(TimeSpan.FromSeconds(2));
            Done.TrySetResult();
            return await ask();
        }
    }

    private sealed class SlowReader(MailboxReader reader, Slow slow) : BrokenReader(reader)
    {
        public override Task<Fetched<ReceivedMail?>> InInboxAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct) =>
            slow.AskAsync(() => base.InInboxAsync(rep, graphIds, ct));
    }
}
