using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The reminder before a reply is sent, from the manifest to the mail in Sent Items.</summary>
public sealed class SendTests(Browser browser) : IAsyncLifetime
{
    private const string FromColleague = "Which discount did we give Woodgrove?";
    private const string FromProspect = "Re: Three plants, one maintenance plan";
    private const string Reply = "Re: Which discount did we give Woodgrove?";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private async Task<Window> WithReplyAsync(string more = "")
    {
        var outlook = await browser.OpenAsync(demo.Outlook + more);
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.HasTicketAsync();
        await outlook.WriteReplyAsync("It was eight per cent.");
        await outlook.ShowsBannerAsync("3 calls before this answer");
        return outlook;
    }

    [Fact]
    public async Task Sending_asks_first_and_each_call_can_be_logged_there()
    {
        var outlook = await WithReplyAsync();

        foreach (var (asked, then) in new[] { ("3 calls", "2 calls before this answer"), ("2 calls", "1 call before this answer"), ("1 call", "Earned: send it") })
        {
            await outlook.SendAsync();
            await Assertions.Expect(outlook.SendDialog).ToContainTextAsync($"{asked} before this answer");
            await outlook.PictureAsync("send-dialog");
            var callMade = outlook.Page.GetByTestId("take-action");
            await Assertions.Expect(callMade).ToHaveTextAsync("Call made");
            await callMade.ClickAsync();
            await outlook.ShowsBannerAsync(then);
        }

        await outlook.SendAsync();
        await outlook.PaneSaysAsync("Answered.");
        await outlook.HasSentAsync(Reply);
        Assert.Equal(3, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task Send_anyway_always_sends()
    {
        var outlook = await WithReplyAsync();

        await outlook.SendAsync();
        await outlook.Page.GetByTestId("send-anyway").ClickAsync();

        await outlook.HasSentAsync(Reply);
        Assert.Equal(0, await demo.CallsAsync(Stop));
    }

    [Fact]
    public async Task Closing_the_dialog_keeps_the_draft()
    {
        var outlook = await WithReplyAsync();
        await outlook.SendAsync();
        await Assertions.Expect(outlook.SendDialog).ToBeVisibleAsync();

        await outlook.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(outlook.SendDialog).ToBeHiddenAsync();
        await Assertions.Expect(outlook.Page.Locator("#compose-text")).ToHaveValueAsync("It was eight per cent.");
        Assert.DoesNotContain(Reply, await demo.SentAsync(Stop));
    }

    [Fact]
    public async Task Mail_to_a_prospect_and_new_mail_go_without_a_question()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.SelectAsync(FromProspect);
        await outlook.PaneSaysAsync("A prospect: answer first.");
        await outlook.HasTicketAsync();
        await outlook.WriteReplyAsync("I call you at ten.");

        await outlook.SendAsync();
        await outlook.HasSentAsync(FromProspect);
        await outlook.Page.GetByTestId("new-message").ClickAsync();
        await outlook.Page.Locator("#compose-to").FillAsync("tom@contoso.com");
        await outlook.Page.Locator("#compose-subject").FillAsync("Lunch?");
        await outlook.SendAsync();

        await outlook.HasSentAsync("Lunch?");
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("broken")]
    [InlineData("slow")]
    [InlineData("without a script")]
    [InlineData("without a ticket")]
    public async Task Whatever_is_wrong_lets_the_mail_go_unasked(string trouble)
    {
        var outlook = await WithReplyAsync();
        Func<Task> begin = trouble switch
        {
            "unreachable" => () => outlook.Page.RouteAsync("**/api/reply-check", route => route.AbortAsync()),
            "broken" => () => outlook.Page.RouteAsync("**/api/reply-check", route => route.FulfillAsync(new() { Status = 500 })),
            // Never answered: the reminder has to decide without it.
            "slow" => () => outlook.Page.RouteAsync("**/api/reply-check", _ => Task.CompletedTask),
            "without a script" => () => outlook.Page.RouteAsync("**/commands.html", route => route.AbortAsync()),
            _ => () => outlook.Page.EvaluateAsync("Object.keys(localStorage).filter((key) => key.startsWith('outlook.roaming.')).forEach((key) => localStorage.removeItem(key))"),
        };
        await begin();

        await outlook.SendAsync();

        await outlook.HasSentAsync(Reply);
        await Assertions.Expect(outlook.SendDialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Offline_the_mail_waits_in_the_outbox_and_then_goes_once()
    {
        var outlook = await WithReplyAsync();

        await outlook.Page.Context.SetOfflineAsync(true);
        await outlook.SendAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("compose")).ToBeHiddenAsync();
        Assert.DoesNotContain(Reply, await demo.SentAsync(Stop));
        await outlook.Page.Context.SetOfflineAsync(false);

        await outlook.HasSentAsync(Reply);
        Assert.Single(await demo.SentAsync(Stop), Reply);
    }

    [Fact]
    public async Task In_classic_Outlook_the_script_alone_asks()
    {
        var scripts = 0;
        var outlook = await WithReplyAsync("&client=windows");
        outlook.Page.Worker += (_, _) => scripts++;

        await outlook.SendAsync();

        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("3 calls before this answer");
        Assert.Equal(1, scripts);
        await outlook.Page.GetByTestId("take-action").ClickAsync();
        await outlook.ShowsBannerAsync("2 calls before this answer");
    }

    [Fact]
    public async Task A_script_that_the_add_in_does_not_list_may_ask_nobody()
    {
        var outlook = await WithReplyAsync("&client=windows");
        await outlook.Page.RouteAsync("**/.well-known/microsoft-officeaddins-allowed.json", route => route.FulfillAsync(new() { Body = "{\"allowed\":[]}" }));

        await outlook.SendAsync();

        await outlook.HasSentAsync(Reply);
    }

    [Fact]
    public async Task Before_requirement_set_1_15_the_dialogs_button_opens_the_pane()
    {
        var outlook = await WithReplyAsync("&mailbox=1.14");
        await outlook.SendAsync();
        await Assertions.Expect(outlook.SendDialog).ToBeVisibleAsync();

        await outlook.Page.GetByTestId("take-action").ClickAsync();

        await Assertions.Expect(outlook.CallMade).ToBeVisibleAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("compose")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_Mac_knows_the_mail_by_its_conversation_and_offers_its_own_buttons()
    {
        var outlook = await WithReplyAsync("&client=mac");

        await outlook.SendAsync();

        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("3 calls before this answer");
        await Assertions.Expect(outlook.Page.GetByTestId("take-action")).ToHaveCountAsync(0);
        await outlook.Page.GetByTestId("dont-send").ClickAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("compose")).ToBeVisibleAsync();
        Assert.DoesNotContain(Reply, await demo.SentAsync(Stop));
    }

    [Fact]
    public async Task A_phone_sends_without_a_question()
    {
        var outlook = await browser.OpenAsync(demo.Outlook + "&client=phone", width: 390, height: 780);
        await outlook.SelectAsync(FromColleague);
        await outlook.WriteReplyAsync("It was eight per cent.");

        await outlook.SendAsync();

        await Assertions.Expect(outlook.Page.GetByTestId("compose")).ToBeHiddenAsync();
        await Assertions.Expect(outlook.SendDialog).ToBeHiddenAsync();
        await outlook.Page.Locator("#back").ClickAsync();
        await outlook.Page.Locator("#folder").SelectOptionAsync("sent");
        await Assertions.Expect(outlook.Mail("Re: " + FromColleague)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_reply_to_mail_of_a_shared_mailbox_goes_unasked()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.HasTicketAsync();
        await outlook.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Team inbox") }).ClickAsync();
        await outlook.SelectAsync("Who takes the trade fair on Saturday?");
        await outlook.WriteReplyAsync("I can.");

        await outlook.SendAsync();

        await outlook.HasSentAsync("Re: Who takes the trade fair on Saturday?");
        await Assertions.Expect(outlook.SendDialog).ToBeHiddenAsync();
    }
}
