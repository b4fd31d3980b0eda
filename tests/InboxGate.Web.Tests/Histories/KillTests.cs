using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.Tests.Stories;
using Microsoft.Data.Sqlite;

namespace InboxGate.Web.Tests.Histories;

/// <summary>The server as a process of its own, killed again and again while mail arrives.</summary>
public sealed class KillTests
{
    private const int Kills = 8;
    private const int MailsBetween = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-kill-").FullName;

    [Fact]
    public async Task A_server_that_is_killed_at_any_instant_misses_no_mail_and_repeats_none()
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
            for (var kill = 0; kill < Kills; kill++)
            {
                for (var i = 0; i < MailsBetween; i++)
                {
                    mails.Add(await DeliverAsync(control));
                    await Task.Delay(random.Next(0, 120), TestContext.Current.CancellationToken);
                }

                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(TestContext.Current.CancellationToken);
                server.Dispose();
                mails.Add(await DeliverAsync(control));
                server = await StartAsync(simulator, options, port);
            }

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
            List<string> gated = [];
            await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "inboxgate.db")};Mode=ReadOnly"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT gates.InternetMessageId FROM gates JOIN messages ON messages.GateId = gates.GateId";
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    gated.Add(reader.GetString(0));
                }
            }

            if (gated.Count >= number || TimeProvider.System.GetElapsedTime(startedAt) > Patience)
            {
                return gated;
            }

            await Task.Delay(200);
        }
    }
}
