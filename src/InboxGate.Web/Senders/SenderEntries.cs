using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Senders;

/// <summary>What may stand on a list and how it gets there, the same whoever's list it is.</summary>
public static class SenderEntries
{
    /// <exception cref="RefusalException">Not an address, nor a domain that one company has.</exception>
    public static ListEntry Parse(string text) =>
        ListEntry.TryParse(text, out var entry, out var refusal)
            ? entry!
            : throw refusal switch
            {
                ListEntryRefusal.PublicSuffix => RefusalException.Unprocessable(
                    "public-suffix", "That is not one company's domain.", "Anyone can register beneath it. List the company's own domain or an address."),
                ListEntryRefusal.FreeMailDomain => RefusalException.Unprocessable(
                    "free-mail-domain", "That domain is a free-mail service.", "People of all kinds write from it. List the single address."),
                _ => RefusalException.Unprocessable("not-a-sender", "That is neither an address nor a domain.", "Send something like ann@fabrikam.example or fabrikam.example."),
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
    public static async Task<ListEntryRow> FindAsync(Store store, Guid tenant, Scope scope, Guid owner, ListEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(entry);
        return await store.ListEntries.FindAsync([tenant, scope, owner, entry.Key], ct)
            ?? throw RefusalException.NotFound("not-listed", "That sender is not on your list.", "PUT a kind to list it.");
    }

    /// <summary>Lists a sender, or takes it from the list, and saves; who is gated by it is for the caller to decide again.</summary>
    /// <param name="kind">Null takes it from the list.</param>
    /// <returns>Whether anything changed.</returns>
    public static async Task<bool> SetAsync(
        Store store, Guid tenant, Scope scope, Guid owner, ListEntry entry, SenderKind? kind, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(entry);
        var row = await store.ListEntries.FindAsync([tenant, scope, owner, entry.Key], ct);
        if (row?.Kind == kind)
        {
            return false;
        }

        if (kind is not { } listed)
        {
            store.ListEntries.Remove(row!);
        }
        else
        {
            if (row is null)
            {
                row = new ListEntryRow { TenantId = tenant, Scope = scope, OwnerId = owner, Entry = entry.Key, Bare = BareOf(entry) };
                store.ListEntries.Add(row);
            }

            (row.Kind, row.SetAt) = (listed, now);
        }

        await store.SaveChangesAsync(ct);
        return true;
    }

    private static string BareOf(ListEntry entry) =>
        entry.IsAddress && MailAddress.TryParse(entry.Key, out var address) ? address.WithoutTag : entry.Key;
}
