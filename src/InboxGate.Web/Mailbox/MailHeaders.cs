using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>Completes mail with the headers that changes and lists do not bring, where the verdict depends on them.</summary>
public sealed class MailHeaders(IMailboxReader reader, IDbContextFactory<Store> stores)
{
    /// <returns>The completed mail, and Graph's ids of the mail that the service was too busy for, left out of it.</returns>
    public async Task<(IReadOnlyList<ReceivedMail> Complete, Fetched<IReadOnlyList<MessageHeader>> Headers)> CompleteAsync(
        RepKey key, IReadOnlyCollection<ReceivedMail> received, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(received);
        if (received.Count == 0)
        {
            return ([], Fetched<IReadOnlyList<MessageHeader>>.Nothing);
        }

        List<string> asked;
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            var rep = await store.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct)
                ?? throw new ReadElsewhereException();
            var context = await MailIntake.ContextAsync(store, rep, received.Select(x => SenderClassifier.SenderAddress(x.Facts)), ct);
            asked =
            [
                .. received
                    .Where(mail => mail is { GraphId: not null, IsMeeting: false, IsDraft: false }
                        && mail.ReceivedAt >= rep.EnrolledAt
                        && SenderClassifier.HeadersDecide(mail.Facts, context.Senders))
                    .Select(x => x.GraphId!),
            ];
        }

        var headers = await reader.HeadersAsync(key, asked, ct);
        return (
            [
                .. received.Where(x => x.GraphId is null || !headers.Later.Contains(x.GraphId))
                    .Select(x => x.GraphId is not null && headers.Found.TryGetValue(x.GraphId, out var found) ? x with { Facts = x.Facts with { Headers = found } } : x),
            ],
            headers);
    }
}
