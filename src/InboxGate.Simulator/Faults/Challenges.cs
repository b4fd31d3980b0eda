using System.Collections.Concurrent;

namespace InboxGate.Simulator.Faults;

/// <summary>
/// Claims challenges that stand: whoever was challenged is refused with every token acquired before that, as continuous
/// access evaluation does it.
/// </summary>
internal sealed class Challenges
{
    private readonly ConcurrentDictionary<(string ObjectId, Guid? User), long> raised = new();

    /// <param name="objectId">Whose tokens: the application's, or a person's.</param>
    /// <param name="user">Whose mailbox only, or null for every request.</param>
    public void Raise(string objectId, Guid? user) => raised[(objectId, user)] = TimeProvider.System.GetUtcNow().Ticks;

    /// <param name="objectId">Whose token it is.</param>
    /// <param name="user">Whose mailbox is asked for, if any.</param>
    /// <param name="issuedAt">When the token was acquired, in ticks.</param>
    public bool StandAgainst(string objectId, Guid? user, long issuedAt) =>
        IsOlder((objectId, null), issuedAt) || (user is not null && IsOlder((objectId, user), issuedAt));

    private bool IsOlder((string, Guid?) key, long issuedAt) => raised.TryGetValue(key, out var at) && issuedAt <= at;
}
