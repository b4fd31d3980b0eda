using System.Text.Json;
using Microsoft.Playwright;

namespace InboxGate.Benchmarks.Pane;

/// <param name="Shell">First visible button.</param>
/// <param name="Ready">That button can be used and, where the pane has data, the data is shown.</param>
internal readonly record struct Opening(double Shell, double Ready);

/// <summary>A headless Chromium that is as slow as a weak laptop on a slow mobile link, and watches panes open.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    // Debian's browser: nothing is downloaded.
    private const string Chromium = "/usr/bin/chromium";
    private const int CpuSlowdown = 4;

    /// <summary>"Slow 4G" of the browser's own tools: 562 ms a request, 180 kB/s down, 84 kB/s up.</summary>
    private static readonly Dictionary<string, object> Slow4G = new()
    {
        ["offline"] = false, ["latency"] = 562, ["downloadThroughput"] = 180_000, ["uploadThroughput"] = 84_000,
    };

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Watcher(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static async Task<Watcher> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Watcher(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <param name="token">A token at hand, as the pane keeps one from its last opening in this window; null for none.</param>
    /// <param name="isReady">Script that says whether a button of the page can be used and its data is shown.</param>
    public async Task<Window> OpenAsync(string? token, string isReady)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 640 } });
        var page = await context.NewPageAsync();
        if (token is not null)
        {
            var copy = JsonSerializer.Serialize(new { AccessToken = token, ExpiresOn = TimeProvider.System.GetUtcNow().AddMinutes(50).ToUnixTimeMilliseconds(), Account = (string?)null }, JsonSerializerOptions.Web);
            await page.AddInitScriptAsync($"try {{ sessionStorage['inboxgate.token'] = {JsonSerializer.Serialize(copy)} }} catch {{}}");
        }

        await page.AddInitScriptAsync($$"""
            (() => {
              const marks = (self.benchmark = { shell: 0, ready: 0 });
              const isReady = () => {{isReady}};
              const isShown = (element) => element.getClientRects().length > 0;
              const look = () => {
                if (!marks.shell && [...document.querySelectorAll('button')].some(isShown)) marks.shell = performance.now();
                if (!marks.ready && isReady()) marks.ready = performance.now();
                if (!marks.ready) requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            })();
            """);
        var devTools = await context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Network.enable");
        await devTools.SendAsync("Network.emulateNetworkConditions", Slow4G);
        await devTools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = CpuSlowdown });
        return new Window(context, page, devTools);
    }

    /// <summary>Opens Outlook's look-alike at full speed and lists what the pane in it fetched, its own origin only.</summary>
    public async Task<IReadOnlyCollection<string>> ScriptsInOutlookAsync(Uri outlook, Uri pane)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var scripts = new HashSet<string>();
        page.Response += (_, answer) =>
        {
            if (answer.Request.ResourceType is "script" or "document" && new Uri(answer.Url).Authority == pane.Authority)
            {
                scripts.Add(answer.Url);
            }
        };
        await page.GotoAsync(outlook.ToString());
        await page.FrameLocator("iframe").Locator("[aria-busy=false] .done, .day:not([aria-busy=true]) .done").First.WaitForAsync();
        await SettleAsync();
        return scripts;
    }

    /// <summary>Time for what comes after the first drawing.</summary>
    public static Task SettleAsync() => Task.Delay(Settling);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    internal sealed class Window(IBrowserContext context, IPage page, ICDPSession devTools) : IAsyncDisposable
    {
        public async Task<Opening> OpenAsync(Uri address)
        {
            // Away from the page before, so that the same address is opened anew and not merely reloaded.
            await page.GotoAsync("about:blank");
            await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync("() => self.benchmark.ready > 0", null, new() { Timeout = 60_000 });
            return new Opening(await page.EvaluateAsync<double>("self.benchmark.shell"), await page.EvaluateAsync<double>("self.benchmark.ready"));
        }

        /// <summary>Bytes of script objects once everything that comes later has come and what is not needed has gone.</summary>
        public async Task<double> HeapAsync()
        {
            await SettleAsync();
            await devTools.SendAsync("HeapProfiler.collectGarbage");
            var usage = await devTools.SendAsync("Runtime.getHeapUsage");
            return usage!.Value.GetProperty("usedSize").GetDouble();
        }

        /// <summary>Milliseconds from a click to the frame that shows another count.</summary>
        public async Task<double> ClickAsync(string button, string count)
        {
            await page.EvaluateAsync($$"""
                () => {
                  const shown = () => document.querySelector('{{count}}').textContent;
                  const before = shown();
                  self.benchmarkClick = new Promise((resolve) => addEventListener('click', ({ timeStamp }) => {
                    const look = () => requestAnimationFrame(() => (shown() === before ? look() : setTimeout(() => resolve(performance.now() - timeStamp))));
                    look();
                  }, { capture: true, once: true }));
                }
                """);
            await page.Locator(button).First.ClickAsync();
            return await page.EvaluateAsync<double>("self.benchmarkClick");
        }

        public async ValueTask DisposeAsync() => await context.DisposeAsync();
    }
}
