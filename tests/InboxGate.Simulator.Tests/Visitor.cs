using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace InboxGate.Simulator.Tests;

/// <summary>Somebody with a browser: it keeps cookies and goes where it is sent, one step at a time.</summary>
internal sealed class Visitor(Simulation simulation)
{
    public const string Page = "https://pane.example";
    public const string Redirect = Page + "/signin.html";

    private readonly Dictionary<string, string> cookies = [];

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static Task<Simulation> SimulationAsync() =>
        Simulation.StartAsync(options => options with { RedirectUris = [Redirect, "brk-multihub://pane.example"] });

    /// <summary>Where the application would send its visitor; an empty value leaves a parameter out.</summary>
    public Uri Authorize(params (string Name, string Value)[] changes)
    {
        var query = new Dictionary<string, string>
        {
            ["client_id"] = simulation.Options.ClientId.ToString(),
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["response_mode"] = "fragment",
            ["scope"] = $"api://{simulation.Options.ClientId}/access_as_user openid profile offline_access",
            ["state"] = "state of the page",
            ["nonce"] = "nonce",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["client_info"] = "1",
        };
        foreach (var (name, value) in changes)
            query[name] = value;
        return new Uri(simulation.Host.HttpsAddress, QueryHelpers.AddQueryString(
            "/organizations/oauth2/v2.0/authorize", query.Where(entry => entry.Value.Length > 0).ToDictionary(entry => entry.Key, entry => (string?)entry.Value)));
    }

    public Task<Step> OpenAsync(params (string Name, string Value)[] changes) => OpenAsync(Authorize(changes));

    public Task<Step> OpenAsync(Uri address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    public Task<Step> PressAsync(Uri address, params (string Name, string Value)[] form) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = Form(form) });

    /// <summary>Signs in by the page and comes back with a code.</summary>
    public async Task<string> CodeAsync(string user = Simulation.Ann, params (string Name, string Value)[] changes) =>
        (await PressAsync(Authorize(changes), ("user", user))).Answer["code"];

    /// <summary>What a page of the application asks of the token endpoint; without an origin it is no page.</summary>
    public async Task<(HttpResponseMessage Response, JsonNode Body)> RedeemAsync(string? origin, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulation.Host.HttpsAddress, "/organizations/oauth2/v2.0/token"))
        {
            Content = Form([.. form.Any(entry => entry.Name == "client_id") ? form : [("client_id", simulation.Options.ClientId.ToString()), .. form], ("client_info", "1")]),
        };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        var response = await simulation.Https.SendAsync(request, Simulation.Stop);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync(Simulation.Stop))!);
    }

    public Task<(HttpResponseMessage Response, JsonNode Body)> RedeemCodeAsync(string code, string? origin = Page, string? verifier = null, string redirect = Redirect) =>
        RedeemAsync(origin, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier ?? Verifier));

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> form) =>
        new(form.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));

    private async Task<Step> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            using var response = await simulation.Browser.SendAsync(request, Simulation.Stop);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var parts = cookie.Split(';')[0].Split('=', 2);
                cookies[parts[0]] = parts[1];
            }

            return new Step(response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync(Simulation.Stop));
        }
    }

    /// <summary>A page that is shown, or the way to another one.</summary>
    internal sealed record Step(HttpStatusCode Status, Uri? Location, string Page)
    {
        /// <summary>What the application is told, from the fragment or the query of the address it is told it by.</summary>
        public IReadOnlyDictionary<string, string> Answer => QueryHelpers
            .ParseQuery(Location!.Fragment.Length > 0 ? Location.Fragment[1..] : Location.Query)
            .ToDictionary(entry => entry.Key, entry => entry.Value.ToString());

        public string Error => $"{Answer["error"]} {Answer["error_description"].Split(':')[0]}";
    }
}
