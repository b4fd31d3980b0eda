using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>What is asked of a mailbox. No body, preview or attachment is ever read.</summary>
public interface IMailboxReader
{
    /// <param name="link">From the page before; null begins a round of mail received at <paramref name="from"/> or later.</param>
    /// <exception cref="DeltaExpiredException">The link is too old: begin a new round.</exception>
    Task<MailPage> ChangesAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct);

    /// <summary>What is in a folder now, oldest first: without the limit that a filtered round of changes has.</summary>
    /// <param name="link">From the page before; null begins with mail received at <paramref name="from"/>.</param>
    Task<MailPage> ListAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct);

    /// <summary>How much mail in a folder was received at <paramref name="from"/> or later.</summary>
    Task<int> CountAsync(RepKey rep, string folder, DateTimeOffset from, CancellationToken ct);

    /// <summary>Mails' headers; empty where there are none, the mail is gone, or permissions hide them: then it is judged without.</summary>
    Task<Fetched<IReadOnlyList<MessageHeader>>> HeadersAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct);

    /// <summary>These mails, without headers, if they are in the inbox; null where they are not.</summary>
    Task<Fetched<ReceivedMail?>> InInboxAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct);

    /// <summary>These mails that the rep sent; null where they are gone.</summary>
    Task<Fetched<SentMail?>> SentAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct);

    /// <param name="withDomains">Also the tenant's domains, which are the same for each of its reps.</param>
    Task<RepProfile> ProfileAsync(RepKey rep, bool withDomains, CancellationToken ct);
}

/// <summary>One page of a folder's changes, or of what is in it.</summary>
/// <param name="Partial">Graph's ids of mail of which only what changed was told.</param>
/// <param name="Removed">Graph's ids of mail that has left the folder.</param>
/// <param name="Link">Where to go on: the next page or, when <paramref name="IsLast"/>, the next round; null at the end of a list.</param>
public sealed record MailPage(
    IReadOnlyList<ReceivedMail> Received,
    IReadOnlyList<SentMail> Sent,
    IReadOnlyList<string> Partial,
    IReadOnlyList<string> Removed,
    string? Link,
    bool IsLast)
{
    public int Count => Received.Count + Sent.Count + Partial.Count;
}

/// <param name="Found">By Graph's id.</param>
/// <param name="Later">Those that the service was too busy for.</param>
/// <param name="RetryAfter">The longest wait that it asked for.</param>
public sealed record Fetched<T>(IReadOnlyDictionary<string, T> Found, IReadOnlyCollection<string> Later, TimeSpan? RetryAfter)
{
    public static readonly Fetched<T> Nothing = new(new Dictionary<string, T>(), [], null);
}

/// <summary>Who the rep is, as the directory and the mailbox settings say.</summary>
/// <param name="Assumed">What could not be read or is not set, and so stands on defaults: <c>timeZone</c>, <c>workingHours</c>, <c>manager</c>, <c>domains</c>.</param>
/// <param name="TenantDomains">Null when they were not asked for.</param>
public sealed record RepProfile(
    string? Name,
    IReadOnlyList<string> Addresses,
    Guid? ManagerId,
    string? ManagerAddress,
    IReadOnlyList<string>? TenantDomains,
    string? TimeZone,
    TimeOnly? WorkStart,
    TimeOnly? WorkEnd,
    IReadOnlyList<DayOfWeek>? WorkDays,
    bool AutomaticReplies,
    DateTimeOffset? AutomaticRepliesFrom,
    DateTimeOffset? AutomaticRepliesUntil,
    IReadOnlyList<string> Assumed);

/// <summary>The service has forgotten how far a folder was read.</summary>
public sealed class DeltaExpiredException() : Exception("The delta link has expired.");
