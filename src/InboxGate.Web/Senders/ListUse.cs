using InboxGate.Core.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>Which entries of the lists decided who a sender is. Noted of each once a day, so that old ones are told from used ones.</summary>
/// <param name="listed">The entries that verdicts were taken with, of all lists.</param>
public sealed class ListUse(IReadOnlyCollection<ListEntryRow> listed)
{
    private readonly HashSet<ListEntryRow> used = [];

    public void Note(Verdict verdict)
    {
        if (verdict is { Reason: VerdictReason.ListedAddress or VerdictReason.ListedDomain, Match: { } match }
            && listed.Where(x => x.Entry == match).MinBy(x => x.Scope) is { } narrowest)
        {
            used.Add(narrowest);
        }
    }

    /// <summary>With the mail, in its transaction. No list's revision rises by it.</summary>
    /// <param name="today">By UTC.</param>
    public async Task SaveAsync(Store store, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        // In one order, so that two who share a list never wait for each other.
        foreach (var row in used.Where(x => x.UsedOn is null || x.UsedOn < today).OrderBy(x => x.Scope).ThenBy(x => x.Entry, StringComparer.Ordinal))
        {
            var (tenantId, scope, ownerId, entry, main) = (row.TenantId, row.Scope, row.OwnerId, row.Entry, row.MainEntry ?? row.Entry);
            await store.ListEntries
                .Where(x => x.TenantId == tenantId && x.Scope == scope && x.OwnerId == ownerId && (x.Entry == entry || x.Entry == main) && (x.UsedOn == null || x.UsedOn < today))
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.UsedOn, today), ct);
        }
    }
}
