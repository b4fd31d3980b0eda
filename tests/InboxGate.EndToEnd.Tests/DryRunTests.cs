using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The card that a new rep sees: what the gate would have held, corrections, and the gate's own switch.</summary>
public sealed class DryRunTests(Browser browser) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private async Task<Window> OpenDryRunAsync(int width = 1280)
    {
        var outlook = await browser.OpenAsync(demo.Outlook, width);
        await outlook.Button("See the last 14 days").ClickAsync();
        await Assertions.Expect(Sheet(outlook).Locator(".summary")).ToBeVisibleAsync();
        return outlook;
    }

    private static ILocator Sheet(Window outlook) => outlook.Pane.GetByRole(AriaRole.Dialog);

    private static ILocator RowOf(Window outlook, string sender) =>
        Sheet(outlook).Locator("tbody").Filter(new() { HasText = sender });

    private async Task<JsonNode> AskAsync(string path) => (await demo.Product.GetFromJsonAsync<JsonNode>(path, Stop))!;

    [Fact]
    public async Task A_new_rep_sees_what_the_gate_would_have_held_by_sender()
    {
        var outlook = await OpenDryRunAsync();

        var answer = await AskAsync("/api/dryrun");
        await Assertions.Expect(Sheet(outlook)).ToContainTextAsync($"{answer["held"]} of {answer["mails"]} mails would be held");
        var heldBy = answer["senders"]!.AsArray().Where(x => x!["held"]!.GetValue<int>() > 0).ToList();
        Assert.NotEmpty(heldBy);
        foreach (var sender in heldBy)
        {
            var row = RowOf(outlook, sender!["from"]!["address"]!.GetValue<string>());
            await Assertions.Expect(row).ToContainTextAsync(sender["because"]!.GetValue<string>());
            await Assertions.Expect(row.GetByRole(AriaRole.Cell).First).ToHaveTextAsync(sender["held"]!.ToString());
        }

        await outlook.PictureAsync("dry-run");
    }

    [Fact]
    public async Task A_sender_is_corrected_there_and_the_correction_is_taken_back()
    {
        var outlook = await OpenDryRunAsync();
        var eva = RowOf(outlook, "eva.kern@fabrikam.example");
        await Assertions.Expect(eva).ToContainTextAsync("3 calls first");

        await eva.GetByText("Wrong sender kind?").ClickAsync();
        await eva.GetByRole(AriaRole.Button, new() { Name = "Prospect", Exact = true }).ClickAsync();

        await Assertions.Expect(eva).ToContainTextAsync("eva.kern@fabrikam.example is now: Prospect.");
        await Assertions.Expect(eva.GetByRole(AriaRole.Cell).First).ToHaveTextAsync("0");
        Assert.Equal("prospect", (await AskAsync("/api/senders/eva.kern@fabrikam.example"))["kind"]!.GetValue<string>());

        await eva.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(eva).ToContainTextAsync("3 calls first");
        using var unlisted = await demo.Product.GetAsync("/api/senders/eva.kern@fabrikam.example", Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unlisted.StatusCode);
    }

    [Fact]
    public async Task The_gate_can_be_turned_off_there_and_on_again_in_the_settings()
    {
        var outlook = await OpenDryRunAsync();

        await outlook.Button("Turn it off for now").ClickAsync();

        await outlook.PaneSaysAsync("Everything may be answered");
        await Assertions.Expect(Sheet(outlook)).ToHaveCountAsync(0);
        Assert.False((await AskAsync("/api/policy"))["on"]!.GetValue<bool>());

        await outlook.OpenSettingsAsync();
        await Sheet(outlook).GetByRole(AriaRole.Switch, new() { NameRegex = new("^Gate") }).ClickAsync();

        await Assertions.Expect(Sheet(outlook)).ToContainTextAsync("Saved.");
        Assert.True((await AskAsync("/api/policy"))["on"]!.GetValue<bool>());
        await outlook.Button("Close").ClickAsync();
        await Assertions.Expect(outlook.Pane.Locator("main")).Not.ToContainTextAsync("Everything may be answered");
    }

    [Fact]
    public async Task The_card_is_offered_once_and_stays_in_reach()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.Button("Not now").ClickAsync();
        await Assertions.Expect(outlook.Button("See the last 14 days")).ToHaveCountAsync(0);

        await outlook.Page.ReloadAsync();
        await outlook.OpenSettingsAsync();

        await Assertions.Expect(Sheet(outlook).GetByRole(AriaRole.Switch).First).ToBeVisibleAsync();
        await Assertions.Expect(outlook.Button("See the last 14 days")).ToHaveCountAsync(0);
        await outlook.Button("See what the gate would have held in the last 14 days").ClickAsync();
        await Assertions.Expect(Sheet(outlook).Locator(".summary")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_opens_it_and_closes_it()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.Button("See the last 14 days").FocusAsync();
        await outlook.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Sheet(outlook).Locator(".summary")).ToBeVisibleAsync();
        await Assertions.Expect(outlook.Button("Close")).ToBeFocusedAsync();

        await outlook.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(Sheet(outlook)).ToHaveCountAsync(0);
        await Assertions.Expect(outlook.Button("Settings")).ToBeFocusedAsync();
    }
}
