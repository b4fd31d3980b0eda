using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InboxGate.EndToEnd.Tests;

/// <summary>What is kept about the rep, taken along and erased from the pane.</summary>
public sealed class PrivacyTests(Browser browser) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly Guid call = Guid.NewGuid();
    private Demo demo = null!;

    public async ValueTask InitializeAsync()
    {
        demo = await Demo.StartAsync(Stop);
        using var logged = await demo.Product.PutAsJsonAsync($"/api/calls/{call}", new { }, Stop);
        logged.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private async Task<Window> OpenAsync()
    {
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.PaneIsReadyAsync();
        await outlook.OpenSettingsAsync();
        await outlook.Button("Save or erase your data").ClickAsync();
        await Expect(outlook.Pane.GetByRole(AriaRole.Heading, new() { Name = "Your data" })).ToBeVisibleAsync();
        return outlook;
    }

    private static async Task<string> SavedAsync(Window outlook, string button)
    {
        var download = await outlook.Page.RunAndWaitForDownloadAsync(() => outlook.Button(button).ClickAsync());
        await Expect(outlook.Pane.GetByText("Saved.", new() { Exact = true })).ToBeVisibleAsync();
        return await download.PathAsync();
    }

    [Fact]
    public async Task A_copy_has_the_rep_s_calls_as_one_file_and_as_tables()
    {
        var outlook = await OpenAsync();

        var whole = JsonNode.Parse(await File.ReadAllTextAsync(await SavedAsync(outlook, "Save as one file (JSON)"), Stop))!;
        Assert.Contains(whole["tables"]!["calls"]!.AsArray(), x => x!["callId"]!.GetValue<Guid>() == call);

        await using var tables = await ZipFile.OpenReadAsync(await SavedAsync(outlook, "Save for a spreadsheet (CSV)"), Stop);
        using var table = new StreamReader(await tables.Entries.Single(x => x.Name == "calls.csv").OpenAsync(Stop));
        Assert.Contains(call.ToString(), await table.ReadToEndAsync(Stop), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Erased_is_what_was_confirmed_and_who_signs_in_again_begins_anew()
    {
        var outlook = await OpenAsync();

        await outlook.Button("Erase everything about me…").ClickAsync();
        await Expect(outlook.Button("Erase for good")).ToBeDisabledAsync();
        await outlook.Button("Keep everything").ClickAsync();
        Assert.Equal(1, await demo.CallsAsync(Stop));

        await outlook.Button("Erase everything about me…").ClickAsync();
        await outlook.Pane.GetByLabel("I understand that this cannot be undone.").CheckAsync();
        await outlook.Button("Erase for good").ClickAsync();
        await Expect(outlook.Pane.GetByText("Everything about you has been erased.")).ToBeVisibleAsync();
        Assert.Equal(0, await outlook.PaneFrame.EvaluateAsync<int>("() => Object.keys(localStorage).filter((key) => key.startsWith('inboxgate')).length"));

        Assert.Equal(0, await demo.CallsAsync(Stop));
        var export = await demo.Product.GetFromJsonAsync<JsonNode>("/api/rep/export?format=json", Stop);
        Assert.Empty(export!["tables"]!["calls"]!.AsArray());
    }
}
