using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Notifications;

/// <summary>
/// Tells subscribers of changes. Each subscription has its own queue, so that an endpoint that does not answer holds up
/// nobody else; what piles up meanwhile goes out as one request.
/// </summary>
internal sealed class NotificationSender : IAsyncDisposable
{
    private const int MostInOneRequest = 100;

    private readonly SimulatorOptions options;
    private readonly TenantWorld world;
    private readonly FaultPlan faults;
    private readonly HttpClient http;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Guid, Queue> queues = new();
    private readonly ConcurrentDictionary<Guid, Task> loose = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> reauthorized = new();
    private readonly Lock expiry = new();
    private readonly Task expiring;

    public NotificationSender(SimulatorOptions options, TenantWorld world, FaultPlan faults, HttpClient http)
    {
        this.options = options;
        this.world = world;
        this.faults = faults;
        this.http = http;
        world.Happened += Hear;
        world.Clock.Moved += ClockMoved;
        expiring = ExpireEverySecondAsync();
    }

    /// <summary>Posts a lifecycle event; a removed subscription is removed here too.</summary>
    public void TellLifecycle(Subscription subscription, string lifecycleEvent)
    {
        if (lifecycleEvent == "subscriptionRemoved")
            world.Write(it => it.TryFindSubscription(subscription.Id, out _) ? it.Record(new SubscriptionEnded(subscription.Id)) : null);
        if (subscription.LifecycleNotificationUrl is not { } url)
            return;

        var body = new JsonObject
        {
            ["value"] = new JsonArray(new JsonObject
            {
                ["subscriptionId"] = subscription.Id.ToString(),
                ["subscriptionExpirationDateTime"] = GraphTime.Ticks(subscription.ExpirationDateTime),
                ["tenantId"] = options.TenantId.ToString(),
                ["clientState"] = subscription.ClientState,
                ["lifecycleEvent"] = lifecycleEvent,
            }),
        };
        RunLoose(DeliverAsync(url, body, () => true));
    }

    /// <summary>The subscriber has authorised a subscription anew, and is not asked again before it is renewed.</summary>
    public void Reauthorized(Subscription subscription) => reauthorized[subscription.Id] = subscription.ExpirationDateTime;

    public async ValueTask DisposeAsync()
    {
        world.Happened -= Hear;
        world.Clock.Moved -= ClockMoved;
        await stopping.CancelAsync();
        await Task.WhenAll([expiring, .. queues.Values.Select(queue => queue.Worker), .. loose.Values]);
        stopping.Dispose();
    }

    private void Hear(WorldNews news)
    {
        if (news.Item is null)
            return;

        foreach (var subscription in world.SubscriptionsOf(news.User).Where(subscription => subscription.Hears(news.User, news.Folder, news.Change)))
        {
            if (subscription.ExpirationDateTime > world.Clock.GetUtcNow())
                queues.GetOrAdd(subscription.Id, StartQueue).Items.Writer.TryWrite(new Pending(subscription, news));
        }
    }

    private Queue StartQueue(Guid id)
    {
        var items = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
        return new Queue(items, Task.Run(() => WorkAsync(items.Reader)));
    }

    private async Task WorkAsync(ChannelReader<Pending> pending)
    {
        try
        {
            while (await pending.WaitToReadAsync(stopping.Token))
            {
                var now = new JsonArray();
                var again = new JsonArray();
                Subscription? subscription = null;
                while (now.Count < MostInOneRequest && pending.TryRead(out var next))
                {
                    subscription = next.Subscription;
                    var drawn = Draw(next);
                    var fault = faults.TakeForNotification(drawn["resource"]!.ToString(), next.News.User);
                    switch (fault?.Kind)
                    {
                        case FaultKind.DropNotification:
                            continue;
                        case FaultKind.DelayNotification:
                            RunLoose(DeliverLateAsync(next.Subscription, drawn, TimeSpan.FromSeconds(fault.DelaySeconds)));
                            continue;
                        case FaultKind.DuplicateNotification:
                            again.Add(drawn.DeepClone());
                            break;
                        case FaultKind.WrongClientState:
                            drawn["clientState"] = "not-" + drawn["clientState"];
                            break;
                    }

                    now.Add(drawn);
                }

                foreach (var value in new[] { now, again }.Where(value => value.Count > 0))
                    await SendAsync(subscription!, value);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is still waiting is lost, as hints may be.
        }
    }

    private async Task DeliverLateAsync(Subscription subscription, JsonObject drawn, TimeSpan delay)
    {
        await Task.Delay(delay, stopping.Token);
        await SendAsync(subscription, new JsonArray(drawn));
    }

    private async Task SendAsync(Subscription subscription, JsonArray value)
    {
        var isStillWanted = () => world.Read(it => it.TryFindSubscription(subscription.Id, out _));
        var delivered = await DeliverAsync(subscription.NotificationUrl, new JsonObject { ["value"] = value }, isStillWanted);
        if (!delivered && isStillWanted())
            TellLifecycle(subscription, "missed");
    }

    private async Task<bool> DeliverAsync(string url, JsonObject body, Func<bool> isStillWanted)
    {
        var retry = options.NotificationRetry;
        var started = TimeProvider.System.GetTimestamp();
        for (var delay = retry.FirstDelay; isStillWanted(); delay = delay * 2 < retry.LongestDelay ? delay * 2 : retry.LongestDelay)
        {
            if (await TryPostAsync(url, body, retry.AnswerWithin))
                return true;
            if (TimeProvider.System.GetElapsedTime(started) + delay > retry.GiveUpAfter)
                return false;

            await Task.Delay(delay, stopping.Token);
        }

        return false;
    }

    private async Task<bool> TryPostAsync(string url, JsonObject body, TimeSpan answerWithin)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        limit.CancelAfter(answerWithin);
        try
        {
            using var response = await http.PostAsJsonAsync(url, body, limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private JsonObject Draw(Pending pending)
    {
        var (subscription, news) = (pending.Subscription, pending.News);
        var id = subscription.ImmutableIds ? news.ItemId! : news.DefaultId!;
        var owner = $"{news.User}@{options.TenantId}";
        return new JsonObject
        {
            ["id"] = ItemIds.ChangeKey(news.ItemId! + news.Change, news.Sequence),
            ["subscriptionId"] = subscription.Id.ToString(),
            ["subscriptionExpirationDateTime"] = GraphTime.Ticks(subscription.ExpirationDateTime),
            ["clientState"] = subscription.ClientState,
            ["changeType"] = news.Change,
            ["resource"] = $"users/{owner}/messages/{id}",
            ["tenantId"] = options.TenantId.ToString(),
            ["resourceData"] = new JsonObject
            {
                ["@odata.type"] = "#Microsoft.Graph.Message",
                ["@odata.id"] = $"Users/{owner}/Messages/{id}",
                ["@odata.etag"] = $"W/\"{ItemIds.ChangeKey(news.ItemId!, news.Sequence)}\"",
                ["id"] = id,
            },
        };
    }

    private void ClockMoved(object? sender, EventArgs moved) => RunLoose(Task.Run(Expire));

    private async Task ExpireEverySecondAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
                Expire();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>Ends what is over by the simulated clock, and reminds of what soon will be.</summary>
    private void Expire()
    {
        // The timer and a move of the clock may come together; each subscriber is told once.
        lock (expiry)
        {
            foreach (var subscription in EndingWithin(TimeSpan.Zero))
            {
                reauthorized.TryRemove(subscription.Id, out _);
                TellLifecycle(subscription, "subscriptionRemoved");
            }

            // Once for each term: a renewal moves the end, and with it the next reminder.
            foreach (var subscription in EndingWithin(options.ReauthorizationLead))
            {
                if (reauthorized.TryGetValue(subscription.Id, out var term) && term == subscription.ExpirationDateTime)
                    continue;

                Reauthorized(subscription);
                TellLifecycle(subscription, "reauthorizationRequired");
            }
        }
    }

    private List<Subscription> EndingWithin(TimeSpan time) => world.Read(it =>
        it.Subscriptions.Where(subscription => subscription.ExpirationDateTime - time <= it.Clock.GetUtcNow()).ToList());

    /// <summary>Work that no queue waits for; it is waited for only at the end.</summary>
    private void RunLoose(Task task)
    {
        var key = Guid.NewGuid();
        var watched = WatchAsync();
        if (!watched.IsCompleted)
        {
            loose[key] = watched;
            if (watched.IsCompleted)
                loose.TryRemove(key, out _);
        }

        async Task WatchAsync()
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // Stopping.
            }
            finally
            {
                loose.TryRemove(key, out _);
            }
        }
    }

    private sealed record Pending(Subscription Subscription, WorldNews News);

    private sealed record Queue(Channel<Pending> Items, Task Worker);
}
