using InboxGate.Core.Senders;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>Which Outlook contacts a rep wants on the own list.</summary>
public sealed class ContactSources(
    ContactReader reader, ListWriter lists, IMailboxWatch watch, IDbContextFactory<Store> stores, TimeProvider clock)
{
    public const int Most = 5;

    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    /// <summary>What is chosen, and what there is to choose from as far as Microsoft Graph shows it just now.</summary>
    public async Task<ContactsAnswer> ReadAsync(RepKey rep, CancellationToken ct)
    {
        var chosen = await ChosenAsync(rep, ct);
        try
        {
            var choices = await reader.ChoicesAsync(rep, ct);
            return new ContactsAnswer(true, null, [new NamedFolder("", "Contacts"), .. choices.Folders], choices.Categories, chosen);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && ContactProblem.Of(failure, "") is { } problem)
        {
            return new ContactsAnswer(false, problem, [], [], chosen);
        }
    }

    /// <exception cref="RefusalException">Contacts cannot be read, there is no such folder, or there are as many sources as there may be.</exception>
    public async Task<ChosenContacts> OptInAsync(RepKey rep, string folderId, string category, SenderKind kind, CancellationToken ct)
    {
        SenderEntries.ThrowIfNotListable(kind);
        var name = await NameAsync(rep, folderId, category, ct);
        await lists.WriteAsync(ListKey.Of(rep), async (store, token) =>
        {
            var sources = await Of(store, rep).ToListAsync(token);
            if (Find(sources, folderId, category) is { } known)
            {
                if (known.Kind == kind)
                {
                    return false;
                }

                known.Kind = kind;
            }
            else if (sources.Count >= Most)
            {
                throw RefusalException.Unprocessable(
                    "too-many-contact-sources", $"Contacts come from {Most} places at most.", "Leave one of them first, or choose a whole folder.");
            }
            else
            {
                var source = new ContactSourceRow
                {
                    TenantId = rep.TenantId, RepId = rep.RepId, FolderId = folderId, Category = category, FolderName = name, Kind = kind, SetAt = clock.GetUtcNow(),
                };
                store.ContactSources.Add(source);
                sources.Add(source);
            }

            sources.ForEach(x => x.BeginAnew());
            return true;
        }, ct);
        watch.LookAgain(rep);
        return new ChosenContacts(await ChosenAsync(rep, ct));
    }

    /// <summary>What nothing else names goes: at once where nothing else is chosen, else as soon as the rest was read.</summary>
    public async Task<ChosenContacts> OptOutAsync(RepKey rep, string folderId, string category, CancellationToken ct)
    {
        var list = ListKey.Of(rep);
        var isOut = await lists.WriteAsync(list, async (store, token) =>
        {
            var sources = await Of(store, rep).ToListAsync(token);
            if (Find(sources, folderId, category) is not { } source)
            {
                return false;
            }

            store.ContactSources.Remove(source);
            sources.Remove(source);
            if (sources.Count == 0)
            {
                await list.AllIn(store).Where(x => x.SourceId != null && x.Source == ListSource.Contacts).ExecuteDeleteAsync(token);
            }

            sources.ForEach(x => x.BeginAnew());
            return true;
        }, ct);
        if (isOut)
        {
            watch.LookAgain(rep);
        }

        return new ChosenContacts(await ChosenAsync(rep, ct));
    }

    private async Task<string?> NameAsync(RepKey rep, string folderId, string category, CancellationToken ct)
    {
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            // What is chosen already can be changed also while Microsoft does not answer.
            if (Find(await Of(store, rep).AsNoTracking().ToListAsync(ct), folderId, category) is { } known)
            {
                return known.FolderName;
            }
        }

        try
        {
            return await reader.NameAsync(rep, folderId, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && ContactProblem.Of(failure, folderId) is not null)
        {
            throw ContactProblem.Of(failure, folderId) switch
            {
                ContactProblem.Denied => RefusalException.Conflict(
                    "contacts-denied", "InboxGate may not read your Outlook contacts.", "Your administrator can allow it (Contacts.Read). All else goes on as it is."),
                ContactProblem.FolderGone => RefusalException.Unprocessable(
                    "unknown-contact-folder", "There is no such folder of contacts in your mailbox.", "Choose one of those that GET api/prospects/contacts names."),
                _ => new RefusalException(
                    StatusCodes.Status503ServiceUnavailable, "contacts-unreachable", "Your Outlook contacts cannot be read just now.", "Try again in a while.")
                {
                    RetryAfter = RetryAfter.Of(failure) ?? UsualWait,
                },
            };
        }
    }

    private async Task<IReadOnlyList<ChosenSource>> ChosenAsync(RepKey rep, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var sources = await Of(store, rep).AsNoTracking().ToListAsync(ct);
        var counts = sources.Count == 0 ? [] : await ContactEntries.CountAsync(store, ListKey.Of(rep), ct);
        return [.. sources.OrderBy(x => x.SetAt).Select(x => new ChosenSource(
            x.FolderId, x.FolderName, x.Category, x.Kind, x.ReadAt, x.ReadsAnew, counts.GetValueOrDefault(x.Round), x.Problem))];
    }

    private static IQueryable<ContactSourceRow> Of(Store store, RepKey rep) =>
        store.ContactSources.Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId);

    private static ContactSourceRow? Find(List<ContactSourceRow> sources, string folderId, string category) =>
        sources.Find(x => x.FolderId == folderId && x.Category.Equals(category, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Available">Whether contacts can be read just now.</param>
/// <param name="Problem">Why not, as a stable code.</param>
/// <param name="Folders">The default one, with an empty id, first.</param>
/// <param name="Categories">Those that the mailbox offers.</param>
public sealed record ContactsAnswer(
    bool Available, string? Problem, IReadOnlyList<NamedFolder> Folders, IReadOnlyList<string> Categories, IReadOnlyList<ChosenSource> Sources);

/// <summary>What is chosen after a change.</summary>
public sealed record ChosenContacts(IReadOnlyList<ChosenSource> Sources);

/// <param name="FolderName">Null for the default folder.</param>
/// <param name="Category">Empty for all contacts of the folder.</param>
/// <param name="ReadAt">When all of it was last known; null before the first time.</param>
/// <param name="Reading">All of it is being read just now.</param>
/// <param name="Entries">People on the list because of it.</param>
/// <param name="Problem">Stable code of why it cannot be read; null while all is well.</param>
public sealed record ChosenSource(
    string FolderId, string? FolderName, string Category, SenderKind Kind, DateTimeOffset? ReadAt, bool Reading, int Entries, string? Problem);
