using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InboxGate.Web.Tests.Manifest;

public sealed partial class RegistrationTests : IClassFixture<RegistrationScript>
{
    [Fact]
    public async Task The_first_run_makes_the_whole_registration()
    {
        await using var tenant = await RegistrationTenant.StartAsync();

        var (code, said, complained) = await tenant.RegisterAsync();

        Assert.Equal(("", 0), (complained, code));
        var app = await tenant.ApplicationAsync();
        var clientId = (string)app["appId"]!;
        Assert.Equal("AzureADMyOrg", (string)app["signInAudience"]!);
        Assert.Equal(["brk-multihub://gate.contoso.com", "https://gate.contoso.com/signin.html"], Texts(app["spa"]!["redirectUris"]));
        Assert.Equal([$"api://{clientId}"], Texts(app["identifierUris"]));
        Assert.Equal(2, (int)app["api"]!["requestedAccessTokenVersion"]!);
        var scope = Assert.Single(app["api"]!["oauth2PermissionScopes"]!.AsArray())!;
        Assert.Equal("access_as_user", (string)scope["value"]!);
        var authorized = Assert.Single(app["api"]!["preAuthorizedApplications"]!.AsArray())!;
        Assert.Equal(clientId, (string)authorized["appId"]!);
        Assert.Equal([(string)scope["id"]!], Texts(authorized["delegatedPermissionIds"]));
        Assert.Equal(["Manager", "Admin"], app["appRoles"]!.AsArray().Select(role => (string)role!["value"]!));
        Assert.All(app["appRoles"]!.AsArray(), role => Assert.Equal(["User"], Texts(role!["allowedMemberTypes"])));
        Assert.Contains("WindowsAzureActiveDirectoryIntegratedApp", Texts((await tenant.PrincipalAsync())["tags"]));
        Assert.Empty(await tenant.ApprovedRolesAsync());

        var settings = SettingsOf(said);
        Assert.Equal(clientId, (string)settings["Entra"]!["ClientId"]!);
        Assert.Equal([tenant.TenantId], Texts(settings["Entra"]!["Tenants"]));
        Assert.Equal("https://gate.contoso.com", (string)settings["Mailbox"]!["PublicAddress"]!);
        Assert.Contains($"/{tenant.TenantId}/adminconsent?client_id={clientId}&redirect_uri=https%3A%2F%2Fgate.contoso.com%2Fsignin.html", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_run_changes_nothing()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.RegisterAsync("--consent", "--marks");
        var before = (await tenant.ApplicationAsync()).ToJsonString();
        var writes = await tenant.WritesAsync();

        var (code, said, _) = await tenant.RegisterAsync("--consent", "--marks");

        Assert.Equal(0, code);
        Assert.StartsWith("Everything is as it should be: nothing changed.", said, StringComparison.Ordinal);
        Assert.Equal(writes, await tenant.WritesAsync());
        Assert.Equal(before, (await tenant.ApplicationAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_changed_address_takes_the_place_of_the_old_one()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.RegisterAsync();

        var (code, said, complained) = await tenant.RegisterForAsync("https://new.contoso.com:8443");

        Assert.Equal(("", 0), (complained, code));
        Assert.Contains("+ address brk-multihub://new.contoso.com:8443", said, StringComparison.Ordinal);
        Assert.Contains("- address https://gate.contoso.com/signin.html", said, StringComparison.Ordinal);
        var app = await tenant.ApplicationAsync();
        Assert.Equal(["brk-multihub://new.contoso.com:8443", "https://new.contoso.com:8443/signin.html"], Texts(app["spa"]!["redirectUris"]));
        Assert.Single(app["api"]!["oauth2PermissionScopes"]!.AsArray());
    }

    [Fact]
    public async Task Consent_is_for_exactly_what_is_needed_and_takes_back_what_no_longer_is()
    {
        await using var tenant = await RegistrationTenant.StartAsync();

        await tenant.RegisterAsync("--consent", "--marks");
        Assert.Equal(["Domain.Read.All", "Mail.ReadBasic.All", "Mail.ReadWrite", "MailboxSettings.Read", "MailboxSettings.ReadWrite", "User.Read.All"], await tenant.ApprovedRolesAsync());
        await tenant.RegisterAsync("--consent");
        Assert.Equal(["Domain.Read.All", "Mail.ReadBasic.All", "MailboxSettings.Read", "User.Read.All"], await tenant.ApprovedRolesAsync());
        var (_, said, _) = await tenant.RegisterAsync("--consent", "--mail-by-exchange");

        Assert.Contains("Took back Mail.ReadBasic.All from the application.", said, StringComparison.Ordinal);
        Assert.Equal(["Domain.Read.All", "User.Read.All"], await tenant.ApprovedRolesAsync());
        var principal = (string)(await tenant.PrincipalAsync())["id"]!;
        Assert.Contains($"New-ManagementRoleAssignment -App {principal} -Role \"Application Mail.ReadBasic\" -CustomResourceScope", said, StringComparison.Ordinal);
        Assert.Equal("openid profile offline_access", (string)Assert.Single(await tenant.ListAsync("/oauth2PermissionGrants"))["scope"]!);
    }

    [Fact]
    public async Task Contacts_are_asked_for_where_they_are_wanted()
    {
        await using var tenant = await RegistrationTenant.StartAsync();

        await tenant.RegisterAsync("--consent", "--contacts");
        var approved = await tenant.ApprovedRolesAsync();
        var (_, said, _) = await tenant.RegisterAsync("--consent", "--contacts", "--mail-by-exchange");

        Assert.Equal(["Contacts.Read", "Domain.Read.All", "Mail.ReadBasic.All", "MailboxSettings.Read", "User.Read.All"], approved);
        Assert.Contains("-Role \"Application Contacts.Read\" -CustomResourceScope", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delegated_access_asks_for_nothing_for_the_application_itself()
    {
        await using var tenant = await RegistrationTenant.StartAsync();

        var (code, said, _) = await tenant.RegisterAsync("--access", "delegated", "--consent");

        Assert.Equal(0, code);
        Assert.Empty(await tenant.ApprovedRolesAsync());
        Assert.Equal(
            "openid profile offline_access User.Read.All Domain.Read.All Mail.ReadBasic MailboxSettings.Read",
            (string)Assert.Single(await tenant.ListAsync("/oauth2PermissionGrants"))["scope"]!);
        Assert.Equal("delegated", (string)SettingsOf(said)["Mailbox"]!["Access"]!);
    }

    [Fact]
    public async Task A_dry_run_says_everything_and_does_nothing()
    {
        await using var tenant = await RegistrationTenant.StartAsync();

        var (code, first, _) = await tenant.RegisterAsync("--dry-run", "--consent");
        Assert.Equal(0, code);
        Assert.Contains("Would make the registration InboxGate.", first, StringComparison.Ordinal);
        Assert.Contains("+ permission application Mail.ReadBasic.All", first, StringComparison.Ordinal);
        Assert.Empty(await tenant.ListAsync("/applications"));

        await tenant.RegisterAsync();
        var writes = await tenant.WritesAsync();
        var (_, later, _) = await tenant.RegisterForAsync("https://new.contoso.com", "--dry-run", "--consent");

        Assert.Contains("+ address https://new.contoso.com/signin.html", later, StringComparison.Ordinal);
        Assert.Contains("Would approve User.Read.All for the application.", later, StringComparison.Ordinal);
        Assert.Equal(writes, await tenant.WritesAsync());
    }

    [Fact]
    public async Task It_takes_out_again_what_it_made()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.MakeForeignAsync("Payroll");
        await tenant.RegisterAsync("--consent");

        var (_, foreseen, _) = await tenant.RunAsync(["--remove", "--dry-run"]);
        Assert.StartsWith("Would remove the registration InboxGate", foreseen, StringComparison.Ordinal);
        Assert.Equal(2, (await tenant.ListAsync("/applications")).Count);
        var (code, said, _) = await tenant.RunAsync(["--remove"]);
        var (again, nothing, _) = await tenant.RunAsync(["--remove"]);

        Assert.Equal((0, 0), (code, again));
        Assert.StartsWith("Removed the registration InboxGate", said, StringComparison.Ordinal);
        Assert.StartsWith("There is no registration InboxGate", nothing, StringComparison.Ordinal);
        Assert.Equal("Payroll", (string)(await tenant.ApplicationAsync())["displayName"]!);
        Assert.Empty(await tenant.ListAsync("/oauth2PermissionGrants"));
    }

    [Fact]
    public async Task What_it_did_not_make_it_does_not_remove()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.MakeForeignAsync("Payroll");

        var (code, _, complained) = await tenant.RunAsync(["--remove", "--client-id", (string)(await tenant.ApplicationAsync())["appId"]!]);

        Assert.Equal(1, code);
        Assert.StartsWith("This script did not make Payroll", complained, StringComparison.Ordinal);
        Assert.NotNull(await tenant.ApplicationAsync());
    }

    [Fact]
    public async Task A_certificate_is_added_once_beside_those_that_are_there()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        using var folder = new TemporaryFolder();
        var (first, firstThumbprint) = folder.Certificate("first", asPem: true);
        var (second, secondThumbprint) = folder.Certificate("second", asPem: false);

        await tenant.RegisterAsync("--certificate", first);
        await tenant.RegisterAsync("--certificate", second);
        var (_, said, _) = await tenant.RegisterAsync("--certificate", first);

        Assert.StartsWith("Everything is as it should be", said, StringComparison.Ordinal);
        var thumbprints = (await tenant.ApplicationAsync())["keyCredentials"]!.AsArray()
            .Select(key => Convert.ToHexString(Convert.FromBase64String((string)key!["customKeyIdentifier"]!)));
        Assert.Equal([firstThumbprint, secondThumbprint], thumbprints);
    }

    [Fact]
    public async Task What_somebody_else_added_stays()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.MakeForeignAsync("Shared app");
        var clientId = (string)(await tenant.ApplicationAsync())["appId"]!;

        var (code, _, complained) = await tenant.RegisterAsync("--client-id", clientId);

        Assert.Equal(("", 0), (complained, code));
        var app = await tenant.ApplicationAsync();
        Assert.Equal("Shared app", (string)app["displayName"]!);
        Assert.Equal([$"api://{clientId}"], Texts(app["identifierUris"]));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_left_alone()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.MakeForeignAsync("InboxGate");

        var (code, _, complained) = await tenant.RegisterAsync();

        Assert.Equal(1, code);
        Assert.Contains("The name InboxGate is taken", complained, StringComparison.Ordinal);
        Assert.Contains($"--client-id {(string)(await tenant.ApplicationAsync())["appId"]!}", complained, StringComparison.Ordinal);
        Assert.Empty(Texts((await tenant.ApplicationAsync())["identifierUris"]));
    }

    [Fact]
    public async Task An_administrator_signs_in_by_a_code()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.SayAsync("/sim/users", new JsonObject { ["user"] = "root@contoso.com", ["name"] = "Root", ["directoryRoles"] = new JsonArray("Global Administrator") });

        var (code, said, complained) = await ByCodeAsync(tenant, "root@contoso.com", "--consent");

        Assert.Equal(("", 0), (complained, code));
        Assert.Contains("Made the registration InboxGate.", said, StringComparison.Ordinal);
        Assert.Equal(4, (await tenant.ApprovedRolesAsync()).Count());
    }

    [Fact]
    public async Task Somebody_without_a_role_is_told_which_one_it_takes()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.SayAsync("/sim/users", new JsonObject { ["user"] = "ann@contoso.com", ["name"] = "Ann Lee" });

        var (code, said, complained) = await ByCodeAsync(tenant, "ann@contoso.com");

        Assert.Equal(1, code);
        Assert.Contains("Application Administrator", complained, StringComparison.Ordinal);
        Assert.DoesNotContain("Made", said, StringComparison.Ordinal);
        Assert.Empty(await tenant.ListAsync("/applications"));
    }

    [Fact]
    public async Task An_application_administrator_makes_it_and_leaves_the_approval_to_others()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.SayAsync("/sim/users", new JsonObject { ["user"] = "ann@contoso.com", ["name"] = "Ann Lee", ["directoryRoles"] = new JsonArray("Application Administrator") });

        var (code, _, complained) = await ByCodeAsync(tenant, "ann@contoso.com", "--consent");

        Assert.Equal(1, code);
        Assert.Contains("--consent needs Global Administrator or Privileged Role Administrator", complained, StringComparison.Ordinal);
        Assert.NotNull(await tenant.PrincipalAsync());
        Assert.Empty(await tenant.ApprovedRolesAsync());
    }

    [Fact]
    public async Task Whoever_is_signed_in_to_the_Azure_CLI_need_not_sign_in_again()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        using var folder = new TemporaryFolder();
        var path = folder.CommandLine(await tenant.TokenAsync());

        var (code, said, complained) = await RegistrationScript.RunAsync(
            [.. tenant.Here(), "--address", RegistrationTenant.Address, "--sign-in", "az"], new Dictionary<string, string> { ["PATH"] = path });

        Assert.Equal(("", 0), (complained, code));
        Assert.Contains("Made the registration InboxGate.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_without_the_permission_is_told_which_one_it_takes()
    {
        await using var tenant = await RegistrationTenant.StartAsync("Application.Read.All");

        var (code, _, complained) = await tenant.RegisterAsync();

        Assert.Equal(1, code);
        Assert.Contains("Application.ReadWrite.All", complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_tenant_and_a_wrong_secret_are_said_in_words()
    {
        await using var tenant = await RegistrationTenant.StartAsync();

        var (wrongTenant, _, noTenant) = await tenant.RunAsync(["--address", RegistrationTenant.Address, "--tenant", "nowhere.example"]);
        var (wrongSecret, _, noSecret) = await tenant.RunAsync(["--address", RegistrationTenant.Address], secret: "guessed");

        Assert.Equal((1, 1), (wrongTenant, wrongSecret));
        Assert.StartsWith("There is no such tenant. Check --tenant", noTenant, StringComparison.Ordinal);
        Assert.StartsWith("The client secret is wrong.", noSecret, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_reached_every_server_of_Entra_yet_is_tried_again()
    {
        await using var tenant = await RegistrationTenant.StartAsync();
        await tenant.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = 404, ["code"] = "Request_ResourceNotFound", ["match"] = "/v1.0/applications/", ["times"] = 2 });

        var (code, _, complained) = await tenant.RegisterAsync();

        Assert.Equal(("", 0), (complained, code));
        Assert.NotEmpty(Texts((await tenant.ApplicationAsync())["identifierUris"]));
    }

    [Theory]
    [InlineData("--address is missing", "--tenant", "contoso.com")]
    [InlineData("--address must be an https address", "--address", "http://gate.contoso.com")]
    [InlineData("--address must be an https address", "--address", "https://gate.contoso.com/inbox")]
    [InlineData("--address needs a value", "--address")]
    [InlineData("--adress is not known", "--adress", "https://gate.contoso.com")]
    [InlineData("--access is application or delegated", "--address", "https://gate.contoso.com", "--access", "all")]
    [InlineData("--certificate must name a file", "--address", "https://gate.contoso.com", "--certificate", "nowhere.pem")]
    [InlineData("--client-id must be an application's id", "--address", "https://gate.contoso.com", "--client-id", "InboxGate")]
    [InlineData("--name is there twice", "--address", "https://gate.contoso.com", "--name", "A", "--name", "B")]
    [InlineData("--mail-by-exchange is for application access", "--address", "https://gate.contoso.com", "--access", "delegated", "--mail-by-exchange")]
    public async Task A_slip_in_the_arguments_is_named(string named, params string[] arguments)
    {
        var (code, said, complained) = await RegistrationScript.RunAsync(arguments);

        Assert.Equal((2, ""), (code, said));
        Assert.StartsWith(named, complained, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Said, string Complained)> ByCodeAsync(RegistrationTenant tenant, string user, params string[] arguments) => RegistrationScript.RunAsync(
        [.. tenant.Here(), "--tenant", tenant.TenantId, "--address", RegistrationTenant.Address, .. arguments],
        heard: async line =>
        {
            if (UserCode().Match(line) is { Success: true } match)
            {
                await tenant.SayAsync("/sim/devicecodes", new JsonObject { ["userCode"] = match.Groups[1].Value, ["user"] = user });
            }
        });

    private static JsonNode SettingsOf(string said) => JsonNode.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..(said.LastIndexOf("\n}", StringComparison.Ordinal) + 2)])!;

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => (string)text!);

    [GeneratedRegex(@"enter the code (\w+)")]
    private static partial Regex UserCode();

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly string path = Directory.CreateTempSubdirectory("inboxgate-certificates-").FullName;

        public (string File, string Thumbprint) Certificate(string name, bool asPem)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(RegistrationTests.From, RegistrationTests.From.AddYears(20));
            var file = Path.Combine(path, name + ".cer");
            File.WriteAllBytes(file, asPem ? System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()) : certificate.RawData);
            return (file, certificate.Thumbprint);
        }

        /// <summary>Stands in for the Azure CLI, which is not part of this repository.</summary>
        /// <returns>A path for programs on which it comes first.</returns>
        public string CommandLine(string token)
        {
            var answer = new JsonObject { ["accessToken"] = token, ["expiresOn"] = "2099-01-01 00:00:00.000000", ["expires_on"] = 4070908800, ["tokenType"] = "Bearer" };
            var file = Path.Combine(path, "az");
            File.WriteAllText(file, $"#!/bin/sh\necho '{answer.ToJsonString()}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            return $"{path}:{Environment.GetEnvironmentVariable("PATH")}";
        }

        public void Dispose() => Directory.Delete(path, recursive: true);
    }

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
