using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Clock;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.Notifications;

namespace InboxGate.Simulator.World;

/// <summary>
/// Everything the simulated tenant is: one lock around it, changed only by events, each written to the journal first.
/// </summary>
internal sealed class TenantWorld : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, SimulatedUser> users = [];
    private readonly Dictionary<string, Guid> idsByAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, Mailbox> mailboxes = [];
    private readonly Dictionary<Guid, Subscription> subscriptions = [];
    private readonly Dictionary<Guid, Dictionary<Guid, Subscription>> subscriptionsByUser = [];
    private readonly List<string> certificates = [];
    private readonly List<AddInDeployed> addIns = [];
    private readonly Journal? journal;

    public TenantWorld(SimulatorClock clock, string? directory)
    {
        Clock = clock;
        if (directory is not null)
            journal = Journal.Open(directory, happened => Apply(happened));
    }

    /// <summary>Told of each mail change and clock move, in order, while the world is still locked: do little.</summary>
    public event Action<WorldNews>? Happened;

    public SimulatorClock Clock { get; }

    public IReadOnlyList<string> Domains { get; private set; } = ["contoso.com", "contoso.onmicrosoft.com"];

    public JsonArray Holidays { get; private set; } = [];

    public IReadOnlyCollection<SimulatedUser> Users => users.Values;

    public IReadOnlyCollection<Subscription> Subscriptions => subscriptions.Values;

    /// <summary>Few for a person, however many there are in all.</summary>
    public IReadOnlyCollection<Subscription> SubscriptionsOf(Guid user) =>
        subscriptionsByUser.TryGetValue(user, out var theirs) ? theirs.Values : [];

    public Permissions Permissions { get; private set; } = Permissions.AsStarted;

    public AppRegistry Apps { get; } = new();

    public IReadOnlyList<string> Certificates => certificates;

    public IReadOnlyList<AddInDeployed> AddIns => addIns;

    public T Read<T>(Func<TenantWorld, T> read)
    {
        lock (gate)
            return read(this);
    }

    /// <summary>Decides on an event from the world as it is and lets it happen; nothing can come between.</summary>
    public T Write<T>(Func<TenantWorld, T> write)
    {
        lock (gate)
            return write(this);
    }

    /// <summary>Only from within <see cref="Write"/>.</summary>
    /// <param name="happened">What is to happen.</param>
    /// <param name="quietly">Nobody is told, as when mail was there long before anybody watched.</param>
    public MailItem? Record(WorldEvent happened, bool quietly = false)
    {
        journal?.Append(happened);
        if (quietly)
            return Apply(happened);

        // Where a moved item was, and under which id, is known only until it is moved.
        var left = happened is ItemMoved moved && mailboxes[moved.User].TryFind(moved.Id, out var found)
            ? new WorldNews(moved.User, found.Folder, "deleted", found)
            : null;
        var item = Apply(happened);
        if (left is not null)
            Happened?.Invoke(left);
        if (NewsOf(happened, item) is { } news)
            Happened?.Invoke(news);

        return item;
    }

    public bool TryFindUser(string idOrAddress, [NotNullWhen(true)] out SimulatedUser? user) =>
        Guid.TryParse(idOrAddress, out var id) || idsByAddress.TryGetValue(idOrAddress.Trim(), out id)
            ? users.TryGetValue(id, out user)
            : (user = null) is not null;

    public Mailbox MailboxOf(Guid user) => mailboxes[user];

    public bool TryFindSubscription(Guid id, [NotNullWhen(true)] out Subscription? subscription) =>
        subscriptions.TryGetValue(id, out subscription);

    public void Dispose()
    {
        lock (gate)
            journal?.Dispose();
    }

    private static WorldNews? NewsOf(WorldEvent happened, MailItem? item) => happened switch
    {
        ItemAdded added => new(added.User, added.Folder, "created", item),
        ItemChanged changed => new(changed.User, item!.Folder, "updated", item),
        ItemMoved moved => new(moved.User, moved.Folder, "created", item),
        ItemDeleted deleted => new(deleted.User, item!.Folder, "deleted", item),
        ClockMoved => new(Guid.Empty, "", "clock", null),
        _ => null,
    };

    private MailItem? Apply(WorldEvent happened)
    {
        switch (happened)
        {
            case TenantChanged changed:
                Domains = changed.Domains;
                Holidays = changed.Holidays;
                return null;
            case UserSaved saved:
                Save(saved.User);
                return null;
            case ItemAdded added:
                return mailboxes[added.User].Add(added.Id, added.Folder, added.Message);
            case ItemChanged changed:
                return mailboxes[changed.User].Change(changed.Id, changed.Changes);
            case ItemMoved moved:
                return mailboxes[moved.User].Move(moved.Id, moved.Folder, GraphTime.Seconds(moved.At));
            case ItemDeleted deleted:
                return mailboxes[deleted.User].Delete(deleted.Id);
            case CategorySaved saved:
                mailboxes[saved.User].Categories[saved.DisplayName] = (saved.Id, saved.Color);
                return null;
            case CategoryDeleted deleted:
                mailboxes[deleted.User].Categories.Remove(deleted.DisplayName);
                return null;
            case ContactFolderSaved saved:
                mailboxes[saved.User].Contacts.Keep(new ContactFolder(saved.Id, saved.ParentId, saved.DisplayName));
                return null;
            case ContactFolderDeleted deleted:
                mailboxes[deleted.User].Contacts.DropFolder(deleted.Id);
                return null;
            case ContactSaved saved:
                mailboxes[saved.User].Contacts.Save(saved.Id, saved.Folder, saved.Members);
                return null;
            case ContactDeleted deleted:
                mailboxes[deleted.User].Contacts.Delete(deleted.Id);
                return null;
            case PermissionsChanged changed:
                Permissions = changed.Permissions;
                return null;
            case MailboxChanged changed:
                mailboxes[changed.User].State = changed.State;
                return null;
            case SubscriptionSaved saved:
                subscriptions[saved.Subscription.Id] = saved.Subscription;
                if (!subscriptionsByUser.TryGetValue(saved.Subscription.User, out var theirs))
                    subscriptionsByUser.Add(saved.Subscription.User, theirs = []);
                theirs[saved.Subscription.Id] = saved.Subscription;
                return null;
            case SubscriptionEnded ended:
                if (subscriptions.Remove(ended.Id, out var gone))
                    subscriptionsByUser[gone.User].Remove(ended.Id);
                return null;
            case CertificateRegistered registered:
                certificates.Add(registered.Pem);
                return null;
            case AddInDeployed deployed:
                var place = addIns.FindIndex(addIn => addIn.Id == deployed.Id);
                if (place < 0)
                    addIns.Add(deployed);
                else
                    addIns[place] = deployed;
                return null;
            case AddInRemoved removed:
                addIns.RemoveAll(addIn => addIn.Id == removed.Id);
                return null;
            case AppObjectSaved saved:
                Apps.Apply(saved);
                return null;
            case AppObjectDeleted deleted:
                Apps.Apply(deleted);
                return null;
            case ClockMoved moved:
                Clock.SetOffset(moved.Offset);
                return null;
            default:
                throw new InvalidOperationException($"Nothing is known about the event {happened.GetType().Name}.");
        }
    }

    private void Save(SimulatedUser user)
    {
        if (users.TryGetValue(user.Id, out var before))
        {
            foreach (var address in before.Aliases.Prepend(before.Address))
                idsByAddress.Remove(address);
        }

        users[user.Id] = user;
        mailboxes.TryAdd(user.Id, new Mailbox(user.Id));
        foreach (var address in user.Aliases.Prepend(user.Address))
            idsByAddress[address] = user.Id;
    }
}

/// <summary>A change to tell subscribers and watching pages of.</summary>
internal sealed record WorldNews(Guid User, string Folder, string Change, MailItem? Item)
{
    /// <summary>The default id at the time: a moved item was known by another one in the folder it left.</summary>
    public string? DefaultId { get; } = Item?.DefaultId;

    public string? ItemId { get; } = Item?.Id;

    public long Sequence { get; } = Item?.Sequence ?? 0;
}

/// <summary>Instants in the form Outlook's part of Graph prints them: UTC, whole seconds.</summary>
internal static class GraphTime
{
    public static string Seconds(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Ticks(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
