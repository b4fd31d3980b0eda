using System.Net;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Tests;

public sealed class AddInTests : IDisposable
{
    private const string Id = "0c7f6b2e-5b0e-4c54-9d0e-5f9f3a1e2b7c";

    private readonly string directory = Directory.CreateTempSubdirectory("inboxgate-test-").FullName;

    private static string Manifest => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Manifests", "outlook.xml"));

    private static async Task<JsonNode> OnlyAsync(Simulation simulation, string language = "") =>
        Assert.Single((await simulation.GetAsync($"/sim/addins?language={language}")).AsArray())!;

    [Fact]
    public async Task A_manifest_is_read_as_Outlook_reads_it()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/addins", new { manifest = Manifest }, HttpStatusCode.Created);

        var addIn = await OnlyAsync(simulation);

        Assert.Equal("Sample add-in", (string?)addIn["name"]);
        Assert.Equal("ReadWriteItem", (string?)addIn["permissions"]);
        Assert.Equal("1.3", (string?)addIn["needs"]);
        var offered = addIn["overrides"]!;
        Assert.Equal("1.5", (string?)offered["needs"]);
        Assert.True((bool)offered["sharedFolders"]!);
        var pane = offered["read"]![0]!;
        Assert.Equal(("OpenPaneRead", "Open", "Opens the pane."), ((string?)pane["id"], (string?)pane["label"], (string?)pane["tip"]));
        Assert.Equal("https://addin.example/icons/icon-16.png", (string?)pane["icons"]!["16"]);
        Assert.Equal("https://addin.example/taskpane.html", (string?)pane["action"]!["pane"]);
        Assert.Equal((true, true, false), ((bool)pane["action"]!["pinning"]!, (bool)pane["action"]!["multiSelect"]!, (bool)pane["action"]!["noItem"]!));
        Assert.Equal("count", (string?)offered["read"]![1]!["action"]!["function"]);
        Assert.Equal("OpenPaneCompose", (string?)Assert.Single(offered["compose"]!.AsArray())!["id"]);
        Assert.Equal("https://addin.example/events.js", (string?)offered["events"]!["script"]);
        Assert.Equal("PromptUser", (string?)offered["events"]!["handlers"]!["OnMessageSend"]!["sendMode"]);
        Assert.Equal("onOpened", (string?)offered["events"]!["handlers"]!["OnNewMessageCompose"]!["function"]);
        Assert.Equal("OpenPanePhone", (string?)Assert.Single(offered["mobile"]!["read"]!.AsArray())!["id"]);
        Assert.Null(offered["mobile"]!["events"]);
    }

    [Theory]
    [InlineData("de-DE", "Öffnen")]
    [InlineData("fr-FR", "Open")]
    public async Task Its_texts_come_in_the_language_asked_for_or_the_default_one(string language, string expected)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/addins", new { manifest = Manifest });

        var addIn = await OnlyAsync(simulation, language);

        Assert.Equal(expected, (string?)addIn["overrides"]!["read"]![0]!["label"]);
    }

    [Theory]
    [InlineData("<Permissions>ReadWriteItem<", "<Permissions>Everything<", "Permissions is one of")]
    [InlineData("<Version>1.0.0.0<", "<Version>one<", "Version has to be four numbers")]
    [InlineData("<Id>" + Id, "<Id>me", "Id has to be a GUID")]
    [InlineData("xsi:type=\"MailApp\"", "xsi:type=\"TaskPaneApp\"", "MailApp")]
    [InlineData("https://addin.example/taskpane.html", "http://addin.example/taskpane.html", "https address")]
    [InlineData("https://addin.example/commands.html", "/commands.html", "https address")]
    [InlineData("id=\"CountRead\"", "id=\"OpenPaneRead\"", "used more than once")]
    [InlineData("<bt:String id=\"Count\"", "<bt:String id=\"Other\"", "Resources does not hold")]
    [InlineData("<bt:String id=\"Count.Tip\"", "<bt:String id=\"Count\"", "used more than once")]
    [InlineData("<Title resid=\"Count\" /><Description resid=\"Count.Tip\" />", "<Title resid=\"Count\" /><Description resid=\"Count\" />", "LongString is expected")]
    [InlineData("Icon.16", "Icon.That.Has.Far.Too.Long.A.Name.", "1 to 32 characters")]
    [InlineData("\"Opens the pane.\"", "\"{251}\"", "longer than 250 characters")]
    [InlineData("DefaultValue=\"Count\"", "DefaultValue=\"{126}\"", "longer than 125 characters")]
    [InlineData("<DesktopFormFactor>\n            <SupportsSharedFolders>true</SupportsSharedFolders>\n            <FunctionFile resid=\"Page.Events\" />", "<DesktopFormFactor>", "has no FunctionFile")]
    [InlineData("<Runtime resid=\"Page.Events\">", "<Runtime resid=\"Page.Pane\">", "resid of a Runtime")]
    [InlineData("SendMode=\"PromptUser\"", "SendMode=\"Always\"", "SendMode is one of")]
    [InlineData("FunctionName=\"onOpened\"", "FunctionName=\"onOpened\" SendMode=\"PromptUser\"", "SendMode belongs to")]
    [InlineData("Type=\"OnNewMessageCompose\"", "Type=\"OnMessageRead\"", "The Type of a LaunchEvent is one of")]
    [InlineData("Type=\"OnNewMessageCompose\"", "Type=\"OnMessageSend\"", "handled more than once")]
    [InlineData("</OfficeApp>", "", "not XML")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<!DOCTYPE OfficeApp [<!ENTITY x \"y\">]>", "not XML")]
    public async Task A_manifest_that_Outlook_would_refuse_is_refused_in_words(string right, string wrong, string words)
    {
        await using var simulation = await Simulation.StartAsync();
        var filled = wrong switch { "\"{251}\"" => $"\"{new string('x', 251)}\"", "DefaultValue=\"{126}\"" => $"DefaultValue=\"{new string('x', 126)}\"", _ => wrong };
        var manifest = Manifest.Replace(right, filled, StringComparison.Ordinal);
        Assert.NotEqual(Manifest, manifest);

        var problem = await simulation.PostAsync("/sim/addins", new { manifest }, HttpStatusCode.BadRequest);

        Assert.Contains(words, (string?)problem["title"], StringComparison.Ordinal);
        Assert.Empty((await simulation.GetAsync("/sim/addins")).AsArray());
    }

    [Fact]
    public async Task Without_the_overrides_the_base_form_is_what_it_offers()
    {
        await using var simulation = await Simulation.StartAsync();
        var (from, until) = (Manifest.IndexOf("<VersionOverrides", StringComparison.Ordinal), Manifest.LastIndexOf("</VersionOverrides>", StringComparison.Ordinal));
        var bare = Manifest.Remove(from, until + "</VersionOverrides>".Length - from);

        await simulation.PostAsync("/sim/addins", new { manifest = bare });

        var addIn = await OnlyAsync(simulation);
        Assert.Null(addIn["overrides"]);
        Assert.Equal("https://addin.example/taskpane.html", (string?)addIn["pane"]);
    }

    [Fact]
    public async Task The_loopback_interface_needs_no_https()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.PostAsync("/sim/addins", new { manifest = Manifest.Replace("https://addin.example", "http://localhost:5080", StringComparison.Ordinal) }, HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_one()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/addins", new { manifest = Manifest });

        await simulation.PostAsync("/sim/addins", new { manifest = Manifest.Replace("1.0.0.0", "1.1.0.0", StringComparison.Ordinal) }, HttpStatusCode.OK);

        Assert.Equal("1.1.0.0", (string?)(await OnlyAsync(simulation))["version"]);
    }

    [Fact]
    public async Task An_add_in_outlives_a_restart_until_it_is_removed()
    {
        await using (var simulation = await Simulation.StartAsync(Kept))
            await simulation.PostAsync("/sim/addins", new { manifest = Manifest });

        await using (var restarted = await Simulation.StartAsync(Kept))
        {
            Assert.Equal(Id, (string?)(await OnlyAsync(restarted))["id"]);
            using var removed = await restarted.Http.DeleteAsync($"/sim/addins/{Id}", Simulation.Stop);
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        await using var again = await Simulation.StartAsync(Kept);
        Assert.Empty((await again.GetAsync("/sim/addins")).AsArray());
        using var missing = await again.Http.DeleteAsync($"/sim/addins/{Id}", Simulation.Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private SimulatorOptions Kept(SimulatorOptions options) => options with { KeysDirectory = null, DataDirectory = directory };
}
