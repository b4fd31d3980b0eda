using InboxGate.Core.Boards;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Tenant;

/// <summary>How a rep's mailbox stands, for administrators; each mailbox is in one state.</summary>
public enum MailboxState
{
    Watching,

    /// <summary>Reachable, and mail that came while nobody watched is being read.</summary>
    CatchingUp,
    Unreachable,

    /// <summary>Enrolled, and not read yet.</summary>
    NotWatching,
    Left,
}

/// <summary>How a folder's subscription stands.</summary>
public enum SubscriptionState
{
    Active,

    /// <summary>Its end has passed, and it was not made again yet.</summary>
    Expired,

    /// <summary>Not asked for yet.</summary>
    None,

    /// <summary>There is none, and the problem says why.</summary>
    Refused,
}

public static class MailboxStates
{
    public static IQueryable<RepRow> In(this IQueryable<RepRow> reps, MailboxState state, Store store) => state switch
    {
        MailboxState.Left => reps.Where(x => x.LeftAt != null),
        MailboxState.Unreachable => reps.Where(x => x.LeftAt == null && x.Watch == WatchState.MailboxUnreachable),
        MailboxState.CatchingUp => reps.Where(x => x.LeftAt == null && x.Watch != WatchState.MailboxUnreachable
            && store.MailboxWatches.Any(watch => watch.TenantId == x.TenantId && watch.RepId == x.RepId && watch.CatchUpRead != null)),
        _ => reps.Where(x => x.LeftAt == null
            && x.Watch == (state == MailboxState.Watching ? WatchState.Watching : WatchState.NotWatching)
            && !store.MailboxWatches.Any(watch => watch.TenantId == x.TenantId && watch.RepId == x.RepId && watch.CatchUpRead != null)),
    };

    public static MailboxState StateOf(RepRow rep, IEnumerable<MailboxWatchRow> folders)
    {
        ArgumentNullException.ThrowIfNull(rep);
        return rep switch
        {
            { LeftAt: not null } => MailboxState.Left,
            { Watch: WatchState.MailboxUnreachable } => MailboxState.Unreachable,
            _ when folders.Any(x => x.CatchUpRead is not null) => MailboxState.CatchingUp,
            { Watch: WatchState.Watching } => MailboxState.Watching,
            _ => MailboxState.NotWatching,
        };
    }

    public static IQueryable<MailboxWatchRow> In(this IQueryable<MailboxWatchRow> folders, SubscriptionState state, DateTimeOffset now) => state switch
    {
        SubscriptionState.Active => folders.Where(x => x.SubscriptionId != null && x.SubscriptionExpiresAt > now),
        SubscriptionState.Refused => folders.Where(x => x.Problem != null && (x.SubscriptionId == null || x.SubscriptionExpiresAt <= now)),
        SubscriptionState.Expired => folders.Where(x => x.Problem == null && x.SubscriptionId != null && x.SubscriptionExpiresAt <= now),
        _ => folders.Where(x => x.Problem == null && x.SubscriptionId == null),
    };

    public static SubscriptionState StateOf(MailboxWatchRow? folder, DateTimeOffset now) => folder switch
    {
        { SubscriptionId: not null } when folder.SubscriptionExpiresAt > now => SubscriptionState.Active,
        { Problem: not null } => SubscriptionState.Refused,
        { SubscriptionId: not null } => SubscriptionState.Expired,
        _ => SubscriptionState.None,
    };
}
