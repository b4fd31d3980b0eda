using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.SignIn;
using InboxGate.Web.Tests.Stories;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Web.Tests.SignIn;

/// <summary>Which tokens open the door, and that all others do not.</summary>
public sealed class TokenTests(PostgresServer postgres)
{
    private const string Mira = "mira@contoso.com";
    private const string OtherTenant = "99999999-9999-4999-8999-999999999999";
    private const string SomeId = "0f0e0d0c-0b0a-4009-8807-060504030201";

    [Fact]
    public async Task Every_wrong_token_is_refused_and_told_how_to_sign_in()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.UserAsync(Mira);
        var before = (await mira.BoardAsync())["revision"]!.GetValue<long>();
        var right = mira.Api.DefaultRequestHeaders.Authorization!.Parameter!;
        var wrong = new List<Wrong>();
        wrong.AddRange(await WrongByContentAsync(world));
        wrong.AddRange(await WrongByKeyAsync(world, right));
        wrong.AddRange(Malformed(right));

        foreach (var (what, token, status) in wrong)
        {
            foreach (var ask in Requests(world, token))
            {
                using var request = ask;
                using var answer = await world.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.True(status == answer.StatusCode, $"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode} to a token that is wrong by {what}: {text}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
                if (status == HttpStatusCode.Unauthorized)
                {
                    Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
                }
            }
        }

        var board = await mira.BoardAsync();
        Assert.Equal(before, board["revision"]!.GetValue<long>());
        Assert.Equal(0, board["counts"]!["calls"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_token_larger_than_any_is_refused_before_it_is_read()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/board");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + new string('a', 200_000));

        using var answer = await world.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_that_Entra_has_just_begun_to_use_is_known_at_once_and_the_one_before_it_still_holds()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.UserAsync(Mira);
        await mira.BoardAsync();

        await world.SayAsync("/sim/keys", []);
        var tokens = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            tokens.Add(await world.TokenAsync(new JsonObject { ["user"] = Mira }));
        }

        var answers = await Task.WhenAll(tokens.Select(token => StatusAsync(world, token)));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        await mira.BoardAsync();
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_opens_nothing_once_the_keys_have_been_read_again()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.UserAsync(Mira);
        await mira.BoardAsync();

        await world.SayAsync("/sim/keys", new JsonObject { ["withdraw"] = true });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(world, await world.TokenAsync(new JsonObject { ["user"] = Mira })));

        using var before = await mira.SendAsync(HttpMethod.Get, "/api/board");
        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_asks_Entra_for_its_keys_no_more_than_now_and_then()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.UserAsync(Mira);
        await mira.BoardAsync();
        var right = mira.Api.DefaultRequestHeaders.Authorization!.Parameter!;
        using var stranger = RSA.Create(2048);
        var before = await KeyReadingsAsync(world);
        var start = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(world, Resigned(right, stranger, $"unknown-{i}")));
        }

        await mira.BoardAsync();
        var most = 1 + (int)(TimeProvider.System.GetElapsedTime(start) / SigningKeys.LeastPause);
        Assert.InRange(await KeyReadingsAsync(world) - before, 1, most);

        // It does not shut out for long the key that is really new.
        await world.SayAsync("/sim/keys", []);
        var fresh = await world.TokenAsync(new JsonObject { ["user"] = Mira });
        await World.UntilAsync(async () => await StatusAsync(world, fresh) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_Entra_cannot_be_asked_for_its_keys_nobody_is_told_that_their_token_is_wrong()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        await world.UserAsync(Mira);
        await world.SayAsync("/sim/faults", new JsonObject { ["match"] = "openid-configuration", ["times"] = 100000, ["status"] = 503 });
        // The one that has started before has the keys by now.
        await world.ReplaceServerAsync(world.Servers[0]);
        var token = await world.TokenAsync(new JsonObject { ["user"] = Mira });
        using var api = world.Api(token);

        using var answer = await api.GetAsync("/api/board", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("sign-in-unreachable", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var cleared = await world.Simulator.DeleteAsync("/sim/faults", TestContext.Current.CancellationToken);
        await World.UntilAsync(async () => await StatusAsync(world, token) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_with_the_next_token()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        await world.UserAsync(Mira);
        async Task<HttpStatusCode> TeamAsync(params string[] roles)
        {
            using var api = world.Api(await world.TokenAsync(new JsonObject { ["user"] = Mira, ["roles"] = new JsonArray([.. roles]) }));
            using var answer = await api.GetAsync("/api/team", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await TeamAsync("Manager"));
        Assert.Equal(HttpStatusCode.Forbidden, await TeamAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await TeamAsync("manager", "Managers", "Admin"));
    }

    /// <summary>Rightly signed, each with one thing that is not as it should be.</summary>
    private static async Task<List<Wrong>> WrongByContentAsync(World world)
    {
        var authority = new Uri(new JsonWebToken(await world.TokenAsync(new JsonObject { ["user"] = Mira })).Issuer).GetLeftPart(UriPartial.Authority);
        (string What, string Wish, HttpStatusCode Status)[] wishes =
        [
            ("audience", """{"audience":"33333333-3333-4333-8333-333333333333"}""", HttpStatusCode.Unauthorized),
            ("audience of Graph", """{"audience":"https://graph.microsoft.com"}""", HttpStatusCode.Unauthorized),
            ("no audience", """{"claims":{"aud":null}}""", HttpStatusCode.Unauthorized),
            ("issuer", """{"issuer":"https://login.evil.example/v2.0"}""", HttpStatusCode.Unauthorized),
            ("issuer of the first version", """{"issuer":"https://sts.windows.net/11111111-1111-4111-8111-111111111111/"}""", HttpStatusCode.Unauthorized),
            ("no issuer", """{"claims":{"iss":null}}""", HttpStatusCode.Unauthorized),
            ("tenant", $$"""{"tenant":"{{OtherTenant}}"}""", HttpStatusCode.Unauthorized),
            ("another tenant's issuer", $$"""{"issuer":"{{authority}}/{{OtherTenant}}/v2.0"}""", HttpStatusCode.Unauthorized),
            ("another tenant under our issuer", $$$"""{"claims":{"tid":"{{{OtherTenant}}}"}}""", HttpStatusCode.Unauthorized),
            ("no tenant", """{"claims":{"tid":null}}""", HttpStatusCode.Unauthorized),
            ("its end", """{"expiresIn":-600}""", HttpStatusCode.Unauthorized),
            ("its end a minute ago", """{"expiresIn":-60}""", HttpStatusCode.Unauthorized),
            ("no end", """{"claims":{"exp":null}}""", HttpStatusCode.Unauthorized),
            ("its beginning", """{"notBeforeIn":600}""", HttpStatusCode.Unauthorized),
            ("no scope", """{"claims":{"scp":null}}""", HttpStatusCode.Forbidden),
            ("another scope", """{"scope":"something_else"}""", HttpStatusCode.Forbidden),
            ("a scope that only begins like ours", """{"scope":"access_as_user2 access_as_use"}""", HttpStatusCode.Forbidden),
            ("our scope as a role", """{"roles":["access_as_user"],"scope":"openid"}""", HttpStatusCode.Forbidden),
            ("being an application's", """{"claims":{"idtyp":"app"}}""", HttpStatusCode.Forbidden),
            ("no user", """{"claims":{"oid":null}}""", HttpStatusCode.Forbidden),
            ("a user that is no id", """{"claims":{"oid":"mira@contoso.com"}}""", HttpStatusCode.Forbidden),
            ("a guest's", $$$"""{"claims":{"idp":"https://sts.windows.net/{{{OtherTenant}}}/"}}""", HttpStatusCode.Forbidden),
            ("a personal account's", """{"claims":{"idp":"live.com"}}""", HttpStatusCode.Forbidden),
            ("being told to be a guest's", """{"claims":{"acct":1}}""", HttpStatusCode.Forbidden),
        ];
        var wrong = new List<Wrong>();
        foreach (var (what, wish, status) in wishes)
        {
            var request = JsonNode.Parse(wish)!.AsObject();
            request["user"] = Mira;
            wrong.Add(new Wrong(what, await world.TokenAsync(request), status));
        }

        wrong.Add(new Wrong("being the application's own", await world.ApplicationTokenAsync(), HttpStatusCode.Forbidden));
        return wrong;
    }

    /// <summary>The right content, signed by whoever pleases.</summary>
    private static async Task<List<Wrong>> WrongByKeyAsync(World world, string right)
    {
        var published = JsonNode.Parse(await world.Simulator.GetStringAsync("/organizations/discovery/v2.0/keys", TestContext.Current.CancellationToken))!["keys"]![0]!.AsObject();
        var id = published["kid"]!.GetValue<string>();
        using var publicKey = RSA.Create(new RSAParameters
        {
            Modulus = Base64UrlEncoder.DecodeBytes(published["n"]!.GetValue<string>()),
            Exponent = Base64UrlEncoder.DecodeBytes(published["e"]!.GetValue<string>()),
        });
        using var stranger = RSA.Create(2048);
        var (header, payload, _) = Parts(right);
        var changed = Encoded(Decoded(payload).Replace("mira", "ada", StringComparison.Ordinal));
        var theirs = new JsonObject { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(stranger.ExportParameters(false).Modulus), ["e"] = "AQAB" };
        var wrong = new List<Wrong>
        {
            new("no signature", $"{header}.{payload}.", HttpStatusCode.Unauthorized),
            new("a changed content", $"{header}.{changed}.{Parts(right).Signature}", HttpStatusCode.Unauthorized),
            new("a changed signature", right[..^4] + "AAAA", HttpStatusCode.Unauthorized),
            new("another key under the right one's id", Resigned(right, stranger, id), HttpStatusCode.Unauthorized),
            new("another key", Resigned(right, stranger, "another"), HttpStatusCode.Unauthorized),
            new("another key without an id", Resigned(right, stranger, null), HttpStatusCode.Unauthorized),
            new("a key that it brings along", Resigned(right, stranger, null, new JsonObject { ["jwk"] = theirs }), HttpStatusCode.Unauthorized),
            new("a key that it says where to fetch", Resigned(right, stranger, "another", new JsonObject { ["jku"] = "https://login.evil.example/keys" }), HttpStatusCode.Unauthorized),
        };
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "" })
        {
            var unsigned = Encoded(new JsonObject { ["typ"] = "JWT", ["alg"] = none, ["kid"] = id }.ToJsonString());
            wrong.Add(new Wrong($"the algorithm '{none}'", $"{unsigned}.{payload}.", HttpStatusCode.Unauthorized));
            wrong.Add(new Wrong($"the algorithm '{none}' with a signature", $"{unsigned}.{payload}.{Parts(right).Signature}", HttpStatusCode.Unauthorized));
        }

        foreach (var (what, secret) in new (string, byte[])[]
        {
            ("the modulus", publicKey.ExportParameters(false).Modulus!),
            ("the PEM text", Encoding.ASCII.GetBytes(publicKey.ExportSubjectPublicKeyInfoPem())),
            ("the DER bytes", publicKey.ExportSubjectPublicKeyInfo()),
            ("the published document", Encoding.UTF8.GetBytes(published.ToJsonString())),
            ("the key's id", Encoding.UTF8.GetBytes(id)),
        })
        {
            var input = $"{Encoded(new JsonObject { ["typ"] = "JWT", ["alg"] = "HS256", ["kid"] = id }.ToJsonString())}.{payload}";
            wrong.Add(new Wrong($"HS256 with {what} as its secret", $"{input}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}", HttpStatusCode.Unauthorized));
        }

        return wrong;
    }

    private static IEnumerable<Wrong> Malformed(string right)
    {
        var (header, payload, signature) = Parts(right);
        var deep = new string('[', 2000) + new string(']', 2000);
        string[] tokens =
        [
            "nonsense", ".", "..", "...", "a.b.c", "a.b.c.d.e", $"{header}.{payload}", $"{header}..{signature}", $".{payload}.{signature}", $"{right}.{signature}",
            $"{right}{right}", $"{Encoded("[]")}.{payload}.{signature}", $"{Encoded("null")}.{payload}.{signature}", $"{Encoded("{\"kid\":7,\"alg\":[]}")}.{payload}.{signature}",
            $"{Encoded(deep)}.{payload}.{signature}", $"{header}.{Encoded(deep)}.{signature}", $"{header}.{Encoded("{}")}.{signature}", new string('a', 6000), new string('.', 6000),
            $"{Encoded("{\"alg\":\"RS256\",\"kid\":\"" + new string('k', 3000) + "\"}")}.{payload}.{signature}", "%00", "null", "undefined",
            Encoded("{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\"}") + "....",
        ];
        return tokens.Select(token => new Wrong($"its form ({token[..Math.Min(token.Length, 40)]})", token, HttpStatusCode.Unauthorized));
    }

    /// <summary>Reading, writing and listening.</summary>
    private static IEnumerable<HttpRequestMessage> Requests(World world, string token)
    {
        var hub = string.Create(CultureInfo.InvariantCulture, $"/hubs/board?id=x&access_token={Uri.EscapeDataString(token)}");
        foreach (var request in new HttpRequestMessage[] { new(HttpMethod.Get, "/api/board"), new(HttpMethod.Put, $"/api/calls/{SomeId}") })
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            yield return request;
        }

        yield return new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, hub));
    }

    private static async Task<HttpStatusCode> StatusAsync(World world, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/board") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await world.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>How often the product has read Entra's keys.</summary>
    private static async Task<int> KeyReadingsAsync(World world)
    {
        var requests = JsonNode.Parse(await world.Simulator.GetStringAsync("/sim/requests?kind=metadata", TestContext.Current.CancellationToken))!.AsArray();
        return requests.Count(x => x!["path"]!.GetValue<string>().EndsWith("/discovery/v2.0/keys", StringComparison.Ordinal));
    }

    /// <summary>The same content, signed with another key.</summary>
    private static string Resigned(string token, RSA key, string? id, JsonObject? header = null)
    {
        var said = header?.DeepClone().AsObject() ?? [];
        said["typ"] = "JWT";
        said["alg"] = "RS256";
        if (id is not null)
        {
            said["kid"] = id;
        }

        var input = $"{Encoded(said.ToJsonString())}.{Parts(token).Payload}";
        return $"{input}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static (string Header, string Payload, string Signature) Parts(string token) =>
        token.Split('.') is [var header, var payload, var signature] ? (header, payload, signature) : throw new ArgumentException("That is no token.", nameof(token));

    private static string Encoded(string json) => Base64UrlEncoder.Encode(json);

    private static string Decoded(string part) => Base64UrlEncoder.Decode(part);

    private sealed record Wrong(string What, string Token, HttpStatusCode Status);
}
