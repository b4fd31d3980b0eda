using System.Net.Http.Json;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>Looking back on the day before, in the pane as the server serves it.</summary>
public sealed class HistoryTests(Browser browser) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private async Task<Window> OpenHistoryAsync()
    {
        var outlook = await browser.OpenAsync(demo.Outlook, 1280);
        await outlook.OpenSettingsAsync();
        await outlook.Button("See your last weeks").ClickAsync();
        return outlook;
    }

    [Fact]
    public async Task On_the_first_day_there_is_nothing_to_look_back_on()
    {
        var outlook = await OpenHistoryAsync();

        await Assertions.Expect(outlook.Pane.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Your first finished day shows here tomorrow.");
    }

    [Fact]
    public async Task A_finished_day_is_drawn_read_as_a_table_told_by_key_and_saved_as_a_file()
    {
        await demo.BoardAsync(Stop);
        for (var call = 0; call < 3; call++)
        {
            using var logged = await demo.Product.PutAsJsonAsync($"/api/calls/{Guid.NewGuid()}", new { }, Stop);
            logged.EnsureSuccessStatusCode();
        }

        await demo.TellSimulatorAsync("/sim/clock", new { now = "2026-03-03T08:10:00+01:00" }, Stop);
        var outlook = await OpenHistoryAsync();

        var table = outlook.Pane.GetByRole(AriaRole.Table, new() { Name = "Days against goals" });
        await Assertions.Expect(table.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync("Mon, Mar 2");
        await Assertions.Expect(table.GetByRole(AriaRole.Cell).First).ToHaveTextAsync("3");

        var picture = outlook.Pane.GetByRole(AriaRole.Img, new() { NameRegex = new("^Days against goals") });
        await picture.PressAsync("ArrowRight");
        await Assertions.Expect(outlook.Pane.Locator("output").First).ToContainTextAsync("Mon, Mar 2: 3 calls");

        var saved = await outlook.Page.RunAndWaitForDownloadAsync(() => outlook.Button("Save as CSV").ClickAsync());
        Assert.Equal("inboxgate-2026-03-02-2026-03-02.csv", saved.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await saved.PathAsync(), Stop);
        Assert.StartsWith("2026-03-02,Europe/Berlin,true,3,", lines[1], StringComparison.Ordinal);
    }
}
