using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace InboxGate.Web.SignIn;

/// <summary>
/// A pane sends the same token for an hour: it is checked once, and then known again by its hash until it ends, or until
/// Entra's keys are read anew, since the one that signed it may have been withdrawn. What was refused is checked each time.
/// </summary>
public sealed class KnownTokens(SigningKeys keys) : IDisposable
{
    /// <summary>Tokens; about 2 KB each.</summary>
    private const int MostKnown = 5_000;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostKnown });

    /// <summary>Whether it was right when it was last checked: enough to know for whom a request counts, and not to let it in.</summary>
    public bool Has(ReadOnlyMemory<char> token) => Find(token.Span) is not null;

    public async Task<KnownToken?> FindAsync(ReadOnlyMemory<char> token, CancellationToken ct) =>
        Find(token.Span) is { } known && ReferenceEquals(known.Keys, await keys.GetConfigurationAsync(ct)) ? known.Token : null;

    /// <summary>Of a token that was just found to be right.</summary>
    /// <param name="keyId">Of the key that signed it, which may have been withdrawn at that moment.</param>
    public async Task KeepAsync(string text, KnownToken token, string keyId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(token);
        var current = await keys.GetConfigurationAsync(ct);
        if (token.ExpiresAt > TimeProvider.System.GetUtcNow() && current.SigningKeys.Any(x => x.KeyId == keyId))
        {
            cache.Set(Hash.Of(text), new Known(token, current), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = token.ExpiresAt });
        }
    }

    public void Dispose() => cache.Dispose();

    private Known? Find(ReadOnlySpan<char> token) =>
        cache.TryGetValue(Hash.Of(token), out Known? known) && known!.Token.ExpiresAt > TimeProvider.System.GetUtcNow() ? known : null;

    /// <summary>SHA-256: nobody finds another token with the same.</summary>
    private readonly record struct Hash(UInt128 Low, UInt128 High)
    {
        public static Hash Of(ReadOnlySpan<char> token)
        {
            Span<Hash> hash = stackalloc Hash[1];
            SHA256.HashData(MemoryMarshal.AsBytes(token), MemoryMarshal.AsBytes(hash));
            return hash[0];
        }
    }

    private sealed record Known(KnownToken Token, OpenIdConnectConfiguration Keys);
}

/// <param name="Principal">Read only: requests share it.</param>
public sealed record KnownToken(ClaimsPrincipal Principal, DateTimeOffset ExpiresAt);
