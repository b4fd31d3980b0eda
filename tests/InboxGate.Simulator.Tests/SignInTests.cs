using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Tests;

public sealed class SignInTests
{
    private const string Context = """{"access_token":{"acrs":{"essential":true,"value":"c1"}}}""";

    private static async Task<(Simulation Simulation, Visitor Visitor)> StartAsync()
    {
        var simulation = await Visitor.SimulationAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = "bo@contoso.com", name = "Bo Ek", roles = new[] { "Manager" } });
        return (simulation, new Visitor(simulation));
    }

    [Fact]
    public async Task The_metadata_names_where_people_sign_in_and_out()
    {
        await using var simulation = await Simulation.StartAsync();

        var metadata = JsonNode.Parse(await simulation.Https.GetStringAsync(
            new Uri(simulation.Host.HttpsAddress, "/organizations/v2.0/.well-known/openid-configuration"), Simulation.Stop))!;

        Assert.Equal($"{simulation.Host.HttpsAddress}organizations/oauth2/v2.0/authorize", (string?)metadata["authorization_endpoint"]);
        Assert.Equal($"{simulation.Host.HttpsAddress}organizations/oauth2/v2.0/devicecode", (string?)metadata["device_authorization_endpoint"]);
        Assert.Equal($"{simulation.Host.HttpsAddress}organizations/oauth2/v2.0/logout", (string?)metadata["end_session_endpoint"]);
        Assert.Equal("S256", (string?)metadata["code_challenge_methods_supported"]![0]);
    }

    [Fact]
    public async Task Who_is_chosen_on_the_page_comes_back_with_a_code_that_buys_signed_tokens()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;

        var page = await visitor.OpenAsync();
        var back = await visitor.PressAsync(visitor.Authorize(), ("user", "bo@contoso.com"));
        var (response, body) = await visitor.RedeemCodeAsync(back.Answer["code"]);

        Assert.Contains("ann@contoso.com", page.Page, StringComparison.Ordinal);
        Assert.StartsWith(Visitor.Redirect + "#", back.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("state of the page", back.Answer["state"]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Visitor.Page, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        var keys = new JsonWebKeySet(await simulation.Https.GetStringAsync(new Uri(simulation.Host.HttpsAddress, "/common/discovery/v2.0/keys"), Simulation.Stop));
        foreach (var token in new[] { "access_token", "id_token" })
        {
            var result = await new JsonWebTokenHandler().ValidateTokenAsync((string)body[token]!, new TokenValidationParameters
            {
                IssuerSigningKeys = keys.GetSigningKeys(),
                ValidIssuer = $"{simulation.Host.HttpsAddress}{simulation.Options.TenantId}/v2.0",
                ValidAudience = simulation.Options.ClientId.ToString(),
            });
            Assert.True(result.IsValid, result.Exception?.Message);
            Assert.Equal("bo@contoso.com", result.Claims["preferred_username"]);
        }

        var access = new JsonWebToken((string)body["access_token"]!);
        Assert.Equal("access_as_user", access.GetPayloadValue<string>("scp"));
        Assert.Equal(["Manager"], access.GetPayloadValue<string[]>("roles"));
        Assert.Equal("nonce", new JsonWebToken((string)body["id_token"]!).GetPayloadValue<string>("nonce"));
        Assert.Equal(access.GetPayloadValue<string>("oid"), (string?)JsonNode.Parse(Base64UrlEncoder.Decode((string)body["client_info"]!))!["uid"]);
        Assert.Equal($"api://{simulation.Options.ClientId}/access_as_user", (string?)body["scope"]);
        Assert.InRange((long)body["refresh_token_expires_in"]!, 86_000, 86_400);
    }

    [Theory]
    [InlineData("client_id", "33333333-3333-4333-8333-333333333333", "AADSTS700016")]
    [InlineData("redirect_uri", "https://pane.example/signin.html/", "AADSTS50011")]
    [InlineData("redirect_uri", "https://elsewhere.example/signin.html", "AADSTS50011")]
    [InlineData("redirect_uri", "brk-multihub://pane.example", "AADSTS50011")]
    [InlineData("redirect_uri", "", "AADSTS900144")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_registered(string parameter, string value, string code)
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;

        var page = await visitor.OpenAsync((parameter, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(code + ":", page.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type AADSTS700054")]
    [InlineData("response_type", "", "invalid_request AADSTS900144")]
    [InlineData("scope", "", "invalid_request AADSTS900144")]
    [InlineData("code_challenge", "", "invalid_request AADSTS9002325")]
    [InlineData("code_challenge_method", "plain", "invalid_request AADSTS9002325")]
    [InlineData("prompt", "whatever", "invalid_request AADSTS90023")]
    [InlineData("prompt", "none", "login_required AADSTS50058")]
    public async Task A_request_that_is_not_right_is_told_to_the_application(string parameter, string value, string error)
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;

        var back = await visitor.OpenAsync((parameter, value));

        Assert.Equal(error, back.Error);
        Assert.Equal("state of the page", back.Answer["state"]);
    }

    [Fact]
    public async Task The_session_answers_silently_until_it_is_signed_out()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        await visitor.CodeAsync();

        var silent = await visitor.OpenAsync(("prompt", "none"));
        var hinted = await visitor.OpenAsync(("prompt", "none"), ("login_hint", Simulation.Ann));
        var another = await visitor.OpenAsync(("prompt", "none"), ("login_hint", "bo@contoso.com"));
        var usual = await visitor.OpenAsync();
        var chosen = await visitor.OpenAsync(("prompt", "select_account"));
        var signedOut = await visitor.OpenAsync(new Uri(simulation.Host.HttpsAddress,
            "/organizations/oauth2/v2.0/logout?state=s&post_logout_redirect_uri=" + Uri.EscapeDataString(Visitor.Redirect)));
        var after = await visitor.OpenAsync(("prompt", "none"));

        Assert.Contains("code", silent.Answer);
        Assert.Contains("code", hinted.Answer);
        Assert.Equal("login_required AADSTS50058", another.Error);
        Assert.Contains("code", usual.Answer);
        Assert.Contains("Ann Lee", chosen.Page, StringComparison.Ordinal);
        Assert.Equal(Visitor.Redirect + "?state=s", signedOut.Location!.AbsoluteUri);
        Assert.Equal("login_required AADSTS50058", after.Error);
    }

    [Fact]
    public async Task Of_several_accounts_one_has_to_be_named()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        await visitor.CodeAsync();
        await visitor.CodeAsync("bo@contoso.com");

        var unnamed = await visitor.OpenAsync(("prompt", "none"));
        var named = await visitor.OpenAsync(("prompt", "none"), ("login_hint", "bo@contoso.com"));
        var page = await visitor.OpenAsync();

        Assert.Equal("interaction_required AADSTS16000", unnamed.Error);
        var (_, body) = await visitor.RedeemCodeAsync(named.Answer["code"]);
        Assert.Equal("bo@contoso.com", new JsonWebToken((string)body["access_token"]!).GetPayloadValue<string>("preferred_username"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_said_and_a_cancelled_sign_in_told()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;

        var unknown = await visitor.PressAsync(visitor.Authorize(), ("user", "<nobody>@contoso.com"));
        var cancelled = await visitor.PressAsync(visitor.Authorize(), ("cancel", "1"));

        Assert.Contains("AADSTS50034", unknown.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nobody>", unknown.Page, StringComparison.Ordinal);
        Assert.Equal("access_denied AADSTS65004", cancelled.Error);
    }

    [Fact]
    public async Task A_code_is_redeemed_once_by_the_page_it_was_given_to()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        var code = await visitor.CodeAsync();

        await RefusedAsync("AADSTS501481", visitor.RedeemCodeAsync(code, verifier: "another verifier"));
        await RefusedAsync("AADSTS501481", visitor.RedeemCodeAsync(code, verifier: ""));
        await RefusedAsync("AADSTS500112", visitor.RedeemCodeAsync(code, redirect: Visitor.Page + "/other.html"));
        await RefusedAsync("AADSTS9002327", visitor.RedeemCodeAsync(code, origin: null));
        await RefusedAsync("AADSTS9002326", visitor.RedeemCodeAsync(code, origin: "https://elsewhere.example"));
        await RefusedAsync("AADSTS70000", visitor.RedeemCodeAsync("0.made-up"));
        var (response, _) = await visitor.RedeemCodeAsync(code);
        await RefusedAsync("AADSTS54005", visitor.RedeemCodeAsync(code));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_not_registered_may_not_read_the_answer()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;

        var (response, _) = await visitor.RedeemCodeAsync(await visitor.CodeAsync(), origin: "https://elsewhere.example");

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_refresh_token_is_renewed_within_its_day_and_no_longer()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        var (_, first) = await visitor.RedeemCodeAsync(await visitor.CodeAsync());
        var refresh = (string)first["refresh_token"]!;

        var (response, second) = await visitor.RedeemAsync(Visitor.Page, ("grant_type", "refresh_token"), ("refresh_token", refresh));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(refresh, (string?)second["refresh_token"]);
        Assert.Equal(new JsonWebToken(refresh).ValidTo, new JsonWebToken((string)second["refresh_token"]!).ValidTo);
        Assert.NotEqual((string?)first["access_token"], (string?)second["access_token"]);
        await RefusedAsync("AADSTS9002327", visitor.RedeemAsync(null, ("grant_type", "refresh_token"), ("refresh_token", refresh)));
        await RefusedAsync("AADSTS70000", visitor.RedeemAsync(Visitor.Page, ("grant_type", "refresh_token"), ("refresh_token", refresh[..^8] + "AAAAAAAA")));
        await RefusedAsync("AADSTS70000", visitor.RedeemAsync(Visitor.Page, ("grant_type", "refresh_token"), ("refresh_token", (string)first["access_token"]!)));
    }

    [Fact]
    public async Task A_refusal_can_be_scripted_for_the_person_whose_token_is_renewed()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        var (_, tokens) = await visitor.RedeemCodeAsync(await visitor.CodeAsync());
        await simulation.PostAsync("/sim/faults", new { kind = "token", user = Simulation.Ann, code = "AADSTS50076" });

        var (_, refused) = await visitor.RedeemAsync(Visitor.Page, ("grant_type", "refresh_token"), ("refresh_token", (string)tokens["refresh_token"]!));

        Assert.Equal("invalid_grant", (string?)refused["error"]);
        Assert.Contains("capolids", (string)refused["claims"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_is_asked_once_when_a_service_wants_more_than_a_usual_sign_in()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        await visitor.CodeAsync();
        var address = visitor.Authorize(("claims", Context));

        var silent = await visitor.OpenAsync(("claims", Context), ("prompt", "none"));
        var step = await visitor.PressAsync(address, ("user", Simulation.Ann));
        var back = await visitor.PressAsync(address, ("user", Simulation.Ann), ("approve", "1"));
        var silentAfter = await visitor.OpenAsync(("claims", Context), ("prompt", "none"));

        Assert.Equal("interaction_required AADSTS50076", silent.Error);
        Assert.Equal(Context, silent.Answer["claims"]);
        Assert.Contains("Approve sign in request", step.Page, StringComparison.Ordinal);
        var (_, body) = await visitor.RedeemCodeAsync(back.Answer["code"]);
        Assert.Equal(["c1"], new JsonWebToken((string)body["access_token"]!).GetPayloadValue<string[]>("acrs"));
        Assert.Contains("code", silentAfter.Answer);
    }

    [Fact]
    public async Task Where_the_administrator_has_not_consented_nobody_gets_a_code()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        await visitor.CodeAsync();
        await simulation.PostAsync("/sim/permissions", new { denied = new[] { "access_as_user" } });

        var silent = await visitor.OpenAsync(("prompt", "none"));
        var page = await visitor.PressAsync(visitor.Authorize(), ("user", Simulation.Ann));
        var back = await visitor.PressAsync(visitor.Authorize(), ("leave", "1"));

        Assert.Equal("consent_required AADSTS65001", silent.Error);
        Assert.Contains("Need admin approval", page.Page, StringComparison.Ordinal);
        Assert.Equal("access_denied AADSTS90094", back.Error);
    }

    [Fact]
    public async Task Tokens_live_as_long_as_was_asked_for()
    {
        var (simulation, visitor) = await StartAsync();
        await using var _ = simulation;
        await simulation.PostNothingAsync("/sim/signin", new { accessTokenSeconds = 60 });

        var (_, body) = await visitor.RedeemCodeAsync(await visitor.CodeAsync());

        Assert.Equal(60, (int)body["expires_in"]!);
    }

    private static async Task RefusedAsync(string code, Task<(HttpResponseMessage Response, JsonNode Body)> asked)
    {
        var (response, body) = await asked;
        Assert.False(response.IsSuccessStatusCode);
        Assert.StartsWith(code + ":", (string)body["error_description"]!, StringComparison.Ordinal);
    }
}
