using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.Tests.Stories;
using Npgsql;

namespace InboxGate.Web.Tests.Servers;

/// <summary>Three servers, PostgreSQL, Redis and nginx as in production, and every one of them dies while people work.</summary>
[Collection(nameof(Alone))]
public sealed class ClusterTests : IAsyncLifetime
{
    private const int Reps = 300;
    private const int Watchers = 60;
    private const int Servers = 3;

    /// <summary>So far apart are the revisions of two reps, more or less a second's: one cannot pass for another's.</summary>
    private const long Apart = 1_000_000;
    private const string Colleague = "ann@contoso.com";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly PostgresCluster postgres = new(isSynced: false);
    private readonly RedisProcess redis = new();
    private readonly NginxProcess nginx = new();
    private readonly ConcurrentDictionary<Guid, int> acknowledged = new();
    private readonly ConcurrentDictionary<string, int> delivered = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly Random random = new(7);
    private SimulatorHost simulator = null!;
    private HttpClient control = null!;
    private ServerProcess[] servers = [];
    private Caller[] reps = [];
    private string database = "";
    private int repeats;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new SimulatorOptions { HttpPort = 0, HttpsPort = 0 };
        simulator = await SimulatorHost.StartAsync(options, Ct);
        control = new HttpClient { BaseAddress = simulator.HttpAddress };
        await Task.WhenAll(postgres.StartAsync(), redis.StartAsync());
        database = await postgres.CreateDatabaseAsync();
        var settings = World.SettingsFor(simulator, options);
        settings["Storage:Postgres"] = database;
        settings["Redis:Connection"] = redis.Connection;
        settings["Mailbox:PublicAddress"] = nginx.Address.ToString();
        settings["Mailbox:SweepInterval"] = "00:00:30";
        settings["Mailbox:MaxConcurrentReads"] = "3";
        servers = [.. Enumerable.Range(0, Servers).Select(_ => new ServerProcess(settings))];
        await nginx.StartAsync(servers.Select(x => x.Address));
        // All at the same moment, on a database without tables.
        Array.ForEach(servers, x => x.Start());
        await Task.WhenAll(servers.Select(x => x.UntilReadyAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(servers.Select(x => x.DisposeAsync().AsTask()));
        Array.ForEach(reps, x => x.Api.Dispose());
        await nginx.DisposeAsync();
        await redis.DisposeAsync();
        await postgres.DisposeAsync();
        control.Dispose();
        await simulator.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_dies_no_call_is_lost_or_doubled_every_mail_has_its_gate_and_panes_are_right()
    {
        await EnrolAsync();
        var watchers = reps.Take(Watchers).Select(x => new BoardWatcher(nginx.Address, x.Token, () => BoardAsync(x))).ToArray();
        try
        {
            await Task.WhenAll(watchers.Select(x => x.ConnectAsync()));
            using var working = new CancellationTokenSource();
            var work = reps.Select(x => CallAsync(x, working.Token)).Append(DeliverAsync(working.Token)).ToArray();

            await BreakEverythingAsync();
            await working.CancelAsync();
            await Task.WhenAll(work);
            Say($"{acknowledged.Count} calls acknowledged, {repeats} repeats, {delivered.Count} mails");

            var calmAt = TimeProvider.System.GetTimestamp();
            await GatedAsync();
            var gatedAfter = TimeProvider.System.GetElapsedTime(calmAt);
            await World.UntilAsync(async () => await AreRightAsync(watchers), Patience);
            Say($"every mail gated {gatedAfter.TotalSeconds:0.0} s after the load, every pane right {TimeProvider.System.GetElapsedTime(calmAt).TotalSeconds:0.0} s after it");

            Assert.Equal(acknowledged.Keys.Order(), (await ReadAsync("""SELECT "CallId" FROM calls WHERE "MadeAt" IS NOT NULL AND "UndoneAt" IS NULL""", x => x.GetGuid(0))).Order());
            Assert.Equal(delivered.Keys.Order(StringComparer.Ordinal), (await GatedMailAsync()).Order(StringComparer.Ordinal));
            Assert.All(watchers.Zip(reps), x => Assert.True(x.Second.Owns(x.First.Heard.Least) && x.Second.Owns(x.First.Heard.Most)));
            Assert.Empty(wrong);
            Assert.DoesNotContain("access_token", nginx.Logs, StringComparison.Ordinal);
        }
        finally
        {
            await Task.WhenAll(watchers.Select(x => x.DisposeAsync().AsTask()));
        }
    }

    /// <summary>Each at least once, in an order by chance; then all is mended.</summary>
    private async Task BreakEverythingAsync()
    {
        Func<Task>[] breaks =
        [
            () => KillAsync(0), () => KillAsync(1), () => KillAsync(2), () => KillAsync(random.Next(Servers)),
            async () =>
            {
                await Task.WhenAll(servers[0].KillAsync(), servers[1].KillAsync());
                await Task.WhenAll(StartAsync(0), StartAsync(1));
            },
            async () =>
            {
                await redis.StopAsync();
                await Task.Delay(3_000, Ct);
                await redis.StartAsync();
            },
            redis.CutAsync,
            nginx.CutAsync,
            postgres.RestartAsync,
            () => ReadAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()", x => x.GetBoolean(0)),
            nginx.CutAsync,
        ];
        random.Shuffle(breaks);
        foreach (var next in breaks)
        {
            await next();
            await Task.Delay(random.Next(500, 2_000), Ct);
        }

        await Task.WhenAll(servers.Select(x => x.UntilReadyAsync()));
    }

    private async Task KillAsync(int server)
    {
        await servers[server].KillAsync();
        await Task.Delay(random.Next(1_000), Ct);
        await StartAsync(server);
    }

    private Task StartAsync(int server)
    {
        servers[server].Start();
        return servers[server].UntilReadyAsync();
    }

    private async Task EnrolAsync()
    {
        await SayAsync("/sim/users", new JsonObject { ["user"] = Colleague });
        var enrolled = new ConcurrentBag<Caller>();
        await Parallel.ForEachAsync(Enumerable.Range(1, Reps), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (number, _) =>
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"rep{number}@contoso.com");
            var id = (await SayAsync("/sim/users", new JsonObject
            {
                ["user"] = address,
                ["workingHours"] = new JsonObject { ["start"] = "00:00", ["end"] = "23:59" },
                ["workingDays"] = new JsonArray("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            }))["id"]!.GetValue<string>();
            var token = (await SayAsync("/sim/tokens", new JsonObject { ["user"] = address }))["accessToken"]!.GetValue<string>();
            var api = new HttpClient { BaseAddress = nginx.Address, Timeout = TimeSpan.FromSeconds(90) };
            api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var caller = new Caller(number, address, Guid.Parse(id), token, api);
            await AnswerAsync(caller, HttpMethod.Get, "/api/board");
            enrolled.Add(caller);
        });
        reps = [.. enrolled.OrderBy(x => x.Number)];
        await World.UntilAsync(
            async () => (await ReadAsync("""SELECT count(*) FROM reps WHERE "ProfileReadAt" IS NOT NULL""", x => x.GetInt64(0)))[0] == Reps,
            Patience);
        var first = (await ReadAsync(
            $"""UPDATE reps SET "Revision" = "Revision" + {Apart} * numbered.number FROM (VALUES {string.Join(',', reps.Select(x => $"('{x.Id}'::uuid, {x.Number})"))}) AS numbered (id, number) WHERE reps."RepId" = numbered.id RETURNING "RepId", "Revision" """,
            x => (Rep: x.GetGuid(0), Revision: x.GetInt64(1)))).ToDictionary(x => x.Rep, x => x.Revision);
        reps = [.. reps.Select(x => x with { FirstRevision = first[x.Id] })];
    }

    private async Task CallAsync(Caller rep, CancellationToken working)
    {
        while (!working.IsCancellationRequested)
        {
            var id = Guid.NewGuid();
            var board = await AnswerAsync(rep, HttpMethod.Put, $"/api/calls/{id}");
            acknowledged[id] = rep.Number;
            IsOf(rep, board);
            await Task.Delay(Random.Shared.Next(4_000, 12_000), CancellationToken.None);
        }
    }

    private async Task DeliverAsync(CancellationToken working)
    {
        while (!working.IsCancellationRequested)
        {
            var rep = reps[Random.Shared.Next(Reps)];
            var mail = await SayAsync("/sim/messages", new JsonObject
            {
                ["user"] = rep.Address,
                ["message"] = new JsonObject
                {
                    ["subject"] = "For " + rep.Address,
                    ["from"] = World.Correspondent(Colleague),
                    ["conversationId"] = Guid.NewGuid().ToString("N"),
                },
            });
            delivered[mail["internetMessageId"]!.GetValue<string>()] = rep.Number;
            await Task.Delay(Random.Shared.Next(200, 800), CancellationToken.None);
        }
    }

    private async Task<JsonNode> BoardAsync(Caller rep)
    {
        var board = await AnswerAsync(rep, HttpMethod.Get, "/api/board");
        IsOf(rep, board);
        return board;
    }

    /// <summary>Repeats the same request until it is answered, as the pane's outbox does.</summary>
    private async Task<JsonNode> AnswerAsync(Caller rep, HttpMethod method, string path)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            string trouble;
            try
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await rep.Api.SendAsync(request, Ct);
                var text = await answer.Content.ReadAsStringAsync(Ct);
                if (answer.IsSuccessStatusCode)
                {
                    return JsonNode.Parse(text)!;
                }

                trouble = $"{method} {path} answered {(int)answer.StatusCode}: {text}";
                if ((int)answer.StatusCode is < 500 and not 429)
                {
                    wrong.Enqueue(trouble);
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is TaskCanceledException && !Ct.IsCancellationRequested))
            {
                trouble = broken.Message;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Patience, trouble);
            Interlocked.Increment(ref repeats);
            await Task.Delay(Random.Shared.Next(100, 500), Ct);
        }
    }

    /// <summary>Nobody else's revision, and nobody else's mail.</summary>
    private void IsOf(Caller rep, JsonNode board)
    {
        var revision = board["revision"]!.GetValue<long>();
        var foreign = board["gates"]!.AsArray().Select(x => x!["subject"]?.GetValue<string>()).FirstOrDefault(x => x is not null && x != "For " + rep.Address);
        if (!rep.Owns(revision) || foreign is not null)
        {
            wrong.Enqueue($"Rep {rep.Number} was shown revision {revision}, {foreign ?? "and no foreign mail"}.");
        }
    }

    private async Task<bool> AreRightAsync(BoardWatcher[] watchers)
    {
        var revisions = (await ReadAsync("""SELECT "RepId", "Revision" FROM reps""", x => (Rep: x.GetGuid(0), Revision: x.GetInt64(1)))).ToDictionary(x => x.Rep, x => x.Revision);
        return watchers.Zip(reps).All(x => x.First.IsConnected && x.First.Board?["revision"]!.GetValue<long>() == revisions[x.Second.Id]);
    }

    private Task GatedAsync() => World.UntilAsync(async () => (await GatedMailAsync()).Count >= delivered.Count, Patience);

    private Task<List<string>> GatedMailAsync() => ReadAsync("""SELECT "InternetMessageId" FROM gates""", x => x.GetString(0));

    private async Task<List<T>> ReadAsync<T>(string query, Func<NpgsqlDataReader, T> read)
    {
        List<T> rows = [];
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are ours.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private async Task<JsonNode> SayAsync(string path, JsonObject body)
    {
        using var answer = await control.PostAsJsonAsync(path, body, Ct);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
    }

    private static void Say(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(line));

    private sealed record Caller(int Number, string Address, Guid Id, string Token, HttpClient Api, long FirstRevision = 0)
    {
        public bool Owns(long revision) => revision >= FirstRevision && revision < FirstRevision + Apart;
    }
}
