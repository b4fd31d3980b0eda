using InboxGate.Web.Boards;
using InboxGate.Web.Servers;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Servers;

/// <summary>How panes at one server hear of what another one wrote. On SQLite nothing but Redis tells them, on PostgreSQL the look does too.</summary>
public sealed class BackplaneTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_pane_hears_first_that_it_is_told_from_now_on()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.UserAsync("mira@contoso.com");

        await using var pane = await OpenAsync(world.Servers[0], mira);

        await World.UntilAsync(() => Task.FromResult(pane.Heard.Count > 0));
        Assert.Equal(BoardHub.LookAgain, pane.Heard.First());
    }

    [Fact]
    public async Task Redis_tells_the_panes_of_other_servers_of_their_own_rep_alone()
    {
        await using var redis = new RedisProcess();
        await redis.StartAsync();
        await using var world = await StartAsync(Database.Sqlite, redis);
        var (mira, tom) = (await world.UserAsync("mira@contoso.com"), await world.UserAsync("tom@contoso.com"));
        await using var miras = await OpenAsync(world.Servers[1], mira);
        await using var toms = await OpenAsync(world.Servers[1], tom);

        // More than Tom ever has, so that hers cannot pass for one of his.
        for (var i = 0; i < 30; i++)
        {
            await mira.CallAsync();
        }

        var hers = await HeardAtTheOtherAsync(mira, miras);
        var his = await HeardAtTheOtherAsync(tom, toms);

        Assert.True(hers > his);
        Assert.DoesNotContain(toms.Heard, x => x > his);
    }

    [Fact]
    public async Task Servers_start_and_answer_without_Redis_and_find_it_when_it_comes()
    {
        await using var redis = new RedisProcess();
        await using var world = await StartAsync(Database.Sqlite, redis);
        var mira = await world.UserAsync("mira@contoso.com");
        await using var own = await OpenAsync(world.Servers[0], mira);
        await using var other = await OpenAsync(world.Servers[1], mira);

        await IsServedAsync(world, mira, own);

        await redis.StartAsync();
        await HeardAtTheOtherAsync(mira, other);
    }

    [Fact]
    public async Task Redis_that_goes_away_hangs_or_drops_connections_holds_up_nobody()
    {
        await using var redis = new RedisProcess();
        await redis.StartAsync();
        await using var world = await StartAsync(Database.Sqlite, redis);
        var mira = await world.UserAsync("mira@contoso.com");
        await using var own = await OpenAsync(world.Servers[0], mira);
        await using var other = await OpenAsync(world.Servers[1], mira);
        await HeardAtTheOtherAsync(mira, other);

        await redis.PauseAsync();
        await IsServedAsync(world, mira, own);
        await redis.ResumeAsync();
        await HeardAtTheOtherAsync(mira, other);

        await redis.CutAsync();
        await IsServedAsync(world, mira, own);
        await HeardAtTheOtherAsync(mira, other);

        await redis.StopAsync();
        await IsServedAsync(world, mira, own);
        await using var later = await OpenAsync(world.Servers[1], mira);
        await redis.StartAsync();
        await HeardAtTheOtherAsync(mira, other);
        await HeardAtTheOtherAsync(mira, later);
    }

    [Fact]
    public async Task A_word_that_was_lost_is_made_up_for_by_a_look_at_the_database()
    {
        await using var redis = new RedisProcess();
        await using var world = await StartAsync(Database.Postgres, redis);
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        await manager.BoardAsync();
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        await World.BoardWhenAsync(mira, x => x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        await using var pane = await OpenAsync(world.Servers[1], mira);
        var told = 0;
        await using var page = await TeamPageAsync(world.Servers[1], manager, () => Interlocked.Increment(ref told));
        // The first look at whoever has just come tells once in any case.
        await World.UntilAsync(() => Task.FromResult(Volatile.Read(ref told) > 1));
        var before = Volatile.Read(ref told);

        var revision = (await mira.CallAsync())["revision"]!.GetValue<long>();

        await World.UntilAsync(() => Task.FromResult(pane.Heard.Contains(revision)));
        await World.UntilAsync(() => Task.FromResult(Volatile.Read(ref told) > before));
    }

    [Theory]
    [InlineData("localhost:6379,password=hunter2,nonsense=1", false)]
    [InlineData("password=hunter2", false)]
    [InlineData("localhost:6379,password=hunter2", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void A_connection_that_cannot_be_read_is_named_without_its_password(string? connection, bool isTaken)
    {
        var options = new RedisOptions { Connection = connection };

        var failures = new DataAnnotationValidateOptions<RedisOptions>(null).Validate(null, options).Failures ?? [];

        Assert.Equal(isTaken, !failures.Any());
        Assert.All(failures, x => Assert.Contains("Redis:Connection", x, StringComparison.Ordinal));
        Assert.All(failures, x => Assert.DoesNotContain("hunter2", x, StringComparison.Ordinal));
    }

    private async Task<World> StartAsync(Database database, RedisProcess redis)
    {
        var world = await World.StartAsync(database, postgres, settings: new Dictionary<string, string?> { ["Redis:Connection"] = redis.Connection });
        await world.AddServerAsync();
        return world;
    }

    private static Task<OpenPane> OpenAsync(WebApplication server, Person rep) =>
        OpenPane.ConnectAsync(World.AddressOf(server), rep.Api.DefaultRequestHeaders.Authorization!.Parameter!);

    private static async Task<HubConnection> TeamPageAsync(WebApplication server, Person manager, Action changed)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(World.AddressOf(server), "/hubs/team"), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult(manager.Api.DefaultRequestHeaders.Authorization!.Parameter);
            })
            .Build();
        hub.On(InboxGate.Web.Team.TeamHub.Changed, changed);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    /// <summary>Calls are logged at the first server until a pane at the other hears of one; a server needs a moment to find Redis.</summary>
    private static async Task<long> HeardAtTheOtherAsync(Person rep, OpenPane pane)
    {
        long revision = 0;
        await World.UntilAsync(async () =>
        {
            if (revision != 0 && pane.Heard.Contains(revision))
            {
                return true;
            }

            revision = (await rep.CallAsync())["revision"]!.GetValue<long>();
            await Task.Delay(200, TestContext.Current.CancellationToken);
            return pane.Heard.Contains(revision);
        });
        return revision;
    }

    private static async Task IsServedAsync(World world, Person rep, OpenPane own)
    {
        foreach (var server in world.Servers)
        {
            using var client = new HttpClient { BaseAddress = World.AddressOf(server) };
            using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
        }

        var revision = (await rep.CallAsync())["revision"]!.GetValue<long>();
        await World.UntilAsync(() => Task.FromResult(own.Heard.Contains(revision)));
    }
}
