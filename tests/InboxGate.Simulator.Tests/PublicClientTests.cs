using System.Net;
using Azure.Core;
using Azure.Identity;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensibility;
using Microsoft.IdentityModel.JsonWebTokens;

namespace InboxGate.Simulator.Tests;

/// <summary>Tools on a command line, with the real libraries: they open a browser, or show a code to be entered in one.</summary>
public sealed class PublicClientTests
{
    private const string CommandLine = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
    private const string Administrator = "admin@contoso.com";
    private static readonly string[] Wanted = ["https://graph.microsoft.com/Application.ReadWrite.All"];
    private static readonly string[] Roles = ["Application Administrator"];

    [Fact]
    public async Task A_device_code_is_approved_elsewhere_and_buys_a_token_for_Graph()
    {
        await using var simulation = await StartAsync();
        var credential = Device(simulation, code => simulation.PostNothingAsync("/sim/devicecodes", new { userCode = code.UserCode, user = Administrator }));

        var token = new JsonWebToken((await credential.GetTokenAsync(new TokenRequestContext(Wanted), Simulation.Stop)).Token);

        Assert.Equal("https://graph.microsoft.com", Assert.Single(token.Audiences));
        Assert.Contains("Application.ReadWrite.All", token.GetPayloadValue<string>("scp"), StringComparison.Ordinal);
        Assert.Equal(Administrator, token.GetPayloadValue<string>("preferred_username"));
        Assert.Equal(["9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"], token.GetPayloadValue<string[]>("wids"));
        Assert.Equal("[]", (await simulation.GetAsync("/sim/devicecodes")).ToJsonString());
    }

    [Fact]
    public async Task A_device_code_can_be_entered_on_the_page()
    {
        await using var simulation = await StartAsync();
        var visitor = new Visitor(simulation);
        Visitor.Step? wrong = null;
        var credential = Device(simulation, async code =>
        {
            wrong = await visitor.PressAsync(code.VerificationUri, ("code", "NONESUCH"), ("user", Administrator));
            await visitor.PressAsync(code.VerificationUri, ("code", code.UserCode.ToLowerInvariant()), ("user", Administrator));
        });

        var token = await credential.GetTokenAsync(new TokenRequestContext(Wanted), Simulation.Stop);

        Assert.Equal(Administrator, new JsonWebToken(token.Token).GetPayloadValue<string>("preferred_username"));
        Assert.Contains("That code didn’t work", WebUtility.HtmlDecode(wrong!.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_device_code_buys_nothing()
    {
        await using var simulation = await StartAsync();
        var credential = Device(simulation, code =>
            simulation.PostNothingAsync("/sim/devicecodes", new { userCode = code.UserCode, user = Administrator, approve = false }));

        var refused = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await credential.GetTokenAsync(new TokenRequestContext(Wanted), Simulation.Stop));

        Assert.Contains("AADSTS70018", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_opens_a_browser_signs_in_with_a_proof_key_and_renews_its_tokens()
    {
        await using var simulation = await StartAsync();
        var app = PublicClientApplicationBuilder.Create(CommandLine)
            .WithAuthority(new Uri(simulation.Host.HttpsAddress, simulation.Options.TenantId.ToString()).ToString(), validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(new Trusting(simulation.Https))
            .WithRedirectUri("http://localhost")
            .Build();

        var signedIn = await app.AcquireTokenInteractive(Wanted).WithCustomWebUi(new Browser(simulation)).ExecuteAsync(Simulation.Stop);
        var renewed = await app.AcquireTokenSilent(Wanted, signedIn.Account).WithForceRefresh(true).ExecuteAsync(Simulation.Stop);

        Assert.Equal(Administrator, signedIn.Account.Username);
        Assert.NotEqual(signedIn.AccessToken, renewed.AccessToken);
        Assert.Equal(signedIn.UniqueId, renewed.UniqueId);
    }

    [Fact]
    public async Task An_application_registered_through_Graph_signs_people_in_at_its_own_tenant()
    {
        await using var simulation = await StartAsync();
        var administrator = Device(simulation, code => simulation.PostNothingAsync("/sim/devicecodes", new { userCode = code.UserCode, user = Administrator }));
        var token = (await administrator.GetTokenAsync(new TokenRequestContext(Wanted), Simulation.Stop)).Token;
        var scope = new { id = Guid.NewGuid(), value = "access_as_user", type = "User", isEnabled = true, adminConsentDisplayName = "Access", adminConsentDescription = "Access" };
        var (_, app, _) = await simulation.GraphAsync(HttpMethod.Post, "/applications", new
        {
            displayName = "Mine",
            signInAudience = "AzureADMyOrg",
            spa = new { redirectUris = new[] { Visitor.Redirect } },
            api = new { requestedAccessTokenVersion = 2, oauth2PermissionScopes = new[] { scope } },
        }, token: token);
        var id = (string)app!["appId"]!;
        var visitor = new Visitor(simulation);
        var asked = visitor.Authorize(("client_id", id), ("scope", $"api://{id}/access_as_user openid"));
        var own = new Uri(asked.AbsoluteUri.Replace("/organizations/", $"/{simulation.Options.TenantId}/", StringComparison.Ordinal));

        var elsewhere = await visitor.OpenAsync(asked);
        var back = await visitor.PressAsync(own, ("user", Administrator));
        var (_, body) = await visitor.RedeemAsync(Visitor.Page, ("client_id", id), ("grant_type", "authorization_code"),
            ("code", back.Answer["code"]), ("redirect_uri", Visitor.Redirect), ("code_verifier", visitor.Verifier));

        Assert.Contains("AADSTS50194:", elsewhere.Page, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(new JsonWebToken((string)body["access_token"]!).Audiences));
    }

    private static async Task<Simulation> StartAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/users", new { user = Administrator, directoryRoles = Roles });
        return simulation;
    }

    private static DeviceCodeCredential Device(Simulation simulation, Func<DeviceCodeInfo, Task> approve) => new(simulation.Configured(new DeviceCodeCredentialOptions
    {
        ClientId = CommandLine,
        TenantId = simulation.Options.TenantId.ToString(),
        DeviceCodeCallback = (code, _) => approve(code),
    }));

    private sealed class Trusting(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }

    /// <summary>The administrator at the page that the tool opens.</summary>
    private sealed class Browser(Simulation simulation) : ICustomWebUi
    {
        public async Task<Uri> AcquireAuthorizationCodeAsync(Uri authorizationUri, Uri redirectUri, CancellationToken cancellationToken) =>
            (await new Visitor(simulation).PressAsync(authorizationUri, ("user", Administrator))).Location!;
    }
}
