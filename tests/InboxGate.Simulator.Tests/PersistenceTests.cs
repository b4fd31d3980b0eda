using System.Net;
using System.Net.Http.Json;

namespace InboxGate.Simulator.Tests;

/// <summary>A copy of the directory of a running simulator is what a kill would have left behind.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly string first = Directory.CreateTempSubdirectory("inboxgate-test-").FullName;
    private readonly string second = Directory.CreateTempSubdirectory("inboxgate-test-").FullName;

    [Fact]
    public async Task Everything_outlives_a_kill()
    {
        await using var endpoint = await Endpoint.StartAsync();
        string deltaLink, token, before;
        int httpPort, httpsPort;
        await using (var simulation = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first }))
        {
            await simulation.AnnAsync();
            await simulation.PostAsync("/sim/tenant", new { domains = new[] { "fabrikam.com" } });
            await simulation.PostAsync("/sim/clock", new { now = "2026-03-02T08:05:00Z" });
            await simulation.DeliverAsync("kept", "<kept@fabrikam.com>");
            await simulation.DeliverAsync("moved", "<moved@fabrikam.com>");
            var (_, round, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailFolders/inbox/messages/delta");
            deltaLink = (string)round!["@odata.deltaLink"]!;
            await simulation.PostAsync("/sim/moves", new { user = Simulation.Ann, internetMessageId = "<moved@fabrikam.com>", folder = "archive" });
            await simulation.Graph().Subscriptions.PostAsync(SubscriptionTests.Wanted(simulation, endpoint), cancellationToken: Simulation.Stop);
            token = await simulation.ApplicationTokenAsync();
            before = await PictureAsync(simulation);
            (httpPort, httpsPort) = (simulation.Host.HttpAddress.Port, simulation.Host.HttpsAddress.Port);
            foreach (var file in Directory.GetFiles(first))
                File.Copy(file, Path.Combine(second, Path.GetFileName(file)));
        }

        // The same ports, as the issuer of the tokens holds them.
        await using var restarted = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = second, HttpPort = httpPort, HttpsPort = httpsPort });
        var after = await PictureAsync(restarted);
        var (status, next, _) = await restarted.GraphAsync(HttpMethod.Get, deltaLink, token: token);
        await restarted.DeliverAsync("new");

        Assert.Equal(before, after);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("changed", (string?)Assert.Single(next!["value"]!.AsArray())!["@removed"]!["reason"]);
        Assert.Equal("created", (string?)(await endpoint.NextAsync())["changeType"]);
        Assert.InRange(restarted.Host.Clock.GetUtcNow(), DateTimeOffset.Parse("2026-03-02T08:05:00Z", null), DateTimeOffset.Parse("2026-03-02T09:05:00Z", null));
    }

    [Fact]
    public async Task What_administrators_have_set_outlives_a_restart_too()
    {
        static async Task<string> ShownAsync(Simulation simulation)
        {
            var (_, settings, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailboxSettings?$select=timeZone,workingHours,automaticRepliesSetting");
            var (_, categories, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/outlook/masterCategories");
            return string.Join('\n', settings!["workingHours"], settings["automaticRepliesSetting"], categories!["value"],
                await simulation.GetAsync("/sim/permissions"), await simulation.GetAsync("/sim/users"));
        }

        string before;
        await using (var simulation = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first }))
        {
            await simulation.PostAsync("/sim/users", new
            {
                user = Simulation.Ann,
                customTimeZone = new { bias = -60 },
                automaticReplies = new { from = "2026-12-24T08:00:00Z", until = "2026-12-28T08:00:00Z" },
            });
            await simulation.PostAsync("/sim/users", new { user = "bob@contoso.com" });
            await simulation.PostAsync("/sim/permissions", new { granted = new[] { "MailboxSettings.ReadWrite" }, denied = new[] { "Mail.ReadBasic.All" } });
            var categories = $"/users/{Simulation.Ann}/outlook/masterCategories";
            var (_, made, _) = await simulation.GraphAsync(HttpMethod.Post, categories, new { displayName = "gone", color = "preset1" });
            await simulation.GraphAsync(HttpMethod.Post, categories, new { displayName = "kept", color = "preset2" });
            await simulation.GraphAsync(HttpMethod.Delete, $"{categories}/{made!["id"]}");
            using var moved = await simulation.Http.PostAsync("/sim/mailboxes", JsonContent.Create(new { user = "bob@contoso.com", state = "outOfScope" }), Simulation.Stop);
            before = await ShownAsync(simulation);
        }

        await using var restarted = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first });
        var after = await ShownAsync(restarted);

        Assert.Equal(before, after);
        Assert.Contains("outOfScope", after, StringComparison.Ordinal);
        Assert.Contains("kept", after, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_torn_by_the_kill_is_cut_off_and_nothing_else_is_lost()
    {
        var journal = Path.Combine(first, "journal.jsonl");
        await using (var simulation = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first }))
            await simulation.AnnAsync();
        await File.AppendAllTextAsync(journal, "{\"event\":\"userSaved\",\"us", Simulation.Stop);

        await using (var restarted = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first }))
            await restarted.PostAsync("/sim/users", new { user = "bob@contoso.com" });
        await using var again = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first });

        Assert.Equal([Simulation.Ann, "bob@contoso.com"], (await again.GetAsync("/sim/users")).AsArray().Select(user => (string?)user!["user"]));
    }

    [Fact]
    public async Task A_broken_line_in_the_middle_stops_the_start_and_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(first, "journal.jsonl"), "nonsense\n", Simulation.Stop);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = first }));

        Assert.Contains("Line 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_directory_nothing_is_left_behind()
    {
        string authority;
        await using (var simulation = await Simulation.StartAsync(options => options with { KeysDirectory = null }))
        {
            authority = simulation.Host.CertificateAuthorityFile;
            Assert.True(File.Exists(authority));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(authority)));
    }

    public void Dispose()
    {
        Directory.Delete(first, recursive: true);
        Directory.Delete(second, recursive: true);
    }

    private static async Task<string> PictureAsync(Simulation simulation)
    {
        var pictures = new List<string> { simulation.Host.AuthorityCertificatePem };
        foreach (var path in new[] { "/sim/tenant", "/sim/users", "/sim/subscriptions", $"/sim/mailbox?user={Simulation.Ann}" })
            pictures.Add((await simulation.GetAsync(path)).ToJsonString());
        return string.Join('\n', pictures);
    }
}
