using System.Diagnostics;
using System.Globalization;
using InboxGate.Web.Tests.Stories;
using Npgsql;

namespace InboxGate.Benchmarks;

/// <summary>
/// A rep's board and a manager's team page on PostgreSQL: the same team with the same week behind it, once with 10,000
/// calls in the database and once with 5,000,000. What lies further back may not make the answer slower.
/// </summary>
internal static class GrowthBenchmark
{
    private const int Team = 50;
    private const int CallsPerDay = 20;
    private const int FewDays = 10;
    private const int ManyDays = 5_000;
    private const int Rounds = 15;
    private const int RequestsPerRound = 20;
    private const double MostRatio = 1.3;
    private const string Manager = "lena@contoso.com";

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await using var postgres = new PostgresCluster();
        await postgres.StartAsync();
        await using var young = await OpenAsync(await postgres.CreateDatabaseAsync(), FewDays);
        await using var old = await OpenAsync(await postgres.CreateDatabaseAsync(), ManyDays);
        var isFastEnough = true;
        foreach (var (name, path, user) in new[] { ("board", "/api/board", Rep(0)), ("team", "/api/team", Manager) })
        {
            using var few = await young.SignedInAsync(user, "Manager");
            using var many = await old.SignedInAsync(user, "Manager");
            await MedianAsync(few, path);
            await MedianAsync(many, path);
            var (fewTime, manyTime, ratio) = await Measured.InTurnsAsync(Rounds, () => MedianAsync(few, path), () => MedianAsync(many, path));
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"growth of {name,-6}p50 {fewTime:F2} ms with {Team * CallsPerDay * FewDays:N0} calls, {manyTime:F2} ms with {Team * CallsPerDay * ManyDays:N0}: ratio {ratio:F2} (at most {MostRatio:F2})"));
            isFastEnough &= ratio <= MostRatio;
        }

        return isFastEnough;
    }

    private static string Rep(int number) => $"rep{number}@contoso.com";

    private static async Task<Laboratory> OpenAsync(string database, int days)
    {
        var laboratory = await Laboratory.OpenAsync();
        await laboratory.AddUsersAsync([Manager]);
        await laboratory.AddUsersAsync(Enumerable.Range(0, Team).Select(Rep), Manager);
        var ids = await laboratory.IdsAsync();
        var reps = Enumerable.Range(0, Team).Select(x => ids[Rep(x)]).ToList();
        await laboratory.StartProductAsync(reps, ("Storage:SqliteFile", ""), ("Storage:Postgres", database), ("Mailbox:SweepInterval", "01:00:00"));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await FillAsync(connection, laboratory.TenantId, ids[Manager], days);
        return laboratory;
    }

    /// <summary>Every rep has worked every day since, by UTC: twenty calls a day, as was asked, and as many closed rows as days.</summary>
    private static async Task FillAsync(NpgsqlConnection connection, Guid tenantId, Guid managerId, int days)
    {
        await using var fill = connection.CreateCommand();
        fill.CommandTimeout = 600;
        fill.Parameters.AddWithValue("tenant", tenantId);
        fill.Parameters.AddWithValue("manager", managerId);
        fill.Parameters.AddWithValue("days", days);
        fill.Parameters.AddWithValue("calls", CallsPerDay);
        fill.Parameters.AddWithValue("epoch", DateTimeOffset.UnixEpoch.UtcTicks);
        fill.CommandText = """
            CREATE TEMP TABLE worked AS
            SELECT "RepId" AS rep, day::date AS day, @epoch + (extract(epoch FROM day AT TIME ZONE 'UTC') * 10000000)::bigint AS start
            FROM reps, generate_series(timezone('UTC', now())::date - @days, timezone('UTC', now())::date - 1, interval '1 day') AS day
            WHERE "TenantId" = @tenant;

            INSERT INTO calls ("TenantId", "RepId", "CallId", "MadeAt", "LoggedAt", "Outcome", "Evidence")
            SELECT @tenant, rep, gen_random_uuid(), start + made * 12000000000, start + made * 12000000000, made % 4, 0
            FROM worked, generate_series(1, @calls) AS made;

            INSERT INTO closed_days ("TenantId", "RepId", "Date", "TimeZone", "StartsAt", "EndsAt", "Working", "CallsByHour", "Calls", "Emails",
                "Meetings", "CallsGoal", "EmailsGoal", "MeetingsGoal", "AnsweredEarned", "AnsweredEarly", "AimReached")
            SELECT @tenant, rep, day, 'UTC', start, start + 864000000000, true, '[0,0,0,0,0,0,0,0,0,20,0,0,0,0,0,0,0,0,0,0,0,0,0,0]', @calls, 0, 0, @calls, 0, 0, 0, 0, false
            FROM worked;

            UPDATE reps SET "TeamId" = @manager, "ManagerId" = @manager, "TimeZone" = 'UTC', "ClosedThrough" = timezone('UTC', now())::date - 1,
                "ClosedUntil" = (SELECT max(start) + 864000000000 FROM worked), "EnrolledAt" = (SELECT min(start) FROM worked)
            WHERE "TenantId" = @tenant;

            INSERT INTO targets ("TenantId", "Scope", "OwnerId", "TargetId", "Unit", "Period", "Amount", "From", "SetAt", "SetBy")
            VALUES (@tenant, 1, @manager, gen_random_uuid(), 0, 1, 100, timezone('UTC', now())::date - 7, 0, @manager);

            ANALYZE;
            """;
        await fill.ExecuteNonQueryAsync();
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> MedianAsync(HttpClient http, string path)
    {
        var times = new List<double>(RequestsPerRound);
        for (var request = 0; request < RequestsPerRound; request++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        }

        return Measured.Median(times);
    }
}
