using System.Globalization;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;

namespace InboxGate.Web.DryRun;

/// <summary>The last days of a mailbox, as they lie there now. Never a subject, never a body.</summary>
/// <param name="From">UTC; since when all mail was read.</param>
/// <param name="To">UTC; when it was read.</param>
/// <param name="IsCut">There was more than is read at once: what came before <paramref name="From"/> is left out.</param>
/// <param name="Received">In the inbox, oldest first.</param>
/// <param name="Sent">Oldest first.</param>
public sealed record MailHistory(
    DateTimeOffset From, DateTimeOffset To, bool IsCut, IReadOnlyList<ReceivedMail> Received, IReadOnlyList<SentMail> Sent)
{
    /// <summary>Graph's ids of the sent mail whose headers were looked at.</summary>
    public IReadOnlySet<string> Examined { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public int Size => Received.Count + Sent.Count;
}

/// <summary>Lists mail in Microsoft Graph, newest first, so that what is cut off is the oldest.</summary>
public sealed class MailHistoryReading(GraphClients clients, TimeProvider clock)
{
    public const int MostMails = 5000;
    private const int PageSize = 500;

    /// <summary>How far back mail is looked at.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromDays(14);

    /// <summary>Whom the rep wrote to is learnt from further back, as at an enrolment.</summary>
    private static readonly TimeSpan OutreachSpan = TimeSpan.FromDays(30);

    public async Task<MailHistory> ReadAsync(RepKey rep, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var from = now - Span;
        var inbox = ListAsync(rep, MailFolders.Inbox, from, ct);
        var sent = ListAsync(rep, MailFolders.SentItems, from - OutreachSpan, ct);
        await Task.WhenAll(inbox, sent);
        var (pages, isCut) = await inbox;
        // A mail that was copied is one mail, and no subject is kept.
        List<ReceivedMail> received =
        [
            .. pages.SelectMany(x => x.Received).Where(x => !x.IsDraft && x.ReceivedAt <= now)
                .OrderBy(x => x.ReceivedAt).DistinctBy(x => x.InternetMessageId).Select(x => x with { Subject = null }),
        ];
        return new MailHistory(
            isCut && received.Count > 0 ? received[0].ReceivedAt : from,
            now,
            isCut,
            received,
            [.. (await sent).Pages.SelectMany(x => x.Sent).OrderBy(x => x.SentAt).DistinctBy(x => x.InternetMessageId)]);
    }

    private async Task<(List<MailPage> Pages, bool IsCut)> ListAsync(RepKey rep, string folder, DateTimeOffset from, CancellationToken ct)
    {
        var messages = clients.For(rep).Users[rep.RepId.ToString("D")].MailFolders[folder].Messages;
        var pages = new List<MailPage>();
        var page = await messages.GetAsync(request =>
        {
            request.QueryParameters.Select = MailboxReader.Selected;
            request.QueryParameters.Filter = $"receivedDateTime ge {from.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}";
            request.QueryParameters.Orderby = ["receivedDateTime desc"];
            request.QueryParameters.Top = PageSize;
            request.Headers.Add("Prefer", MailboxReader.ImmutableIds);
        }, ct);
        while (true)
        {
            pages.Add(MailboxReader.Page(folder, page?.Value, page?.OdataNextLink, page?.OdataNextLink is null));
            if (page?.OdataNextLink is not { } link)
            {
                return (pages, false);
            }

            if (pages.Count * PageSize >= MostMails)
            {
                return (pages, true);
            }

            page = clients.IsOurs(link)
                ? await messages.WithUrl(link).GetAsync(request => request.Headers.Add("Prefer", MailboxReader.ImmutableIds), ct)
                : throw new InvalidDataException("A list goes on at another service.");
        }
    }
}
