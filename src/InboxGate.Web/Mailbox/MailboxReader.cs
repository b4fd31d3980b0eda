using System.Globalization;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;

namespace InboxGate.Web.Mailbox;

/// <summary>One page of a folder's changes.</summary>
/// <param name="Link">Where to go on: the next page, or the next round when <paramref name="IsLast"/>.</param>
public sealed record MailPage(
    IReadOnlyList<ReceivedMail> Received, IReadOnlyList<SentMail> Sent, IReadOnlyList<string> Removed, string Link, bool IsLast);

/// <summary>Who the rep is, as the directory and the mailbox settings say.</summary>
public sealed record RepProfile(
    string? Name,
    IReadOnlyList<string> Addresses,
    Guid? ManagerId,
    string? ManagerAddress,
    IReadOnlyList<string> TenantDomains,
    string? TimeZone,
    TimeOnly? WorkStart,
    TimeOnly? WorkEnd,
    IReadOnlyList<DayOfWeek>? WorkDays,
    bool AutomaticReplies,
    DateTimeOffset? AutomaticRepliesFrom,
    DateTimeOffset? AutomaticRepliesUntil);

/// <summary>Reads Microsoft Graph. With the subscriptions' keeper, the only file that names its types. No body, preview or attachment is asked for.</summary>
public sealed class MailboxReader(GraphClients clients, Microsoft.Extensions.Options.IOptions<MailboxOptions> options)
{
    private const string ImmutableIds = "IdType=\"ImmutableId\"";
    private const int FirstConversationIndexBytes = 22;
    private static readonly string[] Selected =
    [
        "id", "internetMessageId", "conversationId", "conversationIndex", "subject", "from", "sender", "replyTo", "toRecipients",
        "ccRecipients", "bccRecipients", "receivedDateTime", "sentDateTime", "isDraft",
    ];

    /// <summary>Reply prefixes as mail programs write them, for mail whose conversation index is missing.</summary>
    private static readonly string[] ReplyPrefixes = ["re:", "aw:", "antw:", "sv:", "ré:", "rv:", "r:", "返信:"];

    /// <summary>How Exchange titles an automatic reply, for the copies in Sent Items that carry no headers.</summary>
    private static readonly string[] AutomaticPrefixes = ["automatic reply:", "automatische antwort:", "réponse automatique"];

    /// <param name="link">From the page before; null begins a round of mail received at <paramref name="from"/> or later.</param>
    /// <exception cref="DeltaExpiredException">The link is too old: begin a new round.</exception>
    public async Task<MailPage> ReadAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct)
    {
        var delta = clients.For(rep).Users[rep.RepId.ToString("D")].MailFolders[folder].Messages.Delta;
        if (link is not null && !clients.IsOurs(link))
        {
            throw new DeltaExpiredException();
        }

        DeltaGetResponse? page;
        try
        {
            page = link is null
                ? await delta.GetAsDeltaGetResponseAsync(request =>
                {
                    request.QueryParameters.Select = Selected;
                    request.QueryParameters.Filter = $"receivedDateTime ge {from.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}";
                    request.Headers.Add("Prefer", Prefer());
                }, ct)
                : await delta.WithUrl(link).GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", Prefer()), ct);
        }
        catch (ODataError error) when (error.ResponseStatusCode == 410 || error.Error?.Code is { } code
            && (code.Contains("syncState", StringComparison.OrdinalIgnoreCase) || code.Contains("resync", StringComparison.OrdinalIgnoreCase)))
        {
            throw new DeltaExpiredException();
        }

        // A mail may come several times in a page, moved out and back for example: what is said last holds.
        var items = (page?.Value ?? []).Where(x => x.Id is not null)
            .GroupBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Last()).ToList();
        var present = items.Where(x => !x.AdditionalData.ContainsKey("@removed")).ToList();
        var isSent = folder == MailFolders.SentItems;
        return new MailPage(
            isSent ? [] : [.. present.Select(Received).OfType<ReceivedMail>()],
            isSent ? [.. present.Select(Sent).OfType<SentMail>()] : [],
            [.. items.Where(x => x.AdditionalData.ContainsKey("@removed")).Select(x => x.Id).OfType<string>()],
            page?.OdataNextLink ?? page?.OdataDeltaLink ?? throw new InvalidOperationException("A delta page has neither a next link nor a delta link."),
            page.OdataNextLink is null);
    }

    /// <summary>A mail's headers; empty when it has none, is gone, or the tenant's permissions hide them: then it is judged without.</summary>
    public async Task<IReadOnlyList<MessageHeader>> HeadersAsync(RepKey rep, string graphId, CancellationToken ct)
    {
        try
        {
            var message = await clients.For(rep).Users[rep.RepId.ToString("D")].Messages[graphId].GetAsync(request =>
            {
                request.QueryParameters.Select = ["internetMessageHeaders"];
                request.Headers.Add("Prefer", ImmutableIds);
            }, ct);
            return [.. (message?.InternetMessageHeaders ?? []).Where(x => x.Name is not null).Select(x => new MessageHeader(x.Name!, x.Value ?? ""))];
        }
        catch (ODataError error) when (error.ResponseStatusCode is 400 or 403 or 404)
        {
            return [];
        }
    }

    public async Task<RepProfile> ProfileAsync(RepKey rep, CancellationToken ct)
    {
        var client = clients.For(rep);
        var user = client.Users[rep.RepId.ToString("D")];
        var person = user.GetAsync(request => request.QueryParameters.Select = ["displayName", "mail", "userPrincipalName", "proxyAddresses"], ct);
        var settings = user.MailboxSettings.GetAsync(cancellationToken: ct);
        var manager = ManagerAsync(client, rep, ct);
        var domains = client.Domains.GetAsync(cancellationToken: ct);
        await Task.WhenAll(person, settings, manager, domains);

        var who = await person;
        var mailbox = await settings;
        var boss = await manager;
        var replies = mailbox?.AutomaticRepliesSetting;
        var isScheduled = replies?.Status == AutomaticRepliesStatus.Scheduled;
        return new RepProfile(
            who?.DisplayName,
            [.. new[] { who?.Mail, who?.UserPrincipalName }
                .Concat((who?.ProxyAddresses ?? []).Where(x => x.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase)).Select(x => x[5..]))
                .OfType<string>().Select(x => x.ToLowerInvariant()).Distinct()],
            Guid.TryParse(boss?.Id, out var managerId) ? managerId : null,
            boss?.Mail ?? boss?.UserPrincipalName,
            [.. (await domains)?.Value?.Where(x => x.IsVerified != false && x.Id is not null).Select(x => x.Id!.ToLowerInvariant()) ?? []],
            TimeZones.Resolve(mailbox?.TimeZone)
                ?? TimeZones.Resolve(mailbox?.WorkingHours?.TimeZone?.Name)
                ?? (mailbox?.WorkingHours?.TimeZone is CustomTimeZone custom ? TimeZones.Resembling(Rule(custom)) : null),
            mailbox?.WorkingHours?.StartTime is { } start ? new TimeOnly(start.Hour, start.Minute, start.Second) : null,
            mailbox?.WorkingHours?.EndTime is { } end ? new TimeOnly(end.Hour, end.Minute, end.Second) : null,
            mailbox?.WorkingHours?.DaysOfWeek?.OfType<DayOfWeekObject>().Select(x => Enum.Parse<DayOfWeek>(x.ToString())).ToList(),
            replies?.Status is AutomaticRepliesStatus.AlwaysEnabled or AutomaticRepliesStatus.Scheduled,
            isScheduled ? Instant(replies?.ScheduledStartDateTime) : null,
            isScheduled ? Instant(replies?.ScheduledEndDateTime) : null);
    }

    private string Prefer() => string.Create(CultureInfo.InvariantCulture, $"{ImmutableIds}, odata.maxpagesize={options.Value.PageSize}");

    private static async Task<User?> ManagerAsync(GraphServiceClient client, RepKey rep, CancellationToken ct)
    {
        try
        {
            return await client.Users[rep.RepId.ToString("D")].Manager.GetAsync(cancellationToken: ct) as User;
        }
        catch (ODataError error) when (error.ResponseStatusCode == 404)
        {
            return null;
        }
    }

    private static ReceivedMail? Received(Message message) =>
        // Only changed properties may come: a mail without its id or time was judged before, or comes whole later.
        message is { InternetMessageId: { } id, ReceivedDateTime: { } receivedAt }
            ? new ReceivedMail(
                id,
                message.Id,
                message.ConversationId,
                Storable(message.Subject),
                new MessageFacts(Of(message.From), Of(message.Sender), [.. (message.ReplyTo ?? []).Select(Of).OfType<Correspondent>()]),
                receivedAt,
                message is EventMessage,
                message.IsDraft == true)
            : null;

    private static SentMail? Sent(Message message) =>
        message is { InternetMessageId: { } id, IsDraft: not true } && (message.SentDateTime ?? message.ReceivedDateTime) is { } sentAt
            ? new SentMail(
                id,
                message.Id,
                message.ConversationId,
                [.. (message.ToRecipients ?? []).Concat(message.CcRecipients ?? []).Concat(message.BccRecipients ?? []).Select(x => x.EmailAddress?.Address).OfType<string>()],
                sentAt,
                IsReply(message),
                AutomaticPrefixes.Any(x => StartsWith(message.Subject, x)),
                message is EventMessage)
            : null;

    private static bool IsReply(Message message) =>
        message.ConversationIndex is { Length: > 0 } index
            ? index.Length > FirstConversationIndexBytes
            : ReplyPrefixes.Any(x => StartsWith(message.Subject, x));

    private static bool StartsWith(string? subject, string prefix) =>
        subject?.TrimStart().StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>PostgreSQL stores no NUL in text; no mail may stop the reading of those after it.</summary>
    private static string? Storable(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);

    private static Correspondent? Of(Recipient? recipient) =>
        recipient?.EmailAddress is { } address ? new Correspondent(Storable(address.Name), Storable(address.Address)) : null;

    private static CustomZone Rule(CustomTimeZone zone) => new(
        TimeSpan.FromMinutes(-(zone.Bias ?? 0)),
        TimeSpan.FromMinutes(-(zone.DaylightOffset?.DaylightBias ?? 0)),
        zone.DaylightOffset?.Month ?? 0,
        zone.StandardOffset?.Month ?? 0);

    private static DateTimeOffset? Instant(DateTimeTimeZone? time)
    {
        if (time?.DateTime is null || !DateTime.TryParse(time.DateTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(time.TimeZone ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>The service has forgotten how far a folder was read.</summary>
public sealed class DeltaExpiredException() : Exception("The delta link has expired.");
