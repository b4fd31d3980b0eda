using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace InboxGate.Benchmarks;

/// <summary>
/// What a pane and Microsoft Graph ask for, on PostgreSQL: a hundred reps alone with 10,000 calls, and the same hundred among
/// 100,000 with 10,000,000, each with a week behind them, a mail waiting and folders that are watched. Mailboxes are not read
/// meanwhile; everything else that a server does by itself goes on.
/// </summary>
internal static class ScaleBenchmark
{
    private const int Asking = 100;
    private const int AllReps = 100_000;
    private const int CallsEach = 100;
    private const int Rounds = 11;
    private const double MostRatio = 1.3;

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        await using var young = await Installation.OpenAsync(await postgres.CreateDatabaseAsync(), Asking);
        var began = Stopwatch.GetTimestamp();
        await using var old = await Installation.OpenAsync(await postgres.CreateDatabaseAsync(), AllReps);
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"scale: {AllReps * CallsEach:N0} calls of {AllReps:N0} reps written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        var isFastEnough = true;
        foreach (var (name, ask) in Questions)
        {
            await ask(young);
            await ask(old);
            var (few, many, ratio) = await Measured.InTurnsAsync(Rounds, () => ask(young), () => ask(old));
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"scale of {name,-17}p50 {few:F2} ms with {Asking * CallsEach:N0} calls, {many:F2} ms with {AllReps * CallsEach:N0}: ratio {ratio:F2} (at most {MostRatio:F2})"));
            isFastEnough &= ratio <= MostRatio;
        }

        return isFastEnough;
    }

    private static readonly (string Name, Func<Installation, Task<double>> AskAsync)[] Questions =
    [
        ("a call", x => x.MedianAsync(_ => new HttpRequestMessage(HttpMethod.Put, $"/api/calls/{Guid.NewGuid()}"))),
        ("the same board", async x =>
        {
            await x.ReadTagsAsync();
            return await x.MedianAsync(rep => new HttpRequestMessage(HttpMethod.Get, "/api/board") { Headers = { IfNoneMatch = { rep.Tag! } } });
        }),
        ("another board", async x =>
        {
            await x.RaiseAsync();
            return await x.MedianAsync(_ => new HttpRequestMessage(HttpMethod.Get, "/api/board"));
        }),
        ("a known verdict", x => x.MedianAsync(Installation.Verdict)),
        ("a notification", x => x.MedianAsync(rep => new HttpRequestMessage(HttpMethod.Post, "/api/graph/notifications")
        {
            Content = new StringContent($$"""{"value":[{"changeType":"created","clientState":"{{rep.ClientState}}"}]}""", Encoding.UTF8, "application/json"),
        })),
    ];

    private sealed class AskingRep(int number, AuthenticationHeaderValue token, string clientState)
    {
        public int Number => number;

        public AuthenticationHeaderValue Token => token;

        public string ClientState => clientState;

        public EntityTagHeaderValue? Tag { get; set; }
    }

    private sealed class Installation : IAsyncDisposable
    {
        private readonly Laboratory laboratory;
        private readonly NpgsqlDataSource database;
        private readonly HttpClient http;
        private readonly List<AskingRep> reps = [];

        private Installation(Laboratory laboratory, string database)
        {
            this.laboratory = laboratory;
            this.database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { CommandTimeout = 0 });
            http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = laboratory.Address };
        }

        public static async Task<Installation> OpenAsync(string database, int reps)
        {
            var laboratory = await Laboratory.OpenAsync();
            List<string> users = [.. Enumerable.Range(0, Asking).Select(x => $"rep{x}@contoso.com")];
            await laboratory.AddUsersAsync(users);
            var ids = await laboratory.IdsAsync();
            await laboratory.StartProductAsync(users.Select(x => ids[x]), ("Storage:SqliteFile", ""), ("Storage:Postgres", database), ("Mailbox:Watch", "false"));
            var opened = new Installation(laboratory, database);
            await opened.SayAsync(WeekBehind);
            var states = laboratory.Services.GetRequiredService<ClientState>();
            foreach (var user in users)
            {
                opened.reps.Add(new AskingRep(
                    opened.reps.Count,
                    new AuthenticationHeaderValue("Bearer", await laboratory.TokenAsync(user)),
                    states.Create(new RepKey(laboratory.TenantId, ids[user]), MailFolders.Inbox)));
            }

            // The gates that all others are given too.
            await opened.MedianAsync(Verdict);
            await opened.FillAsync(reps - Asking);
            return opened;
        }

        public static HttpRequestMessage Verdict(AskingRep rep) => new(HttpMethod.Post, "/api/messages/verdict")
        {
            Content = JsonContent.Create(new
            {
                internetMessageId = $"<{rep.Number}@contoso.com>",
                conversationId = $"conversation {rep.Number}",
                subject = "A question",
                from = new { name = "Ann", address = Laboratory.Colleague },
            }),
        };

        /// <summary>Each rep asks once, one after the other.</summary>
        /// <returns>Milliseconds.</returns>
        public async Task<double> MedianAsync(Func<AskingRep, HttpRequestMessage> ask)
        {
            var times = new List<double>(Asking);
            foreach (var rep in reps)
            {
                using var request = ask(rep);
                request.Headers.Authorization = rep.Token;
                var startedAt = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
                if ((int)answer.StatusCode >= 400)
                {
                    throw new InvalidOperationException($"{request.RequestUri} answered {answer.StatusCode}.");
                }
            }

            return Measured.Median(times);
        }

        public async Task ReadTagsAsync()
        {
            foreach (var rep in reps)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/board") { Headers = { Authorization = rep.Token } };
                using var answer = await http.SendAsync(request);
                rep.Tag = answer.Headers.ETag;
            }
        }

        /// <summary>Another server has added a fact for each who asks.</summary>
        public Task RaiseAsync() => SayAsync("""UPDATE reps SET "Revision" = "Revision" + 1 WHERE "Name" = 'asks'""");

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await laboratory.DisposeAsync();
            await database.DisposeAsync();
        }

        private const string WeekBehind = """
            INSERT INTO tenants ("TenantId", "Domains", "Revision") VALUES (@tenant, '["contoso.com"]', 0);

            UPDATE reps SET "Name" = 'asks', "Watch" = 0, "WorkStart" = '00:00', "WorkEnd" = '23:59', "WorkDays" = '[0,1,2,3,4,5,6]',
                "ClosedThrough" = timezone('UTC', now())::date - 1, "ClosedUntil" = @today, "EnrolledAt" = @today - 5 * 864000000000, "DetailsCheckedAt" = @today;

            INSERT INTO targets ("TenantId", "Scope", "OwnerId", "TargetId", "Unit", "Period", "Amount", "From", "SetAt", "SetBy")
            SELECT @tenant, 0, "RepId", gen_random_uuid(), 0, 1, 100, timezone('UTC', now())::date - 5, 0, "RepId" FROM reps;
            """;

        /// <summary>All others are like the first: the same row under another id, a team of fifty each, mail and targets alike.</summary>
        private static readonly string[] Others =
        [
            """
            INSERT INTO reps SELECT (jsonb_populate_record(NULL::reps, to_jsonb(one) || jsonb_build_object(
                'RepId', gen_random_uuid(), 'TeamId', md5((number / 50)::text)::uuid, 'ManagerId', md5((number / 50)::text)::uuid, 'Name', 'silent'))).*
            FROM (SELECT * FROM reps LIMIT 1) AS one, generate_series(1, @others) AS number
            """,
            """
            INSERT INTO targets SELECT (jsonb_populate_record(NULL::targets, to_jsonb(one) || jsonb_build_object('OwnerId', "RepId", 'TargetId', gen_random_uuid()))).*
            FROM (SELECT * FROM targets LIMIT 1) AS one, reps WHERE "Name" = 'silent'
            """,
            """
            INSERT INTO gates SELECT (jsonb_populate_record(NULL::gates, to_jsonb(one) || jsonb_build_object('RepId', reps."RepId", 'GateId', gen_random_uuid()))).*
            FROM (SELECT * FROM gates LIMIT 1) AS one, reps WHERE "Name" = 'silent'
            """,
            """
            INSERT INTO messages SELECT (jsonb_populate_record(NULL::messages, to_jsonb(one) || jsonb_build_object('RepId', gates."RepId", 'GateId', gates."GateId"))).*
            FROM (SELECT * FROM messages LIMIT 1) AS one, gates JOIN reps USING ("TenantId", "RepId") WHERE "Name" = 'silent'
            """,
            """
            INSERT INTO mailbox_watches ("TenantId", "RepId", "Folder", "SubscriptionId", "SubscriptionExpiresAt", "Link", "ReadAt")
            SELECT "TenantId", "RepId", folder, gen_random_uuid()::text, @today + 6 * 864000000000, 'https://graph.example/delta?token=' || gen_random_uuid(), @today
            FROM reps, unnest(ARRAY['inbox', 'sentitems']) AS folder
            """,
        ];

        /// <summary>In the order of the keys, so that each page of an index is written once.</summary>
        private const string Calls = """
            INSERT INTO calls ("TenantId", "RepId", "CallId", "MadeAt", "LoggedAt", "Outcome", "Evidence")
            SELECT @tenant, rep, gen_random_uuid(), at, at, number % 4, 0
            FROM (
                SELECT rep, number, @today - (1 + number / 20) * 864000000000 + 288000000000 + (number % 20) * 12000000000 AS at
                FROM (SELECT "RepId" AS rep, generate_series(0, @calls - 1) AS number FROM (
                    SELECT "RepId" FROM reps WHERE "RepId" >= @from AND "RepId" < @until ORDER BY "RepId") AS mine) AS numbered) AS made
            """;

        private const string Days = """
            INSERT INTO closed_days ("TenantId", "RepId", "Date", "TimeZone", "StartsAt", "EndsAt", "Working", "CallsByHour", "Calls", "Emails",
                "Meetings", "CallsGoal", "EmailsGoal", "MeetingsGoal", "AnsweredEarned", "AnsweredEarly", "AimReached")
            SELECT @tenant, rep, timezone('UTC', now())::date - ago, 'UTC', @today - ago * 864000000000, @today - (ago - 1) * 864000000000, true,
                '[0,0,0,0,0,0,0,0,20,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]', 20, 0, 0, 20, 0, 0, 0, 0, false
            FROM (SELECT "RepId" AS rep, generate_series(1, @calls / 20) AS ago FROM (SELECT "RepId" FROM reps ORDER BY "RepId") AS mine) AS worked
            """;

        /// <summary>Two sessions, a half of the reps each. Nothing waits for the disk before the end.</summary>
        private async Task FillAsync(int others)
        {
            await SayAsync("ALTER SYSTEM SET max_wal_size = '16GB'");
            await SayAsync("SELECT pg_reload_conf()");
            foreach (var statement in others > 0 ? Others : Others[^1..])
            {
                await SayAsync(statement, ("others", others));
            }

            var half = Guid.Parse("80000000-0000-0000-0000-000000000000");
            await Task.WhenAll(
                SayAsync(Calls, ("from", Guid.Empty), ("until", half)),
                SayAsync(Calls, ("from", half), ("until", Guid.AllBitsSet)),
                SayAsync(Days));
            await SayAsync("VACUUM (ANALYZE)");
            await SayAsync("CHECKPOINT");
        }

        private async Task SayAsync(string sql, params (string Name, object Value)[] parameters)
        {
            await using var connection = await database.OpenConnectionAsync();
            await using (var hurry = new NpgsqlCommand("SET synchronous_commit = off", connection))
            {
                await hurry.ExecuteNonQueryAsync();
            }

            var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
#pragma warning disable CA2100 // The statements are ours.
            await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            foreach (var (name, value) in parameters.Concat([("tenant", laboratory.TenantId), ("today", today.Ticks), ("calls", CallsEach)]))
            {
                if (sql.Contains($"@{name}", StringComparison.Ordinal))
                {
                    command.Parameters.AddWithValue(name, value);
                }
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
