using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The page that draws any state of the pane by name (src/InboxGate.Pane/gallery), served from where it was built.</summary>
internal sealed class Gallery
{
    private const string Address = "http://gallery.test/";

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
        return new(page, await page.EvaluateAsync<string[]>("() => gallery.names"));
    }

    public Task ShowAsync(string state, string language = "en") =>
        Page.EvaluateAsync("([state, language]) => gallery.show(state, language)", new[] { state, language });

    /// <summary>What does not fit into the width or into its own place, a line each.</summary>
    public Task<string[]> CutOffAsync() => Page.EvaluateAsync<string[]>("() => gallery.cutOff()");

    /// <summary>For people to look at, when GALLERY_PICTURES is set: hundreds of them take minutes.</summary>
    public Task PictureAsync(string folder, string state) =>
        Environment.GetEnvironmentVariable("GALLERY_PICTURES") is null ? Task.CompletedTask : Page.ScreenshotAsync(new()
        {
            FullPage = true,
            Path = Path.Combine(Demo.Named("Screenshots"), "gallery", folder, state.Replace(' ', '-') + ".png"),
        });
}
