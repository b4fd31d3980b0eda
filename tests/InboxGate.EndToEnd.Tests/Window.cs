using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>One window of the look-alike with the pane in it, in the words of a rep.</summary>
internal sealed class Window(IPage page)
{
    public IPage Page => page;

    public ILocator Banner => page.GetByTestId("banner");

    public IFrameLocator Pane => page.FrameLocator("[data-testid=pane]");

    public ILocator CallMade => Pane.GetByRole(AriaRole.Button, new() { NameRegex = new("^Call made") });

    public ILocator Mail(string subject) => page.Locator($"[data-testid=message][data-subject='{subject}']");

    public Task SelectAsync(string subject) => Mail(subject).ClickAsync();

    public ILocator Button(string name) => Pane.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until the click is counted, as a person looks before clicking again.</summary>
    public async Task LogCallAsync(string thenBanner)
    {
        await CallMade.ClickAsync();
        await ShowsBannerAsync(thenBanner);
    }

    public Task ShowsBannerAsync(string text) => Assertions.Expect(Banner).ToContainTextAsync(text);

    public Task ShowsNoBannerAsync() => Assertions.Expect(Banner).ToHaveCountAsync(0);

    public Task PaneSaysAsync(string text) => Assertions.Expect(Pane.Locator("main")).ToContainTextAsync(text);

    public Task PictureAsync(string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Named("Screenshots"), name + ".png") });
}
