using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>
/// Which entries of the rep's own list decided who a sender is. Noted of each once a day, so that old ones are told from used
/// ones. Of shared lists nothing is noted: their managers would learn by it who wrote to their reps, and when.
/// </summary>
/// <param name="listed">The entries that verdicts were taken with, of all lists.</param>
public sealed class ListUse(IReadOnlyCollection<ListEntryRow> listed)
{
    private readonly HashSet<ListEntryRow> used = [];

    public void Note(Verdict verdict)
    {
        if (verdict is { Reason: VerdictReason.ListedAddress or VerdictReason.ListedDomain, Match: { } match }
            && listed.FirstOrDefault(x => x.Scope == Scope.Rep && x.Entry == match) is { } own)
        {
            used.Add(own);
        }
    }

    /// <summary>With the mail, in its transaction. The list's revision does not rise by it.</summary>
    /// <param name="today">By UTC.</param>
    public async Task SaveAsync(Store store, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (var row in used.Where(x => x.UsedOn is null || x.UsedOn < today))
        {
            var (entry, main) = (row.Entry, row.MainEntry ?? row.Entry);
            await new ListKey(row.TenantId, row.Scope, row.OwnerId).In(store)
                .Where(x => (x.Entry == entry || x.Entry == main) && (x.UsedOn == null || x.UsedOn < today))
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.UsedOn, today), ct);
        }
    }
}
