using System.Globalization;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item;
using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Mailbox;

/// <summary>Reads mail from Microsoft Graph: the only file of the watch that knows its messages.</summary>
public sealed class MailboxReader(GraphClients clients, IOptions<MailboxOptions> options) : IMailboxReader
{
    internal const string ImmutableIds = "IdType=\"ImmutableId\"";
    private const int FirstConversationIndexBytes = 22;
    internal static readonly string[] Selected =
    [
        "id", "internetMessageId", "conversationId", "conversationIndex", "subject", "from", "sender", "replyTo", "toRecipients",
        "ccRecipients", "bccRecipients", "receivedDateTime", "sentDateTime", "isDraft",
    ];

    /// <summary>Reply prefixes as mail programs write them, for mail whose conversation index is missing.</summary>
    private static readonly string[] ReplyPrefixes = ["re:", "aw:", "antw:", "sv:", "ré:", "rv:", "r:", "返信:"];

    /// <summary>How Exchange titles an automatic reply, for the copies in Sent Items that carry no headers.</summary>
    private static readonly string[] AutomaticPrefixes = ["automatic reply:", "automatische antwort:", "réponse automatique"];

    public async Task<MailPage> ChangesAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct)
    {
        var delta = Mailbox(rep).MailFolders[folder].Messages.Delta;
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
                    request.QueryParameters.Filter = Since(from);
                    request.Headers.Add("Prefer", Prefer());
                }, ct)
                : await delta.WithUrl(link).GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", Prefer()), ct);
        }
        catch (ODataError error) when (IsExpired(error))
        {
            throw new DeltaExpiredException();
        }

        return Page(
            folder,
            page?.Value,
            page?.OdataNextLink ?? page?.OdataDeltaLink ?? throw new InvalidDataException("A delta page has neither a next link nor a delta link."),
            isLast: page.OdataNextLink is null);
    }

    public async Task<MailPage> ListAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct)
    {
        var messages = Mailbox(rep).MailFolders[folder].Messages;
        var page = link is null
            ? await messages.GetAsync(request =>
            {
                request.QueryParameters.Select = Selected;
                request.QueryParameters.Filter = Since(from);
                request.QueryParameters.Orderby = ["receivedDateTime asc"];
                request.QueryParameters.Top = options.Value.PageSize;
                request.Headers.Add("Prefer", ImmutableIds);
            }, ct)
            : clients.IsOurs(link)
                ? await messages.WithUrl(link).GetAsync(request => request.Headers.Add("Prefer", ImmutableIds), ct)
                : throw new InvalidDataException("A list goes on at another service.");
        return Page(folder, page?.Value, page?.OdataNextLink, isLast: page?.OdataNextLink is null);
    }

    public async Task<int> CountAsync(RepKey rep, string folder, DateTimeOffset from, CancellationToken ct) =>
        await Mailbox(rep).MailFolders[folder].Messages.Count.GetAsync(request => request.QueryParameters.Filter = Since(from), ct) ?? 0;

    public async Task<Fetched<IReadOnlyList<MessageHeader>>> HeadersAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(graphIds);
        if (graphIds.Count == 0)
        {
            return Fetched<IReadOnlyList<MessageHeader>>.Nothing;
        }

        var answers = await GraphBatch.SendAsync(clients.For(rep), graphIds.Select(id => (id, One(rep, id, ["internetMessageHeaders"]))), ct);
        var found = new Dictionary<string, IReadOnlyList<MessageHeader>>(StringComparer.Ordinal);
        foreach (var (id, answer) in answers.Where(x => !x.Value.IsPassing))
        {
            found[id] = answer.IsOk ? Headers(await answer.ReadAsync(Message.CreateFromDiscriminatorValue, ct)) : [];
        }

        return Outcome(answers, found);
    }

    public async Task<Fetched<ReceivedMail?>> InInboxAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(graphIds);
        if (graphIds.Count == 0)
        {
            return Fetched<ReceivedMail?>.Nothing;
        }

        // A message says in which folder it lies by that folder's own id.
        const string Inbox = "inbox";
        var folder = Mailbox(rep).MailFolders[MailFolders.Inbox].ToGetRequestInformation(request => request.QueryParameters.Select = ["id"]);
        var answers = await GraphBatch.SendAsync(
            clients.For(rep),
            graphIds.Select(id => (id, One(rep, id, [.. Selected, "parentFolderId"]))).Prepend((Inbox, folder)),
            ct);
        var inboxId = answers[Inbox].IsOk ? (await answers[Inbox].ReadAsync(MailFolder.CreateFromDiscriminatorValue, ct))?.Id : null;
        if (inboxId is null)
        {
            return new Fetched<ReceivedMail?>(new Dictionary<string, ReceivedMail?>(), graphIds, answers[Inbox].RetryAfter);
        }

        answers.Remove(Inbox);
        return await EachAsync(answers, message => message.ParentFolderId == inboxId ? Received(message) : null, ct);
    }

    public async Task<Fetched<SentMail?>> SentAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(graphIds);
        return graphIds.Count == 0
            ? Fetched<SentMail?>.Nothing
            : await EachAsync(await GraphBatch.SendAsync(clients.For(rep), graphIds.Select(id => (id, One(rep, id, Selected))), ct), Sent, ct);
    }

    public async Task<RepProfile> ProfileAsync(RepKey rep, bool withDomains, CancellationToken ct)
    {
        const string Who = "who", Settings = "settings", Boss = "boss", Domains = "domains";
        var client = clients.For(rep);
        var user = Mailbox(rep);
        List<(string, RequestInformation)> steps =
        [
            (Who, user.ToGetRequestInformation(request => request.QueryParameters.Select = ["displayName", "mail", "userPrincipalName", "proxyAddresses"])),
            (Settings, user.MailboxSettings.ToGetRequestInformation()),
            (Boss, user.Manager.ToGetRequestInformation()),
        ];
        if (withDomains)
        {
            steps.Add((Domains, client.Domains.ToGetRequestInformation()));
        }

        var answers = await GraphBatch.SendAsync(client, steps, ct);
        foreach (var answer in answers.Values.Where(x => x.IsPassing || x.Status == 401))
        {
            throw await answer.FailureAsync(ct);
        }

        // Without the account there is no mailbox either; without a permission there are defaults.
        if (answers[Who].Status == 404)
        {
            throw await answers[Who].FailureAsync(ct);
        }

        return Profile(
            await answers[Who].ReadIfOkAsync(User.CreateFromDiscriminatorValue, ct),
            await answers[Settings].ReadIfOkAsync(MailboxSettings.CreateFromDiscriminatorValue, ct),
            await answers[Boss].ReadIfOkAsync(User.CreateFromDiscriminatorValue, ct),
            isManagerKnown: answers[Boss].IsOk || answers[Boss].Status == 404,
            withDomains ? (await answers[Domains].ReadIfOkAsync(DomainCollectionResponse.CreateFromDiscriminatorValue, ct))?.Value : null,
            withDomains);
    }

    private static RepProfile Profile(User? who, MailboxSettings? mailbox, User? boss, bool isManagerKnown, List<Domain>? domains, bool withDomains)
    {
        var hours = mailbox?.WorkingHours;
        var zone = TimeZones.Resolve(mailbox?.TimeZone)
            ?? TimeZones.Resolve(hours?.TimeZone?.Name)
            ?? (hours?.TimeZone is CustomTimeZone custom ? TimeZones.Resembling(Rule(custom)) : null);
        List<string> addresses =
        [
            .. new[] { who?.Mail, who?.UserPrincipalName }
                .Concat((who?.ProxyAddresses ?? []).Where(x => x.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase)).Select(x => x[5..]))
                .OfType<string>().Select(x => x.ToLowerInvariant()).Distinct(),
        ];
        var verified = domains?.Where(x => x.IsVerified != false && x.Id is not null).Select(x => x.Id!.ToLowerInvariant()).ToList();
        var hasHours = hours is { StartTime: not null, EndTime: not null, DaysOfWeek.Count: > 0 };
        var replies = mailbox?.AutomaticRepliesSetting;
        var isScheduled = replies?.Status == AutomaticRepliesStatus.Scheduled;
        return new RepProfile(
            who?.DisplayName,
            addresses,
            Guid.TryParse(boss?.Id, out var managerId) ? managerId : null,
            boss?.Mail ?? boss?.UserPrincipalName,
            // Colleagues are known at least by the rep's own domains.
            withDomains ? verified ?? [.. addresses.Where(x => x.Contains('@', StringComparison.Ordinal)).Select(x => x[(x.LastIndexOf('@') + 1)..]).Distinct()] : null,
            zone,
            hours?.StartTime is { } start ? new TimeOnly(start.Hour, start.Minute, start.Second) : null,
            hours?.EndTime is { } end ? new TimeOnly(end.Hour, end.Minute, end.Second) : null,
            hours?.DaysOfWeek?.OfType<DayOfWeekObject>().Select(x => Enum.Parse<DayOfWeek>(x.ToString())).ToList(),
            replies?.Status is AutomaticRepliesStatus.AlwaysEnabled or AutomaticRepliesStatus.Scheduled,
            isScheduled ? Instant(replies?.ScheduledStartDateTime) : null,
            isScheduled ? Instant(replies?.ScheduledEndDateTime) : null,
            [
                .. Assumed(zone is null, "timeZone"),
                .. Assumed(!hasHours, "workingHours"),
                .. Assumed(!isManagerKnown, "manager"),
                .. Assumed(withDomains && verified is null, "domains"),
            ]);
    }

    private static string[] Assumed(bool isSo, string what) => isSo ? [what] : [];

    private UserItemRequestBuilder Mailbox(RepKey rep) => clients.For(rep).Users[rep.RepId.ToString("D")];

    private RequestInformation One(RepKey rep, string graphId, string[] select) => Mailbox(rep).Messages[graphId].ToGetRequestInformation(request =>
    {
        request.QueryParameters.Select = select;
        request.Headers.Add("Prefer", ImmutableIds);
    });

    private static string Since(DateTimeOffset from) =>
        $"receivedDateTime ge {from.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}";

    /// <summary>The service no longer knows the state that a delta link stands for.</summary>
    internal static bool IsExpired(ODataError error) => error.ResponseStatusCode == 410 || (error.Error?.Code is { } code
        && (code.Contains("syncState", StringComparison.OrdinalIgnoreCase) || code.Contains("resync", StringComparison.OrdinalIgnoreCase)));

    internal static MailPage Page(string folder, List<Message>? messages, string? link, bool isLast)
    {
        // A mail may come several times in a page, moved out and back for example: what is said last holds.
        var items = (messages ?? []).Where(x => x.Id is not null)
            .GroupBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Last()).ToList();
        var present = items.Where(x => !x.AdditionalData.ContainsKey("@removed")).ToList();
        var isSent = folder == MailFolders.SentItems;
        return new MailPage(
            isSent ? [] : [.. present.Select(Received).OfType<ReceivedMail>()],
            isSent ? [.. present.Select(Sent).OfType<SentMail>()] : [],
            [.. present.Where(IsPartial).Select(x => x.Id!)],
            [.. items.Where(x => x.AdditionalData.ContainsKey("@removed")).Select(x => x.Id!)],
            link,
            isLast);
    }

    /// <summary>What each message comes to; null for one that is gone.</summary>
    private static async Task<Fetched<T?>> EachAsync<T>(Dictionary<string, BatchAnswer> answers, Func<Message, T?> read, CancellationToken ct)
        where T : class
    {
        var found = new Dictionary<string, T?>(StringComparer.Ordinal);
        foreach (var (id, answer) in answers.Where(x => x.Value.IsOk || x.Value.Status is 401 or 403 or 404 or 410))
        {
            if (answer.Status is 401 or 403)
            {
                throw await answer.FailureAsync(ct);
            }

            // Only what is said to be gone is gone; whatever else was refused is asked for again.
            found[id] = await answer.ReadIfOkAsync(Message.CreateFromDiscriminatorValue, ct) is { } message ? read(message) : null;
        }

        return Outcome(answers, found);
    }

    private static Fetched<T> Outcome<T>(Dictionary<string, BatchAnswer> answers, Dictionary<string, T> found) => new(
        found, [.. answers.Keys.Where(x => !found.ContainsKey(x))], answers.Values.Where(x => x.IsPassing).Max(x => x.RetryAfter));

    private static IReadOnlyList<MessageHeader> Headers(Message? message) =>
        [.. (message?.InternetMessageHeaders ?? []).Where(x => x.Name is not null).Select(x => new MessageHeader(x.Name!, x.Value ?? ""))];

    private static bool IsPartial(Message message) => message.InternetMessageId is null || message.ReceivedDateTime is null;

    private string Prefer() => string.Create(CultureInfo.InvariantCulture, $"{ImmutableIds}, odata.maxpagesize={options.Value.PageSize}");

    private static ReceivedMail? Received(Message message) =>
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
                message.ConversationIndex is { Length: > 0 and <= FirstConversationIndexBytes },
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
