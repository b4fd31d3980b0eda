using InboxGate.Core.Senders;
using InboxGate.Web.Senders;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>A contact as it stands on a list: the entries by which the person is known, and what is known of them.</summary>
/// <param name="Entries">The first stands for the person; empty when there is neither an address nor a number.</param>
/// <param name="Phone">E.164; the number to call.</param>
public sealed record ContactPerson(string ContactId, IReadOnlyList<ListEntry> Entries, string? Name, string? Company, string? Phone)
{
    /// <summary>Outlook itself keeps three addresses and a handful of numbers; more of either is somebody's joke.</summary>
    private const int MostEntries = 20;

    /// <param name="region">Where a number without its country's code is; see <see cref="Phones"/>.</param>
    public static ContactPerson Of(OutlookContact contact, string? region)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var addresses = contact.Addresses
            .Select(x => ListEntry.TryParse(x, out var entry, out _) && entry.IsAddress ? entry : null).OfType<ListEntry>();
        var numbers = contact.Phones
            .Select(x => Phones.EntryOf(x, region)).OfType<ListEntry>()
            .DistinctBy(x => x.Key).ToList();
        // The number to call stands with the person; further ones only tell who it is.
        var entries = addresses.Any() ? addresses.Concat(numbers.Skip(1)) : numbers;
        return new ContactPerson(
            contact.Id,
            [.. entries.DistinctBy(x => x.Key).Take(MostEntries)],
            Storable(contact.Name),
            Storable(contact.Company),
            numbers.FirstOrDefault()?.Key);
    }

    /// <summary>One line, not longer than a list keeps, and without what PostgreSQL stores in no text.</summary>
    private static string? Storable(string? text)
    {
        var line = string.Join(' ', (text ?? "").Split(['\0', '\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length > ListEntryRow.LongestText)
        {
            // Not through the middle of a letter that takes two.
            line = line[..(char.IsHighSurrogate(line[ListEntryRow.LongestText - 1]) ? ListEntryRow.LongestText - 1 : ListEntryRow.LongestText)];
        }

        return line.Length == 0 ? null : line;
    }
}
