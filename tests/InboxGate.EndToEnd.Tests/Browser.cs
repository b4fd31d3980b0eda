using System.Collections.Concurrent;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(InboxGate.EndToEnd.Tests.Browser))]

namespace InboxGate.EndToEnd.Tests;

/// <summary>One headless Chromium for all tests; every window has a profile of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Debian's browser: nothing is downloaded.
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>What the running test of each class has opened.</summary>
    private readonly ConcurrentDictionary<string, (string Test, List<IBrowserContext> Opened)> running = new();

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        Assertions.SetDefaultExpectTimeout(45_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A page with a profile of its own.</summary>
    internal async Task<IPage> NewPageAsync(BrowserNewContextOptions options)
    {
        var opened = await OpenedByThisTestAsync();
        var context = await browser!.NewContextAsync(options);
        opened.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>The tests of a class run one after the other. What the one before has opened is closed: it would go on asking its server, and keep the others waiting.</summary>
    private async Task<List<IBrowserContext>> OpenedByThisTestAsync()
    {
        var test = TestContext.Current.Test!.UniqueID;
        var kind = TestContext.Current.TestClass!.UniqueID;
        if (running.TryGetValue(kind, out var before) && before.Test != test)
        {
            await Task.WhenAll(before.Opened.Select(x => x.CloseAsync()));
            running.TryRemove(kind, out _);
        }

        return running.GetOrAdd(kind, _ => (test, [])).Opened;
    }

    internal async Task<Window> OpenAsync(string address, int width = 1280, int height = 800)
    {
        var page = await NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        await page.GotoAsync(address);
        return new Window(page);
    }
}
