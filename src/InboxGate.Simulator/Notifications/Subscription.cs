namespace InboxGate.Simulator.Notifications;

/// <summary>One application's wish to hear of changes in a folder, or in the whole mailbox when <see cref="Folder"/> is null.</summary>
internal sealed record Subscription(
    Guid Id,
    string Resource,
    Guid User,
    string? Folder,
    IReadOnlyList<string> ChangeTypes,
    string ChangeType,
    string NotificationUrl,
    string? LifecycleNotificationUrl,
    string? ClientState,
    DateTimeOffset ExpirationDateTime,
    string ApplicationId,
    string CreatorId,
    string LatestSupportedTlsVersion,
    bool ImmutableIds)
{
    public bool Hears(Guid user, string folder, string changeType) =>
        User == user && (Folder is null || Folder == folder) && ChangeTypes.Contains(changeType);
}
