using System.Security.Cryptography;
using System.Text;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Web.ReplyCheck;

/// <param name="ExpiresAt">UTC, by the machine's clock.</param>
public sealed record ReplyTicket(string Ticket, DateTimeOffset ExpiresAt);

/// <summary>
/// What a send script shows in place of a sign-in, which it cannot make: a signed word of this server that it acts for
/// one rep. It opens the reply check alone. Any server of the product can check it without storage.
/// </summary>
public sealed class ReplyTickets
{
    /// <summary>Names the machine's clock among the services: tokens live by it, whatever the domain's clock shows.</summary>
    public const string MachineClock = "machine";
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const string Issuer = "urn:inboxgate";
    private const string Audience = "urn:inboxgate:reply-check";

    /// <summary>Keeps any other token that happens to be signed with the same key from passing for a ticket (RFC 8725, 3.11).</summary>
    private const string Type = "reply-ticket+jwt";
    private const int LongestTicket = 2048;
    private static readonly TimeSpan BetweenServers = TimeSpan.FromSeconds(30);

    /// <summary>The key that signs subscriptions is not used itself: what it signs could be taken for the other.</summary>
    private static readonly byte[] KeyPurpose = Encoding.UTF8.GetBytes("InboxGate reply ticket, HS256");

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly HashSet<Guid> tenants;
    private readonly SymmetricSecurityKey[] keys;
    private readonly TokenValidationParameters rules;
    private readonly TimeProvider clock;

    public ReplyTickets(IOptions<MailboxOptions> mailbox, IOptions<EntraOptions> entra, [FromKeyedServices(MachineClock)] TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(entra);
        this.clock = clock;
        tenants = [.. entra.Value.Tenants.Select(Guid.Parse)];
        keys = [.. new[] { mailbox.Value.ClientStateKey, mailbox.Value.PreviousClientStateKey }.OfType<string>().Select(KeyFrom)];
        rules = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidTypes = [Type],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = keys,
            LifetimeValidator = (from, until, _, _) => IsCurrent(from, until),
        };
    }

    public ReplyTicket Create(RepKey rep)
    {
        var now = clock.GetUtcNow();
        var expiresAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + Life;
        var ticket = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            TokenType = Type,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object> { ["tid"] = rep.TenantId.ToString("D"), ["oid"] = rep.RepId.ToString("D") },
            SigningCredentials = new SigningCredentials(keys[0], SecurityAlgorithms.HmacSha256),
        });
        return new ReplyTicket(ticket, expiresAt);
    }

    /// <summary>Whose ticket it is; null for one that was not made here, is not current, or is of a tenant that is not served any more.</summary>
    public async Task<RepKey?> ReadAsync(string? ticket)
    {
        if (ticket is not { Length: > 0 and <= LongestTicket })
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(ticket, rules);
        return result is { IsValid: true, SecurityToken: JsonWebToken token }
            && token.TryGetPayloadValue<string>("tid", out var tid) && Guid.TryParse(tid, out var tenantId)
            && token.TryGetPayloadValue<string>("oid", out var oid) && Guid.TryParse(oid, out var repId)
            && tenants.Contains(tenantId)
                ? new RepKey(tenantId, repId)
                : null;
    }

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return from <= now + BetweenServers && now < until;
    }

    private static SymmetricSecurityKey KeyFrom(string secret) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), HMACSHA256.HashSizeInBytes, info: KeyPurpose));
}
