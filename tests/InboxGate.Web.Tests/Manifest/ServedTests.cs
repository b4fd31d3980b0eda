using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace InboxGate.Web.Tests.Manifest;

/// <summary>What the manifests promise, held against what the server has.</summary>
public sealed class ServedTests : IAsyncLifetime
{
    // A host that runs scripts and nothing else, as classic Outlook has for events: it writes down what is associated.
    private const string BareHost = """
        const { runInNewContext } = require('node:vm');
        const names = [];
        const office = { actions: { associate: (name, run) => { if (typeof run === 'function') names.push(name); } }, onReady: () => {}, context: {} };
        runInNewContext(require('node:fs').readFileSync(0, 'utf8'), { Office: office });
        console.log(JSON.stringify(names));
        """;

    private ManifestServer server = null!;

    public async ValueTask InitializeAsync() => server = await ManifestServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Every_address_is_answered()
    {
        var addresses = new AddInOnlyManifest(await server.AddInOnlyAsync()).Addresses.Concat(new UnifiedManifest(await server.UnifiedAsync()).Addresses).Distinct().ToList();
        Assert.Contains(ManifestServer.Address + "/events.js", addresses);

        foreach (var address in addresses)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, new Uri(address).PathAndQuery);
                using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {address} is answered with {(int)answer.StatusCode}.");
            }
        }
    }

    [Fact]
    public async Task Every_function_is_associated_in_the_script()
    {
        var wanted = new AddInOnlyManifest(await server.AddInOnlyAsync()).Functions.Order(StringComparer.Ordinal);

        var script = await server.Http.GetStringAsync("/events.js", TestContext.Current.CancellationToken);

        Assert.Equal(wanted, (await AssociatedAsync(script)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_script_may_sign_in_where_it_runs_alone()
    {
        var allowed = await server.Http.GetStringAsync("/.well-known/microsoft-officeaddins-allowed.json", TestContext.Current.CancellationToken);

        Assert.Contains(ManifestServer.Address + "/events.js", JsonDocument.Parse(allowed).RootElement.GetProperty("allowed").EnumerateArray().Select(x => x.GetString()));
    }

    [Theory]
    [InlineData("/about.html"), InlineData("/privacy.html"), InlineData("/terms.html")]
    public async Task The_pages_load_nothing_that_their_policy_forbids(string path)
    {
        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pane_signs_in_as_the_registration_allows()
    {
        await using var several = await ManifestServer.StartAsync(settings: ("Entra:Tenants:1", "33333333-3333-4333-8333-333333333333"));

        Assert.Equal("https://login.example/11111111-1111-4111-8111-111111111111", await AuthorityAsync(server));
        Assert.Equal("https://login.example/organizations", await AuthorityAsync(several));

        static async Task<string?> AuthorityAsync(ManifestServer of)
        {
            var page = await of.Http.GetStringAsync("/taskpane.html", TestContext.Current.CancellationToken);
            var start = page.IndexOf('{', page.IndexOf("id=\"config\"", StringComparison.Ordinal));
            return JsonDocument.Parse(page[start..(page.IndexOf('}', start) + 1)]).RootElement.GetProperty("authority").GetString();
        }
    }

    private static async Task<string[]> AssociatedAsync(string script)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", BareHost]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await node.StandardInput.WriteAsync(script);
        node.StandardInput.Close();
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<string[]>(said)!;
    }
}
