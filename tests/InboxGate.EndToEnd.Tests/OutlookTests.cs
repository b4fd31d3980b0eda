using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

public sealed class OutlookTests(Browser browser) : IAsyncLifetime
{
    private const string FromColleague = "Which discount did we give Woodgrove?";
    private const string FromUnknown = "Question about your service contract";
    private const string FromProspect = "Re: Three plants, one maintenance plan";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private Task<Window> OpenAsync() => browser.OpenAsync(demo.Outlook);

    [Fact]
    public async Task A_colleagues_mail_asks_for_three_calls_and_says_why()
    {
        var outlook = await OpenAsync();

        await outlook.SelectAsync(FromColleague);

        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.PaneSaysAsync("3 calls before this answer");
        await outlook.PaneSaysAsync("Tom Becker is a colleague");
        await outlook.PictureAsync("banner");
    }

    [Fact]
    public async Task A_prospects_mail_asks_for_nothing()
    {
        var outlook = await OpenAsync();

        await outlook.SelectAsync(FromProspect);

        await outlook.PaneSaysAsync("A prospect: answer first.");
        await outlook.ShowsNoBannerAsync();
    }

    [Fact]
    public async Task Three_clicks_earn_the_answer_in_this_window_and_in_another()
    {
        var outlook = await OpenAsync();
        var other = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await other.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await other.ShowsBannerAsync("3 calls before this answer");

        await outlook.LogCallAsync(thenBanner: "2 calls before this answer");
        await other.ShowsBannerAsync("2 calls before this answer");
        await outlook.LogCallAsync(thenBanner: "1 call before this answer");
        await outlook.LogCallAsync(thenBanner: "Earned: answer it");

        await other.ShowsBannerAsync("Earned: answer it");
        await other.PaneSaysAsync("Earned: answer it");
        Assert.Equal(3, await demo.CallsAsync(Stop));
        await outlook.PictureAsync("earned");
        await other.PictureAsync("earned-other-window");
    }

    [Fact]
    public async Task Undo_takes_the_last_call_back()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.LogCallAsync(thenBanner: "2 calls before this answer");

        await outlook.Button("Undo last call").ClickAsync();

        await outlook.ShowsBannerAsync("3 calls before this answer");
        Assert.Equal(0, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task An_unknown_sender_is_corrected_with_one_tap()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromUnknown);
        await outlook.ShowsBannerAsync("New sender: prospect?");

        await outlook.Button("Not a prospect").ClickAsync();

        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.Button("Undo").ClickAsync();
        await outlook.ShowsBannerAsync("New sender: prospect?");
        await outlook.PictureAsync("unknown-sender");
    }

    [Fact]
    public async Task Answering_now_takes_a_reason_and_lets_the_mail_through()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");

        await outlook.Pane.Locator("summary", new() { HasText = "Answer now" }).ClickAsync();
        await outlook.Button("A customer is waiting").ClickAsync();

        await outlook.PaneSaysAsync("Answer it now. The reason stays with you.");
        await outlook.ShowsNoBannerAsync();
        var board = await demo.BoardAsync(Stop);
        Assert.Equal(1, board["waivers"]!["today"]!.GetValue<int>());
        await outlook.PictureAsync("waived");
    }

    [Fact]
    public async Task A_click_without_a_connection_arrives_later_exactly_once()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");

        await outlook.Page.Context.SetOfflineAsync(true);
        await outlook.CallMade.ClickAsync();
        await outlook.PaneSaysAsync("1 call waiting to be sent");
        await outlook.PictureAsync("offline");
        var whileOffline = await demo.CallsAsync(Stop);
        await outlook.Page.Context.SetOfflineAsync(false);

        await outlook.ShowsBannerAsync("2 calls before this answer");
        await Assertions.Expect(outlook.Pane.GetByText("waiting to be sent")).ToHaveCountAsync(0);
        await outlook.Page.ReloadAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("2 calls before this answer");
        Assert.Equal(0, whileOffline);
        Assert.Equal(1, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task Whoever_is_signed_out_is_told_so_and_comes_back_with_one_click()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");

        await outlook.Page.Locator("#settings").ClickAsync();
        await outlook.Page.Locator("#signed-out").CheckAsync();
        await Assertions.Expect(outlook.Button("Sign in")).ToBeVisibleAsync();
        await outlook.PictureAsync("signed-out");
        await outlook.Button("Sign in").ClickAsync();

        await outlook.PaneSaysAsync("3 calls before this answer");
        await Assertions.Expect(outlook.Button("Sign in")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_Graph_is_down_the_gate_is_off_and_it_recovers_alone()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");

        await demo.TellSimulatorAsync("/sim/faults", new { status = 503, times = 100_000, retryAfter = 1 }, Stop);
        await demo.TellSimulatorAsync("/sim/messages", new { user = Demo.Rep, message = new { subject = "Unheard" } }, Stop);

        var slowly = new LocatorAssertionsToContainTextOptions { Timeout = 120_000 };
        await Assertions.Expect(outlook.Pane.Locator("main")).ToContainTextAsync("Everything may be answered", slowly);
        await outlook.ShowsNoBannerAsync();
        await outlook.PictureAsync("gate-off");

        using var mended = await demo.Simulator.DeleteAsync("/sim/faults", Stop);
        await Assertions.Expect(outlook.Banner).ToContainTextAsync("3 calls before this answer", slowly);
    }

    [Fact]
    public async Task New_mail_comes_at_the_press_of_a_button()
    {
        var outlook = await OpenAsync();
        await Assertions.Expect(outlook.Mail(FromColleague)).ToBeVisibleAsync();
        var before = await outlook.Page.GetByTestId("message").CountAsync();

        await outlook.Page.GetByTestId("new-mail").ClickAsync();

        await Assertions.Expect(outlook.Page.GetByTestId("message")).ToHaveCountAsync(before + 1);
    }

    [Fact]
    public async Task An_answer_sent_closes_its_gate()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");

        await outlook.HasTicketAsync();
        await outlook.WriteReplyAsync("It was eight per cent.");
        await Assertions.Expect(outlook.Page.GetByTestId("banner-action")).ToBeVisibleAsync();
        await outlook.SendAsync();
        await outlook.Page.GetByTestId("send-anyway").ClickAsync();

        await outlook.PaneSaysAsync("Answered.");
        await outlook.ShowsNoBannerAsync();
    }

    [Fact]
    public async Task A_mail_deleted_waits_for_no_calls()
    {
        var outlook = await OpenAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.PaneSaysAsync("4 held");

        await outlook.Page.Locator("#delete").ClickAsync();

        await outlook.PaneSaysAsync("3 held");
        await Assertions.Expect(outlook.Mail(FromColleague)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_clock_lets_nine_oclock_come()
    {
        var outlook = await OpenAsync();
        await Assertions.Expect(outlook.Page.Locator("#clock")).ToContainTextAsync("08:1");
        await outlook.PaneSaysAsync("by 9:00");

        await outlook.Page.Locator("#clock").ClickAsync();
        await outlook.Page.GetByText("To 9:00").ClickAsync();

        await Assertions.Expect(outlook.Page.Locator("#clock")).ToContainTextAsync("09:00");
        await outlook.PaneSaysAsync("by lunch");
    }

    [Fact]
    public async Task A_phones_width_shows_the_mail_and_the_pane_below_it()
    {
        var outlook = await browser.OpenAsync(demo.Outlook + "&theme=dark", width: 380, height: 760);

        await outlook.SelectAsync(FromColleague);

        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.CallMade.ScrollIntoViewIfNeededAsync();
        await outlook.LogCallAsync(thenBanner: "2 calls before this answer");
        await outlook.PictureAsync("phone-dark");
    }
}
