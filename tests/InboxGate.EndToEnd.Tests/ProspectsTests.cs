using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

/// <summary>Filling the list of prospects with a file, and being handed the next call, in the pane as the server serves it.</summary>
public sealed class ProspectsTests(Browser browser) : IAsyncLifetime
{
    private const string Monday = "2026-03-02T10:10:00+01:00";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Demo demo = null!;

    public async ValueTask InitializeAsync() => demo = await Demo.StartAsync(Stop);

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    private static ILocator Dialog(Window outlook) => outlook.Pane.GetByRole(AriaRole.Dialog);

    private async Task<Window> OpenProspectsAsync()
    {
        var outlook = await browser.OpenAsync(demo.Outlook, 1280);
        await outlook.OpenSettingsAsync();
        await Dialog(outlook).GetByRole(AriaRole.Button, new() { Name = "See your prospects" }).ClickAsync();
        return outlook;
    }

    private static Task ChooseAsync(Window outlook, string name, string text) => Dialog(outlook).Locator("input[type=file]").SetInputFilesAsync(
        new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });

    private async Task<JsonArray> FoundAsync(string search) =>
        (await demo.Product.GetFromJsonAsync<JsonNode>($"/api/prospects?search={Uri.EscapeDataString(search)}", Stop))!["entries"]!.AsArray();

    [Fact]
    public async Task A_file_is_looked_at_then_imported_and_its_people_are_found()
    {
        const string File = "E-Mail;Vorname;Nachname;Firma;Telefon;Spalte X\n"
            + "zoe@ulmenhof.example;Zoë;Ångström;Ulmenhof <b>AG</b>;030 123456;a\n"
            + "not an address;No;Address;;;b\n"
            + "=cmd@ulmenhof.example;Formula;Writer;Ulmenhof;;c\n";
        var outlook = await OpenProspectsAsync();
        await outlook.Button("Import a file").ClickAsync();

        await ChooseAsync(outlook, "people.csv", File);

        await Assertions.Expect(Dialog(outlook)).ToContainTextAsync("This would be: 2 new");
        await Assertions.Expect(Dialog(outlook)).ToContainTextAsync("1 left out");
        Assert.Empty(await FoundAsync("ulmenhof"));
        await outlook.PictureAsync("import-preview");

        await Dialog(outlook).GetByRole(AriaRole.Button, new() { NameRegex = new("^Import \\d+ rows?$") }).ClickAsync();
        await Assertions.Expect(Dialog(outlook)).ToContainTextAsync("Done: 2 new");
        await Assertions.Expect(Dialog(outlook)).ToContainTextAsync("Line 3:");

        await outlook.Button("List").ClickAsync();
        await Dialog(outlook).GetByRole(AriaRole.Searchbox).FillAsync("zoe angstrom");
        var found = Dialog(outlook).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Zoë Ångström" });
        await Assertions.Expect(found).ToContainTextAsync("Ulmenhof <b>AG</b>");
        await outlook.PictureAsync("prospects");
        Assert.Equal("+4930123456", Assert.Single(await FoundAsync("030 12 34 56"))!["phone"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_next_prospect_is_dialled_and_logged_with_an_outcome()
    {
        await demo.TellSimulatorAsync("/sim/clock", new { now = Monday }, Stop);
        var calls = await demo.CallsAsync(Stop);
        var outlook = await browser.OpenAsync(demo.Outlook, 1280);
        var next = (await demo.Product.GetFromJsonAsync<JsonNode>("/api/prospects/next", Stop))!["calls"]![0]!;
        var name = next["name"]!.GetValue<string>();
        await Assertions.Expect(outlook.Pane.GetByRole(AriaRole.Region, new() { Name = "Next calls" })).ToContainTextAsync(name);
        await outlook.PictureAsync("next-calls");

        // Dialling is not logging.
        await outlook.Pane.GetByRole(AriaRole.Link, new() { NameRegex = new($"^Call {name}") }).First.ClickAsync();
        await Assertions.Expect(outlook.Pane.Locator("main")).ToContainTextAsync($"How did it go with {name}?");
        Assert.Equal(calls, await demo.CallsAsync(Stop));

        await outlook.Page.RunAndWaitForResponseAsync(
            () => outlook.Button("No answer").ClickAsync(), x => x.Request.Method == "PUT" && x.Url.Contains("/api/calls/", StringComparison.Ordinal));
        await Assertions.Expect(outlook.Pane.GetByRole(AriaRole.Region, new() { Name = "Next calls" })).Not.ToContainTextAsync(name);
        var board = await demo.BoardAsync(Stop);
        Assert.Equal((calls + 1, 1), (board["counts"]!["calls"]!.GetValue<int>(), board["counts"]!["prospects"]!.GetValue<int>()));
        Assert.DoesNotContain(
            (await demo.Product.GetFromJsonAsync<JsonNode>("/api/prospects/next?take=10", Stop))!["calls"]!.AsArray(), x => x!["name"]?.GetValue<string>() == name);
    }

    [Fact]
    public async Task A_prospect_who_is_put_off_is_offered_no_more_until_that_is_taken_back()
    {
        await demo.TellSimulatorAsync("/sim/clock", new { now = Monday }, Stop);
        var outlook = await browser.OpenAsync(demo.Outlook, 1280);
        var name = (await demo.Product.GetFromJsonAsync<JsonNode>("/api/prospects/next", Stop))!["calls"]![0]!["name"]!.GetValue<string>();
        var card = outlook.Pane.GetByRole(AriaRole.Region, new() { Name = "Next calls" });
        var row = card.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });

        await row.GetByText("Not now").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Never" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync($"{name}: not suggested any more.");
        await Assertions.Expect(row).ToHaveCountAsync(0);

        await card.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(1);
    }
}
