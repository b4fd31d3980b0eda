using System.Buffers.Text;
using System.Security.Cryptography;

namespace InboxGate.Simulator.Entra;

/// <summary>What a code was given for; it can be redeemed once, by whoever holds the verifier of its challenge.</summary>
internal sealed record AuthorizationCode(SignInGrant Grant, string Redirect, string Challenge, string? Nonce, DateTimeOffset Until)
{
    public bool IsRedeemed { get; init; }
}

/// <summary>The codes given out in the last minutes. They do not outlive a restart, which a sign-in survives by being begun again.</summary>
internal sealed class AuthorizationCodes
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, AuthorizationCode> given = new(StringComparer.Ordinal);

    public string Give(SignInGrant grant, string redirect, string challenge, string? nonce)
    {
        var now = TimeProvider.System.GetUtcNow();
        var code = "0." + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        lock (gate)
        {
            foreach (var old in given.Where(entry => entry.Value.Until + Lifetime < now).Select(entry => entry.Key).ToList())
                given.Remove(old);
            given.Add(code, new AuthorizationCode(grant, redirect, challenge, nonce, now + Lifetime));
        }

        return code;
    }

    /// <summary>Takes the code once it is found right; a wrong try leaves it as it is.</summary>
    public (AuthorizationCode? Code, EntraProblem? Problem) Redeem(string code, Func<AuthorizationCode, EntraProblem?> refuse)
    {
        lock (gate)
        {
            if (!given.TryGetValue(code, out var found))
                return (null, EntraProblem.MalformedGrant());
            if (found.IsRedeemed)
                return (null, EntraProblem.CodeRedeemed());
            if (found.Until < TimeProvider.System.GetUtcNow())
                return (null, EntraProblem.GrantExpired(found.Grant.IsSpa, isCode: true));
            if (refuse(found) is { } refused)
                return (null, refused);

            given[code] = found with { IsRedeemed = true };
            return (found, null);
        }
    }
}
