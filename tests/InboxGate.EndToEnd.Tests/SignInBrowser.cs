using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>A browser of one person, with a profile of its own, that trusts the simulated Entra of one demo.</summary>
internal sealed class SignInBrowser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("inboxgate-profile-");
    private readonly ConcurrentQueue<string> grants = new();
    private readonly ConcurrentQueue<string> violations = new();
    private IPlaywright playwright = null!;
    private IBrowserContext context = null!;

    /// <summary>What was asked of the token endpoint so far.</summary>
    public IReadOnlyCollection<string> Grants => grants;

    /// <summary>What the pages' Content-Security-Policy had to forbid.</summary>
    public IReadOnlyCollection<string> Violations => violations;

    /// <param name="trustedKey">The hash of the public key to trust.</param>
    /// <param name="framesKnowSessions">False as browsers are set up nowadays: a hidden frame gets no cookies of its site.</param>
    public static async Task<SignInBrowser> StartAsync(string trustedKey, bool framesKnowSessions = false)
    {
        var browser = new SignInBrowser { playwright = await Playwright.CreateAsync() };
        if (framesKnowSessions)
        {
            Directory.CreateDirectory(Path.Combine(browser.profile.FullName, "Default"));
            await File.WriteAllTextAsync(
                Path.Combine(browser.profile.FullName, "Default", "Preferences"),
                new JsonObject { ["profile"] = new JsonObject { ["cookie_controls_mode"] = 0, ["block_third_party_cookies"] = false } }.ToJsonString());
        }

        browser.context = await browser.playwright.Chromium.LaunchPersistentContextAsync(browser.profile.FullName, new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--ignore-certificate-errors-spki-list={trustedKey}",
            ],
        });
        browser.context.Request += (_, request) =>
        {
            if (request.Url.Contains("/oauth2/v2.0/token", StringComparison.Ordinal))
            {
                browser.grants.Enqueue(GrantOf(request.PostData ?? ""));
            }
        };
        browser.context.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                browser.violations.Enqueue(message.Text);
            }
        };
        return browser;
    }

    public async Task<IPage> OpenAsync(string address, string? script = null)
    {
        var page = await context.NewPageAsync();
        if (script is not null)
        {
            await page.AddInitScriptAsync(script);
        }

        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        playwright.Dispose();
        profile.Delete(recursive: true);
    }

    private static string GrantOf(string form) =>
        form.Split('&').Select(pair => pair.Split('=')).First(pair => pair[0] == "grant_type")[1];
}
