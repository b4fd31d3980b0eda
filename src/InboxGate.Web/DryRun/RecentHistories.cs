using System.Collections.Concurrent;
using InboxGate.Web.People;
using Microsoft.Extensions.Caching.Memory;

namespace InboxGate.Web.DryRun;

/// <summary>
/// Keeps what was read of a mailbox for a minute, in memory only, so that a rep who corrects senders and looks again
/// waits for no mailbox. How much is kept over all reps is bounded.
/// </summary>
public sealed class RecentHistories(TimeProvider clock) : IDisposable
{
    /// <summary>In mails; some tens of megabytes.</summary>
    private const int MostMails = 50_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<RepKey, SemaphoreSlim> turns = new();
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostMails, ExpirationScanFrequency = Life });

    public MailHistory? Find(RepKey rep) =>
        cache.TryGetValue(rep, out MailHistory? history) && clock.GetUtcNow() - history!.To is var age && age >= TimeSpan.Zero && age < Life
            ? history
            : null;

    public void Keep(RepKey rep, MailHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        cache.Set(rep, history, new MemoryCacheEntryOptions { Size = history.Size + 1, AbsoluteExpirationRelativeToNow = Life });
    }

    public void Forget(RepKey rep)
    {
        cache.Remove(rep);
        turns.TryRemove(rep, out _);
    }

    /// <summary>One at a time for each rep, so that a mailbox asked about twice is read once.</summary>
    public async Task<IDisposable> TurnAsync(RepKey rep, CancellationToken ct)
    {
        var turn = turns.GetOrAdd(rep, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(ct);
        return new Turn(turn);
    }

    public void Dispose() => cache.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
