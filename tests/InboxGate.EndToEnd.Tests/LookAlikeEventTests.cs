using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>How the look-alike waits for a launch event, tried with scripts that do what none should do.</summary>
public sealed class LookAlikeEventTests(Browser browser, SharedDemo shared) : IClassFixture<SharedDemo>
{
    /// <summary>No two tests send the same mail.</summary>
    private readonly string subject = $"Lunch {Guid.NewGuid():N}";

    /// <summary>Sends a mail while the add-in's script is this one.</summary>
    private async Task<Window> SentWithAsync(string onSend)
    {
        var outlook = await browser.OpenAsync(shared.Demo.Outlook);
        await outlook.Page.RouteAsync("**/events.js", route => route.FulfillAsync(new()
        {
            ContentType = "text/javascript",
            Body = $"Office.actions.associate('onNewMessageCompose', (event) => event.completed()); Office.actions.associate('onMessageSend', (event) => {{ {onSend} }});",
        }));
        await outlook.Page.GetByTestId("new-message").ClickAsync();
        await outlook.Page.Locator("#compose-to").FillAsync("tom@contoso.com");
        await outlook.Page.Locator("#compose-subject").FillAsync(subject);
        await outlook.SendAsync();
        return outlook;
    }

    [Fact]
    public async Task After_five_seconds_of_silence_the_sender_may_send_anyway()
    {
        var outlook = await SentWithAsync("");

        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("taking longer than expected");
        await outlook.Page.GetByTestId("send-anyway").ClickAsync();

        await outlook.HasSentAsync(subject);
    }

    [Fact]
    public async Task A_late_answer_ends_the_waiting()
    {
        var outlook = await SentWithAsync("setTimeout(() => event.completed({ allowEvent: true }), 7000);");

        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("taking longer than expected");

        await outlook.HasSentAsync(subject);
    }

    [Theory]
    [InlineData("throw new Error('broken');")]
    [InlineData("return Promise.reject(new Error('broken'));")]
    [InlineData("event.completed({ allowEvent: false, errorMessage: 'x'.repeat(501) });")]
    [InlineData("event.completed({ allowEvent: false, errorMessage: 'Wait', cancelLabel: 'x'.repeat(21) });")]
    public async Task A_script_that_fails_lets_the_mail_go(string onSend)
    {
        var outlook = await SentWithAsync(onSend);

        await outlook.HasSentAsync(subject);
    }

    [Fact]
    public async Task Only_the_first_completion_counts()
    {
        var outlook = await SentWithAsync("event.completed({ allowEvent: false, errorMessage: 'Wait.' }); event.completed({ allowEvent: true });");

        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("Wait.");
        await Assertions.Expect(outlook.Page.GetByTestId("dont-send")).ToBeVisibleAsync();
        Assert.DoesNotContain(subject, await shared.Demo.SentAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_action_of_an_unknown_command_just_cancels()
    {
        var outlook = await SentWithAsync("event.completed({ allowEvent: false, errorMessage: 'Wait.', commandId: 'NoSuchButton' });");

        await Assertions.Expect(outlook.Page.GetByTestId("take-action")).ToHaveTextAsync("Take Action");
        await outlook.Page.GetByTestId("take-action").ClickAsync();

        await Assertions.Expect(outlook.SendDialog).ToBeHiddenAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("compose")).ToBeVisibleAsync();
        await Assertions.Expect(outlook.Page.GetByTestId("pane")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_launch_event_may_put_nothing_else_before_the_user()
    {
        var outlook = await SentWithAsync("""
            const said = [];
            const note = (name) => (result) => {
              said.push(name + ' ' + (result.error ? result.error.name : result.status));
              if (said.length === 2) event.completed({ allowEvent: false, errorMessage: said.join(', ') });
            };
            try { Office.context.mailbox.displayNewMessageForm({}); } catch (error) { said.push('form threw'); }
            Office.context.ui.displayDialogAsync(location.origin + '/taskpane.html', note('dialog'));
            """);

        await Assertions.Expect(outlook.SendDialog).ToContainTextAsync("form threw, dialog OperationNotSupported");
    }
}
