using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using Microsoft.Data.Sqlite;

namespace InboxGate.Benchmarks;

/// <summary>
/// A file of 100,000 people over HTTP into a list on SQLite, against what a machine needs for reading the same file and
/// inserting its cells, as they are, into the same table with the same indexes. Both take turns in one run. And the memory
/// on top of what the server had before, for a small file and for one ten times as large.
/// </summary>
internal static class ImportBenchmark
{
    private const int Few = 10_000;
    private const int Many = 100_000;
    private const int Rounds = 3;

    /// <summary>Numbers are understood, names folded, addresses checked, and every entry is looked up before it is written.</summary>
    private const double LeastRatio = 0.2;

    /// <summary>More for ten times as many rows.</summary>
    private const long MostGrowth = 64 * 1024 * 1024;
    private const string Headers = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Company name,Country/Region\n";

    public static async Task<bool> RunAsync(TextWriter report)
    {
        var folder = Directory.CreateTempSubdirectory("inboxgate-import-").FullName;
        try
        {
            await using var laboratory = await Laboratory.OpenAsync();
            string[] reps = [.. Enumerable.Range(0, (Rounds * 2) + 3).Select(x => $"rep{x}@contoso.com")];
            await laboratory.AddUsersAsync(reps);
            var ids = await laboratory.IdsAsync();
            var database = Path.Combine(folder, "inboxgate.db");
            await laboratory.StartProductAsync(reps.Select(x => ids[x]), ("Storage:SqliteFile", database), ("Mailbox:SweepInterval", "01:00:00"));

            // For the compiler and the phone book.
            await ImportAsync(laboratory, reps[^1], File(0, Few));
            await ImportAsync(laboratory, reps[^2], File(1, Few));
            var (times, processor, bounds, ratios, small, large) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                small.Add((await MeasureAsync(laboratory, reps[Rounds + round], File(round, Few))).Memory);
                var file = File(round + 2, Many);
                var (seconds, busy, memory) = await MeasureAsync(laboratory, reps[round], file);
                var bound = Bound(database, Path.Combine(folder, $"bound{round}.db"), file);
                large.Add(memory);
                times.Add(seconds);
                processor.Add(busy);
                bounds.Add(bound);
                ratios.Add(bound / seconds);
            }

            var again = await MeasureAsync(laboratory, reps[0], File(2, Many));
            var growth = Measured.Median(large) - Measured.Median(small);
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"import          {Many / Measured.Median(times):N0} rows/s ({Many:N0} rows in {Measured.Median(times):F2} s, {Measured.Median(processor):F2} s of processor time; aim 20,000), the same file again {Many / again.Seconds:N0} rows/s"));
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"bound           {Many / Measured.Median(bounds):N0} rows/s (read and inserted as they are)"));
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ratio           {Measured.Median(ratios):F2} (at least {LeastRatio:F2})"));
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"memory          {Measured.Median(small) / 1024 / 1024:F0} MB on top for {Few:N0} rows, {Measured.Median(large) / 1024 / 1024:F0} MB for {Many:N0} (at most {MostGrowth / 1024 / 1024} MB more)"));
            return Measured.Median(ratios) >= LeastRatio && growth <= MostGrowth;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Seconds, those of all processors, and the most bytes that the process held on top.</summary>
    private static async Task<(double Seconds, double Processor, double Memory)> MeasureAsync(Laboratory laboratory, string rep, byte[] file)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (before, most, busyBefore) = (process.WorkingSet64, 0L, process.TotalProcessorTime);
        using var timer = new Timer(
            _ =>
            {
                using var now = Process.GetCurrentProcess();
                most = Math.Max(most, now.WorkingSet64);
            },
            null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        var startedAt = Stopwatch.GetTimestamp();
        await ImportAsync(laboratory, rep, file);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        process.Refresh();
        return (seconds, (process.TotalProcessorTime - busyBefore).TotalSeconds, Math.Max(0, Volatile.Read(ref most) - before));
    }

    private static async Task ImportAsync(Laboratory laboratory, string rep, byte[] file)
    {
        using var http = await laboratory.SignedInAsync(rep);
        http.Timeout = TimeSpan.FromMinutes(5);
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { content, "file", "people.csv" } };
        using var answer = await http.PostAsync(new Uri("/api/prospects/import", UriKind.Relative), form);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode || JsonNode.Parse(text)!["rejected"]!.GetValue<int>() > 0)
        {
            throw new InvalidOperationException($"The import answered {(int)answer.StatusCode}: {text}");
        }
    }

    /// <returns>Seconds.</returns>
    private static double Bound(string product, string file, byte[] csv)
    {
        using var source = new SqliteConnection($"Data Source={product}");
        source.Open();
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        using (var schema = source.CreateCommand())
        {
            schema.CommandText = "SELECT sql FROM sqlite_master WHERE tbl_name = 'list_entries' AND sql IS NOT NULL ORDER BY type DESC";
            using var statements = schema.ExecuteReader();
            while (statements.Read())
            {
                Execute(statements.GetString(0));
            }
        }

        var startedAt = Stopwatch.GetTimestamp();
        using (var transaction = connection.BeginTransaction())
        {
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = """
                INSERT INTO list_entries ("TenantId", "Scope", "OwnerId", "Entry", "Bare", "Kind", "SetAt", "Source", "ImportId", "Name", "Company", "Phone", "TimeZones", "DoNotCall", "SortKey", "SearchText")
                VALUES (@tenant, 0, @owner, @email, @email, 0, 638000000000000000, 1, @import, @last, @company, @phone, 'Europe/Berlin', 0, @last, @email)
                """;
            insert.Parameters.AddWithValue("@tenant", Guid.NewGuid());
            insert.Parameters.AddWithValue("@owner", Guid.NewGuid());
            insert.Parameters.AddWithValue("@import", Guid.NewGuid());
            var (email, last) = (insert.Parameters.AddWithValue("@email", ""), insert.Parameters.AddWithValue("@last", ""));
            var (company, phone) = (insert.Parameters.AddWithValue("@company", ""), insert.Parameters.AddWithValue("@phone", ""));
            using var reader = CsvReader.Create(new MemoryStream(csv), new CsvReaderOptions());
            while (reader.Read())
            {
                (email.Value, last.Value, company.Value, phone.Value) = (reader.GetString(3), reader.GetString(2), reader.GetString(6), reader.GetString(4));
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static byte[] File(int seed, int rows)
    {
        var random = new Random(20261129 + seed);
        string[] first = ["Ann", "Björn", "Chloé", "Dimitri", "Eve", "Fatma", "Gáspár", "Hélène", "Ida", "João"];
        string[] last = ["Müller", "Smith", "Öztürk", "Lefèvre", "Nowak", "Sørensen", "García", "Rossi", "Novák", "Yılmaz"];
        string[] stages = ["lead", "customer", "opportunity", "marketingqualifiedlead", ""];
        var text = new StringBuilder(Headers);
        for (var i = 0; i < rows; i++)
        {
            var company = random.Next(rows / 5);
            var number = i % 3 == 0 ? $"+1 415 {random.Next(200, 999)} {random.Next(1000, 9999)}" : i % 3 == 1 ? $"030 {random.Next(1_000_000, 9_999_999)}" : $"+44 20 {random.Next(7000, 7999)} {random.Next(1000, 9999)}";
            text.Append(CultureInfo.InvariantCulture, $"{i},{first[random.Next(10)]},{last[random.Next(10)]},person{random.Next()}.{i}@company{company}.example.com,{number},{stages[i % 5]},\"Company {company}, Ltd\",Germany\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
