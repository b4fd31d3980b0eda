using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.ReplyCheck;
using InboxGate.Web.SignIn;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Web.Tests.ReplyCheck;

/// <summary>What a ticket is good for, and for how long.</summary>
public sealed class ReplyTicketTests(PostgresServer postgres)
{
    private const string Key = "a key for tests that is long enough to sign with";
    private const string OlderKey = "the key before it, just as long as it has to be";
    private static readonly Guid Tenant = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly RepKey Rep = new(Tenant, Guid.Parse("44444444-4444-4444-8444-444444444444"));
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_ticket_lasts_twelve_hours()
    {
        var tickets = Tickets();
        var ticket = tickets.Create(Rep);

        Assert.Equal(12 * 60, (ticket.ExpiresAt - clock.GetUtcNow()).TotalMinutes, tolerance: 0.1);
        clock.SetUtcNow(ticket.ExpiresAt.AddSeconds(-1));
        Assert.Equal(Rep, await tickets.ReadAsync(ticket.Ticket));
        clock.SetUtcNow(ticket.ExpiresAt);
        Assert.Null(await tickets.ReadAsync(ticket.Ticket));
    }

    /// <summary>Two servers' clocks may differ by a little.</summary>
    [Theory]
    [InlineData(20, true)]
    [InlineData(40, false)]
    public async Task A_ticket_from_the_future_is_refused(int secondsAhead, bool isTaken)
    {
        var ticket = Tickets().Create(Rep).Ticket;

        var behind = new FakeTimeProvider(clock.GetUtcNow().AddSeconds(-secondsAhead));

        Assert.Equal(isTaken ? Rep : null, await new ReplyTickets(MailboxOf(Key), EntraOf(Tenant), behind).ReadAsync(ticket));
    }

    [Fact]
    public async Task The_key_before_the_last_change_is_still_accepted()
    {
        var ticket = Tickets(OlderKey).Create(Rep).Ticket;

        Assert.Equal(Rep, await new ReplyTickets(MailboxOf(Key, OlderKey), EntraOf(Tenant), clock).ReadAsync(ticket));
        Assert.Null(await Tickets(Key).ReadAsync(ticket));
    }

    [Fact]
    public async Task A_tenant_that_is_no_longer_served_has_no_tickets()
    {
        var ticket = Tickets().Create(Rep).Ticket;

        Assert.Null(await new ReplyTickets(MailboxOf(Key), EntraOf(Guid.NewGuid()), clock).ReadAsync(ticket));
    }

    [Fact]
    public async Task Changed_unsigned_and_foreign_tokens_are_refused()
    {
        var tickets = Tickets();
        var parts = tickets.Create(Rep).Ticket.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        var otherRep = Encoded(payload.Replace("44444444", "55555555", StringComparison.Ordinal));
        var unsigned = Encoded("{\"alg\":\"none\",\"typ\":\"reply-ticket+jwt\"}");

        string?[] bad =
        [
            null, "", "nonsense", "a.b.c", "a.b.c.d.e", string.Join('.', parts[..2]), $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{otherRep}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}",
            $"{unsigned}.{parts[1]}.", $"{unsigned}.{parts[1]}.{parts[2]}",
            new string('a', 100_000),
        ];

        foreach (var ticket in bad)
        {
            Assert.Null(await tickets.ReadAsync(ticket));
        }
    }

    /// <summary>Not even the right secret makes a ticket: the signing key is derived for this purpose alone.</summary>
    [Theory]
    [InlineData("urn:inboxgate:reply-check", "reply-ticket+jwt")]
    [InlineData("urn:inboxgate:other", "reply-ticket+jwt")]
    [InlineData("urn:inboxgate:reply-check", "JWT")]
    public async Task The_settings_own_secret_signs_no_ticket(string audience, string type)
    {
        var forged = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "urn:inboxgate",
            Audience = audience,
            TokenType = type,
            Claims = new Dictionary<string, object> { ["tid"] = Rep.TenantId.ToString(), ["oid"] = Rep.RepId.ToString() },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)), SecurityAlgorithms.HmacSha256),
        });

        Assert.Null(await Tickets().ReadAsync(forged));
    }

    [Fact]
    public async Task A_reps_token_is_no_ticket_and_a_ticket_is_no_token()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com", manager: null, "Manager", "Admin");
        await rep.BoardAsync();
        var script = await SendScript.StartAsync(world, rep);
        var token = await world.TokenAsync(new JsonObject { ["user"] = rep.Address });

        using var withToken = await script.SendTextAsync("/api/reply-check", $"{{\"ticket\":\"{token}\"}}");
        using var asBearer = await rep.SendAsync(HttpMethod.Post, "/api/reply-check", new JsonObject());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest), (withToken.StatusCode, asBearer.StatusCode));

        using var client = world.Api(script.Ticket);
        var guarded = world.Services.GetServices<EndpointDataSource>().SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<IAuthorizeData>() is not null && x.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .ToList();
        Assert.Contains(guarded, x => x.RoutePattern.RawText == "api/board");
        Assert.Contains(guarded, x => x.RoutePattern.RawText == "api/reply-ticket");
        Assert.Contains(guarded, x => x.RoutePattern.RawText == "/hubs/board");
        foreach (var endpoint in guarded)
        {
            var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(x => x.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : Guid.NewGuid().ToString()));
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/{path}");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} /{path} answered {(int)answer.StatusCode} to a ticket.");
        }
    }

    [Fact]
    public async Task Only_a_rep_with_a_token_is_given_a_ticket()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        using var nobody = world.Api(token: null);

        using var refused = await nobody.PostAsync("/api/reply-ticket", null, TestContext.Current.CancellationToken);
        using var given = await rep.SendAsync(HttpMethod.Post, "/api/reply-ticket");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, given.StatusCode));
        Assert.True(given.Headers.CacheControl?.NoStore);
        var answer = JsonNode.Parse(await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.EndsWith("Z", answer["expiresAt"]!.GetValue<string>(), StringComparison.Ordinal);
        // The machine's clock counts, not the domain's, which stands in March here.
        Assert.InRange(answer["expiresAt"]!.GetValue<DateTimeOffset>() - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
    }

    [Fact]
    public async Task A_ticket_ends_by_the_machines_clock_and_with_the_rep()
    {
        await using var world = await World.StartAsync(
            Database.Sqlite, postgres, configure: builder => builder.Services.AddKeyedSingleton<TimeProvider>(ReplyTickets.MachineClock, clock));
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();
        var admin = await world.UserAsync("ada@contoso.com", manager: null, "Admin");
        var script = await SendScript.StartAsync(world, rep);
        async Task<HttpStatusCode> StatusAsync(SendScript asking)
        {
            using var answer = await asking.AskAsync(HttpMethod.Put, $"/api/reply-check/calls/{Guid.NewGuid()}", asking.Question(null));
            return answer.StatusCode;
        }

        await world.MoveClockAsync("2026-03-05T08:10:00+01:00");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(script));
        clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(script));

        var fresh = await SendScript.StartAsync(world, rep);
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(fresh));
        await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{rep.Id}");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(fresh));
    }

    private ReplyTickets Tickets(string key = Key) => new(MailboxOf(key), EntraOf(Tenant), clock);

    private static IOptions<MailboxOptions> MailboxOf(string key, string? previous = null) => Options.Create(new MailboxOptions
    {
        PublicAddress = new Uri("https://gate.example"),
        ClientStateKey = key,
        PreviousClientStateKey = previous,
    });

    private static IOptions<EntraOptions> EntraOf(Guid tenant) => Options.Create(new EntraOptions
    {
        Authority = new Uri("https://login.microsoftonline.com/"),
        ClientId = Guid.NewGuid().ToString(),
        Tenants = [tenant.ToString()],
    });
}
