using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>A mailbox that is large, or that nobody watched for a while, and what reading it costs.</summary>
public sealed class CatchUpTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";
    private const int Missed = 6000;

    [Fact]
    public async Task Six_thousand_mails_that_came_while_nobody_watched_are_caught_up_and_all_gated()
    {
        await using var world = await StartAsync("00:00:02");
        var rep = await EnrolledAsync(world);
        await world.MoveClockAsync("2026-03-02T10:30:00+01:00");
        await FailAsync(world, rep, new JsonObject { ["kind"] = "status", ["status"] = 503, ["match"] = "delta", ["times"] = 100_000 });
        await DeliverManyAsync(world, rep, Missed);
        await Simulated.MendAsync(world);
        await FailAsync(world, rep, new JsonObject { ["kind"] = "resync", ["match"] = "inbox", ["times"] = 1 });

        var seen = new List<(int Read, int? Of)>();
        var isReplaced = false;
        await World.UntilAsync(async () =>
        {
            if (await ProgressAsync(world, rep) is { } progress)
            {
                if (seen.Count == 0)
                {
                    // The pane shows it.
                    Assert.InRange((await rep.BoardAsync())["mailbox"]!["catchUp"]!["read"]!.GetValue<int>(), 0, Missed);
                }

                seen.Add(progress);
                if (progress.Read > 1500 && !isReplaced)
                {
                    // What was read so far is not read again.
                    isReplaced = true;
                    await world.ReplaceServerAsync(world.Servers[0]);
                }
            }

            return await GatesAsync(world, rep) == Missed && await ProgressAsync(world, rep) is null;
        }, TimeSpan.FromMinutes(4));

        Assert.True(isReplaced);
        Assert.Contains(seen, x => x.Of == Missed);
        Assert.Equal(seen.Select(x => x.Read).Order(), seen.Select(x => x.Read));
        var board = await (rep with { Api = world.Api(await world.TokenAsync(new JsonObject { ["user"] = rep.Address })) }).BoardAsync();
        Assert.Equal(Missed, board["gates"]!.AsArray().Count);
        Assert.Null(board["mailbox"]!["catchUp"]);
    }

    [Fact]
    public async Task A_mailbox_of_fifty_thousand_mails_enrols_with_a_handful_of_requests()
    {
        await using var world = await StartAsync("01:00:00");
        var rep = await world.UserAsync("mira@contoso.com");
        await DeliverManyAsync(world, rep, 50_000);
        await Simulated.ForgetRequestsAsync(world);

        var board = await rep.BoardAsync();

        Assert.True(board["gate"]!["on"]!.GetValue<bool>());
        Assert.Empty(board["gates"]!.AsArray());
        Assert.InRange((await Simulated.RequestsAsync(world)).Count(x => x["path"]!.GetValue<string>().Contains("/messages", StringComparison.Ordinal)), 1, 2);
    }

    [Fact]
    public async Task A_quiet_mailbox_costs_one_delta_of_each_folder_at_a_sweep_and_nothing_else()
    {
        await using var world = await StartAsync("00:00:02");
        var rep = await EnrolledAsync(world);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await Simulated.ForgetRequestsAsync(world);

        await Task.Delay(TimeSpan.FromSeconds(9), TestContext.Current.CancellationToken);

        var requests = (await Simulated.RequestsAsync(world)).Where(x => x["path"]!.GetValue<string>().StartsWith("/v1.0", StringComparison.Ordinal)).ToList();
        Assert.All(requests, x => Assert.Contains("delta", x["path"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase));
        var inbox = requests.Count(x => x["path"]!.GetValue<string>().Contains("inbox", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(inbox, 1, 5);
        Assert.InRange(requests.Count - inbox, inbox - 1, inbox + 1);
    }

    [Fact]
    public async Task Headers_are_asked_for_in_batches_and_only_where_they_decide()
    {
        await using var world = await StartAsync("01:00:00");
        var rep = await EnrolledAsync(world);
        await rep.JsonAsync(HttpMethod.Put, "/api/senders/pia@prospect.example", new JsonObject { ["kind"] = "prospect" });
        await Simulated.ForgetRequestsAsync(world);

        // A listed address and a machine's own name are decided before any header; a colleague is not.
        await DeliverManyAsync(world, rep, 10, "pia@prospect.example");
        await DeliverManyAsync(world, rep, 10, "no-reply@shop.example");
        await DeliverManyAsync(world, rep, 25);
        await world.DeliverAsync(rep, Colleague);
        await World.UntilAsync(async () => await GatesAsync(world, rep) == 26);

        var requests = await Simulated.RequestsAsync(world);
        Assert.Equal(2, requests.Count(x => x["path"]!.GetValue<string>().EndsWith("$batch", StringComparison.Ordinal)));
        Assert.Equal(26, requests.Count(x => x["query"]!.GetValue<string>().Contains("internetMessageHeaders", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_busy_item_of_a_batch_is_asked_for_again_when_it_may_be_and_holds_up_no_other()
    {
        await using var world = await StartAsync("01:00:00");
        var rep = await EnrolledAsync(world);
        await Simulated.ForgetRequestsAsync(world);
        await FailAsync(world, rep, new JsonObject { ["kind"] = "status", ["status"] = 429, ["match"] = "/messages/", ["batch"] = true, ["retryAfter"] = 4, ["times"] = 1 });

        await DeliverManyAsync(world, rep, 4);
        await world.DeliverAsync(rep, Colleague);
        await World.UntilAsync(async () => await GatesAsync(world, rep) == 4);
        await World.UntilAsync(async () => await GatesAsync(world, rep) == 5);

        var asked = (await Simulated.RequestsAsync(world)).Where(x => x["batch"]!.GetValue<bool>()).ToList();
        var busyAt = asked.Single(x => x["status"]!.GetValue<int>() == 429)["at"]!.GetValue<DateTimeOffset>();
        var again = asked.Where(x => x["at"]!.GetValue<DateTimeOffset>() > busyAt.AddSeconds(1)).Min(x => x["at"]!.GetValue<DateTimeOffset>());
        Assert.InRange((again - busyAt).TotalSeconds, 4, 20);
    }

    [Fact]
    public async Task Two_servers_take_turns_with_a_mailbox()
    {
        await using var world = await World.StartAsync(
            Database.Postgres, postgres, settings: new Dictionary<string, string?> { ["Mailbox:SweepInterval"] = "00:00:02" });
        await world.AddServerAsync();
        var rep = await EnrolledAsync(world);
        for (var i = 0; i < 10; i++)
        {
            await world.DeliverAsync(rep, Colleague, $"conversation {i % 3}");
            await Task.Delay(400, TestContext.Current.CancellationToken);
        }

        await World.UntilAsync(async () => await MessagesAsync(world, rep) == 10);
        var deltas = (await Simulated.RequestsAsync(world)).Where(x => x["path"]!.GetValue<string>().Contains("delta", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(3, await GatesAsync(world, rep));
        // No link is followed twice.
        Assert.DoesNotContain(
            deltas.Select(x => x["path"]!.GetValue<string>() + x["query"]!.GetValue<string>()).Where(x => x.Contains("token", StringComparison.Ordinal)).GroupBy(x => x),
            x => x.Count() > 1);
    }

    private Task<World> StartAsync(string sweep) =>
        World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Mailbox:SweepInterval"] = sweep });

    private static async Task<Person> EnrolledAsync(World world)
    {
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    private static Task<JsonNode> DeliverManyAsync(World world, Person rep, int times, string from = Colleague) => world.SayAsync("/sim/messages", new JsonObject
    {
        ["user"] = rep.Address,
        ["message"] = new JsonObject { ["subject"] = "A question", ["from"] = World.Correspondent(from) },
        ["times"] = times,
        ["secondsApart"] = times > 100 ? 1 : 0,
        ["notify"] = false,
    });

    private static Task<JsonNode> FailAsync(World world, Person rep, JsonObject fault)
    {
        fault["user"] = rep.Address;
        return world.SayAsync("/sim/faults", fault);
    }

    private static async Task<int> GatesAsync(World world, Person rep)
    {
        await using var store = await OpenAsync(world);
        return await store.Gates.CountAsync(x => x.RepId == rep.Id, TestContext.Current.CancellationToken);
    }

    private static async Task<int> MessagesAsync(World world, Person rep)
    {
        await using var store = await OpenAsync(world);
        return await store.Messages.CountAsync(x => x.RepId == rep.Id, TestContext.Current.CancellationToken);
    }

    private static async Task<(int Read, int? Of)?> ProgressAsync(World world, Person rep)
    {
        await using var store = await OpenAsync(world);
        var row = await store.MailboxWatches.AsNoTracking().SingleAsync(x => x.RepId == rep.Id && x.Folder == "inbox", TestContext.Current.CancellationToken);
        return row.CatchUpRead is { } read ? (read, row.CatchUpOf) : null;
    }

    private static Task<Store> OpenAsync(World world) =>
        world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
}
