using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The add-in's buttons where Outlook puts them, and what they do.</summary>
public sealed class RibbonTests(Browser browser) : IAsyncLifetime
{
    private const string FromColleague = "Which discount did we give Woodgrove?";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    [Fact]
    public async Task Call_made_in_the_ribbon_counts_and_says_so_above_the_mail()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await Assertions.Expect(outlook.Command("CallMadeRead")).ToBeDisabledAsync();
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.HasTicketAsync();

        await outlook.Command("CallMadeRead").ClickAsync();

        await outlook.ShowsBannerAsync("2 calls before this answer");
        await outlook.PaneSaysAsync("2 calls before this answer");
        Assert.Equal(1, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task Call_made_above_a_reply_counts_and_says_so_there()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.HasTicketAsync();
        await outlook.WriteReplyAsync("It was eight per cent.");

        await outlook.Command("CallMadeCompose").ClickAsync();

        await outlook.ShowsBannerAsync("2 calls before this answer");
        Assert.Equal(1, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task The_bar_above_a_reply_opens_the_pane()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.HasTicketAsync();
        await outlook.WriteReplyAsync("It was eight per cent.");
        await outlook.ShowsBannerAsync("3 calls before this answer");

        await outlook.Page.GetByTestId("banner-action").ClickAsync();

        await outlook.PaneSaysAsync("3 calls before this answer");
        await outlook.PictureAsync("compose");
    }

    [Fact]
    public async Task Reading_and_composing_have_panes_of_their_own()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        var pane = outlook.Page.GetByTestId("pane");
        await outlook.SelectAsync(FromColleague);
        await Assertions.Expect(pane).ToHaveCountAsync(1);

        await outlook.WriteReplyAsync("It was eight per cent.");
        await Assertions.Expect(pane).ToHaveCountAsync(0);
        await outlook.Command("OpenPaneCompose").ClickAsync();
        await Assertions.Expect(pane).ToHaveCountAsync(1);
        await Assertions.Expect(outlook.Page.Locator("#pin")).ToBeHiddenAsync();
        await outlook.Page.GetByTestId("discard").ClickAsync();

        await Assertions.Expect(pane).ToHaveCountAsync(1);
        await Assertions.Expect(outlook.Page.Locator("#pin")).ToBeVisibleAsync();
        await outlook.Page.GetByTestId("reply").ClickAsync();
        await Assertions.Expect(pane).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_pane_that_is_not_pinned_closes_with_its_mail()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.SelectAsync(FromColleague);
        await outlook.Page.Locator("#pin").ClickAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("pane")).ToHaveCountAsync(1);

        await outlook.SelectAsync("Forecast by Friday?");

        await Assertions.Expect(outlook.Page.GetByTestId("pane")).ToHaveCountAsync(0);
        await outlook.Command("OpenPaneRead").ClickAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("pane")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("de-DE", "Anruf erledigt")]
    [InlineData("ja-JP", "電話済み")]
    public async Task The_buttons_speak_the_users_language(string language, string callMade)
    {
        var outlook = await browser.OpenAsync($"{demo.Outlook}&lang={language}");

        await Assertions.Expect(outlook.Command("CallMadeRead")).ToHaveTextAsync(callMade);
        await outlook.PaneSaysAsync(callMade);
    }

    [Fact]
    public async Task Once_the_add_in_is_removed_one_button_is_left()
    {
        var addIns = await demo.Simulator.GetStringAsync("/sim/addins", Stop);
        var id = System.Text.Json.Nodes.JsonNode.Parse(addIns)!.AsArray().Single()!["id"]!.GetValue<string>();
        using var removed = await demo.Simulator.DeleteAsync($"/sim/addins/{id}", Stop);

        var outlook = await browser.OpenAsync(demo.Outlook);

        await Assertions.Expect(outlook.Page.Locator("#read-apps button")).ToHaveTextAsync(["InboxGate"]);
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
    }
}
