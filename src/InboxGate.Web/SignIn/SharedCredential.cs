using Azure.Core;
using Azure.Identity;

namespace InboxGate.Web.SignIn;

/// <summary>
/// One token for all who need it: asked for once however many wait, kept until shortly before its end. A refusal stands
/// for a while too, longer each time, because ten thousand mailboxes must not each ask Entra again; afterwards the
/// credential is made anew, so that a renewed certificate is found without a restart.
/// </summary>
public sealed class SharedCredential(Func<TokenCredential> create, TimeSpan longestPause) : TokenCredential, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>A token that Graph refuses is asked for anew, but not at each refusal.</summary>
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(15);
    private readonly SemaphoreSlim turn = new(1);
    private TokenCredential? credential;
    private volatile Kept? kept;
    private volatile Refusal? refusal;

    /// <summary>Graph refused the token: the next one comes from Entra.</summary>
    public void Distrust()
    {
        if (kept is { } known && TimeProvider.System.GetUtcNow() - known.AskedAt >= LeastAge)
        {
            kept = null;
            Volatile.Write(ref credential, null);
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (requestContext.Claims is null && Known() is { } known)
        {
            return known;
        }

        ThrowIfRefused();
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (requestContext.Claims is null && Known() is { } meanwhile)
            {
                return meanwhile;
            }

            ThrowIfRefused();
            return await AskAsync(requestContext, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private AccessToken? Known() =>
        kept is { } known && TimeProvider.System.GetUtcNow() < known.GoodUntil ? known.Token : null;

    private void ThrowIfRefused()
    {
        if (refusal is { } standing && TimeProvider.System.GetUtcNow() < standing.Until)
        {
            throw new AuthenticationFailedException(standing.Failure.Message, standing.Failure);
        }
    }

    private async Task<AccessToken> AskAsync(TokenRequestContext context, CancellationToken ct)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var source = Volatile.Read(ref credential) ?? Create();
            var token = await source.GetTokenAsync(context, ct);
            var life = token.ExpiresOn - now;
            kept = new Kept(token, now, token.ExpiresOn - (life > Margin * 2 ? Margin : life / 2));
            refusal = null;
            return token;
        }
        catch (AuthenticationFailedException failure)
        {
            var count = (refusal?.Count ?? 0) + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(count, 12) - 1), Math.Max(1, longestPause.TotalSeconds)));
            refusal = new Refusal(failure, TimeProvider.System.GetUtcNow() + pause, count);
            Volatile.Write(ref credential, null);
            throw;
        }
    }

    private TokenCredential Create()
    {
        try
        {
            var made = create();
            Volatile.Write(ref credential, made);
            return made;
        }
        catch (Exception wrong) when (wrong is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new AuthenticationFailedException("The app's own credential cannot be read.", wrong);
        }
    }

    private sealed record Kept(AccessToken Token, DateTimeOffset AskedAt, DateTimeOffset GoodUntil);

    private sealed record Refusal(AuthenticationFailedException Failure, DateTimeOffset Until, int Count);
}
