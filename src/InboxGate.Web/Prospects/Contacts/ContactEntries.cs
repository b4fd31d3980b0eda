using InboxGate.Core.Senders;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>
/// Writes a page of contacts into the rep's list. What a page takes away is not taken off here: another contact may name
/// the same person, so that only reading all of them anew tells.
/// </summary>
public static class ContactEntries
{
    public const int MostContacts = 20_000;

    /// <param name="sources">All of the rep's, the one set first first, tracked by <paramref name="store"/>.</param>
    /// <param name="folderId">The folder that the page is of.</param>
    /// <param name="region">Where the rep's numbers without a country's code are.</param>
    public static async Task<ContactChange> ApplyAsync(
        Store store, ListKey list, IReadOnlyList<ContactSourceRow> sources, string folderId, ContactPage page, string? region, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(page);
        var named = page.Contacts
            .Select(contact => (Person: ContactPerson.Of(contact, region), Source: sources.FirstOrDefault(x => x.FolderId == folderId && Names(x, contact))))
            .ToList();
        var keys = named.Where(x => x.Source is not null).SelectMany(x => x.Person.Entries).Select(x => x.Key).Distinct().ToList();
        var ids = named.Select(x => x.Person.ContactId).Concat(page.Removed).ToList();
        var rows = await list.AllIn(store)
            .Where(x => keys.Contains(x.Entry) || (x.SourceId != null && ids.Contains(x.SourceId)))
            .ToDictionaryAsync(x => x.Entry, ct);
        var rounds = sources.Select(x => (Guid?)x.Round).ToHashSet();
        var readsAnew = sources.Any(x => x.ReadsAnew);
        var counts = await CountAsync(store, list, ct);
        var hasChanged = false;
        HashSet<(string Contact, string Entry)> standing = [];
        foreach (var (person, source) in named.Where(x => x.Source is not null && x.Person.Entries.Count > 0))
        {
            var main = person.Entries[0].Key;
            var isCounted = rows.TryGetValue(main, out var known) && IsConfirmed(known);
            var isTakenOff = known is { RemovedAt: not null, RemovedBy: null };
            if (!isCounted && counts.GetValueOrDefault(source!.Round) >= MostContacts)
            {
                source.Problem = ContactProblem.TooMany;
                continue;
            }

            foreach (var entry in person.Entries)
            {
                standing.Add((person.ContactId, entry.Key));
                if (!rows.TryGetValue(entry.Key, out var row))
                {
                    if (isTakenOff)
                    {
                        continue;
                    }

                    row = SenderEntries.New(list, entry);
                    row.Source = ListSource.Contacts;
                    rows.Add(entry.Key, row);
                    store.ListEntries.Add(row);
                }

                // Further addresses are of the kind that the person is, whoever said so.
                var kind = row.Entry != main && rows[main] is { RemovedAt: null } stands ? stands.Kind : source!.Kind;
                hasChanged |= Write(row, person, source!, kind, IsConfirmed(row), now);
            }

            if (!isCounted && IsConfirmed(rows[main]))
            {
                counts[source!.Round] = counts.GetValueOrDefault(source.Round) + 1;
            }
        }

        var hasLost = rows.Values.Any(x => IsConfirmed(x) && x.RemovedAt is null && ids.Contains(x.SourceId!) && !standing.Contains((x.SourceId!, x.Entry)));
        return new ContactChange(hasChanged, hasLost);

        // While all is read anew, what was not come across yet is anybody's.
        bool IsConfirmed(ListEntryRow row) => row.Source == ListSource.Contacts && row.SourceId is not null && (!readsAnew || rounds.Contains(row.ImportId));
    }

    /// <summary>How many people each reading has named, by <see cref="ContactSourceRow.Round"/>.</summary>
    public static async Task<Dictionary<Guid, int>> CountAsync(Store store, ListKey list, CancellationToken ct) =>
        await list.In(store).Where(x => x.SourceId != null && x.Source == ListSource.Contacts && x.MainEntry == null && x.ImportId != null)
            .GroupBy(x => x.ImportId!.Value).Select(x => new { Round = x.Key, Count = x.Count() }).ToDictionaryAsync(x => x.Round, x => x.Count, ct);

    /// <summary>Outlook tells categories apart without regard to case.</summary>
    private static bool Names(ContactSourceRow source, OutlookContact contact) =>
        source.Category.Length == 0 || contact.Categories.Contains(source.Category, StringComparer.OrdinalIgnoreCase);

    /// <returns>Whether the list says something new.</returns>
    private static bool Write(ListEntryRow row, ContactPerson person, ContactSourceRow source, SenderKind kind, bool isConfirmed, DateTimeOffset now)
    {
        var isMain = row.Entry == person.Entries[0].Key;
        if (row.RemovedAt is not null && row.RemovedBy is null)
        {
            // Taken off by hand: it stays off, whatever the address book says.
            row.ImportId = row.Source == ListSource.Contacts ? source.Round : row.ImportId;
            return false;
        }

        if (row.Source != ListSource.Contacts && row.RemovedAt is null)
        {
            return isMain && row.MainEntry is null && Complete(row, person);
        }

        // Of two contacts with the same address the one that came first is it.
        if (isConfirmed && row.SourceId != person.ContactId)
        {
            return false;
        }

        var before = Facts(row);
        (row.Source, row.SourceId, row.ImportId, row.RemovedAt, row.RemovedBy) = (ListSource.Contacts, person.ContactId, source.Round, null, null);
        row.Kind = kind;
        row.MainEntry = isMain ? null : person.Entries[0].Key;
        (row.Name, row.Company) = (person.Name, person.Company);
        row.Phone = isMain ? person.Phone : IsPhone(row) ? row.Entry : null;
        row.TimeZones = Phones.ZoneTextOf(row.Phone);
        if (Facts(row) == before)
        {
            return false;
        }

        row.SetAt = now;
        row.Index();
        return true;
    }

    /// <summary>What somebody said or a file brought stands; only what they left out is taken from the contact.</summary>
    private static bool Complete(ListEntryRow row, ContactPerson person)
    {
        var before = Facts(row);
        row.Name ??= person.Name;
        row.Company ??= person.Company;
        if (row.Phone is null && person.Phone is { } phone)
        {
            row.Phone = phone;
            row.TimeZones ??= Phones.ZoneTextOf(phone);
        }

        if (Facts(row) == before)
        {
            return false;
        }

        row.Index();
        return true;
    }

    private static bool IsPhone(ListEntryRow row) => row.Entry[0] == '+' && ListEntry.TryParsePhone(row.Entry, out _);

    private static (SenderKind, string?, string?, string?, string?, string?, bool) Facts(ListEntryRow row) =>
        (row.Kind, row.Name, row.Company, row.Phone, row.TimeZones, row.MainEntry, row.SourceId is null || row.RemovedAt is not null);
}

/// <param name="HasChanged">The list says something new.</param>
/// <param name="HasLost">Something that a contact named before, it names no more.</param>
public readonly record struct ContactChange(bool HasChanged, bool HasLost);
