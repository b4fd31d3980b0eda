using Azure.Core;
using Azure.Identity;

namespace InboxGate.Web.SignIn;

/// <summary>
/// One token for all who need it: asked for once however many wait, kept until shortly before its end. A refusal stands
/// for a while too, longer each time, because ten thousand mailboxes must not each ask Entra again; afterwards the
/// credential is made anew, so that a renewed certificate is found without a restart.
/// </summary>
public sealed class SharedCredential(Func<TokenCredential> create, TimeSpan longestPause, TimeProvider time) : TokenCredential, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(30);

    /// <summary>A token that Graph refuses is asked for anew, but not at each refusal.</summary>
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(15);
    private readonly SemaphoreSlim turn = new(1);
    private TokenCredential? credential;
    private volatile Kept? kept;
    private volatile Refusal? refusal;

    /// <summary>Graph refused the token: the next one comes from Entra.</summary>
    public void Distrust()
    {
        if (kept is { } known && time.GetUtcNow() - known.GivenAt >= LeastAge)
        {
            kept = null;
            Volatile.Write(ref credential, null);
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var claims = requestContext.Claims;
        if (claims is null && Known() is { } known)
        {
            return known;
        }

        var began = time.GetUtcNow();
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (claims is null && Known() is { } meanwhile)
            {
                return meanwhile;
            }

            // Many were challenged alike, and one has answered the challenge for all.
            if (claims is not null && kept is { } answer && answer.Claims == claims && answer.GivenAt >= began)
            {
                return answer.Token;
            }

            return await AskAsync(requestContext, cancellationToken);
        }
        catch (AuthenticationFailedException) when (claims is null && LastResort() is not null)
        {
            // Entra may be out of order for a while: the token at hand is good to its very end.
            return LastResort()!.Value;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private AccessToken? Known() =>
        kept is { } known && time.GetUtcNow() < known.GoodUntil ? known.Token : null;

    private AccessToken? LastResort() =>
        kept is { } known && time.GetUtcNow() + LeastRest < known.Token.ExpiresOn ? known.Token : null;

    private void ThrowIfRefused()
    {
        if (refusal is { } standing && time.GetUtcNow() < standing.Until)
        {
            throw new AuthenticationFailedException(standing.Failure.Message, standing.Failure);
        }
    }

    private async Task<AccessToken> AskAsync(TokenRequestContext context, CancellationToken ct)
    {
        ThrowIfRefused();
        try
        {
            var token = await (Volatile.Read(ref credential) ?? Create()).GetTokenAsync(context, ct);
            var now = time.GetUtcNow();
            var life = token.ExpiresOn - now;
            kept = new Kept(token, context.Claims, now, token.ExpiresOn - (life > Margin * 2 ? Margin : life / 2));
            refusal = null;
            return token;
        }
        catch (AuthenticationFailedException failure)
        {
            var count = (refusal?.Count ?? 0) + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(count, 12) - 1), Math.Max(1, longestPause.TotalSeconds)));
            refusal = new Refusal(failure, time.GetUtcNow() + pause, count);
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

    private sealed record Kept(AccessToken Token, string? Claims, DateTimeOffset GivenAt, DateTimeOffset GoodUntil);

    private sealed record Refusal(AuthenticationFailedException Failure, DateTimeOffset Until, int Count);
}
