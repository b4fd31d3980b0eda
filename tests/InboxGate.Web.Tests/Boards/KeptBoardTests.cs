using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using InboxGate.Web.Tenant;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Boards;

/// <summary>
/// A server that keeps the facts of a board answers as one that reads them anew, whatever has changed since, here, at another
/// server, or by the passing of time. Two servers share a PostgreSQL, and neither is told of the other's facts.
/// </summary>
public sealed class KeptBoardTests(PostgresServer postgres)
{
    private const int Steps = 120;
    private const string Bob = "bob@fabrikam.example";

    public static TheoryData<Database, int> Histories => new() { { Database.Sqlite, 1 }, { Database.Postgres, 2 } };

    [Theory, MemberData(nameof(Histories))]
    public async Task A_kept_board_is_the_board_read_anew_at_every_step_of_a_random_history(Database database, int seed)
    {
        await using var world = await World.StartAsync(
            database, postgres, settings: new Dictionary<string, string?> { ["Mailbox:ProfileInterval"] = "1.00:00:00" });
        if (database == Database.Postgres)
        {
            await world.AddServerAsync();
        }

        var history = await RandomHistory.BeginAsync(world, new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            var told = await history.StepAsync();
            await history.CompareAsync($"step {step}, {told}");
        }

        Assert.True(history.CallsCompared > Steps / 8, $"Of the answers to calls only {history.CallsCompared} could be compared.");
    }

    private sealed class RandomHistory(World world, Random random, Person mira, Person lena, Person admin, Person other)
    {
        private readonly List<Guid> calls = [];
        private readonly List<(string Id, string Conversation)> mails = [];
        private readonly List<HttpClient> clients = [.. world.Servers.Select(x => Client(World.AddressOf(x), mira))];
        private DateTimeOffset now = World.MondayMorning;
        private int mailNumber;

        public int CallsCompared { get; private set; }

        private RepKey Mira { get; } = new(Tenant(world), mira.Id);

        public static async Task<RandomHistory> BeginAsync(World world, Random random)
        {
            var lena = await world.UserAsync("lena@contoso.com", null, "Manager");
            var other = await world.UserAsync("otto@contoso.com", null, "Manager");
            var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
            var mira = await world.UserAsync("mira@contoso.com", "lena@contoso.com");
            await other.BoardAsync();
            await World.BoardWhenAsync(mira, x => x["gate"]!["on"]!.GetValue<bool>());
            return new RandomHistory(world, random, mira, lena, admin, other);
        }

        /// <summary>Something happens, by way of any of the servers.</summary>
        /// <returns>What it was.</returns>
        public async Task<string> StepAsync()
        {
            switch (random.Next(27))
            {
                case < 7:
                    var id = Guid.NewGuid();
                    calls.Add(id);
                    return await CallAsync(id, random.Next(6) switch
                    {
                        0 => new JsonObject { ["secondsAgo"] = random.Next(3 * 24 * 3600) },
                        1 => new JsonObject { ["outcome"] = "meeting" },
                        2 => new JsonObject { ["prospect"] = Bob },
                        _ => [],
                    });
                case 7:
                    return calls.Count == 0 ? "nothing" : await CallAsync(Any(calls), []);
                case 8:
                    return calls.Count == 0 ? "nothing" : await SayAsync(HttpMethod.Delete, $"/api/calls/{Any(calls)}");
                case 9:
                    return calls.Count == 0 ? "nothing" : await SayAsync(HttpMethod.Put, $"/api/calls/{Any(calls)}/outcome", """{"outcome":"meeting"}""");
                case 10 or 11:
                    var conversation = $"conversation {random.Next(6)}";
                    return await SayAsync(HttpMethod.Post, "/api/messages/verdict", $$"""
                        {"internetMessageId":"<{{mailNumber++}}@contoso.com>","conversationId":"{{conversation}}","subject":"A question",
                        "from":{"name":"Ann","address":"{{AnySender()}}"} }
                        """);
                case 12:
                    var talk = $"talk {mailNumber++}";
                    mails.Add((await world.DeliverAsync(mira, AnySender(), talk), talk));
                    return "mail came";
                case 13 when mails.Count > 0:
                    await world.SendAsync(mira, AnySender(), Any(mails).Conversation);
                    return "mail was answered";
                case 14:
                    return await AnyGateAsync() is { } waived ? await SayAsync(HttpMethod.Post, $"/api/gates/{waived}/waiver", """{"reason":"It cannot wait."}""") : "nothing";
                case 15:
                    return await AnyGateAsync() is { } taken ? await SayAsync(HttpMethod.Delete, $"/api/gates/{taken}/waiver") : "nothing";
                case 16:
                    return random.Next(2) == 0
                        ? await SayAsync(HttpMethod.Put, $"/api/senders/{AnySender()}", $$"""{"kind":"{{Any(["prospect", "customer", "vip", "other"])}}"}""")
                        : await SayAsync(HttpMethod.Delete, $"/api/senders/{AnySender()}");
                case 17:
                    return await SayAsync(HttpMethod.Put, "/api/policy", Any(
                    [
                        """{"counting":"oneByOne"}""", """{"on":false}""", "{}", """{"callsRequired":{"colleague":1,"customer":5}}""",
                        $$"""{"pausedUntil":"{{now.AddMinutes(random.Next(300)).ToUniversalTime():O}}"}""",
                    ]));
                case 18:
                    return await SayAsync(HttpMethod.Put, random.Next(2) == 0 ? "/api/team/policy" : "/api/tenant/policy", Any(
                    [
                        "{}", """{"callsRequired":{"colleague":2}}""", """{"counting":"oneByOne","limits":{"mayChooseCounting":false}}""",
                        """{"hours":{"start":"07:00","end":"19:00","days":["monday","tuesday","wednesday","thursday","friday","saturday"]}}""",
                        """{"hours":{"start":"20:00","end":"06:00","days":["monday","tuesday","wednesday","thursday","friday"]}}""",
                    ]));
                case 19:
                    return await SayAsync(HttpMethod.Put, $"/api/targets/{(random.Next(2) == 0 ? mira.Id.ToString() : "team")}", $$"""
                        {"unit":"{{Any(["calls", "emails"])}}","period":"{{Any(["day", "week", "month"])}}","amount":{{random.Next(1, 60)}},"from":"{{now.AddDays(-1):yyyy-MM-dd}}"}
                        """);
                case 20:
                    return await SayAsync(HttpMethod.Put, "/api/plan", $$"""
                        {"checkpoints":[{"time":"10:00","share":{{random.Next(10, 60)}}},{"time":"15:30","share":100}],"margin":{{random.Next(20)}},"daysOff":["{{now.AddDays(random.Next(3)):yyyy-MM-dd}}"]}
                        """);
                case 21:
                    var holiday = $"/api/{Any(["tenant", "team"])}/holidays/{now.AddDays(random.Next(3)):yyyy-MM-dd}";
                    return random.Next(2) == 0 ? await SayAsync(HttpMethod.Put, holiday, """{"name":"A holiday"}""") : await SayAsync(HttpMethod.Delete, holiday);
                case 22:
                    var shared = $"/api/{Any(["tenant", "team"])}/senders/{AnySender()}";
                    return random.Next(2) == 0 ? await SayAsync(HttpMethod.Put, shared, """{"kind":"customer"}""") : await SayAsync(HttpMethod.Delete, shared);
                case 23:
                    await Services().GetRequiredService<Teams>().PlaceAsync(Mira, random.Next(2) == 0 ? lena.Id : other.Id, TestContext.Current.CancellationToken);
                    return "another team";
                case 24:
                    return await ChangeWithoutRevisionAsync();
                default:
                    now = random.Next(4) == 0 ? now.AddDays(1).AddMinutes(random.Next(-60, 60)) : now.AddMinutes(random.Next(5, 150));
                    await world.MoveClockAsync(now.ToString("O", CultureInfo.InvariantCulture));
                    return $"now it is {now:O}";
            }
        }

        /// <summary>The boards of all servers, each beside that of the facts read anew.</summary>
        public async Task CompareAsync(string told)
        {
            foreach (var client in clients)
            {
                await World.UntilAsync(async () =>
                {
                    var before = await AnewAsync();
                    var kept = await BoardAsync(client);
                    // The watch may have been at work in between.
                    if (await AnewAsync() != before)
                    {
                        return false;
                    }

                    Assert.True(before == kept, $"After {told}: read anew\n{before}\nkept\n{kept}");
                    return true;
                });
            }
        }

        private async Task<string> CallAsync(Guid id, JsonObject statement)
        {
            using var body = JsonContent.Create(statement);
            using var answer = await Any(clients).PutAsync(new Uri($"/api/calls/{id}", UriKind.Relative), body, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"A call was answered {(int)answer.StatusCode}.");
            var board = Plain(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
            var anew = await AnewAsync();
            if (JsonNode.Parse(anew)!["revision"]!.GetValue<long>() == JsonNode.Parse(board)!["revision"]!.GetValue<long>())
            {
                CallsCompared++;
                Assert.True(anew == board, $"After the call {statement.ToJsonString()}: read anew\n{anew}\nanswered\n{board}");
            }

            return $"the call {statement.ToJsonString()}";
        }

        /// <summary>What says what it likes: a refusal changes nothing.</summary>
        private async Task<string> SayAsync(HttpMethod method, string path, string? body = null)
        {
            var by = path.StartsWith("/api/tenant", StringComparison.Ordinal) ? admin : path.StartsWith("/api/t", StringComparison.Ordinal) ? lena : mira;
            var server = Any(world.Servers);
            using var client = Client(World.AddressOf(server), by);
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json")) };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{method} {path} answered {(int)answer.StatusCode}.");
            return $"{method} {path} {body} ({(int)answer.StatusCode})";
        }

        /// <summary>What changes a board although no fact is added.</summary>
        private async Task<string> ChangeWithoutRevisionAsync()
        {
            int? read = random.Next(3) == 0 ? null : random.Next(1, 1000);
            var problem = random.Next(2) == 0 ? null : "marksRemaining";
            await Services().GetRequiredService<StoreWriter>().WriteAsync(
                async (store, ct) =>
                {
                    // The rep's row first, as every writer of a rep has it.
                    await store.Reps.Where(x => x.RepId == mira.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.MarksProblem, problem), ct);
                    await store.MailboxWatches.Where(x => x.RepId == mira.Id && x.Folder == MailFolders.Inbox)
                        .ExecuteUpdateAsync(set => set.SetProperty(x => x.CatchUpRead, read).SetProperty(x => x.CatchUpOf, read == null ? null : (int?)1000), ct);
                    return true;
                },
                TestContext.Current.CancellationToken);
            return "a change without a revision";
        }

        private async Task<string?> AnyGateAsync()
        {
            var gates = (await mira.BoardAsync())["gates"]!.AsArray();
            return gates.Count == 0 ? null : Any([.. gates])!["id"]!.GetValue<string>();
        }

        /// <summary>By a server that keeps nothing.</summary>
        private async Task<string> AnewAsync()
        {
            var services = world.Services;
            using var nothing = new FactsMemory();
            var board = await new BoardReading(
                services.GetRequiredService<Connections>(),
                services.GetRequiredService<RepLooking>(),
                nothing,
                services.GetRequiredService<DayClosing>(),
                services.GetRequiredService<IOptions<MailboxOptions>>(),
                services.GetRequiredService<TimeProvider>()).DrawAsync(Mira, TestContext.Current.CancellationToken);
            return Plain(JsonSerializer.SerializeToNode(board, services.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions)!);
        }

        private static async Task<string> BoardAsync(HttpClient client) =>
            Plain(JsonNode.Parse(await client.GetStringAsync(new Uri("/api/board", UriKind.Relative), TestContext.Current.CancellationToken))!);

        /// <summary>Without the instant of the answer itself.</summary>
        private static string Plain(JsonNode board)
        {
            board.AsObject().Remove("asOf");
            return board.ToJsonString();
        }

        private static HttpClient Client(Uri address, Person by)
        {
            var client = new HttpClient { BaseAddress = address };
            client.DefaultRequestHeaders.Authorization = by.Api.DefaultRequestHeaders.Authorization;
            return client;
        }

        private static Guid Tenant(World world) => Guid.Parse(world.Services.GetRequiredService<IOptions<EntraOptions>>().Value.Tenants[0], CultureInfo.InvariantCulture);

        private IServiceProvider Services() => Any(world.Servers).Services;

        private string AnySender() => Any(["ann@contoso.com", Bob, "carl@northwind.example", "dora@contoso.com"]);

        private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
    }
}
