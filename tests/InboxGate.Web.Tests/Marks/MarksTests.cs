using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Web.Marks;
using InboxGate.Web.Tests.Mailbox;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InboxGate.Web.Tests.Marks.Marked;

namespace InboxGate.Web.Tests.Marks;

/// <summary>Categories in the message list that say how many calls come first, of a rep who opted in.</summary>
public sealed class MarksTests(PostgresServer postgres)
{
    private const string Ann = "ann@contoso.com";
    private const string Ben = "ben@contoso.com";
    private const string Three = "InboxGate: 3 calls first";
    private const string Two = "InboxGate: 2 calls first";
    private const string One = "InboxGate: 1 call first";
    private const string Earned = "InboxGate: earned";

    /// <summary>Long enough for work that must not happen to happen.</summary>
    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(3);

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Marks_follow_each_call_and_its_undo(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann, "thread", Categories("Blue", "Trip"));
        var second = await world.DeliverAsync(rep, Ann, "thread");
        await CategoriesWhenAsync(world, rep, mail, "Blue", "Trip", Three);
        await CategoriesWhenAsync(world, rep, second, Three);

        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, mail, "Blue", "Trip", Two);
        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, mail, "Blue", "Trip", One);
        var last = Guid.NewGuid();
        await rep.CallAsync(last);
        await CategoriesWhenAsync(world, rep, mail, "Blue", "Trip", Earned);
        await CategoriesWhenAsync(world, rep, second, Earned);
        await rep.JsonAsync(HttpMethod.Delete, $"/api/calls/{last}");
        await CategoriesWhenAsync(world, rep, mail, "Blue", "Trip", One);
        Assert.Equal("on", await StandingAsync(rep));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Opting_out_takes_all_of_ours_away_and_nothing_else(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await RepAsync(world);
        await AddCategoryAsync(world, rep, "InboxGate: my own");
        var (mail, other) = (await world.DeliverAsync(rep, Ann, more: Categories("Blue", "InboxGate: my own")), await world.DeliverAsync(rep, Ben));
        await CategoriesWhenAsync(world, rep, mail, "Blue", "InboxGate: my own", Three);
        await CategoriesWhenAsync(world, rep, other, Three);

        await OptAsync(rep, false);

        await CategoriesWhenAsync(world, rep, mail, "Blue", "InboxGate: my own");
        await CategoriesWhenAsync(world, rep, other);
        await UntilAsync(async () => (await RowAsync(world, rep)).MarksProblem is null);
        Assert.Equal(["InboxGate: my own"], (await ColoursAsync(world, rep)).Keys);
        Assert.Equal("off", await StandingAsync(rep));
        Assert.Equal(2, (await rep.BoardAsync())["gates"]!.AsArray().Count(x => x!["state"]!.GetValue<string>() == "pending"));

        await OptAsync(rep, true);
        await CategoriesWhenAsync(world, rep, mail, "Blue", "InboxGate: my own", Three);
        Assert.Contains(Three, (await ColoursAsync(world, rep)).Keys);
    }

    [Fact]
    public async Task The_mailboxs_list_gets_what_is_missing_with_colours_and_other_numbers_on_demand()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await AllowAsync(world);
        await AddCategoryAsync(world, rep, "inboxgate: EARNED");
        await AddCategoryAsync(world, rep, "Blue");
        await rep.JsonAsync(HttpMethod.Put, "/api/policy", new JsonObject { ["markMessages"] = true, ["callsRequired"] = new JsonObject { ["colleague"] = 5 } });
        await UntilAsync(async () => (await ColoursAsync(world, rep)).Count == 5);

        var mail = await world.DeliverAsync(rep, Ann);

        await CategoriesWhenAsync(world, rep, mail, "InboxGate: 5 calls first");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Blue"] = "preset0", ["inboxgate: EARNED"] = "preset0",
                [One] = "preset5", [Two] = "preset7", [Three] = "preset8", ["InboxGate: 5 calls first"] = "preset8",
            },
            await ColoursAsync(world, rep));
    }

    [Fact]
    public async Task A_mark_goes_with_its_gate_however_that_closes()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var (answered, waived, archived, corrected, left) = (
            await world.DeliverAsync(rep, Ann, "answered"), await world.DeliverAsync(rep, Ann, "waived"),
            await world.DeliverAsync(rep, Ann, "archived"), await world.DeliverAsync(rep, Ben, "corrected"), await world.DeliverAsync(rep, Ann, "left"));
        foreach (var mail in new[] { answered, waived, archived, corrected, left })
        {
            await CategoriesWhenAsync(world, rep, mail, Three);
        }

        var gate = (await rep.BoardAsync())["gates"]!.AsArray().Single(x => x!["internetMessageId"]!.GetValue<string>() == waived)!["id"]!.GetValue<string>();
        await world.SendAsync(rep, Ann, "answered");
        await rep.JsonAsync(HttpMethod.Post, $"/api/gates/{gate}/waiver", new JsonObject { ["reason"] = "The customer is on the line." });
        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Ben}", new JsonObject { ["kind"] = "prospect" });
        await MoveAsync(world, rep, archived, "archive");
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count(x => x!["state"]!.GetValue<string>() == "released") == 2);
        await CategoriesWhenAsync(world, rep, answered);
        await CategoriesWhenAsync(world, rep, waived);
        await CategoriesWhenAsync(world, rep, corrected);
        await CategoriesWhenAsync(world, rep, left, Three);

        // What lies in the archive cannot be seen before it is back; its gate then is too.
        await UntilAsync(async () => await MarkAsync(world, archived) is null);
        await OptAsync(rep, false);
        await MoveAsync(world, rep, archived, "inbox");
        await CategoriesWhenAsync(world, rep, archived);
        await OptAsync(rep, true);

        await rep.JsonAsync(HttpMethod.Delete, $"/api/gates/{gate}/waiver");
        await CategoriesWhenAsync(world, rep, waived, Three);

        // Expired: nobody does anything, only time passes.
        await world.MoveClockAsync("2026-03-03T17:30:00+01:00");
        await CategoriesWhenAsync(world, rep, left);
        await CategoriesWhenAsync(world, rep, waived);
    }

    [Fact]
    public async Task A_paused_gate_marks_nothing_and_marks_again_when_the_pause_ends_by_itself()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann);
        await CategoriesWhenAsync(world, rep, mail, Three);

        await rep.JsonAsync(HttpMethod.Put, "/api/policy", new JsonObject { ["markMessages"] = true, ["pausedUntil"] = "2026-03-02T10:00:00Z" });
        await CategoriesWhenAsync(world, rep, mail);

        await world.MoveClockAsync("2026-03-02T11:05:00+01:00");
        await CategoriesWhenAsync(world, rep, mail, Three);
    }

    [Fact]
    public async Task A_mark_the_user_took_off_is_never_put_on_that_mail_again()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var (mail, other) = (await world.DeliverAsync(rep, Ann), await world.DeliverAsync(rep, Ben));
        await CategoriesWhenAsync(world, rep, mail, Three);
        await CategoriesWhenAsync(world, rep, other, Three);

        await CategoriseAsync(world, rep, mail, "Blue");
        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, other, Two);
        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, other, One);
        await OptAsync(rep, false);
        await CategoriesWhenAsync(world, rep, other);
        await OptAsync(rep, true);
        await CategoriesWhenAsync(world, rep, other, One);

        Assert.Equal(["Blue"], await CategoriesAsync(world, rep, mail));
    }

    [Fact]
    public async Task Categories_the_user_sets_while_ours_are_written_are_not_lost()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann, more: Categories("Blue"));
        await CategoriesWhenAsync(world, rep, mail, "Blue", Three);
        await HoldWritesAsync(world, times: 1);

        await rep.CallAsync();
        await HeldAsync(world, times: 1);
        await CategoriseAsync(world, rep, mail, "Red", Three);

        await CategoriesWhenAsync(world, rep, mail, "Red", Two);
        Assert.Contains(await Simulated.RequestsAsync(world), x => IsWrite(x) && x["status"]!.GetValue<int>() == 412);
    }

    [Fact]
    public async Task A_mark_taken_off_while_it_is_being_changed_stays_off()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var (mail, other) = (await world.DeliverAsync(rep, Ann), await world.DeliverAsync(rep, Ben));
        await CategoriesWhenAsync(world, rep, mail, Three);
        await CategoriesWhenAsync(world, rep, other, Three);
        await HoldWritesAsync(world, times: 2);

        await rep.CallAsync();
        await HeldAsync(world, times: 2);
        await CategoriseAsync(world, rep, mail);
        await CategoriesWhenAsync(world, rep, other, Two);
        await UntilAsync(() => IsDeclinedAsync(world, mail));
        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, other, One);

        Assert.Empty(await CategoriesAsync(world, rep, mail));
    }

    [Fact]
    public async Task A_mail_that_keeps_changing_is_left_for_later()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann);
        await CategoriesWhenAsync(world, rep, mail, Three);
        await world.SayAsync("/sim/faults", new JsonObject { ["method"] = "PATCH", ["match"] = "/messages/", ["status"] = 412, ["times"] = 1000 });
        await Simulated.ForgetRequestsAsync(world);

        await rep.CallAsync();
        await UntilAsync(async () => (await Simulated.RequestsAsync(world)).Count(IsWrite) >= 3);
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);

        Assert.Equal(3, (await Simulated.RequestsAsync(world)).Count(IsWrite));
        Assert.Equal(2, (await rep.BoardAsync())["gates"]![0]!["callsRemaining"]!.GetValue<int>());
        Assert.Equal("on", await StandingAsync(rep));
    }

    [Fact]
    public async Task A_missing_permission_is_shown_disturbs_no_gate_and_is_tried_again_a_day_later()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await OptAsync(rep, true);
        await StandingWhenAsync(rep, "marksDenied");
        await Simulated.ForgetRequestsAsync(world);

        var mail = await world.DeliverAsync(rep, Ann);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        await rep.CallAsync();
        await rep.CallAsync();
        Assert.Equal("earned", (await rep.CallAsync())["gates"]![0]!["state"]!.GetValue<string>());
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await Simulated.RequestsAsync(world), IsOfMarks);

        // An administrator grants it; nobody tells us.
        await AllowAsync(world);
        await world.MoveClockAsync("2026-03-03T08:30:00+01:00");
        await CategoriesWhenAsync(world, rep, mail, Earned);
        await StandingWhenAsync(rep, "on");
    }

    [Fact]
    public async Task Opting_in_anew_tries_a_refused_mailbox_at_once()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await OptAsync(rep, true);
        await StandingWhenAsync(rep, "marksDenied");
        await AllowAsync(world);

        await OptAsync(rep, true);

        await UntilAsync(async () => (await ColoursAsync(world, rep)).Count == 4);
        await StandingWhenAsync(rep, "on");
    }

    [Fact]
    public async Task Our_own_echo_in_the_delta_raises_no_revision_and_writes_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann);
        await CategoriesWhenAsync(world, rep, mail, Three);
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);
        var before = await rep.BoardAsync();
        await Simulated.ForgetRequestsAsync(world);

        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, mail, Two);
        await UntilAsync(async () => (await Simulated.RequestsAsync(world)).SkipWhile(x => !IsWrite(x)).Any(IsDelta));
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);

        var requests = await Simulated.RequestsAsync(world);
        Assert.Equal(before["revision"]!.GetValue<long>() + 1, (await rep.BoardAsync())["revision"]!.GetValue<long>());
        Assert.Single(requests, IsWrite);
        Assert.Single(requests, IsLook);
        Assert.DoesNotContain(requests, x => x["query"]!.GetValue<string>().Contains("internetMessageHeaders", StringComparison.Ordinal));

        static bool IsDelta(JsonNode request) => request["path"]!.GetValue<string>().Contains("inbox", StringComparison.OrdinalIgnoreCase)
            && request["path"]!.GetValue<string>().Contains("delta", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_did_not_opt_in_costs_no_request()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        await AllowAsync(world);
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();
        var mail = await world.DeliverAsync(rep, Ann);
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);

        await rep.CallAsync();
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(await Simulated.RequestsAsync(world), IsOfMarks);
        Assert.Empty(await CategoriesAsync(world, rep, mail));
        Assert.Equal("off", await StandingAsync(rep));
        Assert.False((await rep.JsonAsync(HttpMethod.Get, "/api/policy"))["markMessages"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_throttled_write_is_made_after_the_wait_that_was_asked_for()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann);
        await CategoriesWhenAsync(world, rep, mail, Three);
        await world.SayAsync("/sim/faults", new JsonObject { ["method"] = "PATCH", ["match"] = "/messages/", ["status"] = 429, ["retryAfter"] = 4, ["times"] = 1 });
        await Simulated.ForgetRequestsAsync(world);

        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, mail, Two);

        var writes = (await Simulated.RequestsAsync(world)).Where(IsWrite).ToList();
        Assert.Equal([429, 200], writes.Select(x => x["status"]!.GetValue<int>()));
        Assert.True(At(writes[1]) - At(writes[0]) >= TimeSpan.FromSeconds(4));

        static DateTimeOffset At(JsonNode request) => DateTimeOffset.Parse(request["at"]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Two_hundred_gates_cost_ten_batches()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        await AllowAsync(world);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        await world.SayAsync("/sim/messages", new JsonObject
        {
            ["user"] = rep.Address,
            ["times"] = 200,
            ["secondsApart"] = 0,
            ["message"] = new JsonObject { ["subject"] = "A question", ["from"] = World.Correspondent(Ann) },
        });
        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 200);
        await OptAsync(rep, true);
        await MarkedWhenAsync(Three);
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);
        await Simulated.ForgetRequestsAsync(world);

        await rep.CallAsync();
        await MarkedWhenAsync(Two);

        var requests = await Simulated.RequestsAsync(world);
        Assert.Equal(200, requests.Count(IsWrite));
        Assert.Equal(10, requests.Count(x => x["path"]!.GetValue<string>().EndsWith("$batch", StringComparison.Ordinal)));
        Assert.Single(requests, IsLook);

        Task MarkedWhenAsync(string mark) => UntilAsync(async () => (await InboxAsync(world, rep)).Count(x => Names(x) is [var name] && name == mark) == 200);
    }

    [Fact]
    public async Task A_rep_who_leaves_leaves_no_mark_behind()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var administrator = await world.UserAsync("ada@contoso.com", null, "Admin");
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann, more: Categories("Blue"));
        await CategoriesWhenAsync(world, rep, mail, "Blue", Three);

        using var left = await administrator.SendAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");

        Assert.True(left.IsSuccessStatusCode);
        await CategoriesWhenAsync(world, rep, mail, "Blue");
        await UntilAsync(async () => (await ColoursAsync(world, rep)).Count == 0);
    }

    [Fact]
    public async Task On_behalf_of_the_rep_mail_is_marked_once_it_was_opened()
    {
        await using var world = await World.StartAsync(
            Database.Sqlite, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Access"] = "delegated", ["Mailbox:SweepInterval"] = "00:00:01" });
        var rep = await RepAsync(world);
        var mail = await world.DeliverAsync(rep, Ann, more: Categories("Blue").With("internetMessageId", "<it's@contoso.com>"));
        await rep.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = mail,
            ["from"] = new JsonObject { ["name"] = "Ann", ["address"] = Ann },
        });

        await CategoriesWhenAsync(world, rep, mail, "Blue", Three);
        await rep.CallAsync();
        await CategoriesWhenAsync(world, rep, mail, "Blue", Two);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_second_server_that_marks_too_does_no_harm(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var rep = await RepAsync(world);
        var key = (await RowAsync(world, rep)).Key;
        await world.AddServerAsync();
        var mails = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            mails.Add(await world.DeliverAsync(rep, Ann, more: Categories("Blue")));
        }

        await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == mails.Count);
        for (var calls = 0; calls < 3; calls++)
        {
            await rep.CallAsync();
            foreach (var server in world.Servers)
            {
                server.Services.GetRequiredService<MessageMarks>().Reconsider(key);
            }
        }

        foreach (var mail in mails)
        {
            await CategoriesWhenAsync(world, rep, mail, "Blue", Earned);
            Assert.False(await IsDeclinedAsync(world, mail));
        }
    }

    private static Task<JsonNode> MoveAsync(World world, Person rep, string mail, string folder) =>
        world.SayAsync("/sim/moves", new JsonObject { ["user"] = rep.Address, ["internetMessageId"] = mail, ["folder"] = folder });

    private static async Task<string?> MarkAsync(World world, string mail)
    {
        await using var store = await StoreAsync(world);
        return await store.Messages.Where(x => x.InternetMessageId == mail).Select(x => x.Mark).SingleAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<bool> IsDeclinedAsync(World world, string mail)
    {
        await using var store = await StoreAsync(world);
        return await store.Messages.Where(x => x.InternetMessageId == mail).Select(x => x.MarkDeclined).SingleAsync(TestContext.Current.CancellationToken);
    }
}
