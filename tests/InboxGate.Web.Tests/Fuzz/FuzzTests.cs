using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InboxGate.Core.Senders;
using InboxGate.Web.Gates;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Api;
using InboxGate.Web.Tests.Servers;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Fuzz;

/// <summary>
/// Every operation that the API describes, asked rightly and with one thing bent, over and over: nothing breaks, leaks, lags
/// or grows, and what the description says of answers is what is answered. <c>FUZZ_SEED</c> and <c>FUZZ_REQUESTS</c> change the run.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class FuzzTests(PostgresServer postgres)
{
    private const int Workers = 4;
    private const int BentPercent = 38;
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-02T12:00:00Z", CultureInfo.InvariantCulture);

    /// <summary>Far more than any takes, also where others keep the machine busy.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);
    private const long MostGrowth = 32 * 1024 * 1024;

    /// <summary>Answers of the server beneath the routes, whatever was asked of them.</summary>
    private static readonly int[] Beneath = [400, 414, 431];
    private static readonly int[] OffRoute = [200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 431];

    /// <summary>Path values that actions read by themselves.</summary>
    private static readonly string[] Parsed = ["entry", "addressOrDomain", "date"];

    /// <summary>Well-formed, and refused wherever they are taken at all.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["secondsAgo"] = "-1", ["internetMessageId"] = "\"\"", ["callsRequired"] = "{\"colleague\":99}",
    };
    private static readonly string[] Tagged = ["/api/board", "/api/team"];

    [Fact]
    public async Task Every_endpoint_stands_whatever_is_sent_to_it()
    {
        var seed = Setting("FUZZ_SEED", 20260302);
        var count = Setting("FUZZ_REQUESTS", 20_400);
        await using var world = await World.StartAsync(
            Database.Sqlite, postgres, Noon, new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" },
            simulated: x => x with { ApplicationPermissions = [.. x.ApplicationPermissions, "Contacts.Read"] });
        var document = await ApiDocument.ReadAsync(world);
        var cast = await Cast.StartAsync(world);
        var run = new Run(world, document, cast, seed);

        await run.OnceEachAsync();
        var next = -1;
        long early = 0;
        for (var third = 1; third <= 3; third++)
        {
            var most = count * third / 3;
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
            {
                for (var i = Interlocked.Increment(ref next); i < most; i = Interlocked.Increment(ref next))
                {
                    await run.RandomAsync(i);
                }

                Interlocked.Decrement(ref next);
            }));
            early = third == 1 ? Memory() : early;
        }

        var late = Memory();
        await run.RareAsync();
        await using (var narrow = await World.StartAsync(Database.Sqlite, postgres, Noon, new Dictionary<string, string?>
        {
            ["Mailbox:Watch"] = "false", ["Limits:Rates"] = "true",
            ["Limits:AddressBurst"] = "400", ["Limits:AddressPerSecond"] = "1", ["Limits:RepBurst"] = "100", ["Limits:RepPerSecond"] = "1",
        }))
        {
            await new Run(narrow, document, await Cast.StartAsync(narrow), seed, run).TooMuchAsync();
        }

        Assert.True(run.Failures.IsEmpty, string.Join("\n\n", run.Failures));
        Assert.True(late - early < MostGrowth, $"Memory grew from {early:N0} to {late:N0} bytes over the last two thirds of the requests.");
        Assert.True(run.Good * 100 >= run.Asked * 30, $"Of {run.Asked} requests only {run.Good} were answered 2xx.");
        // What takes longer than anybody waits is tried where time is made to pass.
        var unseen = document.Operations.SelectMany(x => x.Statuses.Where(status => !run.HasSeen(x, status) && !(status == 202 && x.Method == "DELETE")).Select(status => $"{x} {status}")).ToList();
        Assert.True(unseen.Count == 0, $"Described and never answered (seed {seed}):\n{string.Join('\n', unseen)}");
        await cast.Rep.BoardAsync();
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private static long Memory()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Stack traces, types, statements and files of ours.</summary>
    [GeneratedRegex(@"\bat [A-Z]\w+\.\w+|System\.\w|Microsoft\.\w|InboxGate\.(Web|Core)|Exception\b|SQLite|Npgsql|\bSELECT |\bINSERT INTO|\.cs\b:|/src/|/tmp/|\.dll\b|Newtonsoft|LineNumber|BytePosition")]
    private static partial Regex Internals();

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64, Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { Timeout = TimeSpan.FromSeconds(100) };

    private sealed class Run(World world, ApiDocument document, Cast cast, int seed, Run? before = null)
    {
        private readonly ConcurrentDictionary<(string, int), bool> seen = before?.seen ?? [];
        private const int MostFailures = 40;
        private int asked;
        private int good;

        public ConcurrentQueue<string> Failures { get; } = before?.Failures ?? [];

        public int Asked => asked;

        public int Good => good;

        public bool HasSeen(ApiOperation operation, int status) => seen.ContainsKey((operation.ToString(), status));

        /// <summary>What chance would bring too seldom: each bend that there is a status for, on each operation.</summary>
        public async Task OnceEachAsync()
        {
            await StoryAsync("POST /api/gates/{id}/waiver", cast.Gate, """{"reason":"The customer is on the line."}""");
            var (kept, undone) = ($"{Guid.NewGuid()}", $"{Guid.NewGuid()}");
            await StoryAsync("PUT /api/calls/{id}", kept, """{"madeAt":"2026-02-27T12:00:00Z"}""");
            await StoryAsync("PUT /api/calls/{id}/outcome", kept, """{"outcome":"talked"}""");
            await StoryAsync("DELETE /api/calls/{id}", kept);
            await StoryAsync("PUT /api/calls/{id}", undone, "{}");
            await StoryAsync("DELETE /api/calls/{id}", undone);
            await StoryAsync("PUT /api/calls/{id}/outcome", undone, """{"outcome":"talked"}""");
            await StoryAsync("GET /api/tenant/reps/{rep}/export", null);
            // Before somebody has the mailbox read anew, which nobody reads here.
            await StoryAsync("GET /api/dryrun", null);
            // Another manager's word on one and the same.
            foreach (var (manager, amount) in new[] { (0, 5), (1, 6) })
            {
                await StoryAsync("PUT /api/tenant/teams/{manager}/{rep}", null, null, manager);
                await StoryAsync("PUT /api/targets/{rep}", null, $$"""{"unit":"calls","period":"day","amount":{{amount}},"from":"2026-03-02"}""", manager);
            }

            await StoryAsync("PUT /api/tenant/teams/{manager}/{rep}", null, null, 0);
            foreach (var operation in document.Operations)
            {
                var random = new Random(seed);
                var requests = new ApiRequests(document, cast.Words, random);
                if (!operation.IsAnonymous)
                {
                    await AskAsync(requests.Build(operation), null, "no token");
                    await AskAsync(requests.Build(operation), cast.TokenWithoutScope, "a token without our scope");
                }

                foreach (var (name, value) in Refused.Where(x => operation.Body is { } body && document.Resolve(body)["properties"]?[x.Key] is not null))
                {
                    var refused = requests.Build(operation);
                    refused.Json ??= new JsonObject();
                    refused.Json[name] = JsonNode.Parse(value);
                    await AskAsync(refused, cast.TokenFor(operation, random), $"a {name} out of range");
                }

                if (operation.IsForm)
                {
                    var empty = requests.Build(operation);
                    empty.Raw = Encoding.UTF8.GetBytes("------inboxgate\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\r\n------inboxgate--\r\n");
                    await AskAsync(empty, cast.TokenFor(operation, random), "an empty file");
                }

                if (operation.MediaType is not null)
                {
                    var broken = requests.Build(operation);
                    (broken.Json, broken.Raw) = (null, "{"u8.ToArray());
                    await AskAsync(broken, cast.TokenFor(operation, random), "half a body");
                    var large = requests.Build(operation);
                    (large.ContentType, large.Raw) = (operation.MediaType, operation.IsForm ? [] : new byte[400_000]);
                    if (operation.IsForm)
                    {
                        large.ContentType = "multipart/form-data; boundary=x";
                        large.ToldLength = 60 * 1024 * 1024;
                    }

                    await AskAsync(large, cast.TokenFor(operation, random), "a body too large");
                }

                var typed = requests.Build(operation);
                (typed.ContentType, typed.Raw) = ("text/plain", "x"u8.ToArray());
                await AskAsync(typed, cast.TokenFor(operation, random), "plain text");
                foreach (var parameter in operation.Parameters.Where(x => x.In == "query"))
                {
                    var odd = requests.Build(operation);
                    odd.Query.RemoveAll(x => x.Name == parameter.Name);
                    odd.Query.Add((parameter.Name, "\u0001" + new string('9', 2000)));
                    await AskAsync(odd, cast.TokenFor(operation, random), $"an odd {parameter.Name}");
                }

                if (operation.Path.Contains("{id}", StringComparison.Ordinal) || operation.Path.Contains("{rep}", StringComparison.Ordinal) || operation.Path.Contains("{manager}", StringComparison.Ordinal))
                {
                    var none = requests.Build(operation);
                    none.Path[none.Path.Keys.First()] = "seven";
                    await AskAsync(none, cast.TokenFor(operation, random), "an id that is none");
                }

                foreach (var name in Parsed.Where(x => operation.Parameters.Any(parameter => parameter.Name == x)))
                {
                    var none = requests.Build(operation);
                    none.Path[name] = "nonsense";
                    await AskAsync(none, cast.TokenFor(operation, random), $"a {name} that is none");
                }
            }
        }

        private Task<(int Status, string? Tag)> StoryAsync(string name, string? id, string? body = null, int manager = 0)
        {
            var operation = document.Operations.Single(x => x.ToString() == name);
            var request = new ApiRequest(operation);
            foreach (var parameter in operation.Parameters.Where(x => x.In == "path"))
            {
                request.Path[parameter.Name] = parameter.Name switch { "id" => id!, "rep" => $"{cast.Rep.Id}", _ => cast.ManagerIds[manager] };
            }

            (request.Json, request.ContentType) = (body is null ? null : JsonNode.Parse(body), "application/json");
            return AskAsync(request, cast.TokenOf(operation, manager), "a story");
        }

        public async Task RandomAsync(int index)
        {
            var random = new Random(unchecked((seed * 31) + index));
            var operation = document.Operations[random.Next(document.Operations.Count)];
            var request = new ApiRequests(document, cast.Words, random).Build(operation);
            var bend = random.Next(100) < BentPercent ? Bends.All[random.Next(Bends.All.Count)] : null;
            if (bend is not null && !bend.Apply(request, random))
            {
                bend = null;
            }

            await AskAsync(request, cast.TokenFor(operation, random), bend?.Name ?? "nothing", bend?.MissesRoute ?? false, index);
        }

        /// <summary>What takes two steps, or somebody else's failure.</summary>
        public async Task RareAsync()
        {
            foreach (var path in Tagged)
            {
                var operation = document.Operations.Single(x => x.ToString() == $"GET {path}");
                var token = cast.TokenFor(operation, new Random(1));
                var tag = (await AskAsync(new ApiRequest(operation), token, "nothing")).Tag!;
                var again = new ApiRequest(operation);
                again.Headers.Add(("If-None-Match", tag));
                await AskAsync(again, token, "a known tag");
            }

            foreach (var operation in document.Operations.Where(x => x.Path.StartsWith("/api/graph/", StringComparison.Ordinal)))
            {
                var handshake = new ApiRequest(operation);
                handshake.Query.Add(("validationToken", "a b<c>"));
                await AskAsync(handshake, null, "a handshake");
            }

            foreach (var status in new[] { 403, 503 })
            {
                await world.SayAsync("/sim/faults", new JsonObject { ["match"] = "/v1.0", ["times"] = 100_000, ["status"] = status, ["code"] = status == 403 ? "ErrorAccessDenied" : null });
                await StoryAsync("PUT /api/prospects/contacts", null, $$"""{"folderId":"outage{{status}}","kind":"prospect"}""");

                using var cleared = await world.Simulator.DeleteAsync("/sim/faults", TestContext.Current.CancellationToken);
            }
        }

        /// <summary>Where everybody has asked for all they may: strangers by their address, whoever is known by themselves.</summary>
        public async Task TooMuchAsync()
        {
            var board = document.Operations.Single(x => x.ToString() == "GET /api/board");
            foreach (var token in cast.Tokens.Prepend(null))
            {
                while ((await AskAsync(new ApiRequest(board), token, "nothing, too often")).Status != 429)
                {
                }
            }

            foreach (var operation in document.Operations.Where(x => x.Statuses.Contains(429)))
            {
                // Now and then one is let through again.
                for (var i = 0; i < 100 && !HasSeen(operation, 429); i++)
                {
                    await AskAsync(new ApiRequests(document, cast.Words, new Random(seed)).Build(operation), cast.TokenFor(operation, new Random(1)), "everything, too often");
                }
            }
        }

        /// <returns>The answer's status and entity tag.</returns>
        private async Task<(int Status, string? Tag)> AskAsync(ApiRequest request, string? token, string bend, bool missesRoute = false, int? index = null, bool isAgain = false)
        {
            using var message = request.ToMessage(world.Address, request.Operation.IsAnonymous ? null : token);
            var start = TimeProvider.System.GetTimestamp();
            using var answer = await Http.SendAsync(message, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var took = TimeProvider.System.GetElapsedTime(start);
            var status = (int)answer.StatusCode;
            Interlocked.Increment(ref asked);
            if (answer.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref good);
            }

            var operation = request.Operation;
            if (!missesRoute)
            {
                seen[(operation.ToString(), status)] = true;
            }

            var allowed = missesRoute ? OffRoute.Union(operation.Statuses) : operation.Statuses.Union(Beneath);
            IsTrue(allowed.Contains(status), $"answered {status}, which is not described");
            // A busy machine is slow once; what is slow by itself is so again.
            IsTrue(took < Slow || isAgain || await TakesAsync(request, token, bend) < Slow, $"took {took}, and as long again");
            IsTrue(!Internals().IsMatch(text), "told of its insides");
            if (status >= 400 && message.Method != HttpMethod.Head && !(text.Length == 0 && Beneath.Contains(status)))
            {
                var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
                IsTrue(isProblem, $"answered {status} as {answer.Content.Headers.ContentType}");
                var problem = isProblem ? JsonNode.Parse(text) : null;
                IsTrue(problem?["type"]?.GetValue<string>().StartsWith("https://inboxgate.example/problems/", StringComparison.Ordinal) == true, "has no stable type");
                IsTrue(problem?["detail"]?.GetValue<string>().Length > 0, "does not say what to do");
            }

            return (status, answer.Headers.ETag?.ToString());

            async Task<TimeSpan> TakesAsync(ApiRequest same, string? sameToken, string sameBend)
            {
                var begin = TimeProvider.System.GetTimestamp();
                await AskAsync(same, sameToken, sameBend, missesRoute, index, isAgain: true);
                return TimeProvider.System.GetElapsedTime(begin);
            }

            void IsTrue(bool isSo, string what)
            {
                // One and the same often breaks many.
                if (!isSo && Failures.Count < MostFailures)
                {
                    Failures.Enqueue($"Seed {seed}, request {index?.ToString(CultureInfo.InvariantCulture) ?? "of the first round"}, {operation} with {bend} {what}:\n{request.ToCurl()}\n{text[..Math.Min(text.Length, 600)]}");
                }
            }
        }
    }

    /// <summary>Who asks, and what there is to ask for.</summary>
    private sealed class Cast
    {
        private Cast(ApiWords words, Person rep, IReadOnlyList<string> managers, IReadOnlyList<string> reps, string admin, string tokenWithoutScope)
        {
            (Words, Rep, this.managers, this.reps, this.admin, TokenWithoutScope) = (words, rep, managers, reps, admin, tokenWithoutScope);
        }

        private readonly IReadOnlyList<string> managers;
        private readonly IReadOnlyList<string> reps;
        private readonly string admin;

        public ApiWords Words { get; }

        public Person Rep { get; }

        public string TokenWithoutScope { get; }

        public IEnumerable<string> Tokens => [.. managers, .. reps, admin];

        public required string Gate { get; init; }

        public required IReadOnlyList<string> ManagerIds { get; init; }

        public string TokenOf(ApiOperation operation, int manager) =>
            operation.IsAdministrators ? admin : operation.IsManagers ? managers[manager] : reps[0];

        public string TokenFor(ApiOperation operation, Random random) =>
            operation.IsAdministrators ? admin
            : operation.IsManagers ? managers[random.Next(10) < 8 ? 0 : 1]
            : reps[operation.ToString() == "DELETE /api/rep" ? 2 : random.Next(10) < 8 ? 0 : 1];

        public static async Task<Cast> StartAsync(World world)
        {
            var lena = await world.UserAsync("lena@contoso.com", roles: "Manager");
            var stan = await world.UserAsync("stan@contoso.com", roles: "Manager");
            var ada = await world.UserAsync("ada@contoso.com", roles: "Admin");
            var mira = await world.UserAsync("mira@contoso.com");
            var tom = await world.UserAsync("tom@contoso.com");
            // Who is erased, over and over: everybody else would be told so at any time.
            var eve = await world.UserAsync("eve@contoso.com");
            // Who has left.
            var gus = await world.UserAsync("gus@contoso.com");
            foreach (var person in new[] { lena, stan, ada, mira, tom, eve, gus })
            {
                await person.BoardAsync();
            }

            await ada.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{gus.Id}");
            foreach (var rep in new[] { mira, tom })
            {
                using var placed = await ada.SendAsync(HttpMethod.Put, $"/api/tenant/teams/{lena.Id}/{rep.Id}");
                Assert.Equal(HttpStatusCode.NoContent, placed.StatusCode);
            }

            var ids = new Random(17);
            string[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ =>
            {
                var bytes = new byte[16];
                ids.NextBytes(bytes);
                return new Guid(bytes).ToString();
            })];
            var (calls, gates, imports, targets) = (NewIds(60), NewIds(60), NewIds(20), new List<string>());
            await HoldAsync(world, mira, gates);
            foreach (var whom in new[] { $"{mira.Id}", "team" })
            {
                for (var i = 1; i <= 20; i++)
                {
                    await lena.JsonAsync(HttpMethod.Put, $"/api/targets/{whom}", new JsonObject { ["unit"] = "meetings", ["period"] = "quarter", ["amount"] = i, ["from"] = $"2026-03-{i:00}" });
                }
            }

            targets.AddRange((await lena.JsonAsync(HttpMethod.Get, $"/api/targets/{mira.Id}"))["history"]!.AsArray().Select(x => x!["id"]!.GetValue<string>()));
            var ticket = (await mira.JsonAsync(HttpMethod.Post, "/api/reply-ticket"))["ticket"]!.GetValue<string>();
            var unknown = NewIds(5);
            var words = ApiWords.Usual(Noon);
            words["id"] = (operation, random) => random.Next(20) == 0 ? Pick(random, unknown) : operation.Path switch
            {
                var path when path.Contains("/gates/", StringComparison.Ordinal) => Pick(random, gates),
                var path when path.Contains("/targets/", StringComparison.Ordinal) => targets[random.Next(targets.Count)],
                var path when path.Contains("/import/", StringComparison.Ordinal) => Pick(random, imports),
                _ => Pick(random, calls),
            };
            words["rep"] = (operation, random) => random.Next(20) switch
            {
                0 => Pick(random, unknown),
                1 => $"{lena.Id}",
                < 8 when operation.Path.StartsWith("/api/targets/", StringComparison.Ordinal) => "team",
                // Who has left comes back with a board of their own.
                _ => operation.Path.StartsWith("/api/tenant/reps/", StringComparison.Ordinal) ? operation.Path.EndsWith("/data", StringComparison.Ordinal) ? $"{eve.Id}" : $"{gus.Id}" : $"{mira.Id}",
            };
            words["manager"] = (_, random) => random.Next(10) == 0 ? $"{stan.Id}" : $"{lena.Id}";
            words["entry"] = words["addressOrDomain"] = (_, random) => random.Next(10) switch
            {
                0 => $"company{random.Next(30)}.example",
                1 => $"+4930{1_000_000 + random.Next(30)}",
                _ => $"person{random.Next(200)}@fabrikam.example",
            };
            words["others"] = (_, random) => random.Next(3) == 0 ? new JsonArray($"other{random.Next(1_000_000)}@fabrikam.example") : null;
            words["after"] = (_, random) => random.Next(3) == 0 ? $"{mira.Id}" : null;
            words["importId"] = (_, random) => Pick(random, imports);
            words.Choose("prospect", "pia@fabrikam.example", "Somebody", "+49 30 1000001");
            words["value"] = (operation, random) => operation.IsAnonymous ? new JsonArray() : Pick(random, ["no", "list", "<mailto:x@y.example>"]);
            words.Choose("recipients", "ann@contoso.com", "pia@fabrikam.example");
            words["internetMessageId"] = words["inReplyTo"] = (_, random) => $"<m{random.Next(500)}@contoso.com>";
            words["conversationId"] = (_, random) => $"conversation{random.Next(100)}";
            words["ticket"] = (_, random) => random.Next(10) == 0 ? "nonsense" : ticket;
            words["name"] = (operation, random) => operation.Path.Contains("holidays", StringComparison.Ordinal) ? "A day off" : Pick(random, ["Pia", "Zoë Ångström", "X-Header", "株式会社"]);
            var tokens = new[] { lena, stan, mira, tom, eve, ada }.Select(x => x.Api.DefaultRequestHeaders.Authorization!.Parameter!).ToArray();
            return new Cast(words, mira, tokens[..2], tokens[2..5], tokens[5], await world.TokenAsync(new JsonObject { ["user"] = mira.Address, ["scope"] = "openid" }))
            {
                Gate = gates[1],
                ManagerIds = [$"{lena.Id}", $"{stan.Id}"],
            };
        }

        private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

        /// <summary>Gates that wait, some waived yesterday.</summary>
        private static async Task HoldAsync(World world, Person rep, string[] gates)
        {
            await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
            var row = await store.Reps.FirstAsync(x => x.RepId == rep.Id, TestContext.Current.CancellationToken);
            var tenant = row.TenantId;
            // As if the mailbox had been read; the other rep's never is.
            row.ProfileReadAt = Noon;
            foreach (var (id, i) in gates.Select((x, i) => (x, i)))
            {
                var at = i % 4 == 0 ? Noon.AddDays(-1) : Noon;
                store.Gates.Add(new GateRow
                {
                    TenantId = tenant, RepId = rep.Id, GateId = Guid.Parse(id), InternetMessageId = $"<m{i}@contoso.com>", ConversationId = $"conversation{i}",
                    FromName = "Ann", FromAddress = "ann@contoso.com", Subject = "A question", SenderKind = SenderKind.Colleague, MadeKind = SenderKind.Colleague,
                    Reason = VerdictReason.TenantDomain, Match = "contoso.com", CallsRequired = 3, MadeCallsRequired = 3, ReceivedAt = at, OpenedAt = at,
                    WaivedAt = i % 4 == 0 ? at : null, WaiverReason = i % 4 == 0 ? "A reason" : null,
                });
            }

            await store.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }
}
