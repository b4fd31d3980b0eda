using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tenant;

/// <summary>The state of each watch in a tenant. Ids, names, states and counts: never an address, a subject or a sender.</summary>
public sealed class MailboxListing(IDbContextFactory<Store> stores, IOptions<MailboxOptions> mailbox, TimeProvider clock)
{
    public async Task<MailboxPage> ReadAsync(Guid tenantId, MailboxQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var store = await stores.CreateDbContextAsync(ct);
        var reps = store.Reps.AsNoTracking().Where(x => x.TenantId == tenantId);
        var totals = new Dictionary<MailboxState, int>();
        foreach (var state in Enum.GetValues<MailboxState>())
        {
            totals[state] = await reps.In(state, store).CountAsync(ct);
        }

        var wanted = query.State is { } only ? reps.In(only, store) : reps;
        if (query.Problem is { } problem)
        {
            wanted = wanted.Where(x => x.WatchProblem == problem
                || store.MailboxWatches.Any(watch => watch.TenantId == tenantId && watch.RepId == x.RepId && watch.Problem == problem));
        }

        if (query.After is { } after)
        {
            wanted = wanted.Where(x => x.RepId.CompareTo(after) > 0);
        }

        // One more than is shown tells whether there are more.
        var page = await wanted.OrderBy(x => x.RepId).Take(query.Take + 1).ToListAsync(ct);
        var shown = page.Take(query.Take).ToList();
        var ids = shown.ConvertAll(x => x.RepId);
        var folders = (await store.MailboxWatches.AsNoTracking().Where(x => x.TenantId == tenantId && ids.Contains(x.RepId)).ToListAsync(ct))
            .ToLookup(x => x.RepId);
        var now = clock.GetUtcNow();
        return new MailboxPage(totals, shown.ConvertAll(x => Line(x, [.. folders[x.RepId]], now)), page.Count > query.Take ? shown[^1].RepId : null);
    }

    private MailboxLine Line(RepRow rep, IReadOnlyList<MailboxWatchRow> folders, DateTimeOffset now)
    {
        var state = MailboxStates.StateOf(rep, folders);
        var isWatched = state != MailboxState.Left;
        var problem = isWatched ? rep.WatchProblem : null;
        var readAt = MailFolders.Watched.Select(folder => folders.FirstOrDefault(x => x.Folder == folder)?.ReadAt).ToList();
        var catchUp = folders.FirstOrDefault(x => x is { Folder: MailFolders.Inbox, CatchUpRead: not null }) ?? folders.FirstOrDefault(x => x.CatchUpRead is not null);
        return new MailboxLine(
            rep.RepId,
            rep.Name,
            state,
            problem,
            problem is null ? null : MailboxProblem.Explain(problem).ForAdministrator,
            isWatched ? rep.WatchProblemSince : rep.LeftAt,
            readAt.Contains(null) ? null : readAt.Min(),
            isWatched && catchUp?.CatchUpRead is { } read ? new BoardCatchUp(read, catchUp.CatchUpOf) : null,
            mailbox.Value.Access,
            // On behalf of a rep nothing is subscribed to: mail is read when the rep opens it.
            mailbox.Value.Access == MailboxAccess.Application
                ? [.. MailFolders.Watched.Select(folder => Subscription(folder, folders.FirstOrDefault(x => x.Folder == folder), now))]
                : []);
    }

    private SubscriptionLine Subscription(string folder, MailboxWatchRow? row, DateTimeOffset now) => new(
        folder,
        MailboxStates.StateOf(row, now),
        row?.SubscriptionExpiresAt,
        row?.Problem,
        row?.Problem is { } problem ? SubscriptionProblem.Explain(problem, mailbox.Value.PublicAddress) : null);
}

/// <param name="After">The last rep of the page before.</param>
/// <param name="Problem">The code of a mailbox's or a subscription's problem.</param>
public sealed record MailboxQuery(Guid? After, int Take, MailboxState? State, string? Problem);

/// <param name="Totals">Mailboxes by state, whatever was filtered.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
public sealed record MailboxPage(IReadOnlyDictionary<MailboxState, int> Totals, IReadOnlyList<MailboxLine> Mailboxes, Guid? Next);

/// <param name="Rep">The rep's Entra object id.</param>
/// <param name="Says">What happened and what to do; null while all is well.</param>
/// <param name="Since">Since when there is a problem, or since when the rep has left.</param>
/// <param name="LastReadAt">When both folders had last been read whole; null before the first time.</param>
public sealed record MailboxLine(
    Guid Rep,
    string? Name,
    MailboxState State,
    string? Problem,
    string? Says,
    DateTimeOffset? Since,
    DateTimeOffset? LastReadAt,
    BoardCatchUp? CatchUp,
    MailboxAccess Access,
    IReadOnlyList<SubscriptionLine> Subscriptions);

public sealed record SubscriptionLine(string Folder, SubscriptionState State, DateTimeOffset? ExpiresAt, string? Problem, string? Says);
