using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace InboxGate.Web.Tests.Manifest;

public sealed class ManifestTests : IAsyncLifetime
{
    private ManifestServer server = null!;
    private AddInOnlyManifest addInOnly = null!;
    private UnifiedManifest unified = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ManifestServer.StartAsync();
        addInOnly = new AddInOnlyManifest(await server.AddInOnlyAsync());
        unified = new UnifiedManifest(await server.UnifiedAsync());
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Both_manifests_keep_to_their_schemas()
    {
        var package = await server.PackageAsync();

        Assert.Empty(Schemas.Problems(await server.AddInOnlyAsync()));
        Assert.Empty(await Schemas.ProblemsAsync(Encoding.UTF8.GetString(package["manifest.json"])));
    }

    [Fact]
    public void Both_manifests_keep_to_what_schemas_do_not_check()
    {
        Assert.Empty(addInOnly.Problems());
        Assert.Empty(unified.Problems());
    }

    [Fact]
    public async Task Nothing_is_left_to_fill_in()
    {
        var package = await server.PackageAsync();

        Assert.DoesNotContain("__", (await server.AddInOnlyAsync()).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("__", Encoding.UTF8.GetString(package["manifest.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_package_has_every_language_that_the_manifest_names()
    {
        var package = await server.PackageAsync();
        var manifest = JsonNode.Parse(package["manifest.json"])!;
        var named = manifest["localizationInfo"]!["additionalLanguages"]!.AsArray().Select(x => (string)x!["file"]!).ToList();

        Assert.Equal(["de.json", "es.json", "fr.json", "ja.json"], named.Order(StringComparer.Ordinal));
        var reference = JsonNode.Parse(package["de.json"])!.AsObject().Select(x => x.Key).ToList();
        foreach (var file in named)
        {
            var text = Encoding.UTF8.GetString(package[file]);
            var language = JsonNode.Parse(text)!;
            Assert.Empty(await Schemas.LanguageProblemsAsync(text));
            Assert.Empty(unified.Lost(language));
            Assert.Equal(reference, language.AsObject().Select(x => x.Key));
        }
    }

    [Fact]
    public async Task Every_picture_has_the_size_that_is_said_of_it()
    {
        var icons = addInOnly.Icons.Concat(unified.Icons).Distinct().ToList();
        Assert.Equal([16, 25, 32, 48, 50, 64, 75, 80, 96, 128, 144], icons.Select(x => x.Pixels).Distinct().Order());

        foreach (var (address, pixels) in icons)
        {
            var picture = await server.Http.GetByteArrayAsync(new Uri(address).PathAndQuery, TestContext.Current.CancellationToken);
            Assert.Equal((pixels, pixels), SizeOf(picture));
        }
    }

    [Fact]
    public async Task The_package_brings_its_two_icons()
    {
        var package = await server.PackageAsync();
        var icons = JsonNode.Parse(package["manifest.json"])!["icons"]!;

        Assert.Equal((192, 192), SizeOf(package[(string)icons["color"]!]));
        Assert.Equal((32, 32), SizeOf(package[(string)icons["outline"]!]));
    }

    [Fact]
    public void Every_address_is_on_this_servers_own_origin()
    {
        var addresses = addInOnly.Addresses.Concat(unified.Addresses).ToList();

        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.StartsWith(ManifestServer.Address + "/", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_signing_in_may_leave_that_origin()
    {
        var domains = (await server.AddInOnlyAsync()).Descendants().Where(x => x.Name.LocalName == "AppDomain").Select(x => x.Value);

        Assert.Equal(["https://login.example"], domains);
        Assert.Equal(["gate.example", "login.example"], unified.Domains);
    }

    [Fact]
    public void Both_manifests_say_the_same()
    {
        Assert.Equal(addInOnly.Version, unified.Version + ".0");
        Assert.Equal(addInOnly.Id, unified.HiddenAddIn);
        Assert.Equal("ReadItem", addInOnly.Permission);
        Assert.Equal(["MailboxItem.Read.User", "Mailbox.SharedFolder"], unified.Permissions);
        Assert.Equal(addInOnly.ControlsOf("MessageReadCommandSurface"), unified.ControlsOf("mailRead"));
        Assert.Equal(addInOnly.ControlsOf("MessageComposeCommandSurface"), unified.ControlsOf("mailCompose"));
        Assert.Equal(addInOnly.Functions.Order(), unified.Functions.Order());
        foreach (var id in unified.ControlsOf("mailRead").Concat(unified.ControlsOf("mailCompose")))
        {
            Assert.Equal(addInOnly.Button(id), unified.Button(id));
        }
    }

    [Fact]
    public void A_mail_being_sent_is_asked_about_and_never_held()
    {
        Assert.Equal(
            [("OnNewMessageCompose", "onNewMessageCompose", null), ("OnMessageSend", "onMessageSend", "PromptUser")], addInOnly.Events("DesktopFormFactor"));
        Assert.Equal(
            [("newMessageComposeCreated", "onNewMessageCompose", null, "1.10"), ("messageSending", "onMessageSend", "promptUser", "1.12")], unified.Events);
    }

    [Fact]
    public void A_phone_opens_the_pane_and_is_told_of_new_mail_only()
    {
        Assert.Equal(["OpenPanePhone"], addInOnly.ControlsOf("MobileMessageReadCommandSurface"));
        Assert.Equal([("OnNewMessageCompose", "onNewMessageCompose", null)], addInOnly.Events("MobileFormFactor"));
    }

    [Fact]
    public void Banners_and_the_send_dialog_find_their_buttons_in_compose()
    {
        // A notification's link and the dialog's button name a control of the mode they are shown in.
        Assert.Equal(["OpenPaneCompose", "CallMadeCompose"], addInOnly.ControlsOf("MessageComposeCommandSurface"));
        Assert.Equal(["OpenPaneRead", "CallMadeRead"], addInOnly.ControlsOf("MessageReadCommandSurface"));
        Assert.Equal("Pinning NoItemContext MultiSelect", addInOnly.Button("OpenPaneRead").Flags);
        Assert.Equal("callMade", addInOnly.Button("CallMadeCompose").Function);
        Assert.Subset(addInOnly.Images.Keys.ToHashSet(), new HashSet<string> { "Icon.16", "Icon.32", "Icon.80" });
    }

    [Fact]
    public void The_unified_manifest_names_the_app_registration()
    {
        var nested = unified.WebApplication["nestedAppAuthInfo"]![0]!;

        Assert.Equal(ManifestServer.ClientId, (string)unified.WebApplication["id"]!);
        Assert.Equal($"api://{ManifestServer.ClientId}", (string)unified.WebApplication["resource"]!);
        Assert.Equal("brk-multihub://gate.example", (string)nested["redirectUri"]!);
        Assert.Equal($"api://{ManifestServer.ClientId}/access_as_user", (string)nested["scopes"]![0]!);
    }

    [Theory]
    [InlineData("SendMode=\"PromptUser\"", "SendMode=\"Ask\"")]
    [InlineData("<Permissions>ReadItem<", "<Permissions>Everything<")]
    [InlineData("<SupportsPinning>true</SupportsPinning>", "<SupportsPinning>yes</SupportsPinning>")]
    [InlineData("<Version>1", "<Version>one")]
    [InlineData("<FunctionFile ", "<FunctionPage ")]
    public async Task The_schema_of_the_add_in_only_manifest_finds_what_is_wrong(string right, string wrong) =>
        Assert.NotEmpty(Schemas.Problems(await BrokenAsync(right, wrong)));

    [Theory]
    [InlineData("resid=\"Open.Label\"", "resid=\"Open.Name\"", "Nothing is called Open.Name.")]
    [InlineData("resid=\"Open.Label\"", "resid=\"Open.Title\"", "Nobody uses Open.Label.")]
    [InlineData("id=\"CallMadeCompose\"", "id=\"CallMadeRead\"", "Two controls are called CallMadeRead.")]
    [InlineData("\"Commands.Url\"", "\"The.Page.With.All.The.Commands.And.Events\"", "The.Page.With.All.The.Commands.And.Events is longer than 32.")]
    [InlineData("Value=\"Anruf erledigt\"", "Value=\"Ich habe soeben einen Anruf erledigt\"", "The label Ich habe soeben einen Anruf erledigt is longer than 32.")]
    [InlineData("<Runtime resid=\"Commands.Url\"", "<Runtime resid=\"Pane.Url\"", "No runtime is at Commands.Url, where events are.")]
    [InlineData("<bt:Override Locale=\"ja-JP\" Value=\"電話済み\" />", "", "Call.Label is not there in every language.")]
    public async Task And_our_rules_find_what_that_schema_does_not(string right, string wrong, string problem) =>
        Assert.Contains(problem, new AddInOnlyManifest(await BrokenAsync(right, wrong)).Problems());

    [Theory]
    [InlineData("\"promptUser\"", "\"ask\"")]
    [InlineData("\"short\": \"InboxGate\"", "\"short\": \"InboxGate, the add-in that counts your calls\"")]
    [InlineData("\"pinnable\"", "\"pinable\"")]
    [InlineData("https://gate.example/commands.html", "http://gate.example/commands.html")]
    public async Task The_schema_of_the_unified_manifest_finds_what_is_wrong(string right, string wrong) =>
        Assert.NotEmpty(await Schemas.ProblemsAsync(await BrokenTextAsync(right, wrong)));

    [Theory]
    [InlineData("\"actionId\": \"callMade\"", "\"actionId\": \"callDone\"", "No action is called callDone.")]
    [InlineData("\"id\": \"onMessageSend\"", "\"id\": \"onNewMessageCompose\"", "Two actions are called onNewMessageCompose.")]
    [InlineData("\"messageSending\"", "\"messageSent\"", "Outlook has no event messageSent.")]
    [InlineData("MailboxItem.Read.User", "Mailbox.ReadWrite.User", "The permission Mailbox.ReadWrite.User is not one that InboxGate needs.")]
    [InlineData("\"CallMadeCompose\"", "\"CallMadeRead\"", "Two controls are called CallMadeRead.")]
    public async Task And_our_rules_find_what_the_unified_schema_does_not(string right, string wrong, string problem) =>
        Assert.Contains(problem, new UnifiedManifest(JsonNode.Parse(await BrokenTextAsync(right, wrong))!).Problems());

    private async Task<XDocument> BrokenAsync(string right, string wrong)
    {
        var text = (await server.AddInOnlyAsync()).ToString();
        Assert.Contains(right, text, StringComparison.Ordinal);
        var broken = text.Replace(right, wrong, StringComparison.Ordinal);
        return XDocument.Parse(broken.Replace("</FunctionFile>", "</FunctionPage>", StringComparison.Ordinal));
    }

    private async Task<string> BrokenTextAsync(string right, string wrong)
    {
        var text = Encoding.UTF8.GetString((await server.PackageAsync())["manifest.json"]);
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }

    /// <summary>Width and height, from the first chunk of a PNG.</summary>
    private static (int Width, int Height) SizeOf(byte[] picture)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], picture[..8]);
        return (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)));
    }
}
