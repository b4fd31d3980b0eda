using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Tests;

public sealed class EntraTests
{
    private static readonly string[] Manager = ["Manager"];

    [Fact]
    public async Task A_secret_buys_an_application_token_for_Graph()
    {
        await using var simulation = await Simulation.StartAsync();

        var token = new JsonWebToken(await simulation.ApplicationTokenAsync());

        Assert.Equal("https://graph.microsoft.com", Assert.Single(token.Audiences));
        Assert.Equal("app", token.GetPayloadValue<string>("idtyp"));
        Assert.Contains("Mail.ReadBasic.All", token.GetPayloadValue<string[]>("roles"));
        Assert.False(token.TryGetPayloadValue<string>("scp", out _));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_as_Entra_refuses_it()
    {
        await using var simulation = await Simulation.StartAsync();

        var refused = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await simulation.SecretCredential("wrong").GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop));

        Assert.Contains("AADSTS7000215", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tenant_is_refused()
    {
        await using var simulation = await Simulation.StartAsync();

        var refused = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await simulation.SecretCredential(tenant: Guid.NewGuid()).GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop));

        Assert.Contains("AADSTS90002", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_buys_a_token_once_it_is_registered()
    {
        await using var simulation = await Simulation.StartAsync();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));

        var refused = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await simulation.CertificateCredential(certificate).GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop));
        await simulation.PostAsync("/sim/certificates", new { certificate = certificate.ExportCertificatePem() }, HttpStatusCode.Created);
        var token = await simulation.CertificateCredential(certificate).GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop);

        Assert.Contains("AADSTS700027", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal("app", new JsonWebToken(token.Token).GetPayloadValue<string>("idtyp"));
    }

    [Fact]
    public async Task On_behalf_of_turns_the_users_token_into_one_for_Graph_as_that_user()
    {
        await using var simulation = await Simulation.StartAsync();
        var ann = (string)(await simulation.AnnAsync())["id"]!;
        var userToken = (string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann }))["accessToken"]!;

        var me = await simulation.Graph(simulation.OnBehalfOf(userToken)).Me.GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(ann, me!.Id);
        Assert.Equal(Simulation.Ann, me.Mail);
    }

    [Theory]
    [InlineData("""{"expiresIn": -600}""", "AADSTS500133")]
    [InlineData("""{"audience": "33333333-3333-4333-8333-333333333333"}""", "AADSTS500131")]
    [InlineData("""{"scope": ""}""", "AADSTS50013")]
    public async Task On_behalf_of_refuses_an_assertion_that_is_not_right(string wish, string code)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var body = JsonNode.Parse(wish)!.AsObject();
        body["user"] = Simulation.Ann;
        var userToken = (string)(await simulation.PostAsync("/sim/tokens", body))["accessToken"]!;

        var refused = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await simulation.OnBehalfOf(userToken).GetTokenAsync(new TokenRequestContext(Simulation.GraphScope), Simulation.Stop));

        Assert.Contains(code + ":", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_token_is_signed_by_the_published_key_and_carries_what_was_asked()
    {
        await using var simulation = await Simulation.StartAsync();
        var ann = (string)(await simulation.AnnAsync())["id"]!;
        var tenant = simulation.Options.TenantId.ToString();

        var text = (string)(await simulation.PostAsync("/sim/tokens", new { user = ann, roles = Manager }))["accessToken"]!;
        var metadata = JsonNode.Parse(await simulation.Https.GetStringAsync(new Uri(simulation.Host.HttpsAddress, $"{tenant}/v2.0/.well-known/openid-configuration"), Simulation.Stop))!;
        var keys = new JsonWebKeySet(await simulation.Https.GetStringAsync((string)metadata["jwks_uri"]!, Simulation.Stop));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = (string)metadata["issuer"]!,
            ValidAudience = simulation.Options.ClientId.ToString(),
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(ann, result.Claims["oid"]);
        Assert.Equal(tenant, result.Claims["tid"]);
        Assert.Equal("Manager", result.Claims["roles"]);
        Assert.Equal("access_as_user", result.Claims["scp"]);
        Assert.Equal("2.0", result.Claims["ver"]);
        Assert.Equal($"{simulation.Host.HttpsAddress}{tenant}/v2.0", metadata["issuer"]!.ToString());
    }

    [Fact]
    public async Task A_claim_is_said_otherwise_or_left_out_as_asked()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var token = new JsonWebToken((string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann, claims = new { idp = "live.com", scp = (string?)null } }))["accessToken"]!);

        Assert.Equal("live.com", token.GetPayloadValue<string>("idp"));
        Assert.False(token.TryGetPayloadValue<string>("scp", out _));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task After_a_new_key_tokens_are_signed_with_it_and_the_one_before_is_published_until_withdrawn(bool withdraw, int published)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var before = new JsonWebToken((string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann }))["accessToken"]!);

        var id = (string)(await simulation.PostAsync("/sim/keys", new { withdraw }))["kid"]!;

        var after = new JsonWebToken((string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann }))["accessToken"]!);
        var keys = new JsonWebKeySet(await simulation.Https.GetStringAsync(new Uri(simulation.Host.HttpsAddress, "organizations/discovery/v2.0/keys"), Simulation.Stop)).Keys;
        Assert.NotEqual(before.Kid, after.Kid);
        Assert.Equal(id, after.Kid);
        Assert.Equal(published, keys.Count);
        Assert.Equal(id, keys[0].Kid);
    }

    [Fact]
    public async Task Token_times_follow_the_machine_when_the_simulated_clock_moves()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/clock", new { now = "2026-03-02T08:05:00-05:00" });

        var token = new JsonWebToken((string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann, expiresIn = 120 }))["accessToken"]!);

        var left = token.ValidTo - TimeProvider.System.GetUtcNow().UtcDateTime;
        Assert.InRange(left.TotalSeconds, 60, 121);
    }

    [Fact]
    public async Task Metadata_for_many_tenants_has_an_issuer_to_be_filled_in()
    {
        await using var simulation = await Simulation.StartAsync();

        foreach (var tenant in new[] { "common", "organizations" })
        {
            var metadata = JsonNode.Parse(await simulation.Https.GetStringAsync(new Uri(simulation.Host.HttpsAddress, tenant + "/v2.0/.well-known/openid-configuration"), Simulation.Stop))!;

            Assert.Equal($"{simulation.Host.HttpsAddress}{{tenantid}}/v2.0", (string)metadata["issuer"]!);
        }
    }

    [Fact]
    public async Task A_token_for_an_unknown_user_is_a_clear_404()
    {
        await using var simulation = await Simulation.StartAsync();

        var problem = await simulation.PostAsync("/sim/tokens", new { user = "nobody@contoso.com" }, HttpStatusCode.NotFound);

        Assert.Contains("nobody@contoso.com", (string)problem["title"]!, StringComparison.Ordinal);
        Assert.EndsWith("/unknown-user", (string)problem["type"]!, StringComparison.Ordinal);
    }
}
