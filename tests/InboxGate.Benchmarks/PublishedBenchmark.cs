using System.Diagnostics;
using System.Globalization;

namespace InboxGate.Benchmarks;

/// <summary>
/// The product as it is installed, self-contained and compiled ahead: how long from the start of its process to the first
/// board, with a database and a rep already there, and how much memory it holds with ten thousand panes connected. A
/// bare ASP.NET Core program, published alike, is beside it: MVC takes turns with it at the start; an empty SignalR hub holds as
/// many connections, and so do WebSockets with nothing behind them. Absolute figures: reported, never judged.
/// </summary>
internal static class PublishedBenchmark
{
    private const int Starts = 9;
    private const int Panes = 10_000;
    private const int RepsTogether = 16;
    private const string Rep = "mira@contoso.com";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(TextWriter report)
    {
        var folder = Directory.CreateTempSubdirectory("inboxgate-published-").FullName;
        try
        {
            var began = Stopwatch.GetTimestamp();
            var product = await Publishing.PublishProductAsync(folder);
            await report.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"published in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, {new DirectoryInfo(Path.GetDirectoryName(product)!).EnumerateFiles("*", SearchOption.AllDirectories).Sum(x => x.Length) / 1024 / 1024} MB"));
            var bare = await Publishing.PublishBareAsync(folder);
            await StartAsync(product, bare, report);
            await HoldAsync(product, bare, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StartAsync(string product, string bare, TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        await laboratory.AddUsersAsync([Rep]);
        var token = await laboratory.TokenAsync(Rep);
        var address = Laboratory.FreeAddress();
        var settings = laboratory.SettingsFor(address);
        Task<double> StartProductAsync() => FirstAnswerAsync(product, settings, new Uri(address, "/api/board"), token);
        Task<double> StartBareAsync() => FirstAnswerAsync(bare, new Dictionary<string, string?> { ["Urls"] = address.ToString(), ["Logging:LogLevel:Default"] = "Error" }, new Uri(address, "/bound"), null);
        // The first one makes the database and enrols the rep.
        await StartProductAsync();
        await StartBareAsync();
        var (bound, mine, ratio) = await Measured.InTurnsAsync(Starts, StartBareAsync, StartProductAsync);
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"start           first board after {mine:0} ms (aim 800), a bare MVC program's first answer after {bound:0} ms: {ratio:0.00} times"));
    }

    /// <returns>Milliseconds from the start of the process.</returns>
    private static async Task<double> FirstAnswerAsync(string program, IReadOnlyDictionary<string, string?> settings, Uri question, string? token)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var process = Publishing.Start(program, settings);
        try
        {
            await Publishing.AnsweredAsync(question, token, process);
            return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Every pane is of another rep, and shows a board.</summary>
    private static async Task HoldAsync(string product, string bare, TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        List<string> users = [.. Enumerable.Range(0, Panes).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync(users);
        var tokens = new string[Panes];
        await Parallel.ForEachAsync(Enumerable.Range(0, Panes), new ParallelOptions { MaxDegreeOfParallelism = RepsTogether }, async (x, _) => tokens[x] = await laboratory.TokenAsync(users[x]));
        var address = Laboratory.FreeAddress();
        var settings = laboratory.SettingsFor(address);
        settings["Mailbox:Watch"] = "false";
        using var process = Publishing.Start(product, settings);
        try
        {
            await Publishing.AnsweredAsync(new Uri(address, "/health/ready"), null, process);
            var idle = Memory.Of(process);
            await using var panes = await ListeningPanes.ConnectAsync(address, tokens);
            var connected = Memory.Of(process);
            await Task.Delay(Settling);
            var quiet = Memory.Of(process);
            using (var http = ClosedLoop.Client(address))
            {
                await Parallel.ForEachAsync(tokens, new ParallelOptions { MaxDegreeOfParallelism = RepsTogether }, async (token, ct) =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, "/api/board") { Headers = { Authorization = new("Bearer", token) } };
                    using var answer = await http.SendAsync(request, ct);
                    answer.EnsureSuccessStatusCode();
                });
            }

            var shown = Memory.Of(process);
            await Task.Delay(Settling);
            await report.WriteLineAsync($"memory          {idle} when ready; {connected} with {panes.Open} panes just connected, {quiet} a while later (aim 250); {shown} after the first board of each, {Memory.Of(process)} a while later");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await HoldBareAsync("hub", bare, tokens, report);
        await HoldBareAsync("sockets", bare, tokens, report);
    }

    /// <summary>What the same connections take that nothing is known of.</summary>
    /// <param name="live">What they are to the bare program: <c>hub</c> or <c>sockets</c>.</param>
    private static async Task HoldBareAsync(string live, string bare, string[] tokens, TextWriter report)
    {
        var address = Laboratory.FreeAddress();
        // Of connections that just end it would tell at length.
        using var process = Publishing.Start(bare, new Dictionary<string, string?> { ["Urls"] = address.ToString(), ["Logging:LogLevel:Default"] = "None", ["Live"] = live });
        try
        {
            await Publishing.AnsweredAsync(new Uri(address, "/bound"), null, process);
            var idle = Memory.Of(process);
            await using var panes = await ListeningPanes.ConnectAsync(address, tokens);
            var connected = Memory.Of(process);
            await Task.Delay(Settling);
            await report.WriteLineAsync($"bare {live,-10} {idle} when ready; {connected} with {panes.Open} connections, {Memory.Of(process)} a while later");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <param name="Resident">Megabytes.</param>
    /// <param name="Files">Of it mapped files: the program's own code, which is there once for however many connections.</param>
    private readonly record struct Memory(long Resident, long Files)
    {
        public static Memory Of(Process process)
        {
            var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status"));
            return new Memory(Megabytes("VmRSS:"), Megabytes("RssFile:"));

            long Megabytes(string name) => long.Parse(lines.Single(x => x.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resident} MB ({Files} of it files)");
    }
}
