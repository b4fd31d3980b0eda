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
            PlainText.Clean(contact.Name, ListEntryRow.LongestText, out _),
            PlainText.Clean(contact.Company, ListEntryRow.LongestText, out _),
            numbers.FirstOrDefault()?.Key);
    }
}
