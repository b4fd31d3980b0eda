using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using InboxGate.Web.SignIn;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Pane;

/// <summary>The built pages as a browser gets them: complete, compressed, and allowed to load nothing but what they need.</summary>
public sealed partial class PagesTests(PostgresServer postgres)
{
    private const string Office = "https://appsforoffice.microsoft.com";
    private const string Public = "https://gate.example:8443";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "pane");

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.html").Select(x => Path.GetFileName(x))];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_page_may_run_its_own_inline_scripts_and_styles_by_hash_and_no_others(string page)
    {
        await using var world = await StartAsync();
        var (html, policy) = await PageAsync(world, page);

        foreach (var (directive, element) in new[] { ("script-src", "script"), ("style-src", "style") })
        {
            var inline = InlineElements().Matches(html).Where(x => x.Groups["element"].Value == element && !x.Groups["attributes"].Value.Contains("src=", StringComparison.Ordinal));
            var hashes = inline.Select(x => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(x.Groups["content"].Value)))}'").ToHashSet();
            Assert.Equal(hashes, policy[directive].Where(x => x.StartsWith("'sha256-", StringComparison.Ordinal)).ToHashSet());
        }

        Assert.DoesNotContain(policy.Values.SelectMany(x => x), x => x is "'unsafe-inline'" or "'unsafe-eval'" or "*" or "https:" or "http:");
        Assert.DoesNotMatch("(?i)<[^>]*\\s(style|on[a-z]+)=", html);
        Assert.DoesNotMatch("__[A-Z_]+__", html);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_page_reaches_itself_office_js_and_the_sign_in_authority_alone(string page)
    {
        await using var world = await StartAsync();
        var (html, policy) = await PageAsync(world, page);
        var authority = world.Services.GetRequiredService<IOptions<EntraOptions>>().Value.Authority.GetLeftPart(UriPartial.Authority);

        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.Equal(["'self'", Office], policy["script-src"].Where(x => !x.StartsWith("'sha256-", StringComparison.Ordinal)));
        Assert.Equal(["'self'"], policy["style-src"].Where(x => !x.StartsWith("'sha256-", StringComparison.Ordinal)));
        Assert.Equal(["'self'", "data:"], policy["img-src"]);
        Assert.Equal(["'self'", "wss://gate.example:8443", authority, Office], policy["connect-src"]);
        Assert.Equal(["'self'", authority], policy["frame-src"]);
        foreach (var nothing in new[] { "object-src", "base-uri", "form-action" })
        {
            Assert.Equal(["'none'"], policy[nothing]);
        }

        // What the page names is its own or one of these.
        foreach (Match address in Addresses().Matches(html))
        {
            var value = address.Groups["address"].Value;
            Assert.True(
                (value.StartsWith('/') && !value.StartsWith("//", StringComparison.Ordinal)) || value == "data:," || value.StartsWith(Office + "/", StringComparison.Ordinal),
                $"{page} names {value}.");
        }
    }

    [Fact]
    public void No_script_of_ours_names_another_host_but_for_the_call_in_Teams()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "assets"), "*.js").Where(x => OwnScripts().IsMatch(Path.GetFileName(x))).Append(Path.Combine(Folder, "events.js")).Where(File.Exists))
        {
            var hosts = Hosts().Matches(File.ReadAllText(file)).Select(x => x.Value).Distinct();
            // XML namespaces are names, not addresses; the call in Teams is a link that the rep follows, nothing that a page loads.
            Assert.Empty(hosts.Except(["http://www.w3.org", "https://teams.microsoft.com"]));
        }
    }

    [Fact]
    public async Task Everything_a_page_names_is_there_with_its_type_and_compressed()
    {
        await using var world = await StartAsync();
        using var client = world.Api(token: null);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in Pages)
        {
            var (html, _) = await PageAsync(world, row.Data);
            named.UnionWith(Addresses().Matches(html).Select(x => x.Groups["address"].Value).Where(x => x.StartsWith('/')));
        }

        named.UnionWith(Directory.EnumerateFiles(Path.Combine(Folder, "assets"), "*.js").Select(x => "/assets/" + Path.GetFileName(x)));
        Assert.NotEmpty(named);
        foreach (var path in named)
        {
            foreach (var encoding in new[] { "br", "gzip" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answered {(int)answer.StatusCode}.");
                Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
                Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
                Assert.Contains("Accept-Encoding", answer.Headers.Vary);
                // Only a name with a hash stands for one content for ever.
                Assert.Equal(path.StartsWith("/assets/", StringComparison.Ordinal), answer.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
            }
        }
    }

    [Theory]
    [InlineData(null, "en", "Call made")]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de", "Anruf erledigt")]
    [InlineData("pt-BR, fr-CA;q=0.8, en;q=0.2", "fr", "Appel passé")]
    [InlineData("en;q=0.2, ja;q=0.9", "ja", "電話済み")]
    [InlineData("es;q=0, pt", "en", "Call made")]
    [InlineData("*", "en", "Call made")]
    public async Task The_first_paint_speaks_the_readers_language_and_its_words_are_on_their_way(string? asked, string language, string button)
    {
        await using var world = await StartAsync();
        using var answer = await GetAsync(world, "/taskpane.html", headers => headers.TryAddWithoutValidation("Accept-Language", asked));
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"<html lang=\"{language}\" dir=\"ltr\">", html, StringComparison.Ordinal);
        Assert.Contains($"disabled>{button}</button>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Matches($"<link rel=\"modulepreload\" fetchpriority=\"high\" href=\"/assets/words-{language}-[^\"]+\\.js\">", html);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_page_is_asked_for_anew_and_sent_again_only_when_it_changed()
    {
        await using var world = await StartAsync();
        using var first = await GetAsync(world, "/taskpane.html");
        Assert.True(first.Headers.CacheControl!.NoCache);

        using var again = await GetAsync(world, "/taskpane.html", headers => headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var inGerman = await GetAsync(world, "/taskpane.html", headers =>
        {
            headers.IfNoneMatch.Add(first.Headers.ETag!);
            headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("de"));
        });
        using var head = await SendAsync(world, HttpMethod.Head, "/taskpane.html");

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, inGerman.StatusCode, head.StatusCode));
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.True(again.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Classic_outlook_learns_which_script_may_ask()
    {
        await using var world = await StartAsync();
        using var answer = await GetAsync(world, "/.well-known/microsoft-officeaddins-allowed.json");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"{{\"allowed\":[\"{Public}/events.js\"]}}", text);
    }

    [Fact]
    public async Task Who_may_frame_the_pages_is_a_setting()
    {
        await using var usual = await StartAsync();
        await using var set = await StartAsync(("Pane:FrameAncestors:0", "https://mail.example"), ("Pane:FrameAncestors:1", "https://*.teams.example"));

        Assert.Contains("https://outlook.cloud.microsoft", (await PageAsync(usual, "taskpane.html")).Policy["frame-ancestors"]);
        Assert.Equal(["'self'", "https://mail.example", "https://*.teams.example"], (await PageAsync(set, "taskpane.html")).Policy["frame-ancestors"]);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_a_browser_strict()
    {
        await using var world = await StartAsync();
        var gets = world.Services.GetServices<EndpointDataSource>().SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(x => "/" + string.Join('/', x.RoutePattern.PathSegments.Select(y => y.Parts[0] is RoutePatternLiteralPart literal ? string.Concat(y.Parts.OfType<RoutePatternLiteralPart>().Select(z => z.Content)) : "v1")))
            .Concat(["/", "/nothing", "/assets/nothing.js", "/api/nothing", "/assets/" + Path.GetFileName(Directory.EnumerateFiles(Path.Combine(Folder, "assets"), "*.js").First())])
            .ToHashSet();
        Assert.Contains("/api/board", gets);
        Assert.Contains("/taskpane.html", gets);

        foreach (var path in gets)
        {
            using var answer = await GetAsync(world, path);
            var type = answer.Content.Headers.ContentType?.MediaType;
            string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";

            Assert.True(Header("X-Content-Type-Options") == "nosniff", $"{path} may be sniffed.");
            Assert.Equal("no-referrer", Header("Referrer-Policy"));
            Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
            Assert.Equal("max-age=31536000", Header("Strict-Transport-Security"));
            Assert.StartsWith("default-src 'none'; ", Header("Content-Security-Policy"), StringComparison.Ordinal);
            if (type != "text/html")
            {
                Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            }

            // Outlook shows the pages in frames, and sign-in opens windows that must find back.
            foreach (var harmful in new[] { "X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Server" })
            {
                Assert.False(answer.Headers.Contains(harmful), $"{path} carries {harmful}.");
            }
        }
    }

    [Fact]
    public async Task Over_plain_http_no_browser_is_told_to_insist_on_https()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var answer = await GetAsync(world, "/taskpane.html");

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Contains($"ws://{world.Address.Authority}", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_not_built_stops_the_start_in_words()
    {
        var empty = Directory.CreateTempSubdirectory("inboxgate-no-pane-").FullName;
        try
        {
            var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("Pane:Folder", empty)));
            Assert.Contains("was not built", wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(empty);
        }
    }

    /// <summary>As while a new version is put in the place of this one.</summary>
    [Theory]
    [InlineData("taskpane.html", "/taskpane.html")]
    [InlineData("languages.json", "/taskpane.html")]
    [InlineData("events.js", "/events.js")]
    public async Task What_could_not_be_read_is_read_at_the_next_request(string file, string asked)
    {
        var copy = Directory.CreateTempSubdirectory("inboxgate-pane-");
        try
        {
            foreach (var each in Directory.EnumerateFiles(Folder))
            {
                File.Copy(each, Path.Combine(copy.FullName, Path.GetFileName(each)));
            }

            await using var world = await StartAsync(("Pane:Folder", copy.FullName));
            File.Delete(Path.Combine(copy.FullName, file));
            using var missing = await GetAsync(world, asked);
            Assert.Equal(HttpStatusCode.InternalServerError, missing.StatusCode);

            File.Copy(Path.Combine(Folder, file), Path.Combine(copy.FullName, file));
            using var there = await GetAsync(world, asked);
            Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private async Task<World> StartAsync(params (string Key, string Value)[] settings) => await World.StartAsync(
        Database.Sqlite,
        postgres,
        settings: new Dictionary<string, string?>(settings.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value))) { ["Mailbox:PublicAddress"] = Public, ["Mailbox:Watch"] = "false" });

    private static async Task<(string Html, Dictionary<string, string[]> Policy)> PageAsync(World world, string page)
    {
        using var answer = await GetAsync(world, "/" + page);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ")
            .Select(x => x.Split(' ')).ToDictionary(x => x[0], x => x[1..]);
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), policy);
    }

    private static Task<HttpResponseMessage> GetAsync(World world, string path, Action<HttpRequestHeaders>? with = null) => SendAsync(world, HttpMethod.Get, path, with);

    private static async Task<HttpResponseMessage> SendAsync(World world, HttpMethod method, string path, Action<HttpRequestHeaders>? with = null)
    {
        using var client = world.Api(token: null);
        using var request = new HttpRequestMessage(method, path);
        with?.Invoke(request.Headers);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<(?<element>script|style)(?<attributes>[^>]*)>(?<content>.*?)</\\k<element>>", RegexOptions.Singleline)]
    private static partial Regex InlineElements();

    [GeneratedRegex("<[^>]*\\s(?:src|href|action|data)=\"(?<address>[^\"]*)\"")]
    private static partial Regex Addresses();

    /// <summary>The libraries name Microsoft's clouds and their documentation; the page's policy is what they may reach.</summary>
    [GeneratedRegex("^(pane|words|later|screen|windows|theme|ticket|taskpane|team|settings)")]
    private static partial Regex OwnScripts();

    [GeneratedRegex("(?:https?|wss?)://[a-zA-Z0-9.-]+")]
    private static partial Regex Hosts();
}
