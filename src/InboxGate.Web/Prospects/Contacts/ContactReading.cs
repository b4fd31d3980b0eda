using System.Collections.Concurrent;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>
/// Keeps a rep's list in step with the Outlook contacts that the rep named. New and changed contacts come by delta and
/// are saved with the way on in one transaction. Where something has gone, all sources are read anew, and what none of
/// them names is taken off at the end of that; until then it stays. Every step may repeat harmlessly.
/// </summary>
public sealed partial class ContactReading(
    ContactReader reader,
    ListWriter lists,
    StoreWriter writer,
    MailboxClaims claims,
    IDbContextFactory<Store> stores,
    TimeProvider clock,
    ILogger<ContactReading> logger)
{
    /// <summary>Somebody may be tidying up the address book meanwhile: the rest is left to the next reading.</summary>
    private const int MostTimesAnew = 3;

    private static readonly Unfinished Soon = new(true, TimeSpan.FromSeconds(1));
    private readonly ConcurrentDictionary<RepKey, bool> failing = new();

    /// <returns>Whether the service, or somebody else who reads, left something for later.</returns>
    public async Task<Unfinished> ReadAsync(RepRow rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        try
        {
            for (var times = 0; times <= MostTimesAnew; times++)
            {
                if (await ReadAllAsync(rep, ct) is { } left)
                {
                    failing.TryRemove(rep.Key, out _);
                    return left;
                }
            }

            return Soon;
        }
        catch (ReadElsewhereException)
        {
            return Soon;
        }
#pragma warning disable CA1031 // Whatever is wrong with somebody's contacts, or with how they are read, must not take the gate down.
        catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (failing.TryAdd(rep.Key, true))
            {
                Log.Failed(logger, rep.TenantId, rep.RepId, failure);
            }

            return Unfinished.Nothing;
        }
    }

    /// <returns>Null when all has to be read anew.</returns>
    private async Task<Unfinished?> ReadAllAsync(RepRow rep, CancellationToken ct)
    {
        var startedAt = clock.GetUtcNow();
        var known = await SourcesAsync(rep.Key, ct);
        foreach (var folderId in known.Select(x => x.FolderId).Distinct().ToList())
        {
            try
            {
                if (!await ReadFolderAsync(rep, known, folderId, startedAt, ct))
                {
                    return null;
                }
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && ContactProblem.Of(failure, folderId) is { } problem)
            {
                if (problem == MailboxProblem.Throttled)
                {
                    return new Unfinished(true, (failure as MailboxBusyException)?.RetryAfter ?? RetryAfter.Of(failure));
                }

                known = await SourcesAsync(rep.Key, ct);
                if (problem != ContactProblem.FolderGone)
                {
                    await SetProblemAsync(rep, known, problem, ct);
                    return Unfinished.Nothing;
                }

                if (await SetGoneAsync(rep, known, folderId, ct))
                {
                    return null;
                }
            }

            known = await SourcesAsync(rep.Key, ct);
        }

        if (known.Exists(x => x.ReadsAnew))
        {
            await FinishAsync(rep, known, startedAt, ct);
        }

        return Unfinished.Nothing;
    }

    /// <summary>Follows the delta of one folder to its end.</summary>
    /// <returns>False when all has to be read anew.</returns>
    private async Task<bool> ReadFolderAsync(RepRow rep, List<ContactSourceRow> known, string folderId, DateTimeOffset startedAt, CancellationToken ct)
    {
        var rounds = known.Select(x => x.Round).ToHashSet();
        while (true)
        {
            if (known.Find(x => x.FolderId == folderId) is not { } source || !rounds.SetEquals(known.Select(x => x.Round)))
            {
                return false;
            }

            ContactPage page;
            try
            {
                page = await WholeAsync(rep.Key, await reader.ChangesAsync(rep.Key, folderId, source.DeltaLink, ct), ct);
            }
            catch (DeltaExpiredException) when (source.DeltaLink is not null)
            {
                await SaveAsync(rep, known, (_, sources, _) =>
                {
                    sources.ForEach(x => x.BeginAnew());
                    return Task.FromResult(false);
                }, ct);
                return false;
            }

            if (await TakeInAsync(rep, known, folderId, page, startedAt, ct))
            {
                return false;
            }

            if (page.IsLast)
            {
                return true;
            }

            await claims.KeepAsync(rep.Key, ct);
            known = await SourcesAsync(rep.Key, ct);
        }
    }

    /// <summary>A page with the contacts of which only a part was told fetched.</summary>
    private async Task<ContactPage> WholeAsync(RepKey rep, ContactPage page, CancellationToken ct)
    {
        var fetched = await reader.FetchAsync(rep, page.Partial, ct);
        return fetched.Later.Count > 0 ? throw new MailboxBusyException(fetched.RetryAfter) : page with
        {
            Contacts = [.. page.Contacts, .. fetched.Found.Values.OfType<OutlookContact>()],
            Partial = [],
            Removed = [.. page.Removed, .. fetched.Found.Where(x => x.Value is null).Select(x => x.Key)],
        };
    }

    /// <summary>Saves a page's contacts and the way on.</summary>
    /// <returns>Whether something has gone, so that all has to be read anew.</returns>
    private async Task<bool> TakeInAsync(
        RepRow rep, List<ContactSourceRow> known, string folderId, ContactPage page, DateTimeOffset startedAt, CancellationToken ct)
    {
        var region = Phones.RegionOf(rep.TimeZone);
        var hasLost = false;
        await SaveAsync(rep, known, async (store, sources, token) =>
        {
            var here = sources.FindAll(x => x.FolderId == folderId);
            var isFirst = here[0].DeltaLink is null;
            here.ForEach(x => x.Problem = isFirst || x.Problem != ContactProblem.TooMany ? null : x.Problem);
            var change = page.IsEmpty
                ? default
                : await ContactEntries.ApplyAsync(store, ListKey.Of(rep.Key), sources, folderId, page, region, startedAt, token);
            hasLost = change.HasLost;
            if (hasLost)
            {
                sources.ForEach(x => x.BeginAnew());
                return change.HasChanged;
            }

            foreach (var source in here)
            {
                source.DeltaLink = page.Link;
                source.ReadAt = page.IsLast && !source.ReadsAnew ? startedAt : source.ReadAt;
            }

            return change.HasChanged;
        }, ct);
        return hasLost;
    }

    /// <summary>All is read: what was not named is taken off.</summary>
    private Task FinishAsync(RepRow rep, List<ContactSourceRow> known, DateTimeOffset startedAt, CancellationToken ct) => SaveAsync(rep, known, async (store, sources, token) =>
    {
        var rounds = sources.ConvertAll(x => (Guid?)x.Round);
        var gone = await ListKey.Of(rep.Key).AllIn(store)
            .Where(x => x.SourceId != null && x.Source == ListSource.Contacts && (x.ImportId == null || !rounds.Contains(x.ImportId)))
            .ExecuteDeleteAsync(token);
        foreach (var source in sources)
        {
            source.ReadsAnew = false;
            source.ReadAt = source.Problem == ContactProblem.FolderGone ? source.ReadAt : startedAt;
        }

        return gone > 0;
    }, ct);

    /// <returns>Whether that is news, so that all has to be read anew to take off what was in the folder.</returns>
    private async Task<bool> SetGoneAsync(RepRow rep, List<ContactSourceRow> known, string folderId, CancellationToken ct)
    {
        if (known.TrueForAll(x => x.FolderId != folderId || x.Problem == ContactProblem.FolderGone))
        {
            return false;
        }

        await SaveAsync(rep, known, (_, sources, _) =>
        {
            sources.ForEach(x => x.BeginAnew());
            sources.FindAll(x => x.FolderId == folderId).ForEach(x => x.Problem = ContactProblem.FolderGone);
            return Task.FromResult(false);
        }, ct);
        Log.Unreadable(logger, rep.TenantId, rep.RepId, ContactProblem.FolderGone);
        return true;
    }

    /// <summary>What keeps one folder from being read mostly keeps all: the next reading tries again.</summary>
    private async Task SetProblemAsync(RepRow rep, List<ContactSourceRow> known, string problem, CancellationToken ct)
    {
        if (known.TrueForAll(x => x.Problem == problem))
        {
            return;
        }

        await SaveAsync(rep, known, (_, sources, _) =>
        {
            sources.ForEach(x => x.Problem = problem);
            return Task.FromResult(false);
        }, ct);
        Log.Unreadable(logger, rep.TenantId, rep.RepId, problem);
    }

    /// <summary>
    /// Saves in one transaction, with a new revision only where the list says something new. Writers of a rep come one
    /// after the other; whoever finds that another one has moved on gives up.
    /// </summary>
    /// <param name="known">The sources as they were read.</param>
    /// <param name="change">Answers whether the list says something new; tried again if that is not as it was foreseen.</param>
    private async Task SaveAsync(
        RepRow rep, List<ContactSourceRow> known, Func<Store, List<ContactSourceRow>, CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        while (!await lists.WriteAsync(ListKey.Of(rep.Key), ApplyAsync, ct)
            && !await writer.WriteAsync(async (store, token) =>
            {
                // As every writer of a rep does, the row first; but without a new revision.
                await store.Reps.Where(x => x.TenantId == tenantId && x.RepId == repId)
                    .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision), token);
                return !await ApplyAsync(store, token);
            }, ct))
        {
            ct.ThrowIfCancellationRequested();
        }

        async Task<bool> ApplyAsync(Store store, CancellationToken token)
        {
            var sources = await InOrder(store, rep.Key).ToListAsync(token);
            if (!sources.Select(PositionOf).SequenceEqual(known.Select(PositionOf))
                || !await store.Reps.AnyAsync(x => x.TenantId == tenantId && x.RepId == repId && x.LeftAt == null, token))
            {
                throw new ReadElsewhereException();
            }

            return await change(store, sources, token);
        }
    }

    private async Task<List<ContactSourceRow>> SourcesAsync(RepKey key, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await InOrder(store, key).AsNoTracking().ToListAsync(ct);
    }

    /// <summary>The one set first rules.</summary>
    private static IQueryable<ContactSourceRow> InOrder(Store store, RepKey key) => store.ContactSources
        .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId).OrderBy(x => x.SetAt).ThenBy(x => x.FolderId).ThenBy(x => x.Category);

    private static (string, string, Core.Senders.SenderKind, Guid, bool, string?) PositionOf(ContactSourceRow x) =>
        (x.FolderId, x.Category, x.Kind, x.Round, x.ReadsAnew, x.DeltaLink);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Reading the contacts of rep {RepId} in tenant {TenantId} failed unexpectedly; it is tried again, and told once.")]
        public static partial void Failed(ILogger logger, Guid tenantId, Guid repId, Exception failure);

        [LoggerMessage(Level = LogLevel.Information, Message = "Contacts of rep {RepId} in tenant {TenantId} cannot be read ({Problem}); mail is.")]
        public static partial void Unreadable(ILogger logger, Guid tenantId, Guid repId, string problem);
    }
}
