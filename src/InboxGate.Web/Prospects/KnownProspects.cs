using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects;

/// <summary>Finds whom a rep means on the lists that decide for the rep; the narrowest list that names somebody speaks.</summary>
public static class KnownProspects
{
    /// <param name="text">An address, a domain or a number, in any writing; a number without its country's code is of the rep's country.</param>
    /// <returns>The entry that stands for them, whatever its kind; null when nobody on a list is meant.</returns>
    public static async Task<ListEntryRow?> FindAsync(Store store, RepRow rep, string? text, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        if (Parse(text, rep) is not { } entry)
        {
            return null;
        }

        var bare = MailAddress.TryParse(entry.Key, out var address) ? address.WithoutTag : entry.Key;
        var found = Deciding(await ListKey.FindFor(store, rep, x => x.Bare == bare).AsNoTracking().ToListAsync(ct), entry.Key);
        return found?.MainEntry is { } main ? await FindEntryAsync(store, rep, main, ct) ?? found : found;
    }

    /// <param name="entry">As lists keep it.</param>
    public static Task<ListEntryRow?> FindEntryAsync(Store store, RepRow rep, string entry, CancellationToken ct) =>
        ListKey.FindFor(store, rep, x => x.Entry == entry).AsNoTracking().OrderBy(x => x.Scope).FirstOrDefaultAsync(ct);

    /// <summary>The prospects among the writers or readers of mail, by their address as it was given.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> EntriesAsync(Store store, RepRow rep, IEnumerable<string> addresses, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var parsed = new Dictionary<string, MailAddress>(StringComparer.Ordinal);
        foreach (var text in addresses)
        {
            if (MailAddress.TryParse(text, out var address))
            {
                parsed[text] = address;
            }
        }

        if (parsed.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        var bare = parsed.Values.Select(x => x.WithoutTag).Distinct().ToList();
        var rows = (await ListKey.FindFor(store, rep, x => bare.Contains(x.Bare)).AsNoTracking().ToListAsync(ct)).ToLookup(x => x.Bare, StringComparer.Ordinal);
        return parsed
            .Select(x => (Address: x.Key, Row: Deciding(rows[x.Value.WithoutTag], x.Value.Text)))
            .Where(x => x.Row?.Kind == SenderKind.Prospect)
            .ToDictionary(x => x.Address, x => x.Row!.MainEntry ?? x.Row.Entry, StringComparer.Ordinal);
    }

    private static ListEntryRow? Deciding(IEnumerable<ListEntryRow> rows, string exactly) => rows
        .OrderBy(x => x.Scope).ThenBy(x => x.Entry != exactly).ThenBy(x => x.Entry, StringComparer.Ordinal)
        .FirstOrDefault();

    private static ListEntry? Parse(string? text, RepRow rep) =>
        ListEntry.TryParse(text?.Trim(), out var entry, out _) ? entry : Phones.EntryOf(text, Phones.RegionOf(rep.TimeZone));
}
