using InboxGate.Core.Calls;
using InboxGate.Core.Senders;
using InboxGate.Web.Calls;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects;

/// <summary>
/// Keeps, inside the rep's transaction, what the rep and a listed prospect had to do with each other last. It is worked out
/// from the calls and mails there are, so that the order they come in does not matter and every method may repeat.
/// </summary>
public static class ProspectTouches
{
    /// <summary>After a call was logged, undone or given another outcome.</summary>
    public static async Task CalledAsync(Store store, RepRow rep, CallRow call, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(call);
        if (call.Prospect is not { } entry)
        {
            return;
        }

        var listed = await KnownProspects.FindEntryAsync(store, rep, entry, ct);
        if (await FindOrAddAsync(store, rep, entry, listed, ct) is not { } touch)
        {
            return;
        }

        await store.SaveChangesAsync(ct);
        var calls = store.Calls.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.Prospect == entry && x.MadeAt != null && x.UndoneAt == null)
            .OrderByDescending(x => x.MadeAt).ThenByDescending(x => x.CallId);
        var last = await calls.FirstOrDefaultAsync(ct);
        var told = await calls.FirstOrDefaultAsync(x => x.Outcome != null, ct);
        (touch.LastCalledAt, touch.LastOutcome) = (last?.MadeAt, last?.Outcome);
        // The number that was called is the one they had then: another one since may be called.
        touch.WrongNumber = told?.Outcome != CallOutcome.WrongNumber ? null
            : told.CallId == call.CallId ? listed?.Phone ?? touch.WrongNumber
            : touch.WrongNumber ?? listed?.Phone;
        SetLastContact(touch);
    }

    /// <summary>After mails were found that the rep sent. Only those written by hand count, to prospects listed by their address.</summary>
    public static async Task MailedAsync(Store store, RepRow rep, IReadOnlyList<SentMail> mails, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        var written = mails.Where(x => x.ByHand).SelectMany(x => x.Recipients.Select(address => (Address: address, x.SentAt))).ToList();
        var entries = await KnownProspects.EntriesAsync(store, rep, written.Select(x => x.Address), ct);
        var newest = written.Where(x => entries.ContainsKey(x.Address))
            .GroupBy(x => entries[x.Address], StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.Max(y => y.SentAt), StringComparer.Ordinal);
        if (newest.Count == 0)
        {
            return;
        }

        var keys = newest.Keys.ToList();
        var touches = await store.ProspectTouches
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && keys.Contains(x.Entry))
            .ToDictionaryAsync(x => x.Entry, StringComparer.Ordinal, ct);
        foreach (var (entry, sentAt) in newest)
        {
            if (!touches.TryGetValue(entry, out var touch))
            {
                touch = New(rep, entry);
                store.ProspectTouches.Add(touch);
            }

            touch.LastMailedAt = touch.LastMailedAt > sentAt ? touch.LastMailedAt : sentAt;
            SetLastContact(touch);
        }
    }

    /// <returns>Null for somebody of whom nothing is kept: no prospect, and none before.</returns>
    public static async Task<ProspectTouchRow?> FindOrAddAsync(Store store, RepRow rep, string entry, ListEntryRow? listed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        var touch = await store.ProspectTouches.FindAsync([rep.TenantId, rep.RepId, entry], ct);
        if (touch is null && listed?.Kind == SenderKind.Prospect)
        {
            touch = New(rep, entry);
            store.ProspectTouches.Add(touch);
        }

        return touch;
    }

    private static ProspectTouchRow New(RepRow rep, string entry) => new() { TenantId = rep.TenantId, RepId = rep.RepId, Entry = entry };

    private static void SetLastContact(ProspectTouchRow touch) =>
        touch.LastContactAt = touch.LastMailedAt is { } mailed && !(touch.LastCalledAt > mailed) ? mailed : touch.LastCalledAt;
}
