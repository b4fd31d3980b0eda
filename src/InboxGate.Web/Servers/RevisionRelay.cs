using System.Text.Json;
using System.Threading.Channels;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Team;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace InboxGate.Web.Servers;

/// <param name="TeamId">The manager in whose team the rep is; null when in none.</param>
public sealed record ToldRevision(Guid TenantId, Guid RepId, Guid? TeamId, long Revision);

/// <summary>
/// Brings new revisions to the panes of the other servers by way of Redis. Nothing waits for it and nothing needs it: while
/// Redis is away words are lost, and what they said is found by <see cref="RevisionLook"/>.
/// </summary>
public sealed partial class RevisionRelay(BoardPanes panes, TeamNews teams, IOptions<RedisOptions> options, ILogger<RevisionRelay> logger) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int MostTogether = 200;
    private static readonly RedisChannel Words = RedisChannel.Literal("inboxgate/revisions");
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Guid me = Guid.NewGuid();
    private readonly bool isOn = !string.IsNullOrWhiteSpace(options.Value.Connection);
    private readonly Channel<ToldRevision> waiting = Channel.CreateBounded<ToldRevision>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private int isAway;

    public void Tell(ToldRevision told)
    {
        if (isOn)
        {
            waiting.Writer.TryWrite(told);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!isOn)
        {
            return;
        }

        // The server starts meanwhile.
        await Task.Yield();
        try
        {
            await using var redis = await RepeatedAsync(() => ConnectionMultiplexer.ConnectAsync(options.Value.Configuration()), stoppingToken);
            redis.ConnectionFailed += (_, _) => Away();
            redis.ConnectionRestored += (_, _) => Back(redis);
            await Task.WhenAll(HearAsync(redis.GetSubscriber(), stoppingToken), SayAsync(redis.GetSubscriber(), stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The relay ends with the server.
        }
    }

    /// <summary>Subscribed once, it is subscribed again by the client library whenever Redis is back.</summary>
    private async Task HearAsync(ISubscriber redis, CancellationToken ct) =>
        (await RepeatedAsync(() => redis.SubscribeAsync(Words), ct)).OnMessage(word => Heard(word.Message));

    private async Task SayAsync(ISubscriber redis, CancellationToken ct)
    {
        List<ToldRevision> together = [];
        while (await waiting.Reader.WaitToReadAsync(ct))
        {
            while (together.Count < MostTogether && waiting.Reader.TryRead(out var next))
            {
                together.Add(next);
            }

            try
            {
                await redis.PublishAsync(Words, JsonSerializer.SerializeToUtf8Bytes(new Word(me, together), JsonSerializerOptions.Web));
            }
            catch (Exception failure) when (IsAway(failure))
            {
                Away();
            }

            together.Clear();
        }
    }

    private void Heard(RedisValue message)
    {
        if (Read(message) is not { } word || word.From == me)
        {
            return;
        }

        foreach (var told in word.Told)
        {
            panes.Tell(new RepKey(told.TenantId, told.RepId), told.Revision);
            if (told.TeamId is { } manager)
            {
                teams.Tell(told.TenantId, manager);
            }
        }
    }

    /// <summary>Null for what none of our servers said. A newer one may say more, which is passed over.</summary>
    private static Word? Read(RedisValue message)
    {
        try
        {
            return JsonSerializer.Deserialize<Word>(((ReadOnlyMemory<byte>)message).Span, JsonSerializerOptions.Web) is { Told: not null } word ? word : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<T> RepeatedAsync<T>(Func<Task<T>> attempt, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await attempt().WaitAsync(ct);
            }
            catch (Exception failure) when (IsAway(failure))
            {
                Away();
                await Task.Delay(BetweenTries, ct);
            }
        }
    }

    private static bool IsAway(Exception failure) => failure is RedisException or TimeoutException or ObjectDisposedException;

    private void Away()
    {
        if (Interlocked.Exchange(ref isAway, 1) == 0)
        {
            Log.Away(logger);
        }
    }

    private void Back(ConnectionMultiplexer redis)
    {
        if (redis.IsConnected && Interlocked.Exchange(ref isAway, 0) == 1)
        {
            Log.Back(logger);
        }
    }

    /// <param name="From">The server that says it; its own panes were told directly.</param>
    private sealed record Word(Guid From, IReadOnlyList<ToldRevision> Told);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is away: panes at other servers hear of changes some seconds later until it is back.")]
        public static partial void Away(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back.")]
        public static partial void Back(ILogger logger);
    }
}
