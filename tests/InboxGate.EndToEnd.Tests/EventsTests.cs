using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The scripts that Outlook starts by itself, and the pane: what one of them keeps, the other goes on with.</summary>
public sealed class EventsTests(Browser browser) : IAsyncLifetime
{
    private const string FromColleague = "Which discount did we give Woodgrove?";
    private const string FromProspect = "Re: Three plants, one maintenance plan";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private async Task<Window> ReadingAsync(string subject, string more = "")
    {
        var outlook = await browser.OpenAsync(demo.Outlook + more);
        await outlook.SelectAsync(subject);
        await outlook.HasTicketAsync();
        return outlook;
    }

    /// <summary>With the reply's own bar above it, which the mail that is read lacks: then the launch event has done its work.</summary>
    private async Task<Window> ReplyingAsync(string more = "")
    {
        var outlook = await ReadingAsync(FromColleague, more);
        await Assertions.Expect(outlook.Banner).ToBeVisibleAsync();
        await outlook.WriteReplyAsync("It was eight per cent.");
        await Assertions.Expect(outlook.Page.GetByTestId("banner-action")).ToBeVisibleAsync();
        return outlook;
    }

    [Fact]
    public async Task A_call_of_the_ribbon_is_confirmed_there_and_taken_back_in_the_pane()
    {
        var outlook = await ReadingAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");

        // An open pane soon says the same in its own words.
        await outlook.Page.Locator("#close-pane").ClickAsync();
        await outlook.Command("CallMadeRead").ClickAsync();

        await outlook.ShowsBannerAsync("Call made. 2 calls before this answer.");
        await outlook.Command("OpenPaneRead").ClickAsync();
        await outlook.Button("Undo last call").ClickAsync();
        await outlook.ShowsBannerAsync("3 calls before this answer");
        Assert.Equal(0, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task A_call_that_no_answer_waits_for_is_counted_too()
    {
        var outlook = await ReadingAsync(FromProspect);

        await outlook.Command("CallMadeRead").ClickAsync();

        await outlook.ShowsBannerAsync("Call made. 1 today.");
        await outlook.PaneSaysAsync("1 of ");
        Assert.Equal(1, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task A_call_that_the_ribbon_cannot_send_waits_and_is_sent_by_the_pane_once()
    {
        var outlook = await ReadingAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.Page.RouteAsync("**/api/reply-check/**", route => route.AbortAsync());

        await outlook.Command("CallMadeRead").ClickAsync();
        await outlook.ShowsBannerAsync("1 call waiting to be sent");
        await outlook.PictureAsync("ribbon-waiting");

        await outlook.ShowsBannerAsync("2 calls before this answer");
        Assert.Equal(1, await demo.CallsAsync(Stop));
        await outlook.Page.ReloadAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("2 calls before this answer");
        Assert.Equal(1, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task A_call_of_a_dialog_that_can_only_open_the_pane_is_logged_by_that_pane_once()
    {
        var outlook = await ReplyingAsync("&mailbox=1.14");
        await outlook.SendAsync();

        await outlook.Page.GetByTestId("take-action").ClickAsync();

        await outlook.ShowsBannerAsync("2 calls before this answer");
        await Assertions.Expect(outlook.Button("Undo last call")).ToBeVisibleAsync();
        await outlook.SendAsync();
        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("2 calls before this answer");
        Assert.Equal(1, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task The_bar_above_a_reply_follows_the_calls_made_in_the_pane()
    {
        var outlook = await ReplyingAsync();
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.Page.GetByTestId("banner-action").ClickAsync();

        await outlook.LogCallAsync(thenBanner: "2 calls before this answer");
        await outlook.LogCallAsync(thenBanner: "1 call before this answer");
        await Assertions.Expect(outlook.Page.GetByTestId("banner-action")).ToHaveCountAsync(1);
        await outlook.LogCallAsync(thenBanner: "Earned: answer it");

        await Assertions.Expect(outlook.Banner).ToHaveCountAsync(1);
        await outlook.SendAsync();
        await outlook.HasSentAsync("Re: " + FromColleague);
    }

    [Theory]
    [InlineData("de-DE", "3 Anrufe vor dieser Antwort", "Anruf erledigt. 2 Anrufe vor dieser Antwort.")]
    [InlineData("fr-FR", "3 appels avant cette réponse", "Appel passé. 2 appels avant cette réponse.")]
    [InlineData("ja-JP", "返信の前に電話3件", "電話済み。返信の前に電話2件。")]
    public async Task Bar_dialog_and_confirmation_speak_the_language_of_Outlook(string language, string owed, string confirmed)
    {
        var outlook = await ReplyingAsync($"&lang={language}");
        await outlook.ShowsBannerAsync(owed);

        await outlook.SendAsync();
        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync(owed);
        await outlook.Page.GetByTestId("take-action").ClickAsync();

        await outlook.ShowsBannerAsync(confirmed);
        await outlook.PictureAsync($"send-{language}");
    }
}
