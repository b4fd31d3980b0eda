using InboxGate.Core.Senders;
using InboxGate.Web.Problems;
using InboxGate.Web.Prospects;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Senders;

/// <summary>What may stand on a list and how it gets there, the same whoever's list it is.</summary>
public static class SenderEntries
{
    /// <exception cref="RefusalException">Neither an address, nor a domain that one company has, nor a number with its country's code.</exception>
    public static ListEntry Parse(string text) =>
        ListEntry.TryParse(text, out var entry, out var refusal) || (refusal == ListEntryRefusal.Malformed && (entry = Phones.EntryOf(text, null)) is not null)
            ? entry
            : throw refusal switch
            {
                ListEntryRefusal.PublicSuffix => RefusalException.Unprocessable(
                    "public-suffix", "That is not one company's domain.", "Anyone can register beneath it. List the company's own domain or an address."),
                ListEntryRefusal.FreeMailDomain => RefusalException.Unprocessable(
                    "free-mail-domain", "That domain is a free-mail service.", "People of all kinds write from it. List the single address."),
                _ => RefusalException.Unprocessable("not-a-sender", "That is neither an address, a domain nor a number.", "Send something like ann@fabrikam.example, fabrikam.example or +49 30 123456."),
            };

    /// <summary>What a machine or a stranger is, no list says.</summary>
    /// <exception cref="RefusalException">The kind cannot be listed.</exception>
    public static void ThrowIfNotListable(SenderKind kind)
    {
        if (kind is SenderKind.Unknown or SenderKind.Automated)
        {
            throw RefusalException.Unprocessable("kind-not-listable", "That kind cannot be listed.", "List it as prospect, customer, colleague, vip or other; or DELETE it to forget it.");
        }
    }

    /// <exception cref="RefusalException">It is not on the list.</exception>
    public static async Task<ListEntryRow> FindAsync(Store store, ListKey list, ListEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(entry);
        return await store.ListEntries.FindAsync([list.TenantId, list.Scope, list.OwnerId, entry.Key], ct) is { RemovedAt: null } row
            ? row
            : throw RefusalException.NotFound("not-listed", "That sender is not on your list.", "PUT a kind to list it.");
    }

    /// <summary>Lists a sender, or takes it from the list; see <see cref="ListWriter"/>.</summary>
    /// <param name="kind">Null takes it from the list.</param>
    /// <returns>Whether anything changed.</returns>
    public static async Task<bool> SetAsync(Store store, ListKey list, ListEntry entry, SenderKind? kind, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(entry);
        var row = await store.ListEntries.FindAsync([list.TenantId, list.Scope, list.OwnerId, entry.Key], ct);
        if ((row?.RemovedAt is null ? row?.Kind : null) == kind)
        {
            return false;
        }

        if (kind is not { } listed)
        {
            TakeOff(store, row!, now);
            return true;
        }

        if (row is null)
        {
            row = New(list, entry);
            store.ListEntries.Add(row);
        }

        (row.Kind, row.SetAt, row.Source, row.RemovedAt, row.RemovedBy) = (listed, now, ListSource.Said, null, null);
        return true;
    }

    /// <summary>By hand. What an address book brought would come back from it, and so the bare entry stays known as taken off.</summary>
    public static void TakeOff(Store store, ListEntryRow row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(row);
        if (row.Source == ListSource.Contacts)
        {
            (row.RemovedAt, row.RemovedBy) = (now, null);
            (row.Name, row.Company, row.Phone, row.TimeZones) = (null, null, null, null);
            row.Index();
        }
        else
        {
            store.ListEntries.Remove(row);
        }
    }

    public static ListEntryRow New(ListKey list, ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = new ListEntryRow
        {
            TenantId = list.TenantId,
            Scope = list.Scope,
            OwnerId = list.OwnerId,
            Entry = entry.Key,
            Bare = entry.IsAddress && MailAddress.TryParse(entry.Key, out var address) ? address.WithoutTag : entry.Key,
            Phone = entry.Kind == ListEntryKind.Phone ? entry.Key : null,
        };
        row.Index();
        return row;
    }
}
