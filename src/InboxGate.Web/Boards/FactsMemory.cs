using InboxGate.Web.People;
using Microsoft.Extensions.Caching.Memory;

namespace InboxGate.Web.Boards;

/// <summary>
/// Keeps the facts of the reps who ask just now, so that a board that has not changed is not read again. Nothing in it is
/// believed unless the database was looked at for the request at hand. How much is kept over all reps is bounded.
/// </summary>
public sealed class FactsMemory : IDisposable
{
    /// <summary>In rows; some 100 MB.</summary>
    private const int MostRows = 1_000_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostRows, CompactionPercentage = 0.1 });

    public KeptFacts? Find(RepKey rep) => cache.TryGetValue(rep, out KeptFacts? facts) ? facts : null;

    public void Keep(RepKey rep, KeptFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        using var entry = cache.CreateEntry(rep);
        (entry.Value, entry.Size, entry.SlidingExpiration) = (facts, facts.Size, Life);
    }

    public void Forget(RepKey rep) => cache.Remove(rep);

    public void Dispose() => cache.Dispose();
}
