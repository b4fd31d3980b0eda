using System.Text.Json;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>What each client of Outlook has and lacks, as the real pane meets it.</summary>
public sealed class LookAlikeTests(Browser browser, SharedDemo shared) : IClassFixture<SharedDemo>
{
    private const string FromColleague = "Which discount did we give Woodgrove?";
    private const string FromProspect = "Re: Three plants, one maintenance plan";
    private const string OfTheTeam = "Who takes the trade fair on Saturday?";

    private string Outlook => shared.Demo.Outlook;

    [Fact]
    public async Task A_phone_has_one_button_a_whole_page_for_the_pane_and_little_else()
    {
        var outlook = await browser.OpenAsync(Outlook + "&client=phone", width: 390, height: 780);
        await outlook.SelectAsync(FromColleague);
        await Assertions.Expect(outlook.Page.Locator("#read-apps button")).ToHaveCountAsync(1);
        await outlook.Command("OpenPanePhone").ClickAsync();
        await outlook.PaneSaysAsync("3 calls before this answer");
        await outlook.PictureAsync("phone");

        var has = await outlook.PaneFrame.EvaluateAsync<JsonElement>("""
            async () => {
              const { mailbox, requirements, officeTheme, platform } = Office.context;
              const { item } = mailbox;
              const result = (act) => new Promise((resolve) => act((answer) => resolve(answer.error?.name ?? answer.status)));
              const bar = (key) => result((tell) => item.notificationMessages.addAsync(key, { type: 'informationalMessage', message: key, icon: 'i', persistent: false }, tell));
              await bar('first');
              await bar('second');
              const bars = await new Promise((resolve) => item.notificationMessages.getAllAsync(({ value }) => resolve(value.map(({ key }) => key))));
              return {
                platform,
                sets: ['1.5', '1.6'].map((set) => requirements.isSetSupported('Mailbox', set)),
                missing: [officeTheme, mailbox.convertToRestId, mailbox.displayNewMessageForm, mailbox.getSelectedItemsAsync, item.displayReplyForm, item.getSharedPropertiesAsync].map((it) => it === undefined),
                itemChanged: await result((tell) => mailbox.addHandlerAsync(Office.EventType.ItemChanged, () => {}, tell)),
                restId: !/[\/+]/.test(item.itemId),
                bars,
              };
            }
            """);

        Assert.Equal("iOS", has.GetProperty("platform").GetString());
        Assert.Equal([true, false], has.GetProperty("sets").EnumerateArray().Select(it => it.GetBoolean()));
        Assert.All(has.GetProperty("missing").EnumerateArray(), it => Assert.True(it.GetBoolean()));
        Assert.Equal("UnsupportedEvent", has.GetProperty("itemChanged").GetString());
        Assert.True(has.GetProperty("restId").GetBoolean());
        Assert.Equal(["second"], has.GetProperty("bars").EnumerateArray().Select(it => it.GetString()));
        await Assertions.Expect(outlook.Page.Locator("#pin")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Several_mails_can_be_selected_and_then_none_is_on_screen()
    {
        var outlook = await browser.OpenAsync(Outlook);
        await outlook.SelectAsync(FromColleague);
        await outlook.ShowsBannerAsync("3 calls before this answer");
        await outlook.PaneFrame.EvaluateAsync("() => Office.context.mailbox.addHandlerAsync(Office.EventType.SelectedItemsChanged, () => { window.heard = (window.heard ?? 0) + 1; })");

        await outlook.Mail(FromProspect).ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });

        await Assertions.Expect(outlook.Page.Locator("#nothing")).ToHaveTextAsync("2 mails are selected.");
        await outlook.PaneSaysAsync("Several messages selected.");
        await outlook.ShowsNoBannerAsync();
        Assert.Equal([FromColleague, FromProspect], (await SelectedSubjectsAsync(outlook)).Order(StringComparer.Ordinal).Reverse());
        Assert.True(await outlook.PaneFrame.EvaluateAsync<bool>("() => Office.context.mailbox.item === null && window.heard === 1"));
    }

    [Fact]
    public async Task The_list_selects_a_range_by_keyboard()
    {
        var outlook = await browser.OpenAsync(Outlook);
        await Assertions.Expect(outlook.Page.GetByTestId("message").First).ToBeVisibleAsync();
        await outlook.Page.GetByTestId("message-list").FocusAsync();
        await outlook.Page.Keyboard.PressAsync("Home");
        await outlook.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await outlook.Page.Keyboard.PressAsync("Shift+ArrowDown");

        await Assertions.Expect(outlook.Page.Locator("#nothing")).ToHaveTextAsync("3 mails are selected.");
        await outlook.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(outlook.Page.Locator("[data-testid=message][aria-selected=true]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Mail_of_a_shared_mailbox_names_it_and_owes_nothing()
    {
        var outlook = await browser.OpenAsync(Outlook);
        await outlook.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Team inbox") }).ClickAsync();

        await outlook.SelectAsync(OfTheTeam);

        await outlook.PaneSaysAsync("A shared mailbox: no calls needed.");
        await outlook.ShowsNoBannerAsync();
        var target = await outlook.PaneFrame.EvaluateAsync<string>(
            "() => new Promise((resolve) => Office.context.mailbox.item.getSharedPropertiesAsync(({ value }) => resolve(value.targetMailbox)))");
        Assert.Equal("team@contoso.com", target);
    }

    [Fact]
    public async Task An_Outlook_that_forgets_to_tell_has_changed_the_item_all_the_same()
    {
        var outlook = await browser.OpenAsync(Outlook + "&forgetful");
        await outlook.PaneIsReadyAsync();
        await outlook.PaneFrame.EvaluateAsync("() => Office.context.mailbox.addHandlerAsync(Office.EventType.ItemChanged, () => { window.heard = true; })");

        await outlook.SelectAsync(FromColleague);

        await outlook.PaneFrame.WaitForFunctionAsync("subject => Office.context.mailbox.item?.subject === subject", FromColleague);
        Assert.False(await outlook.PaneFrame.EvaluateAsync<bool>("() => window.heard === true"));
        await outlook.PaneFrame.EvaluateAsync("() => window.dispatchEvent(new Event('focus'))");
        await outlook.PaneSaysAsync("3 calls before this answer");
    }

    [Fact]
    public async Task A_dialog_is_a_window_of_the_panes_own_origin_one_at_a_time()
    {
        var outlook = await browser.OpenAsync(Outlook);
        await outlook.PaneIsReadyAsync();
        // In the page itself: the browser keeps a page that came from nowhere from fetching on the loopback interface.
        var office = await shared.Demo.Simulator.GetStringAsync("/office.js", TestContext.Current.CancellationToken);
        await outlook.Page.Context.RouteAsync("**/asking.html", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<script>{office}</script><script>Office.onReady(() => Office.context.ui.messageParent('hello ' + (Office.context.mailbox === undefined)))</script>",
        }));

        var answers = await outlook.PaneFrame.EvaluateAsync<string[]>("""
            async () => {
              const open = (address) => new Promise((resolve) => Office.context.ui.displayDialogAsync(address, { width: 30, height: 40 }, resolve));
              const foreign = await open('https://example.com/');
              const opened = await open(location.origin + '/asking.html');
              const message = new Promise((resolve) => opened.value.addEventHandler(Office.EventType.DialogMessageReceived, (event) => resolve(event.message)));
              const second = await open(location.origin + '/asking.html');
              const said = await message;
              opened.value.close();
              const third = await open(location.origin + '/asking.html');
              third.value.close();
              return [String(foreign.error.code), String(second.error.code), said, third.status];
            }
            """);

        Assert.Equal(["12004", "12007", "hello true", "succeeded"], answers);
    }

    [Fact]
    public async Task A_theme_is_told_with_its_colours()
    {
        var outlook = await browser.OpenAsync(Outlook + "&theme=light");
        await outlook.PaneIsReadyAsync();
        await outlook.PaneFrame.EvaluateAsync("() => Office.context.mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, ({ officeTheme }) => { window.told = officeTheme.bodyBackgroundColor; })");

        await outlook.Page.Locator("#settings").ClickAsync();
        await outlook.Page.Locator("#theme").SelectOptionAsync("forest");

        await outlook.PaneFrame.WaitForFunctionAsync("() => window.told === '#f2f8f3' && Office.context.officeTheme.bodyBackgroundColor === '#f2f8f3'");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("&naa=off", false)]
    public async Task Nested_sign_in_can_be_missing(string more, bool expected)
    {
        var outlook = await browser.OpenAsync(Outlook + more);
        await Assertions.Expect(outlook.Pane.Locator("main")).ToBeVisibleAsync();

        await outlook.PaneFrame.WaitForFunctionAsync("expected => Office.context.mailbox && Office.context.requirements.isSetSupported('NestedAppAuth', '1.1') === expected && (window.nestedAppAuthBridge !== undefined) === expected", expected);
    }

    [Fact]
    public async Task A_draft_is_known_as_Outlook_knows_it()
    {
        var outlook = await browser.OpenAsync(Outlook);
        await outlook.SelectAsync(FromColleague);
        await outlook.WriteReplyAsync("It was eight per cent.");
        await outlook.Command("OpenPaneCompose").ClickAsync();
        await outlook.PaneIsReadyAsync();

        var draft = await outlook.PaneFrame.EvaluateAsync<JsonElement>("""
            async () => {
              const { item } = Office.context.mailbox;
              const answer = (act) => new Promise((resolve) => act((result) => resolve(result.error?.name ?? result.value ?? result.status)));
              const bar = (key, more) => answer((tell) => item.notificationMessages.replaceAsync(key, { type: 'insightMessage', message: 'x', icon: 'i', actions: [{ actionType: 'showTaskPane', actionText: 'Open', commandId: 'OpenPaneCompose', contextData: '', ...more }] }, tell));
              const thrown = (act) => { try { act(); return 'nothing'; } catch (error) { return error.name; } };
              return {
                type: (await answer((tell) => item.getComposeTypeAsync(tell))).composeType,
                parent: item.inReplyTo,
                thread: typeof item.conversationId,
                to: (await answer((tell) => item.to.getAsync(tell)))[0].emailAddress,
                subject: await answer((tell) => item.subject.getAsync(tell)),
                id: await answer((tell) => item.getItemIdAsync(tell)),
                shared: await answer((tell) => item.getSharedPropertiesAsync(tell)),
                kept: await answer((tell) => item.sessionData.setAsync('a', 'b', tell)),
                // The key of our own bar, which may be there already.
                bar: await bar('gate'),
                secondBar: await bar('second'),
                unknownCommand: await bar('gate', { commandId: 'CallMadeCompose' }),
                noAction: thrown(() => item.notificationMessages.addAsync('k', { type: 'insightMessage', message: 'x', icon: 'i', actions: [] })),
              };
            }
            """);

        string Of(string name) => draft.GetProperty(name).GetString()!;
        Assert.Equal(("reply", "<tom-pricing@sample.example>", "string"), (Of("type"), Of("parent"), Of("thread")));
        Assert.Equal(("tom@contoso.com", "Re: " + FromColleague), (Of("to"), Of("subject")));
        Assert.Equal(("ItemNotSaved", "SharedPropertiesNotAvailable"), (Of("id"), Of("shared")));
        // The manifest asks for no more than reading.
        Assert.Equal("InsufficientPermission", Of("kept"));
        Assert.Equal(("succeeded", "InsightMessageExists", "InvalidCommandId"), (Of("bar"), Of("secondBar"), Of("unknownCommand")));
        Assert.Equal("Sys.ArgumentException", Of("noAction"));
    }

    [Fact]
    public async Task Replying_to_all_and_forwarding_fill_in_who_belongs_there()
    {
        var outlook = await browser.OpenAsync(Outlook);
        await outlook.SelectAsync("Quick look at my slides?");

        await outlook.Page.GetByTestId("reply-all").ClickAsync();
        await Assertions.Expect(outlook.Page.Locator("#compose-to")).ToHaveValueAsync("priya@contoso.com");
        await Assertions.Expect(outlook.Page.Locator("#compose-cc")).ToHaveValueAsync("tom@contoso.com");
        await outlook.Page.GetByTestId("discard").ClickAsync();
        await outlook.Page.GetByTestId("forward").ClickAsync();

        await Assertions.Expect(outlook.Page.Locator("#compose-to")).ToHaveValueAsync("");
        await Assertions.Expect(outlook.Page.Locator("#compose-subject")).ToHaveValueAsync("Fw: Quick look at my slides?");
    }

    private static Task<string[]> SelectedSubjectsAsync(Window outlook) =>
        outlook.PaneFrame.EvaluateAsync<string[]>("() => new Promise((resolve) => Office.context.mailbox.getSelectedItemsAsync(({ value }) => resolve(value.map(({ subject }) => subject))))");
}
