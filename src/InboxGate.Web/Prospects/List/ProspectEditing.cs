using InboxGate.Core.Senders;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.List;

/// <summary>Writes what is known of somebody on a list, and forgets them. Repeatable: what is the same already changes nothing.</summary>
public sealed class ProspectEditing(ListWriter writer, ListIndexes indexes, IDbContextFactory<Store> stores, TimeProvider clock)
{
    private const int MostOthers = 10;

    /// <param name="by">Whose numbers without a country's code are where that person works.</param>
    /// <exception cref="RefusalException">Something said cannot be.</exception>
    public async Task<ProspectEntry> PutAsync(ListKey list, RepKey by, ListEntry entry, ProspectStatement said, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(said);
        SenderEntries.ThrowIfNotListable(said.Kind);
        var (name, company) = (TextOf(said.Name, "name"), TextOf(said.Company, "company"));
        var phone = await PhoneOfAsync(said.Phone, by, ct) ?? (entry.Kind == ListEntryKind.Phone ? entry.Key : null);
        var zones = ZonesOf(said.TimeZone, phone);
        var others = said.Others is null ? null : OthersOf(entry, said.Others);
        ProspectEntry? written = null;
        string? wasOf = null;
        await writer.WriteAsync(list, async (store, token) =>
        {
            var now = clock.GetUtcNow();
            var row = await store.ListEntries.FindAsync([list.TenantId, list.Scope, list.OwnerId, entry.Key], token);
            if (row is null)
            {
                row = SenderEntries.New(list, entry);
                store.ListEntries.Add(row);
            }

            wasOf = row.MainEntry;
            (row.Kind, row.Name, row.Company, row.Phone, row.TimeZones, row.DoNotCall) = (said.Kind, name, company, phone, zones, said.DoNotCall);
            (row.MainEntry, row.RemovedAt, row.RemovedBy) = (null, null, null);
            var hasChanged = store.ChangeTracker.HasChanges();
            hasChanged |= await KeepOthersAsync(store, list, row, others, now, token);
            if (hasChanged)
            {
                (row.Source, row.SetAt) = (ListSource.Said, now);
                row.Index();
                await store.SaveChangesAsync(token);
            }

            written = await ProspectReading.WithOthersAsync(store, list, row, token);
            return hasChanged;
        }, ct);
        if (wasOf is null)
        {
            await indexes.RefreshAsync(list, entry.Key, ct);
        }

        return written!;
    }

    /// <summary>Whoever stands for further addresses takes them along.</summary>
    /// <returns>What was known; null when it was not on the list.</returns>
    public async Task<ProspectEntry?> DeleteAsync(ListKey list, ListEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ProspectEntry? was = null;
        string? wasOf = null;
        await writer.WriteAsync(list, async (store, token) =>
        {
            (was, wasOf) = (null, null);
            if (await store.ListEntries.FindAsync([list.TenantId, list.Scope, list.OwnerId, entry.Key], token) is not { } row
                || row is { Source: ListSource.Contacts, RemovedAt: not null })
            {
                return false;
            }

            wasOf = row.MainEntry;
            was = row.RemovedAt is null ? await ProspectReading.WithOthersAsync(store, list, row, token) : null;
            foreach (var one in (await list.AllIn(store).Where(x => x.MainEntry == entry.Key).ToListAsync(token)).Append(row))
            {
                SenderEntries.TakeOff(store, one, clock.GetUtcNow());
            }

            return true;
        }, ct);
        if (wasOf is null)
        {
            await indexes.RefreshAsync(list, entry.Key, ct);
        }

        return was;
    }

    /// <summary>The further addresses are what was said, or stay where nothing was; their kind is that of whoever they belong to.</summary>
    private static async Task<bool> KeepOthersAsync(
        Store store, ListKey list, ListEntryRow main, IReadOnlyList<ListEntry>? others, DateTimeOffset now, CancellationToken ct)
    {
        var known = await list.AllIn(store).Where(x => x.MainEntry == main.Entry).ToDictionaryAsync(x => x.Entry, ct);
        var hasChanged = false;
        foreach (var other in known.Values.Where(x => x.Kind != main.Kind))
        {
            (other.Kind, other.SetAt, hasChanged) = (main.Kind, now, true);
        }

        if (others is null)
        {
            return hasChanged;
        }

        foreach (var other in known.Values.ExceptBy(others.Select(x => x.Key), x => x.Entry))
        {
            SenderEntries.TakeOff(store, other, now);
            hasChanged = true;
        }

        foreach (var other in others.Where(x => known.GetValueOrDefault(x.Key)?.RemovedAt is not null || !known.ContainsKey(x.Key)))
        {
            var row = await store.ListEntries.FindAsync([list.TenantId, list.Scope, list.OwnerId, other.Key], ct);
            if (row is { RemovedAt: null })
            {
                throw RefusalException.Unprocessable("others", $"{other.Key} is on the list already.", "Leave it out, or take that entry off the list first.");
            }

            if (row is null)
            {
                row = SenderEntries.New(list, other);
                store.ListEntries.Add(row);
            }

            (row.Kind, row.MainEntry, row.Source, row.SetAt, row.RemovedAt, row.RemovedBy) = (main.Kind, main.Entry, ListSource.Said, now, null, null);
            hasChanged = true;
        }

        return hasChanged;
    }

    private static string? TextOf(string? text, string field)
    {
        var trimmed = text?.Trim();
        return trimmed switch
        {
            null or "" => null,
            { Length: > ListEntryRow.LongestText } => throw RefusalException.Unprocessable(field, $"That {field} is too long.", $"Send at most {ListEntryRow.LongestText} characters."),
            _ when trimmed.Any(char.IsControl) => throw RefusalException.Unprocessable(field, $"That {field} has characters that cannot be shown.", "Send one line of text."),
            _ => trimmed,
        };
    }

    private async Task<string?> PhoneOfAsync(string? text, RepKey by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        return Phones.TryParse(text, await Phones.RegionOfAsync(store, by, ct), out var number)
            ? number
            : throw RefusalException.Unprocessable("phone", "That is no phone number.", "Send it with its country's code, like +49 30 123456.");
    }

    /// <summary>The stated one, else those the number may be in.</summary>
    private static string? ZonesOf(string? stated, string? phone)
    {
        if (string.IsNullOrWhiteSpace(stated))
        {
            return Phones.ZoneTextOf(phone);
        }

        return TimeZones.Resolve(stated.Trim())
            ?? throw RefusalException.Unprocessable("time-zone", "There is no such time zone.", "Send an IANA name like Europe/Berlin, or leave it out.");
    }

    private static List<ListEntry> OthersOf(ListEntry main, IReadOnlyList<string> texts)
    {
        if (texts.Count > MostOthers)
        {
            throw RefusalException.Unprocessable("others", "Those are too many.", $"Send at most {MostOthers} further addresses and numbers.");
        }

        var others = texts.Select(x => SenderEntries.Parse(x ?? "")).Distinct().Where(x => x != main).ToList();
        return others.Exists(x => x.Kind == ListEntryKind.Domain)
            ? throw RefusalException.Unprocessable("others", "A domain is a company's, not one person's.", "List it by itself.")
            : others;
    }
}

/// <summary>All that is said of an entry: what is left out is not known.</summary>
/// <param name="Phone">In any writing; without its country's code it is where the rep works.</param>
/// <param name="TimeZone">IANA or Windows; left out, it is where the number is.</param>
/// <param name="Others">Further addresses and numbers of the same person; left out, they stay.</param>
public sealed record ProspectStatement(
    [property: System.Text.Json.Serialization.JsonRequired] SenderKind Kind,
    string? Name = null,
    string? Company = null,
    string? Phone = null,
    string? TimeZone = null,
    bool DoNotCall = false,
    IReadOnlyList<string>? Others = null);
