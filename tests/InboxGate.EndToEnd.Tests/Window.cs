using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>One window of the look-alike with the pane in it, in the words of a rep.</summary>
internal sealed class Window(IPage page)
{
    public IPage Page => page;

    public ILocator Banner => page.GetByTestId("banner");

    public IFrameLocator Pane => page.FrameLocator("[data-testid=pane]");

    /// <summary>The pane's page in its frame, to ask of Office what the pane could ask.</summary>
    public IFrame PaneFrame => page.Frames.Single(frame => frame.Url.EndsWith("/taskpane.html", StringComparison.Ordinal));

    public ILocator SendDialog => page.GetByTestId("send-dialog");

    public ILocator CallMade => Pane.GetByRole(AriaRole.Button, new() { NameRegex = new("^Call made") });

    public ILocator Mail(string subject) => page.Locator($"[data-testid=message][data-subject='{subject}']");

    /// <summary>Waits until the pane is drawn and Outlook has answered it.</summary>
    public async Task PaneIsReadyAsync()
    {
        await Assertions.Expect(CallMade).ToBeVisibleAsync();
        await PaneFrame.WaitForFunctionAsync("() => window.Office?.context.mailbox");
    }

    /// <summary>A button that the manifest names.</summary>
    public ILocator Command(string id) => page.GetByTestId($"command-{id}");

    /// <summary>Opens a reply to the mail on screen and writes it.</summary>
    public async Task WriteReplyAsync(string text)
    {
        await page.GetByTestId("reply").ClickAsync();
        await page.Locator("#compose-text").FillAsync(text);
    }

    public Task SendAsync() => page.GetByTestId("send").ClickAsync();

    /// <summary>What becomes of a sent mail: the draft is gone and the mail is in Sent Items.</summary>
    public async Task HasSentAsync(string subject)
    {
        await Assertions.Expect(page.GetByTestId("compose")).ToBeHiddenAsync();
        await page.Locator("[data-folder=sent]").ClickAsync();
        await Assertions.Expect(Mail(subject)).ToBeVisibleAsync();
    }

    /// <summary>Waits until the pane has fetched and kept what launch events ask the server with.</summary>
    public Task HasTicketAsync() => page.WaitForFunctionAsync("() => Object.keys(localStorage).some((key) => key.startsWith('outlook.roaming.') && localStorage[key].includes('inboxgate.ticket'))");

    public Task SelectAsync(string subject) => Mail(subject).ClickAsync();

    public ILocator Button(string name) => Pane.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Opens the settings from the foot of the pane. What loads above moves it now and then just as it is pressed: a person presses again.</summary>
    public async Task OpenSettingsAsync()
    {
        var dialog = Pane.GetByRole(AriaRole.Dialog);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Button("Settings").Last.ClickAsync();
                await dialog.WaitForAsync(new() { Timeout = 15_000 });
                return;
            }
            catch (TimeoutException) when (tries < 3)
            {
                // Pressed beside it, or it came late.
                if (await dialog.IsVisibleAsync())
                {
                    return;
                }
            }
        }
    }

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
