using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The rep's own plan and the day it makes, in the pane as the server serves it.</summary>
public sealed class PlanTests(Browser browser) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private async Task<Window> OpenPlanAsync()
    {
        var outlook = await browser.OpenAsync(demo.Outlook, 1280);
        await outlook.OpenSettingsAsync();
        await outlook.Button("Change your plan and days off").ClickAsync();
        await Assertions.Expect(Sum(outlook)).ToContainTextAsync("; asked ");
        return outlook;
    }

    private static ILocator Sum(Window outlook) => outlook.Pane.GetByRole(AriaRole.Region, new() { Name = "What the plan comes to" });

    private static ILocator Slider(Window outlook, string name) => outlook.Pane.GetByRole(AriaRole.Slider, new() { Name = name, Exact = true });

    [Fact]
    public async Task A_checkpoint_moved_by_keyboard_and_saved_is_on_the_board()
    {
        var outlook = await OpenPlanAsync();

        var first = Slider(outlook, "Time of checkpoint 1");
        await first.PressAsync("PageUp");
        await Assertions.Expect(first).ToHaveAttributeAsync("aria-valuetext", "9:30");
        await outlook.Button("Save").ClickAsync();
        await Assertions.Expect(outlook.Pane.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Saved. Counts from tomorrow.");

        // Later is easier, so it is tomorrow's: nine o'clock still stands today.
        Assert.Equal("9:00", await FirstCheckpointAsync());
        await demo.TellSimulatorAsync("/sim/clock", new { now = "2026-03-03T08:10:00+01:00" }, Stop);
        Assert.Equal("9:30", await FirstCheckpointAsync());
        var tomorrow = await browser.OpenAsync(demo.Outlook, 1280);
        await Assertions.Expect(tomorrow.Pane.GetByRole(AriaRole.List, new() { Name = "Checkpoints" }).First).ToContainTextAsync("9:30");
    }

    [Fact]
    public async Task What_no_longer_reaches_what_was_asked_says_so_before_it_is_saved()
    {
        // A Friday with no call made since Monday: full days still bring what was asked.
        await demo.TellSimulatorAsync("/sim/clock", new { now = "2026-03-06T08:10:00+01:00" }, Stop);
        var outlook = await OpenPlanAsync();
        var warning = outlook.Pane.GetByRole(AriaRole.Status).Filter(new() { HasText = "asked." });
        await Assertions.Expect(warning).ToHaveCountAsync(0);

        await outlook.Pane.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("^Friday, March 6:") }).FocusAsync();
        for (var day = 0; day < 12; day++)
        {
            await outlook.Page.Keyboard.PressAsync("Enter");
            await outlook.Page.Keyboard.PressAsync("ArrowRight");
        }

        await Assertions.Expect(warning).ToContainTextAsync(new Regex("This comes to \\d+, not the \\d+ asked\\."));
        Assert.Empty((await PlanAsync())["daysOff"]!.AsArray());

        await outlook.Button("Undo").ClickAsync();
        await Assertions.Expect(warning).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_day_off_counts_at_once_and_can_be_taken_back()
    {
        var outlook = await OpenPlanAsync();

        await outlook.Pane.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("^Monday, March 2:") }).PressAsync("Enter");
        await outlook.Button("Save").ClickAsync();
        await Assertions.Expect(outlook.Pane.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Saved.");
        Assert.False((await demo.BoardAsync(Stop))["today"]!["working"]!.GetValue<bool>());

        await outlook.Button("Undo").ClickAsync();
        await Assertions.Expect(outlook.Pane.GetByRole(AriaRole.Gridcell, new() { Name = "Monday, March 2: not marked" })).ToBeVisibleAsync();
        await Assertions.Expect(outlook.Button("Undo")).ToBeDisabledAsync();
        Assert.True((await demo.BoardAsync(Stop))["today"]!["working"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_day_is_drawn_from_its_start_to_its_end_with_now_on_it()
    {
        var outlook = await browser.OpenAsync(demo.Outlook, 1280);

        var line = outlook.Pane.GetByRole(AriaRole.Img, new() { NameRegex = new("^The day from 8:00 to 17:00\\. Now 8:1") });
        await Assertions.Expect(line).ToBeVisibleAsync();
    }

    private async Task<string> FirstCheckpointAsync() =>
        (await demo.BoardAsync(Stop))["checkpoints"]![0]!["name"]!.GetValue<string>();

    private async Task<JsonNode> PlanAsync() => (await demo.Product.GetFromJsonAsync<JsonNode>("/api/plan", Stop))!;
}
