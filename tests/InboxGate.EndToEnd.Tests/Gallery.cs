using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The page that draws any state of the pane by name (src/InboxGate.Pane/gallery), served from where it was built.</summary>
internal sealed class Gallery
{
    // Outlook serves add-ins from secure origins alone.
    private const string Address = "https://gallery.test/";

    private Gallery(IPage page, string[] states)
    {
        Page = page;
        States = states;
    }

    public IPage Page { get; }

    /// <summary>Every name of the pane's own type of states.</summary>
    public string[] States { get; }

    public static async Task<Gallery> OpenAsync(Browser browser, BrowserNewContextOptions options)
    {
        var page = await browser.NewPageAsync(options);
        await page.RouteAsync(Address + "**", route =>
        {
            var path = new Uri(route.Request.Url).AbsolutePath;
            return route.FulfillAsync(new() { Path = Path.Join(Demo.Named("Gallery"), path == "/" ? "index.html" : path) });
        });
        await page.GotoAsync(Address);
        await page.WaitForFunctionAsync("() => window.gallery");
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        return new(page, await page.EvaluateAsync<string[]>("() => gallery.names"));
    }

    public Task ShowAsync(string state, string language = "en") =>
        Page.EvaluateAsync("([state, language]) => gallery.show(state, language)", new[] { state, language });

    /// <summary>What does not fit into the width or into its own place, a line each.</summary>
    public Task<string[]> CutOffAsync() => Page.EvaluateAsync<string[]>("() => gallery.cutOff()");

    /// <summary>
    /// What axe finds, a line each. It runs in the page, which has no frames: the way of its Playwright package, which
    /// brings the script anew each time and puts the result together in another page, takes seconds for each state.
    /// </summary>
    /// <param name="rules">Null for all.</param>
    public Task<string[]> AxeAsync(string[]? rules) => Page.EvaluateAsync<string[]>(
        """
        async (rules) => {
          const { passes, violations } = await axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) });
          if (passes.length === 0) throw new Error('axe looked at nothing');
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        }
        """,
        rules);

    /// <summary>For people to look at, when GALLERY_PICTURES is set: hundreds of them take minutes.</summary>
    public Task PictureAsync(string folder, string state) =>
        Environment.GetEnvironmentVariable("GALLERY_PICTURES") is null ? Task.CompletedTask : Page.ScreenshotAsync(new()
        {
            FullPage = true,
            Path = Path.Combine(Demo.Named("Screenshots"), "gallery", folder, state.Replace(' ', '-') + ".png"),
        });
}
