using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Web.Tests.SignIn;

/// <summary>Who may ask for what, tried on every endpoint that the server has: a new one is tried too.</summary>
public sealed class EveryEndpointTests(PostgresServer postgres)
{
    private static readonly string[] OpenToAll =
    [
        "PUT api/reply-check/calls/{id:guid}", "POST api/graph/lifecycle", "POST api/graph/notifications", "POST api/reply-check",
    ];

    [Fact]
    public async Task Nobody_reaches_what_is_not_theirs()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var mira = await world.UserAsync("mira@contoso.com", manager.Address);
        var other = await world.UserAsync("stan@contoso.com", roles: "Manager");
        var admin = await world.UserAsync("ada@contoso.com", roles: "Admin");
        var nobody = new Person("", Guid.Empty, world.Api(null));
        await World.BoardWhenAsync(mira, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        await World.UntilAsync(async () => (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["size"]!.GetValue<int>() == 1);
        var before = (await mira.BoardAsync())["revision"]!.GetValue<long>();
        var endpoints = EndpointsOf(world);
        Assert.Equal(OpenToAll.Order(StringComparer.Ordinal), endpoints.Where(x => x.IsOpenToAll).Select(x => x.ToString()).Order(StringComparer.Ordinal));

        foreach (var endpoint in endpoints.Where(x => !x.IsOpenToAll))
        {
            await IsAsync(nobody, endpoint, HttpStatusCode.Unauthorized);
            if (endpoint.IsAdministrators)
            {
                await IsAsync(mira, endpoint, HttpStatusCode.Forbidden);
                await IsAsync(manager, endpoint, HttpStatusCode.Forbidden);
            }
            else if (endpoint.IsManagers)
            {
                await IsAsync(mira, endpoint, HttpStatusCode.Forbidden);
                await IsAsync(admin, endpoint, HttpStatusCode.Forbidden);
                if (endpoint.Names("rep"))
                {
                    await IsAsync(other, endpoint, HttpStatusCode.Forbidden);
                }
            }
            else
            {
                // A rep's own: who it is comes from the token alone.
                Assert.False(endpoint.Names("rep") || endpoint.Names("manager") || endpoint.Names("tenant"), $"{endpoint}");
            }
        }

        Assert.Equal(before, (await mira.BoardAsync())["revision"]!.GetValue<long>());
        // Had the addresses been wrong, all of it would have been refused as well.
        Assert.Contains(endpoints, x => x.IsManagers && x.Names("rep"));
        foreach (var endpoint in endpoints.Where(x => x.IsManagers && x.Method == "GET" && x.Pattern.StartsWith("api/", StringComparison.Ordinal) && !x.Names("addressOrDomain") && !x.Names("entry")))
        {
            await IsAsync(manager, endpoint, HttpStatusCode.OK);
        }

        async Task IsAsync(Person who, Tried endpoint, HttpStatusCode status)
        {
            using var request = endpoint.Ask(mira.Id);
            using var answer = await who.Api.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(status == answer.StatusCode, $"{endpoint} answered {(int)answer.StatusCode} to {(who.Address.Length == 0 ? "nobody" : who.Address)}");
            if (status != HttpStatusCode.OK)
            {
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    private static List<Tried> EndpointsOf(World world) =>
    [
        .. ((IEndpointRouteBuilder)world.Servers[0]).DataSources.SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
            .Select(x => (Endpoint: x, Pattern: x.RoutePattern.RawText!.TrimStart('/')))
            .Where(x => x.Pattern.StartsWith("api/", StringComparison.Ordinal) || x.Pattern.StartsWith("hubs/", StringComparison.Ordinal))
            .SelectMany(x => x.Endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
                ? methods.Where(method => method != "OPTIONS").Select(method => new Tried(method, x.Pattern, x.Endpoint))
                : [new Tried("GET", x.Pattern, x.Endpoint)]),
    ];

    private sealed record Tried(string Method, string Pattern, RouteEndpoint Endpoint)
    {
        public bool IsOpenToAll => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

        public bool IsAdministrators => Pattern.StartsWith("api/tenant", StringComparison.Ordinal);

        public bool IsManagers => Pattern.StartsWith("api/team", StringComparison.Ordinal)
            || Pattern.StartsWith("api/targets", StringComparison.Ordinal)
            || Pattern.StartsWith("hubs/team", StringComparison.Ordinal);

        public bool Names(string parameter) => Endpoint.RoutePattern.Parameters.Any(x => x.Name == parameter);

        public HttpRequestMessage Ask(Guid rep)
        {
            var path = string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => parameter.Name switch
                {
                    "rep" => $"{rep}",
                    "manager" or "id" => "0f0e0d0c-0b0a-4009-8807-060504030201",
                    "addressOrDomain" or "entry" => "fabrikam.example",
                    "date" => "2026-12-25",
                    var unknown => throw new InvalidOperationException($"Say what to put for {unknown} in {Pattern}."),
                },
                _ => "",
            }))));
            var request = new HttpRequestMessage(new HttpMethod(Method), "/" + path);
            if (Method is "PUT" or "POST")
            {
                request.Content = Endpoint.Metadata.GetMetadata<ConsumesAttribute>()?.ContentTypes.Contains("multipart/form-data") == true
                    ? new MultipartFormDataContent { { new StringContent("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "file", "days.ics" } }
                    : JsonContent.Create(Pattern.StartsWith("api/targets", StringComparison.Ordinal)
                        ? JsonNode.Parse("""{"unit":"calls","period":"week","amount":100,"from":"2026-03-02"}""")
                        : new JsonObject());
            }

            return request;
        }

        public override string ToString() => $"{Method} {Pattern}";
    }
}
