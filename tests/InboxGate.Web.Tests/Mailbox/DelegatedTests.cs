using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>Where an administrator grants the app nothing, and it acts on behalf of each rep.</summary>
public sealed class DelegatedTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";
    private const string Prospect = "paul@fabrikam.example";

    [Fact]
    public async Task On_behalf_of_the_rep_the_board_knows_zone_and_hours_and_counts_what_was_sent()
    {
        await using var world = await StartAsync();
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");

        var board = await BoardWhenAsync(rep, IsWell);

        Assert.Equal("delegated", board["mailbox"]!["access"]!.GetValue<string>());
        Assert.Equal("Europe/Berlin", board["today"]!["timeZone"]!.GetValue<string>());
        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Prospect}", new JsonObject { ["kind"] = "prospect" });
        await world.SendAsync(rep, Prospect, "conversation-1");
        await BoardWhenAsync(rep, x => x["counts"]!["emails"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task Mail_is_judged_when_it_is_opened()
    {
        await using var world = await StartAsync();
        await world.UserAsync(Colleague);
        var rep = await world.UserAsync("mira@contoso.com");
        await BoardWhenAsync(rep, IsWell);

        var verdict = await rep.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = "<opened@contoso.com>",
            ["conversationId"] = "conversation-2",
            ["from"] = new JsonObject { ["name"] = "Ann", ["address"] = Colleague },
            ["receivedAt"] = "2026-03-02T07:11:00Z",
        });

        Assert.Equal("colleague", verdict["senderKind"]!.GetValue<string>());
        Assert.Equal(3, verdict["gate"]!["callsRemaining"]!.GetValue<int>());
    }

    [Fact]
    public async Task While_nobody_looks_nothing_is_asked_and_nothing_is_subscribed_to()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await BoardWhenAsync(rep, IsWell);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await Simulated.ForgetRequestsAsync(world);

        await Task.Delay(TimeSpan.FromSeconds(4), Ct);

        Assert.DoesNotContain(await Simulated.RequestsAsync(world), x => x["path"]!.GetValue<string>().StartsWith("/v1.0", StringComparison.Ordinal));
        Assert.Empty(await Simulated.SubscriptionsAsync(world, rep));
    }

    [Fact]
    public async Task However_often_the_board_is_opened_the_mailbox_is_read_once_a_second_and_Entra_asked_once()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await BoardWhenAsync(rep, IsWell);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await Simulated.ForgetRequestsAsync(world);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => rep.BoardAsync()));
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);

        var asked = await Simulated.RequestsAsync(world);
        Assert.InRange(asked.Count(x => x["path"]!.GetValue<string>().Contains("delta", StringComparison.Ordinal)), 1, 2);
        Assert.DoesNotContain(asked, x => x["path"]!.GetValue<string>().EndsWith("/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_up_that_Entra_asks_for_reaches_the_pane_and_the_sign_in_that_answers_it_mends_all()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "token", ["code"] = "AADSTS50076", ["times"] = 1000 });

        var board = await BoardWhenAsync(rep, x => x["mailbox"]!["claims"] is not null);

        Assert.Equal(MailboxProblem.SignInNeeded, board["mailbox"]!["problem"]!.GetValue<string>());
        Assert.Equal("mailboxUnreachable", board["gate"]!["why"]!.GetValue<string>());
        // As MSAL wants it: the claims themselves, as JSON.
        Assert.NotNull(JsonNode.Parse(board["mailbox"]!["claims"]!.GetValue<string>())!["access_token"]);
        await Simulated.MendAsync(world);
        await SignInAsync(world, rep, expiresIn: 7200);
        var mended = await BoardWhenAsync(rep, IsWell);
        Assert.Null(mended["mailbox"]!["claims"]);
    }

    [Fact]
    public async Task A_challenge_of_Graph_is_answered_by_a_new_token_for_the_same_rep()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await BoardWhenAsync(rep, IsWell);
        await Simulated.FailAsync(world, "claims", match: "delta");
        await Simulated.ForgetRequestsAsync(world);

        await World.UntilAsync(async () =>
        {
            await rep.BoardAsync();
            return (await Simulated.RequestsAsync(world)).Any(x => x["path"]!.GetValue<string>().EndsWith("/token", StringComparison.Ordinal));
        });

        await BoardWhenAsync(rep, IsWell);
    }

    [Fact]
    public async Task A_token_is_kept_in_memory_only()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("inboxgate-token-").FullName, "inboxgate.db");
        await using var world = await StartAsync(("Storage:SqliteFile", file));
        var rep = await world.UserAsync("mira@contoso.com");
        await BoardWhenAsync(rep, IsWell);
        var token = rep.Api.DefaultRequestHeaders.Authorization!.Parameter!;

        var stored = Directory.GetFiles(Path.GetDirectoryName(file)!).Select(ReadShared).ToList();

        Assert.NotEmpty(stored);
        Assert.Contains(stored, x => x.Contains("Europe/Berlin", StringComparison.Ordinal));
        Assert.DoesNotContain(stored, x => x.Contains(token[^40..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_that_is_still_good_the_rep_has_to_sign_in_again()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await BoardWhenAsync(rep, IsWell);
        var key = new RepKey(Guid.Parse("11111111-1111-4111-8111-111111111111"), rep.Id);
        world.Services.GetRequiredService<UserTokens>().Forget(key);

        var failure = Assert.Throws<SignInNeededException>(() => world.Services.GetRequiredService<GraphClients>().For(key));

        Assert.Equal(MailboxProblem.SignInNeeded, MailboxProblem.Of(failure));
    }

    [Fact]
    public void The_token_that_ends_last_is_kept_and_one_that_has_ended_is_not()
    {
        var tokens = Tokens("delegated");
        var rep = new RepKey(Guid.NewGuid(), Guid.NewGuid());
        var now = TimeProvider.System.GetUtcNow();
        tokens.Keep(rep, "newer".AsMemory(), now.AddMinutes(60));
        tokens.Keep(rep, "older".AsMemory(), now.AddMinutes(30));
        var other = rep with { RepId = Guid.NewGuid() };
        tokens.Keep(other, "ended".AsMemory(), now.AddSeconds(-1));

        Assert.True(tokens.TryGet(rep, out var kept));
        Assert.Equal("newer", kept.Text);
        Assert.False(tokens.TryGet(other, out _));
    }

    [Fact]
    public void Where_the_app_has_permissions_of_its_own_no_token_is_kept()
    {
        var tokens = Tokens("application");
        var rep = new RepKey(Guid.NewGuid(), Guid.NewGuid());

        tokens.Keep(rep, "a token".AsMemory(), TimeProvider.System.GetUtcNow().AddHours(1));

        Assert.False(tokens.TryGet(rep, out _));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static UserTokens Tokens(string access) => new(Options.Create(new MailboxOptions
    {
        PublicAddress = new Uri("https://inboxgate.example"),
        ClientStateKey = "a key that has thirty-two characters",
        Access = Enum.Parse<Core.Boards.MailboxAccess>(access, ignoreCase: true),
    }));

    /// <summary>The app itself may do nothing, so that whatever works works on behalf of the rep.</summary>
    private Task<World> StartAsync(params (string Key, string Value)[] settings) => World.StartAsync(
        Database.Sqlite,
        postgres,
        settings: new[] { ("Mailbox:Access", "delegated"), ("Mailbox:SweepInterval", "00:00:01") }.Concat(settings).ToDictionary(x => x.Item1, x => (string?)x.Item2),
        simulated: options => options with { ApplicationPermissions = [] });

    private static bool IsWell(JsonNode board) => board["gate"]!["on"]!.GetValue<bool>() && board["mailbox"]!["problem"] is null;

    private static async Task SignInAsync(World world, Person rep, int expiresIn) => rep.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
        "Bearer", await world.TokenAsync(new JsonObject { ["user"] = rep.Address, ["expiresIn"] = expiresIn }));

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    /// <summary>With more patience than others: nothing but the board itself makes the mailbox be read here.</summary>
    private static async Task<JsonNode> BoardWhenAsync(Person rep, Func<JsonNode, bool> isSo)
    {
        JsonNode? board = null;
        await World.UntilAsync(async () => isSo(board = await rep.BoardAsync()));
        return board!;
    }
}
