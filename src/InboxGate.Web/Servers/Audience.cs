using System.Collections.Concurrent;

namespace InboxGate.Web.Servers;

/// <summary>Who has a page open at this server, and how far each was told.</summary>
public sealed class Audience<TMember>
    where TMember : notnull
{
    private readonly ConcurrentDictionary<TMember, Listening> listening = new();

    public IReadOnlyCollection<TMember> Members => [.. listening.Keys];

    public bool Contains(TMember member) => listening.ContainsKey(member);

    /// <summary>Once for each page.</summary>
    public void Join(TMember member) => listening.AddOrUpdate(member, _ => new Listening(1, long.MinValue), (_, x) => x with { Pages = x.Pages + 1 });

    public void Leave(TMember member)
    {
        while (listening.TryGetValue(member, out var now)
            && !(now.Pages > 1 ? listening.TryUpdate(member, now with { Pages = now.Pages - 1 }, now) : listening.TryRemove(new(member, now))))
        {
            // Somebody joined, left or was told at the same moment.
        }
    }

    /// <summary>Whether somebody listens who was told something else last; from now on they were told this.</summary>
    public bool IsNews(TMember member, long told)
    {
        while (listening.TryGetValue(member, out var now))
        {
            if (now.Told == told)
            {
                return false;
            }

            if (listening.TryUpdate(member, now with { Told = told }, now))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Listening(int Pages, long Told);
}
