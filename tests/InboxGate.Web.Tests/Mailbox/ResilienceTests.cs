using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Kiota.Abstractions;
using Polly;
using Polly.Simmy;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>What the watch does, and above all does not do, while Microsoft Graph is slow, failing or asking for a pause.</summary>
public sealed class ResilienceTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";

    [Fact]
    public async Task Two_hundred_throttled_mailboxes_do_not_delay_the_one_that_is_not()
    {
        // Seconds: two hundred mailboxes are slow on a busy machine.
        const int Pause = 30;
        await using var world = await StartAsync(sweep: "01:00:00");
        var throttled = await EnrolAsync(world, 200);
        var lucky = await world.UserAsync("lucky@contoso.com");
        await lucky.BoardAsync();
        await Simulated.FailAsync(world, "status", times: 1_000_000, match: $"^(?!.*{lucky.Id}).*delta", status: 429, retryAfter: Pause);
        await Simulated.ForgetRequestsAsync(world);
        var watch = world.Services.GetRequiredService<IMailboxWatch>();
        throttled.ForEach(watch.LookAgain);
        await World.UntilAsync(async () => (await ThrottledAsync(world)).Select(User).Distinct().Count() == 200);

        await world.DeliverAsync(lucky, Colleague);

        await World.BoardWhenAsync(lucky, board => board["gates"]!.AsArray().Count == 1);
        // Before any of the others was asked again.
        Assert.DoesNotContain((await DeltasAsync(world)).Where(x => !IsOf(x, lucky.Id)).GroupBy(User), x => x.Count() > 1);
        await Simulated.MendAsync(world);
        // Nor does a hint shorten the pause.
        throttled.ForEach(watch.LookAgain);
        await World.UntilAsync(async () => (await DeltasAsync(world)).Where(x => Status(x) == 200 && !IsOf(x, lucky.Id)).Select(User).Distinct().Count() == 200, TimeSpan.FromSeconds(3 * Pause));
        foreach (var deltas in (await DeltasAsync(world)).Where(x => !IsOf(x, lucky.Id)).GroupBy(User))
        {
            var asked = deltas.OrderBy(At).ToList();
            // None too early; that all two hundred come back at the same moment takes a while.
            Assert.All(asked.Zip(asked.Skip(1)).Where(x => Status(x.First) == 429), x => Assert.InRange((At(x.Second) - At(x.First)).TotalSeconds, Pause, 3 * Pause));
            Assert.Equal(429, Status(asked[0]));
        }
    }

    [Fact]
    public async Task The_pause_that_is_asked_for_is_kept_to_the_second()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Ct);
        await Simulated.ForgetRequestsAsync(world);
        await Simulated.FailAsync(world, "status", match: "delta", status: 429, retryAfter: 3);

        world.Services.GetRequiredService<IMailboxWatch>().LookAgain(rep);

        await World.UntilAsync(async () => (await DeltasAsync(world)).Count > 1);
        var deltas = (await DeltasAsync(world)).OrderBy(At).ToList();
        Assert.InRange((At(deltas[1]) - At(deltas[0])).TotalSeconds, 3, 10);
    }

    [Fact]
    public async Task A_throttled_mailbox_is_asked_nothing_before_its_time_whoever_asks()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var client = world.Services.GetRequiredService<GraphClients>().For(rep);
        await Simulated.FailAsync(world, "status", status: 429, match: "manager", retryAfter: 2);
        var manager = client.Users[rep.RepId.ToString("D")].Manager;
        var first = await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => manager.GetAsync(cancellationToken: Ct));
        await Simulated.ForgetRequestsAsync(world);

        var second = await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => manager.GetAsync(cancellationToken: Ct));

        Assert.Equal(429, second.ResponseStatusCode);
        Assert.Equal(MailboxProblem.Throttled, MailboxProblem.Of(first));
        Assert.InRange(RetryAfter.Of(second)!.Value.TotalSeconds, 1, 2);
        Assert.Empty(await RequestsAsync(world, "manager"));
        await World.UntilAsync(async () =>
        {
            try
            {
                await client.Users[rep.RepId.ToString("D")].GetAsync(cancellationToken: Ct);
                return true;
            }
            catch (ApiException throttled) when (throttled.ResponseStatusCode == 429)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_hundred_notifications_in_a_second_cost_at_most_two_rounds()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();
        var subscription = (await Simulated.SubscriptionsAsync(world, rep)).First(x => x["resource"]!.GetValue<string>().Contains("inbox", StringComparison.OrdinalIgnoreCase));
        var notification = new JsonObject
        {
            ["value"] = new JsonArray(new JsonObject
            {
                ["subscriptionId"] = subscription["id"]!.DeepClone(),
                ["clientState"] = subscription["clientState"]!.DeepClone(),
                ["changeType"] = "created",
                ["resource"] = subscription["resource"]!.DeepClone(),
                ["tenantId"] = "11111111-1111-4111-8111-111111111111",
            }),
        };
        await Task.Delay(TimeSpan.FromSeconds(1.5), Ct);
        await Simulated.ForgetRequestsAsync(world);
        using var graph = world.Api(null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await graph.PostAsync("/api/graph/notifications", System.Net.Http.Json.JsonContent.Create(notification), Ct);
            return answer.StatusCode;
        }));

        await Task.Delay(TimeSpan.FromSeconds(3), Ct);

        Assert.All(answers, x => Assert.Equal(HttpStatusCode.Accepted, x));
        var rounds = (await DeltasAsync(world)).Count(x => Path(x).Contains("inbox", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(rounds, 1, 2);
    }

    [Fact]
    public async Task In_chaos_mail_still_gets_its_gates_and_afterwards_the_gate_is_on()
    {
        var chaos = new Chaos();
        await using var world = await StartAsync(sweep: "00:00:02", configure: builder => builder.Services.AddSingleton<ITransport>(services =>
            new ChaosTransport(ActivatorUtilities.CreateInstance<NetworkTransport>(services), chaos.Pipeline)));
        await world.UserAsync(Colleague);
        var reps = new List<Person>();
        for (var i = 0; i < 5; i++)
        {
            reps.Add(await world.UserAsync(string.Create(CultureInfo.InvariantCulture, $"rep{i}@contoso.com")));
            await reps[i].BoardAsync();
        }

        for (var i = 0; i < 4; i++)
        {
            foreach (var rep in reps)
            {
                await world.DeliverAsync(rep, Colleague);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        }

        foreach (var rep in reps)
        {
            await BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 4);
        }

        // None of the kinds may have been left out.
        Assert.All(chaos.Counts, x => Assert.NotEqual(0, x.Value));
        Assert.Equal(4, chaos.Counts.Count);
        chaos.IsOver = true;
        foreach (var rep in reps)
        {
            await BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        }
    }

    [Fact]
    public async Task While_Graph_fails_for_all_hardly_anything_is_asked_of_it_and_all_comes_back_alone()
    {
        await using var world = await StartAsync(sweep: "00:00:01", settings: [("Mailbox:Resilience:MinimumThroughput", "10"), ("Mailbox:Resilience:SamplingDuration", "00:00:02"), ("Mailbox:Resilience:BreakDuration", "00:00:02")]);
        var reps = await EnrolAsync(world, 30);
        await Simulated.FailAsync(world, "status", times: 1_000_000, match: "/v1.0", status: 503);
        await World.UntilAsync(async () => await CountAsync(world, MailboxProblem.GraphUnavailable) == 30);
        await Simulated.ForgetRequestsAsync(world);

        await Task.Delay(TimeSpan.FromSeconds(5), Ct);

        // One request tries whether it is back, each two seconds; the sweep alone would make 150 readings of three tries each.
        Assert.InRange((await Simulated.RequestsAsync(world)).Count, 1, 10);
        await Simulated.MendAsync(world);
        await World.UntilAsync(async () => await CountAsync(world, null) == 30);
        Assert.Equal(30, reps.Count);
    }

    [Theory, InlineData(404), InlineData(403), InlineData(429)]
    public async Task One_mailbox_that_is_refused_closes_the_way_to_no_other(int status)
    {
        await using var world = await StartAsync(sweep: "01:00:00", settings: [("Mailbox:Resilience:MinimumThroughput", "5")]);
        var (refused, well) = (await EnrolledAsync(world), await world.UserAsync("well@contoso.com"));
        await well.BoardAsync();
        await Simulated.FailAsync(world, "status", times: 1_000_000, match: $"{refused.RepId}", status: status);
        var client = world.Services.GetRequiredService<GraphClients>().For(refused);
        for (var i = 0; i < 40; i++)
        {
            var failure = await Assert.ThrowsAnyAsync<ApiException>(() => client.Users[refused.RepId.ToString("D")].GetAsync(cancellationToken: Ct));
            Assert.Equal(status, failure.ResponseStatusCode);
        }

        await world.DeliverAsync(well, Colleague);

        Assert.True((await World.BoardWhenAsync(well, board => board["gates"]!.AsArray().Count == 1))["gate"]!["on"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again_at_once_and_a_subscription_is_never_asked_for_twice()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var client = world.Services.GetRequiredService<GraphClients>().For(rep);
        await Simulated.FailAsync(world, "status", times: 2, match: "mailboxSettings", status: 503);
        await Simulated.FailAsync(world, "status", times: 5, match: "/subscriptions", status: 503);
        await Simulated.ForgetRequestsAsync(world);

        Assert.NotNull(await client.Users[rep.RepId.ToString("D")].MailboxSettings.GetAsync(cancellationToken: Ct));
        await Assert.ThrowsAnyAsync<ApiException>(() => client.Subscriptions.PostAsync(new Microsoft.Graph.Models.Subscription(), cancellationToken: Ct));

        Assert.Equal(3, (await RequestsAsync(world, "mailboxSettings")).Count);
        Assert.Single(await RequestsAsync(world, "/subscriptions"));
    }

    [Fact]
    public async Task A_service_that_hangs_holds_nothing_for_long()
    {
        await using var world = await StartAsync(sweep: "00:00:01", settings: [("Mailbox:Resilience:AttemptTimeout", "00:00:01"), ("Mailbox:MaxConcurrentReads", "2")]);
        await EnrolAsync(world, 10);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "delay", ["delaySeconds"] = 120, ["times"] = 1000, ["match"] = "delta" });

        await World.UntilAsync(async () => await CountAsync(world, MailboxProblem.GraphUnavailable) == 10);

        await Simulated.MendAsync(world);
        await World.UntilAsync(async () => await CountAsync(world, null) == 10);
    }

    [Fact]
    public async Task No_more_than_four_requests_are_under_way_for_one_mailbox()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        var rep = await EnrolledAsync(world);
        var client = world.Services.GetRequiredService<GraphClients>().For(rep);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "delay", ["delaySeconds"] = 0.02, ["times"] = 1000 });
        await Simulated.ForgetRequestsAsync(world);

        // The simulator refuses a fifth, as Outlook does.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => client.Users[rep.RepId.ToString("D")].MailboxSettings.GetAsync(cancellationToken: Ct)));

        Assert.Equal(60, (await Simulated.RequestsAsync(world)).Count(x => Status(x) == 200));
    }

    [Fact]
    public async Task However_many_mailboxes_there_are_only_so_many_requests_are_under_way()
    {
        var counting = new UnderWay();
        await using var world = await StartAsync(
            sweep: "01:00:00",
            settings: [("Mailbox:Resilience:GraphConcurrency", "3")],
            configure: builder => builder.Services.AddSingleton<ITransport>(services => new CountingTransport(ActivatorUtilities.CreateInstance<NetworkTransport>(services), counting)));
        var reps = await EnrolAsync(world, 20);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "delay", ["delaySeconds"] = 0.05, ["times"] = 1000 });
        await Task.Delay(TimeSpan.FromSeconds(1.1), Ct);
        await Simulated.ForgetRequestsAsync(world);

        reps.ForEach(world.Services.GetRequiredService<IMailboxWatch>().LookAgain);

        await World.UntilAsync(async () => (await DeltasAsync(world)).Count >= 40);
        Assert.Equal(3, counting.Most);
    }

    [Fact]
    public async Task A_hint_is_not_kept_waiting_by_a_sweep_that_has_much_to_read()
    {
        await using var world = await StartAsync(sweep: "01:00:00", settings: [("Mailbox:MaxConcurrentReads", "4")]);
        var lucky = await world.UserAsync("lucky@contoso.com");
        await lucky.BoardAsync();
        await EnrolAsync(world, 60);
        await world.Services.GetRequiredService<MailboxWatcher>().StopAsync(Ct);
        await Simulated.FailAsync(world, "dropNotification", times: 1000);
        // Sixty mailboxes of which each takes a second or more, three at once: the first sweep of the new server takes twenty seconds.
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "delay", ["delaySeconds"] = 1, ["times"] = 100_000, ["match"] = $"^(?!.*{lucky.Id}).*inbox.*delta" });
        var server = await world.AddServerAsync();
        await World.UntilAsync(async () => (await DeltasAsync(world)).Count > 0);
        await Simulated.ForgetRequestsAsync(world);
        var hinted = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        server.Services.GetRequiredService<IMailboxWatch>().LookAgain(new RepKey(Guid.Parse("11111111-1111-4111-8111-111111111111"), lucky.Id));

        await World.UntilAsync(async () => (await DeltasAsync(world)).Any(x => IsOf(x, lucky.Id)));
        Assert.InRange((At((await DeltasAsync(world)).First(x => IsOf(x, lucky.Id))) - hinted).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task A_server_that_stops_puts_a_slow_reading_down_within_seconds()
    {
        await using var world = await StartAsync(sweep: "00:00:01");
        await EnrolAsync(world, 5);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "delay", ["delaySeconds"] = 60, ["times"] = 1000, ["match"] = "delta" });
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        var began = TimeProvider.System.GetTimestamp();

        await world.Services.GetRequiredService<MailboxWatcher>().StopAsync(Ct);

        // Not the minute that the answer would take.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 20);
        await using var store = await StoreAsync(world);
        Assert.Equal(0, await store.Reps.CountAsync(x => x.WatchedUntil != null, Ct));
    }

    [Fact]
    public async Task A_quiet_mailbox_is_read_once_a_sweep_and_the_sweep_is_spread()
    {
        await using var world = await StartAsync(sweep: "00:00:05");
        await EnrolAsync(world, 20);
        await Task.Delay(TimeSpan.FromSeconds(6), Ct);
        await Simulated.ForgetRequestsAsync(world);

        await Task.Delay(TimeSpan.FromSeconds(10), Ct);

        var deltas = (await DeltasAsync(world)).Where(x => Path(x).Contains("inbox", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.InRange(deltas.Count, 20, 44);
        Assert.All(deltas.GroupBy(User), x => Assert.InRange(x.Count(), 1, 3));
        // No second holds nearly all of a sweep.
        var first = deltas.Min(At);
        Assert.All(deltas.GroupBy(x => (int)(At(x) - first).TotalSeconds), x => Assert.InRange(x.Count(), 1, 15));
    }

    [Fact]
    public async Task A_new_server_reads_every_mailbox_although_nothing_hints_at_it()
    {
        await using var world = await StartAsync(sweep: "01:00:00");
        await world.UserAsync(Colleague);
        var reps = new List<Person>();
        for (var i = 0; i < 5; i++)
        {
            reps.Add(await world.UserAsync(string.Create(CultureInfo.InvariantCulture, $"rep{i}@contoso.com")));
            await reps[i].BoardAsync();
        }

        await world.Services.GetRequiredService<MailboxWatcher>().StopAsync(Ct);
        await Simulated.FailAsync(world, "dropNotification", times: 1000);
        foreach (var rep in reps)
        {
            await world.DeliverAsync(rep, Colleague);
        }

        await world.AddServerAsync();

        foreach (var rep in reps)
        {
            await World.BoardWhenAsync(rep, board => board["gates"]!.AsArray().Count == 1);
        }
    }

    [Fact]
    public async Task A_rep_who_left_is_read_no_more()
    {
        await using var world = await StartAsync(sweep: "00:00:01");
        var reps = await EnrolAsync(world, 2);
        await using (var store = await StoreAsync(world))
        {
            await store.Reps.Where(x => x.RepId == reps[0].RepId)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.LeftAt, TimeProvider.System.GetUtcNow()), Ct);
        }

        world.Services.GetRequiredService<IMailboxWatch>().Forget(reps[0]);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await Simulated.ForgetRequestsAsync(world);
        world.Services.GetRequiredService<IMailboxWatch>().LookAgain(reps[0]);

        await World.UntilAsync(async () => (await DeltasAsync(world)).Count(x => IsOf(x, reps[1].RepId)) > 4);

        Assert.DoesNotContain(await Simulated.RequestsAsync(world), x => IsOf(x, reps[0].RepId));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<World> StartAsync(string sweep, IReadOnlyList<(string Key, string? Value)>? settings = null, Action<WebApplicationBuilder>? configure = null) =>
        World.StartAsync(
            Database.Sqlite,
            postgres,
            settings: new[] { (Key: "Mailbox:SweepInterval", Value: (string?)sweep) }.Concat(settings ?? []).ToDictionary(x => x.Key, x => x.Value),
            configure: configure);

    private static async Task<RepKey> EnrolledAsync(World world) => (await EnrolAsync(world, 1))[0];

    /// <summary>Many reps at once, each read once.</summary>
    private static async Task<List<RepKey>> EnrolAsync(World world, int count)
    {
        await world.UserAsync(Colleague);
        var tenant = Guid.Parse("11111111-1111-4111-8111-111111111111");
        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var reps = new List<RepKey>();
        for (var i = 0; i < count; i++)
        {
            reps.Add(new RepKey(tenant, (await world.UserAsync(string.Create(CultureInfo.InvariantCulture, $"many{i}@contoso.com"))).Id));
        }

        await using (var store = await StoreAsync(world))
        {
            store.Reps.AddRange(reps.Select(x => new RepRow
            {
                TenantId = x.TenantId, RepId = x.RepId, Revision = 1, EnrolledAt = now, ClosedThrough = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2),
            }));
            await store.SaveChangesAsync(Ct);
        }

        await Task.WhenAll(reps.Select(x => world.Services.GetRequiredService<IMailboxWatch>().EnsureReadAsync(x, Ct)));
        return reps;
    }

    private static Task<Store> StoreAsync(World world) => world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(Ct);

    private static async Task<int> CountAsync(World world, string? problem)
    {
        await using var store = await StoreAsync(world);
        return await store.Reps.CountAsync(x => x.WatchProblem == problem, Ct);
    }

    private static async Task<List<JsonNode>> RequestsAsync(World world, string part) =>
        [.. (await Simulated.RequestsAsync(world)).Where(x => Path(x).Contains(part, StringComparison.OrdinalIgnoreCase))];

    private static Task<List<JsonNode>> DeltasAsync(World world) => RequestsAsync(world, "delta");

    private static async Task<List<JsonNode>> ThrottledAsync(World world) => [.. (await DeltasAsync(world)).Where(x => Status(x) == 429)];

    private static string Path(JsonNode request) => request["path"]!.GetValue<string>();

    private static int Status(JsonNode request) => request["status"]!.GetValue<int>();

    private static string? User(JsonNode request) => request["user"]?.GetValue<string>();

    private static bool IsOf(JsonNode request, Guid rep) => Path(request).Contains(rep.ToString(), StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset At(JsonNode request) => request["at"]!.GetValue<DateTimeOffset>();

    private static Task BoardWhenAsync(Person rep, Func<JsonNode, bool> isSo) => World.UntilAsync(async () => isSo(await rep.BoardAsync()));

    /// <summary>The network, and how many requests to Microsoft Graph were on it at once.</summary>
    private sealed class CountingTransport(NetworkTransport network, UnderWay counting) : ITransport
    {
        public HttpMessageHandler Create(Dependency dependency) =>
            dependency == Dependency.Graph ? new CountingHandler(counting) { InnerHandler = network.Create(dependency) } : network.Create(dependency);
    }

    private sealed class UnderWay
    {
        private readonly Lock gate = new();
        private int now;

        public int Most { get; private set; }

        public void Change(int by)
        {
            lock (gate)
            {
                now += by;
                Most = Math.Max(Most, now);
            }
        }
    }

    private sealed class CountingHandler(UnderWay counting) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            counting.Change(1);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                counting.Change(-1);
            }
        }
    }

    /// <summary>A quarter of all requests fails in one of four ways: no connection, 503, 429, or an answer that comes late.</summary>
    private sealed class Chaos
    {
        private const double Rate = 0.07;

        public Chaos() => Pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddChaosFault(new Polly.Simmy.Fault.ChaosFaultStrategyOptions
            {
                InjectionRate = Rate,
                EnabledGenerator = _ => ValueTask.FromResult(!IsOver),
                FaultGenerator = _ => Count<Exception?>("fault", new HttpRequestException("No connection, in this test.")),
            })
            .AddChaosOutcome(new Polly.Simmy.Outcomes.ChaosOutcomeStrategyOptions<HttpResponseMessage>
            {
                InjectionRate = Rate,
                EnabledGenerator = _ => ValueTask.FromResult(!IsOver),
                OutcomeGenerator = _ => Count<Outcome<HttpResponseMessage>?>("unavailable", Outcome.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable))),
            })
            .AddChaosOutcome(new Polly.Simmy.Outcomes.ChaosOutcomeStrategyOptions<HttpResponseMessage>
            {
                InjectionRate = Rate,
                EnabledGenerator = _ => ValueTask.FromResult(!IsOver),
                OutcomeGenerator = _ => Count<Outcome<HttpResponseMessage>?>("throttled", Outcome.FromResult(
                    new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { { "Retry-After", "1" } } })),
            })
            .AddChaosLatency(new Polly.Simmy.Latency.ChaosLatencyStrategyOptions
            {
                InjectionRate = Rate,
                EnabledGenerator = _ => ValueTask.FromResult(!IsOver),
                LatencyGenerator = _ => Count("late", TimeSpan.FromMilliseconds(700)),
            })
            .Build();

        public ResiliencePipeline<HttpResponseMessage> Pipeline { get; }

        public ConcurrentDictionary<string, int> Counts { get; } = new();

        public bool IsOver { get; set; }

        private ValueTask<T> Count<T>(string kind, T injected)
        {
            Counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
            return ValueTask.FromResult(injected);
        }
    }
}
