using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.Notifications;

namespace InboxGate.Simulator.World;

/// <summary>Something that happened to the simulated tenant. The journal is a list of these, one a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(TenantChanged), "tenantChanged")]
[JsonDerivedType(typeof(UserSaved), "userSaved")]
[JsonDerivedType(typeof(ItemAdded), "itemAdded")]
[JsonDerivedType(typeof(ItemChanged), "itemChanged")]
[JsonDerivedType(typeof(ItemMoved), "itemMoved")]
[JsonDerivedType(typeof(ItemDeleted), "itemDeleted")]
[JsonDerivedType(typeof(CategorySaved), "categorySaved")]
[JsonDerivedType(typeof(CategoryDeleted), "categoryDeleted")]
[JsonDerivedType(typeof(ContactFolderSaved), "contactFolderSaved")]
[JsonDerivedType(typeof(ContactFolderDeleted), "contactFolderDeleted")]
[JsonDerivedType(typeof(ContactSaved), "contactSaved")]
[JsonDerivedType(typeof(ContactDeleted), "contactDeleted")]
[JsonDerivedType(typeof(PermissionsChanged), "permissionsChanged")]
[JsonDerivedType(typeof(MailboxChanged), "mailboxChanged")]
[JsonDerivedType(typeof(SubscriptionSaved), "subscriptionSaved")]
[JsonDerivedType(typeof(SubscriptionEnded), "subscriptionEnded")]
[JsonDerivedType(typeof(CertificateRegistered), "certificateRegistered")]
[JsonDerivedType(typeof(AddInDeployed), "addInDeployed")]
[JsonDerivedType(typeof(AddInRemoved), "addInRemoved")]
[JsonDerivedType(typeof(AppObjectSaved), "appObjectSaved")]
[JsonDerivedType(typeof(AppObjectDeleted), "appObjectDeleted")]
[JsonDerivedType(typeof(ClockMoved), "clockMoved")]
internal abstract record WorldEvent;

internal sealed record TenantChanged(IReadOnlyList<string> Domains, JsonArray Holidays) : WorldEvent;

internal sealed record UserSaved(SimulatedUser User) : WorldEvent;

internal sealed record ItemAdded(Guid User, string Folder, string Id, JsonObject Message) : WorldEvent;

/// <summary><paramref name="Changes"/> holds whole members; each replaces the stored one.</summary>
internal sealed record ItemChanged(Guid User, string Id, JsonObject Changes) : WorldEvent;

internal sealed record ItemMoved(Guid User, string Id, string Folder, DateTimeOffset At) : WorldEvent;

internal sealed record ItemDeleted(Guid User, string Id) : WorldEvent;

internal sealed record CategorySaved(Guid User, string Id, string DisplayName, string Color) : WorldEvent;

internal sealed record CategoryDeleted(Guid User, string DisplayName) : WorldEvent;

internal sealed record ContactFolderSaved(Guid User, string Id, string ParentId, string DisplayName) : WorldEvent;

internal sealed record ContactFolderDeleted(Guid User, string Id) : WorldEvent;

/// <summary><paramref name="Members"/> holds whole members; each replaces the stored one.</summary>
internal sealed record ContactSaved(Guid User, string Folder, string Id, JsonObject Members) : WorldEvent;

internal sealed record ContactDeleted(Guid User, string Id) : WorldEvent;

internal sealed record PermissionsChanged(Permissions Permissions) : WorldEvent;

internal sealed record MailboxChanged(Guid User, MailboxState State) : WorldEvent;

internal sealed record SubscriptionSaved(Subscription Subscription) : WorldEvent;

internal sealed record SubscriptionEnded(Guid Id) : WorldEvent;

internal sealed record CertificateRegistered(string Pem) : WorldEvent;

internal sealed record AddInDeployed(Guid Id, string Manifest) : WorldEvent;

internal sealed record AddInRemoved(Guid Id) : WorldEvent;

/// <summary><paramref name="Object"/> is the whole of it, as Graph draws it.</summary>
internal sealed record AppObjectSaved(AppObjectKind Kind, Guid Id, JsonObject Object) : WorldEvent;

internal sealed record AppObjectDeleted(AppObjectKind Kind, Guid Id) : WorldEvent;

internal sealed record ClockMoved(TimeSpan Offset) : WorldEvent;
