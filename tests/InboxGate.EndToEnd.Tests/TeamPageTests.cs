using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The managers' page as the server serves it, with its own sign-in against the simulated Entra.</summary>
public sealed class TeamPageTests(SignInDemo started) : IClassFixture<SignInDemo>, IAsyncLifetime
{
    private const string Manager = "jon@contoso.com";

    /// <summary>Longer than the page leaves its team unasked for, even where nobody tells it of a change.</summary>
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 60_000 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo Demo => started.Demo;

    private SignInBrowser browser = null!;

    public async ValueTask InitializeAsync() => browser = await SignInBrowser.StartAsync(started.TrustedKey);

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator RowOf(IPage page, string name) => page.GetByRole(AriaRole.Row, new() { NameRegex = new(Regex.Escape(name)) });

    private async Task<IPage> OpenAsync(string user, int width = 1280)
    {
        var page = await browser.OpenAsync($"{Demo.Product.BaseAddress}team");
        await page.SetViewportSizeAsync(width, 800);
        var window = await page.RunAndWaitForPopupAsync(() => Button(page, "Sign in").ClickAsync());
        await window.GetByRole(AriaRole.Button, new() { NameRegex = new(Regex.Escape(user)) }).ClickAsync();
        return page;
    }

    [Fact]
    public async Task A_manager_sees_the_team_and_a_call_made_elsewhere_comes_by_itself()
    {
        var page = await OpenAsync(Manager);
        await Expect(RowOf(page, "Whole team")).ToContainTextAsync("of 95");
        await Expect(RowOf(page, "Noor Haddad")).ToContainTextAsync("6 of 19");
        var before = await Demo.CallsAsync(Stop);
        await Expect(RowOf(page, "Mira Sand")).ToContainTextAsync($"{before} of 19");

        using var logged = await Demo.Product.PutAsJsonAsync($"/api/calls/{Guid.NewGuid()}", new { }, Stop);
        logged.EnsureSuccessStatusCode();

        await Expect(RowOf(page, "Mira Sand")).ToContainTextAsync($"{before + 1} of 19", Patiently);
        Assert.Empty(browser.Violations);
    }

    [Fact]
    public async Task A_target_is_seen_before_it_is_asked_and_can_be_taken_back()
    {
        var page = await OpenAsync(Manager);
        await Button(page, "Targets: Tom Becker").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);

        await dialog.GetByLabel("How many").FillAsync("4");
        await dialog.GetByLabel("Of what").SelectOptionAsync("emails");
        await dialog.GetByLabel("Per").SelectOptionAsync("day");
        await Expect(dialog).ToContainTextAsync("From Mon, Mar 2 on: 0 becomes 4 emails.");
        await Button(page, "Ask for it").ClickAsync();
        await Expect(dialog).ToContainTextAsync("Asked: 4 emails a day, from Mon, Mar 2.");
        await Expect(dialog).ToContainTextAsync("Jon Adler");
        await Expect(page.Locator("tr", new() { HasText = "Tom Becker" })).ToContainTextAsync("0 of 4", Patiently);

        await Button(page, "Undo").ClickAsync();
        await Expect(dialog).ToContainTextAsync("Taken back by Jon Adler");
        await Button(page, "Close").ClickAsync();
        await Expect(RowOf(page, "Tom Becker")).ToContainTextAsync("0 no goal", Patiently);
        Assert.Empty(browser.Violations);
    }

    [Fact]
    public async Task Who_is_no_manager_is_told_what_is_missing()
    {
        var page = await OpenAsync(Demo.Rep);

        await Expect(page.Locator("main")).ToContainTextAsync("You need the Manager role to see a team.");
        await Expect(Button(page, "Sign in with another account")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_team_is_saved_as_a_file()
    {
        var page = await OpenAsync(Manager);

        var saved = await page.RunAndWaitForDownloadAsync(() => Button(page, "Save as CSV").ClickAsync());

        Assert.Equal("inboxgate-team-2026-03-02.csv", saved.SuggestedFilename);
        Assert.Contains("Noor Haddad", await File.ReadAllTextAsync(await saved.PathAsync(), Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(int width)
    {
        var page = await OpenAsync(Manager, width);
        await Expect(RowOf(page, "Mira Sand")).ToBeVisibleAsync();
        await FindNothingAsync(page);

        await Button(page, "Ask the whole team").ClickAsync();
        await page.GetByLabel("How many").FillAsync("500");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Summed over 5 reps.");
        await FindNothingAsync(page);
    }

    private static async Task FindNothingAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.SelectMany(it => it.Nodes.Select(node => $"{it.Id}: {node.Html}")));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }
}
