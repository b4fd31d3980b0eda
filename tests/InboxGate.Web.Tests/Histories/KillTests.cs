using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.Tests.Servers;
using InboxGate.Web.Tests.Stories;
using Microsoft.Data.Sqlite;

namespace InboxGate.Web.Tests.Histories;

/// <summary>The server as a process of its own, killed again and again while mail arrives and calls are logged.</summary>
[Collection(nameof(Alone))]
public sealed class KillTests
{
    private const int Kills = 8;
    private const int MailsBetween = 12;
    private const int Callers = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-kill-").FullName;

    [Fact]
    public async Task A_server_that_is_killed_at_any_instant_loses_and_doubles_no_call_and_no_mail()
    {
        var options = new SimulatorOptions { HttpPort = 0, HttpsPort = 0 };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        using var control = new HttpClient { BaseAddress = simulator.HttpAddress };
        var random = new Random(1);
        var port = World.FreePort();
        var server = await StartAsync(simulator, options, port);
        try
        {
            foreach (var user in new[] { MailboxOracle.Colleague, "mira@contoso.com" })
            {
                await SayAsync(control, "/sim/users", new JsonObject { ["user"] = user, ["name"] = user });
            }

            var token = (await SayAsync(control, "/sim/tokens", new JsonObject { ["user"] = "mira@contoso.com" }))["accessToken"]!.GetValue<string>();
            using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            (await api.GetAsync("/api/board", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            List<string> mails = [];
            ConcurrentBag<Guid> acknowledged = [];
            using var working = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync(api, acknowledged, working.Token)).ToArray();
            for (var kill = 0; kill < Kills; kill++)
            {
                for (var i = 0; i < MailsBetween; i++)
                {
                    mails.Add(await DeliverAsync(control));
                    await Task.Delay(random.Next(0, 120), TestContext.Current.CancellationToken);
                }

                // Calls are under way: another one has just been acknowledged.
                var before = acknowledged.Count;
                await World.UntilAsync(() => Task.FromResult(acknowledged.Count > before), Patience);
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(TestContext.Current.CancellationToken);
                server.Dispose();
                mails.Add(await DeliverAsync(control));
                server = await StartAsync(simulator, options, port);
            }

            await working.CancelAsync();
            await Task.WhenAll(callers);
            Assert.Equal(acknowledged.Order(), (await ReadAsync("SELECT CallId FROM calls WHERE MadeAt IS NOT NULL AND UndoneAt IS NULL", x => x.GetGuid(0))).Order());
            var gated = await GatedWhenAsync(mails.Count);
            Assert.Equal(mails.Order(StringComparer.Ordinal), gated.Order(StringComparer.Ordinal));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            server.Dispose();
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> DeliverAsync(HttpClient control) =>
        (await SayAsync(control, "/sim/messages", new JsonObject
        {
            ["user"] = "mira@contoso.com",
            ["message"] = new JsonObject
            {
                ["subject"] = "A question",
                ["from"] = World.Correspondent(MailboxOracle.Colleague),
                ["conversationId"] = Guid.NewGuid().ToString("N"),
            },
        }))["internetMessageId"]!.GetValue<string>();

    private static async Task<JsonNode> SayAsync(HttpClient control, string path, JsonObject body)
    {
        using var answer = await control.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<Process> StartAsync(SimulatorHost simulator, SimulatorOptions options, int port)
    {
        var settings = World.SettingsFor(simulator, options);
        settings["Storage:SqliteFile"] = Path.Combine(folder, "inboxgate.db");
        settings["Urls"] = settings["Mailbox:PublicAddress"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        settings["Mailbox:SweepInterval"] = "00:00:02";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "InboxGate.Web.dll"), .. settings.Select(x => $"--{x.Key}={x.Value}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri(settings["Urls"]!) };
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                (await client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
                return server;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(startedAt) < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>The mails that have a gate, once there are so many; what a killed server left is read again in its own time.</summary>
    private async Task<IReadOnlyList<string>> GatedWhenAsync(int number)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var gated = await ReadAsync("SELECT gates.InternetMessageId FROM gates JOIN messages ON messages.GateId = gates.GateId", x => x.GetString(0));
            if (gated.Count >= number || TimeProvider.System.GetElapsedTime(startedAt) > Patience)
            {
                return gated;
            }

            await Task.Delay(200);
        }
    }

    /// <summary>Logs call after call, each until it is acknowledged, as the pane's outbox does.</summary>
    private static async Task CallAsync(HttpClient api, ConcurrentBag<Guid> acknowledged, CancellationToken working)
    {
        while (!working.IsCancellationRequested)
        {
            var id = Guid.NewGuid();
            while (!await IsLoggedAsync(api, id))
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            acknowledged.Add(id);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<bool> IsLoggedAsync(HttpClient api, Guid call)
    {
        try
        {
            using var answer = await api.PutAsync($"/api/calls/{call}", null, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<List<T>> ReadAsync<T>(string query, Func<SqliteDataReader, T> read)
    {
        List<T> rows = [];
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "inboxgate.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are ours.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
