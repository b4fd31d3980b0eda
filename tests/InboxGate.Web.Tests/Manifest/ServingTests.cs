using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Manifest;

namespace InboxGate.Web.Tests.Manifest;

public sealed class ServingTests
{
    [Theory]
    [InlineData("/manifest/outlook.xml", "application/xml; charset=utf-8", "inboxgate-outlook.xml")]
    [InlineData("/manifest/outlook.zip", "application/zip", "inboxgate-outlook.zip")]
    public async Task A_manifest_is_downloaded_under_a_name_that_says_what_it_is(string path, string type, string name)
    {
        await using var server = await ManifestServer.StartAsync();

        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(name, answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/manifest/outlook.xml"), InlineData("/manifest/outlook.zip"), InlineData("/icons/icon.svg"), InlineData("/icons/icon-16.png"), InlineData("/privacy.html")]
    public async Task What_a_client_has_already_is_not_sent_again(string path)
    {
        await using var server = await ManifestServer.StartAsync();
        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        using var asked = await server.Http.SendAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.True(asked.Content.Headers.ContentLength > 0);
        Assert.Empty(await asked.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(asked.Headers.ETag!.Tag));
        using var answer = await server.Http.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Theory]
    [InlineData("/icons/icon.svg", "image/svg+xml"), InlineData("/icons/icon-80.png", "image/png"), InlineData("/icons/call-16.png", "image/png")]
    public async Task Icons_are_kept_for_a_day(string path, string type)
    {
        await using var server = await ManifestServer.StartAsync();

        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(TimeSpan.FromDays(1), answer.Headers.CacheControl?.MaxAge);
    }

    [Theory]
    [InlineData("http://gate.example", "/manifest/outlook.xml"), InlineData("http://gate.example", "/manifest/outlook.zip"), InlineData("http://localhost:5080", "/manifest/outlook.zip")]
    public async Task Without_https_the_manifest_says_what_to_set(string address, string path)
    {
        await using var server = await ManifestServer.StartAsync(address);

        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        Assert.Equal("https://inboxgate.example/problems/manifest-needs-https", (string)problem!["type"]!);
        Assert.Contains("Mailbox:PublicAddress", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_ones_own_machine_the_look_alike_gets_its_manifest()
    {
        await using var server = await ManifestServer.StartAsync("http://localhost:5080");

        var manifest = new AddInOnlyManifest(await server.AddInOnlyAsync());

        Assert.Contains("http://localhost:5080/taskpane.html", manifest.Addresses);
    }

    [Fact]
    public async Task A_port_and_a_slash_of_the_address_are_minded()
    {
        await using var server = await ManifestServer.StartAsync("https://gate.example:8443/");

        var unified = new UnifiedManifest(await server.UnifiedAsync());

        Assert.Contains("https://gate.example:8443/taskpane.html", unified.Addresses);
        Assert.Equal("brk-multihub://gate.example:8443", (string)unified.WebApplication["nestedAppAuthInfo"]![0]!["redirectUri"]!);
    }

    [Theory]
    [InlineData("/about.html"), InlineData("/privacy.html"), InlineData("/terms.html")]
    public async Task The_pages_say_whom_to_ask(string path)
    {
        await using var server = await ManifestServer.StartAsync(settings: ("Manifest:Support", "help+gate@contoso.com"));

        var page = await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken);

        Assert.Contains("""Write to <a href="mailto:help%2Bgate@contoso.com">help&#x2B;gate@contoso.com</a>.""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("__", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Or_to_ask_the_administrator_when_nobody_is_named()
    {
        await using var server = await ManifestServer.StartAsync();

        Assert.Contains("Ask the administrator", await server.Http.GetStringAsync("/about.html", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_ones_own_takes_the_place_of_ours_under_the_same_address()
    {
        await using var server = await ManifestServer.StartAsync(settings: ("Manifest:PrivacyPage", "https://contoso.com/privacy?of=inboxgate"));

        using var answer = await server.Http.GetAsync("/privacy.html", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("https://contoso.com/privacy?of=inboxgate", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("javascript:alert(1)", null, "Manifest:Support"), InlineData("http://contoso.com/help", null, "Manifest:Support")]
    [InlineData("Ann Weber ann@contoso.com", null, "Manifest:Support"), InlineData(null, "http://contoso.com/privacy", "Manifest:PrivacyPage")]
    public void Settings_that_would_mislead_are_named(string? support, string? privacy, string named)
    {
        var options = new ManifestOptions { Support = support, PrivacyPage = privacy is null ? null : new Uri(privacy) };

        var problem = Assert.Single(options.Validate(new ValidationContext(options)));

        Assert.Contains(named, problem.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://contoso.com/help", "https://contoso.com/help"), InlineData("ann@contoso.com", "mailto:ann@contoso.com")]
    public void Support_is_a_page_or_a_mail_address(string support, string link) => Assert.Equal(link, ManifestOptions.SupportLink(support));
}
