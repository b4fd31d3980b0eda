using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The pane's real sign-in against the simulated Entra: codes with proof keys, sessions, refusals.</summary>
public sealed class SignInTests(SignInDemo started) : IClassFixture<SignInDemo>, IAsyncLifetime
{
    private const string Colleague = "jon@contoso.com";
    private static readonly string[] ApiScope = ["access_as_user"];

    private const string Owed = "3 calls, then answer";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo Demo => started.Demo;

    private string Pane => $"{Demo.Product.BaseAddress}taskpane.html";

    private SignInBrowser browser = null!;

    public async ValueTask InitializeAsync() => browser = await SignInBrowser.StartAsync(started.TrustedKey);

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static ILocator SignInButton(ILocator pane) => pane.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true });

    private static Task SaysAsync(IPage page, string text) => Expect(page.Locator("main")).ToContainTextAsync(text);

    private static Task<IPage> WindowAsync(IPage page, ILocator? pane = null) =>
        page.RunAndWaitForPopupAsync(() => SignInButton(pane ?? page.Locator("body")).ClickAsync());

    private static Task PressAsync(IPage window, string name) =>
        window.GetByRole(AriaRole.Button, new() { NameRegex = new(Regex.Escape(name)) }).ClickAsync();

    private static async Task SignInAsync(IPage page, string user = Demo.Rep) => await PressAsync(await WindowAsync(page), user);

    private static Task<string> AccountAsync(IPage page) => page.EvaluateAsync<string>(
        "() => JSON.parse(atob(JSON.parse(sessionStorage.getItem('inboxgate.token')).accessToken.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).preferred_username");

    [Fact]
    public async Task A_rep_signs_in_in_a_window_and_stays_signed_in_over_a_reload()
    {
        var page = await browser.OpenAsync(Pane);

        await SignInAsync(page);
        await SaysAsync(page, Owed);
        await page.ReloadAsync();
        await SaysAsync(page, Owed);

        Assert.Equal(["authorization_code"], browser.Grants);
        Assert.Equal("", await page.EvaluateAsync<string>("() => document.cookie"));
        Assert.Empty(browser.Violations);
    }

    [Fact]
    public async Task A_token_that_runs_out_is_renewed_without_a_word()
    {
        var page = await browser.OpenAsync(Pane);
        await WithShortTokensAsync(async () =>
        {
            await SignInAsync(page);
            await SaysAsync(page, Owed);
            await page.ReloadAsync();
            await SaysAsync(page, Owed);
        });

        Assert.Equal("authorization_code", browser.Grants.First());
        Assert.Contains("refresh_token", browser.Grants);
        Assert.DoesNotContain("authorization_code", browser.Grants.Skip(1));
    }

    [Fact]
    public async Task A_claims_challenge_waits_for_a_click_and_calls_made_meanwhile_are_sent_after_it()
    {
        var page = await browser.OpenAsync(Pane);
        var before = await Demo.CallsAsync(Stop);
        await WithShortTokensAsync(async () =>
        {
            await SignInAsync(page);
            await SaysAsync(page, Owed);
            await Demo.TellSimulatorAsync("/sim/faults", new { kind = "token", user = Demo.Rep, code = "AADSTS50076", times = 100 }, Stop);
            await page.ReloadAsync();
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Call made") }).ClickAsync();
            await SaysAsync(page, "1 call waiting to be sent");
            await Expect(SignInButton(page.Locator("body"))).ToBeVisibleAsync();
            using var cleared = await Demo.Simulator.DeleteAsync("/sim/faults", Stop);
        });

        var window = await WindowAsync(page);
        await PressAsync(window, Demo.Rep);
        await PressAsync(window, "Approve");

        await SaysAsync(page, "2 calls, then answer");
        await Expect(page.GetByText("waiting to be sent")).ToHaveCountAsync(0);
        Assert.Equal(before + 1, await Demo.CallsAsync(Stop));
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo last call" }).ClickAsync();
        await SaysAsync(page, Owed);
    }

    [Fact]
    public async Task Another_account_can_be_chosen_in_the_window()
    {
        await SignInAsync(await browser.OpenAsync(Pane));
        var page = await browser.OpenAsync(Pane);

        await SignInAsync(page, Colleague);

        await Expect(SignInButton(page.Locator("body"))).ToHaveCountAsync(0);
        Assert.Equal(Colleague, await AccountAsync(page));
    }

    [Fact]
    public async Task Who_signs_out_stays_signed_out_until_the_next_click()
    {
        await using var knowing = await SignInBrowser.StartAsync(started.TrustedKey, framesKnowSessions: true);
        var page = await knowing.OpenAsync(Pane);
        await SignInAsync(page);
        await SaysAsync(page, Owed);

        await PressAsync(page, "Settings");
        await PressAsync(page, "Sign out");
        await Expect(SignInButton(page.Locator("body"))).ToBeVisibleAsync();
        await page.ReloadAsync();
        await SignInAsync(page, Colleague);
        await Expect(SignInButton(page.Locator("body"))).ToHaveCountAsync(0);

        Assert.Equal(Colleague, await AccountAsync(page));
    }

    [Fact]
    public async Task The_browsers_session_signs_in_a_new_page_where_hidden_frames_know_of_it()
    {
        await using var knowing = await SignInBrowser.StartAsync(started.TrustedKey, framesKnowSessions: true);
        var first = await knowing.OpenAsync(Pane);
        await SignInAsync(first);
        await SaysAsync(first, Owed);

        var second = await knowing.OpenAsync(Pane);
        await Expect(SignInButton(second.Locator("body"))).ToHaveCountAsync(0);
        await second.WaitForFunctionAsync("() => sessionStorage.getItem('inboxgate.token')");

        Assert.Equal(Demo.Rep, await AccountAsync(second));
        Assert.Empty(knowing.Violations);
    }

    [Fact]
    public async Task A_window_that_was_left_is_said_and_can_be_opened_again()
    {
        var page = await browser.OpenAsync(Pane);

        await PressAsync(await WindowAsync(page), "Cancel");
        await SaysAsync(page, "Sign-in was closed before it finished.");
        await SignInAsync(page);

        await SaysAsync(page, Owed);
    }

    [Fact]
    public async Task A_window_that_was_closed_is_said_too()
    {
        var page = await browser.OpenAsync(Pane);

        await (await WindowAsync(page)).CloseAsync();

        await SaysAsync(page, "Sign-in was closed before it finished.");
    }

    [Fact]
    public async Task A_window_that_the_browser_blocks_is_said()
    {
        var page = await browser.OpenAsync(Pane, "window.open = () => null");

        await SignInButton(page.Locator("body")).ClickAsync();

        await SaysAsync(page, "The browser did not open the sign-in window.");
    }

    [Fact]
    public async Task An_application_that_no_administrator_has_approved_says_who_has_to_act()
    {
        var page = await browser.OpenAsync(Pane);
        await Demo.TellSimulatorAsync("/sim/permissions", new { denied = ApiScope }, Stop);
        try
        {
            var window = await WindowAsync(page);
            await PressAsync(window, Demo.Rep);
            await PressAsync(window, "Return to the application");

            await SaysAsync(page, "An administrator has to approve InboxGate first.");
        }
        finally
        {
            await Demo.TellSimulatorAsync("/sim/permissions", new { denied = Array.Empty<string>() }, Stop);
        }
    }

    [Fact]
    public async Task In_an_Outlook_without_nested_sign_in_a_dialog_asks()
    {
        var page = await browser.OpenAsync(Demo.Outlook + "&naa=off");
        var pane = page.FrameLocator("[data-testid=pane]").Locator("body");

        var dialog = await WindowAsync(page, pane);
        await PressAsync(dialog, Demo.Rep);

        await Expect(pane).ToContainTextAsync(Owed);
        await Expect(SignInButton(pane)).ToHaveCountAsync(0);
        Assert.True(dialog.IsClosed);
        Assert.Empty(browser.Violations);
    }

    [Fact]
    public async Task In_that_dialog_another_account_than_the_mailboxs_is_taken_only_when_it_is_meant()
    {
        var page = await browser.OpenAsync(Demo.Outlook + "&naa=off");
        var pane = page.FrameLocator("[data-testid=pane]").Locator("body");

        await PressAsync(await WindowAsync(page, pane), Colleague);
        await Expect(pane).ToContainTextAsync("That was another account than this mailbox’s.");
        await PressAsync(await WindowAsync(page, pane), Demo.Rep);

        await Expect(pane).ToContainTextAsync(Owed);
    }

    /// <summary>Tokens that the library takes for expired as soon as it has them.</summary>
    private async Task WithShortTokensAsync(Func<Task> act)
    {
        await Demo.TellSimulatorAsync("/sim/signin", new { accessTokenSeconds = 60 }, Stop);
        try
        {
            await act();
        }
        finally
        {
            await Demo.TellSimulatorAsync("/sim/signin", new { accessTokenSeconds = 3599 }, Stop);
        }
    }
}
