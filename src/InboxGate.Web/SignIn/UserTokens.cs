using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.SignIn;

/// <summary>
/// The reps' own tokens, for a server that acts on their behalf: in memory only, one for each rep, until it ends. Where
/// the app has permissions of its own none is kept. Tokens live by real time, whatever the domain's clock says.
/// </summary>
public sealed class UserTokens(IOptions<MailboxOptions> mailbox)
{
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<RepKey, UserToken> tokens = new();
    private long prunedAt = TimeProvider.System.GetTimestamp();

    /// <summary>The token that ends last is kept: a pane with an older one does not take a newer sign-in back.</summary>
    public void Keep(RepKey rep, ReadOnlyMemory<char> text, DateTimeOffset expiresAt)
    {
        if (mailbox.Value.Access != MailboxAccess.Delegated)
        {
            return;
        }

        tokens.AddOrUpdate(rep, _ => new UserToken(text.ToString(), expiresAt), (_, known) => expiresAt > known.ExpiresAt ? new UserToken(text.ToString(), expiresAt) : known);
        Prune();
    }

    /// <returns>False when the rep has to sign in again.</returns>
    public bool TryGet(RepKey rep, [NotNullWhen(true)] out UserToken? token)
    {
        if (!tokens.TryGetValue(rep, out token))
        {
            return false;
        }

        if (token.ExpiresAt > TimeProvider.System.GetUtcNow())
        {
            return true;
        }

        tokens.TryRemove(new(rep, token));
        token = null;
        return false;
    }

    public void Forget(RepKey rep) => tokens.TryRemove(rep, out _);

    /// <summary>Of reps who do not come back, too, nothing stays.</summary>
    private void Prune()
    {
        var last = Volatile.Read(ref prunedAt);
        if (TimeProvider.System.GetElapsedTime(last) < PruneInterval
            || Interlocked.CompareExchange(ref prunedAt, TimeProvider.System.GetTimestamp(), last) != last)
        {
            return;
        }

        foreach (var rep in tokens.Keys)
        {
            TryGet(rep, out _);
        }
    }
}

/// <summary>A token that a rep sent with a request.</summary>
public sealed class UserToken(string text, DateTimeOffset expiresAt)
{
    private SharedCredential? credential;

    public string Text => text;

    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>Made once for each token: what Entra gave for it is asked for once, too.</summary>
    public SharedCredential Credential(Func<UserToken, SharedCredential> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return LazyInitializer.EnsureInitialized(ref credential, () => create(this));
    }
}
