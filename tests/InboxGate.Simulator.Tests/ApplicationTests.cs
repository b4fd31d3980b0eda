using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Simulator.Tests;

public sealed class ApplicationTests
{
    private const string GraphClientId = "00000003-0000-0000-c000-000000000000";
    private static readonly Guid ScopeId = Guid.Parse("5c1f0a0e-9a3c-4a53-8f43-0d0c9d0e6a01");

    [Fact]
    public async Task An_application_is_kept_as_it_was_registered()
    {
        await using var simulation = await RegisteringAsync();
        var graph = simulation.Graph();

        var made = await graph.Applications.PostAsync(Payroll(), cancellationToken: Simulation.Stop);
        await graph.Applications[made!.Id].PatchAsync(
            new Application { IdentifierUris = [$"api://{made.AppId}"], Spa = new SpaApplication { RedirectUris = ["https://payroll.contoso.com/signin"] } }, cancellationToken: Simulation.Stop);

        var found = Assert.Single((await graph.Applications.GetAsync(request => request.QueryParameters.Filter = "displayName eq 'Payroll'", Simulation.Stop))!.Value!);
        Assert.Equal(made.AppId, found.AppId);
        Assert.Equal([$"api://{made.AppId}"], found.IdentifierUris!);
        Assert.Equal(["https://payroll.contoso.com/signin"], found.Spa!.RedirectUris!);
        Assert.Equal("access", Assert.Single(found.Api!.Oauth2PermissionScopes!).Value);
    }

    [Fact]
    public async Task A_scope_that_is_switched_on_neither_goes_nor_changes()
    {
        await using var simulation = await RegisteringAsync();
        var graph = simulation.Graph();
        var made = await graph.Applications.PostAsync(Payroll(), cancellationToken: Simulation.Stop);

        var refused = await Assert.ThrowsAsync<ODataError>(() => graph.Applications[made!.Id].PatchAsync(
            new Application { Api = new ApiApplication { Oauth2PermissionScopes = [] } }, cancellationToken: Simulation.Stop));
        Assert.Equal("CannotDeleteOrUpdateEnabledEntitlement", refused.Error!.Code);

        var off = Payroll().Api!.Oauth2PermissionScopes!;
        off[0].IsEnabled = false;
        await graph.Applications[made!.Id].PatchAsync(new Application { Api = new ApiApplication { Oauth2PermissionScopes = off } }, cancellationToken: Simulation.Stop);
        await graph.Applications[made.Id].PatchAsync(new Application { Api = new ApiApplication { Oauth2PermissionScopes = [] } }, cancellationToken: Simulation.Stop);
        Assert.Empty((await graph.Applications[made.Id].GetAsync(cancellationToken: Simulation.Stop))!.Api!.Oauth2PermissionScopes!);
    }

    [Theory]
    [InlineData("""{ "displayName": "" }""", "displayName")]
    [InlineData("""{ "displayName": "Payroll", "spa": { "redirectUris": ["http://payroll.contoso.com"] } }""", "http://payroll.contoso.com")]
    [InlineData("""{ "displayName": "Payroll", "identifierUris": ["api://somewhere.example/payroll"] }""", "api://somewhere.example/payroll")]
    [InlineData("""{ "displayName": "Payroll", "displayNames": [] }""", "displayNames")]
    [InlineData("""{ "displayName": "Payroll", "api": { "preAuthorizedApplications": [{ "appId": "a", "delegatedPermissionIds": ["nothing"] }] } }""", "nothing")]
    public async Task What_Graph_would_not_keep_is_refused_by_its_name(string body, string named)
    {
        await using var simulation = await RegisteringAsync();

        var (status, answer, _) = await simulation.GraphAsync(HttpMethod.Post, "/applications", JsonNode.Parse(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, (string)answer!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_registered()
    {
        await using var simulation = await Simulation.StartAsync();

        var (status, answer, _) = await simulation.GraphAsync(HttpMethod.Post, "/applications", new { displayName = "Payroll" });

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("Authorization_RequestDenied", (string)answer!["error"]!["code"]!);
    }

    [Fact]
    public async Task A_permission_is_granted_once_and_goes_with_its_application()
    {
        await using var simulation = await RegisteringAsync();
        var graph = simulation.Graph();
        var made = await graph.Applications.PostAsync(Payroll(), cancellationToken: Simulation.Stop);
        var principal = await graph.ServicePrincipals.PostAsync(new ServicePrincipal { AppId = made!.AppId }, cancellationToken: Simulation.Stop);
        var microsoftGraph = Assert.Single((await graph.ServicePrincipals.GetAsync(request => request.QueryParameters.Filter = $"appId eq '{GraphClientId}'", Simulation.Stop))!.Value!);
        var assignment = new AppRoleAssignment
        {
            PrincipalId = Guid.Parse(principal!.Id!),
            ResourceId = Guid.Parse(microsoftGraph.Id!),
            AppRoleId = microsoftGraph.AppRoles!.Single(role => role.Value == "User.Read.All").Id,
        };

        await graph.ServicePrincipals[principal.Id].AppRoleAssignments.PostAsync(assignment, cancellationToken: Simulation.Stop);
        await Assert.ThrowsAsync<ODataError>(() => graph.ServicePrincipals[principal.Id].AppRoleAssignments.PostAsync(assignment, cancellationToken: Simulation.Stop));
        await graph.Applications[made.Id].DeleteAsync(cancellationToken: Simulation.Stop);

        Assert.DoesNotContain((await graph.ServicePrincipals.GetAsync(cancellationToken: Simulation.Stop))!.Value!, it => it.AppId == made.AppId);
        Assert.Equal(404, (await Assert.ThrowsAsync<ODataError>(() => graph.ServicePrincipals[principal.Id].AppRoleAssignments.GetAsync(cancellationToken: Simulation.Stop))).ResponseStatusCode);
    }

    [Fact]
    public async Task A_service_principal_needs_its_application()
    {
        await using var simulation = await RegisteringAsync();

        var (status, answer, _) = await simulation.GraphAsync(HttpMethod.Post, "/servicePrincipals", new { appId = Guid.NewGuid() });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("does not reference a valid application object", (string)answer!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applications_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("inboxgate-apps-").FullName;
        try
        {
            await using (var before = await RegisteringAsync(folder))
            {
                await before.Graph().Applications.PostAsync(Payroll(), cancellationToken: Simulation.Stop);
            }

            await using var after = await RegisteringAsync(folder);

            var (_, answer, _) = await after.GraphAsync(HttpMethod.Get, "/applications?$select=displayName");
            Assert.Equal("Payroll", (string)Assert.Single(answer!["value"]!.AsArray())!["displayName"]!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Entra_knows_an_application_by_the_addresses_it_was_registered_with()
    {
        await using var simulation = await RegisteringAsync();
        var made = await simulation.Graph().Applications.PostAsync(Payroll(), cancellationToken: Simulation.Stop);

        var registered = await AskAsync("https://payroll.contoso.com/signin");
        var foreign = await AskAsync("https://payroll.example/signin");

        Assert.DoesNotContain("AADSTS50011", registered, StringComparison.Ordinal);
        Assert.DoesNotContain("AADSTS700016", registered, StringComparison.Ordinal);
        Assert.Contains("AADSTS50011", foreign, StringComparison.Ordinal);

        Task<string> AskAsync(string redirect) => ReadAsync(
            $"/{simulation.Options.TenantId}/oauth2/v2.0/authorize?client_id={made!.AppId}&response_type=code&redirect_uri={Uri.EscapeDataString(redirect)}"
            + "&scope=openid&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&state=1");

        async Task<string> ReadAsync(string path)
        {
            using var answer = await simulation.Https.GetAsync(new Uri(simulation.Host.HttpsAddress, path), Simulation.Stop);
            return await answer.Content.ReadAsStringAsync(Simulation.Stop);
        }
    }

    private static Task<Simulation> RegisteringAsync(string? folder = null) => Simulation.StartAsync(options => options with
    {
        DataDirectory = folder,
        ApplicationPermissions = ["Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All"],
    });

    private static Application Payroll() => new()
    {
        DisplayName = "Payroll",
        Spa = new SpaApplication { RedirectUris = ["https://payroll.contoso.com/signin"] },
        Api = new ApiApplication
        {
            Oauth2PermissionScopes = [new PermissionScope { Id = ScopeId, Value = "access", Type = "User", IsEnabled = true, AdminConsentDisplayName = "Use it", AdminConsentDescription = "Use it" }],
        },
    };
}
