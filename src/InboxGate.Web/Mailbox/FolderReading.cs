using System.Collections.Concurrent;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Prospects;
using InboxGate.Web.Storage;
using InboxGate.Web.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Reads what has changed in one folder, to the end. Each page's mail and the way on are saved in one transaction, so
/// that a crash repeats a page and never skips one; every step may repeat harmlessly.
/// </summary>
public sealed class FolderReading(
    IMailboxReader reader,
    MailIntake intake,
    MailHeaders headers,
    MailboxClaims claims,
    RepWriter writer,
    StoreWriter store,
    IDbContextFactory<Store> stores,
    IOptions<MailboxOptions> options,
    MailboxMetrics metrics,
    TimeProvider clock)
{
    /// <summary>How far back sent mail is read at first, to learn whom the rep wrote to.</summary>
    private static readonly TimeSpan OutreachSpan = TimeSpan.FromDays(30);

    /// <summary>A new round after a lost link begins this long before the last reading.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);
    private const int MostRepeats = 5;

    /// <summary>A mail whose headers are refused again and again counts as written by hand: in doubt it lets through.</summary>
    private const int MostRefusals = 5;
    private readonly ConcurrentDictionary<(RepKey Rep, string GraphId), int> refusals = new();

    /// <returns>Whether the service had no time for some of the mail, which is then unfinished.</returns>
    public async Task<Unfinished> ReadAsync(RepRow rep, string folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rep);
        var startedAt = clock.GetUtcNow();
        var waits = new Waits();
        var before = await PositionAsync(rep.Key, folder, ct);
        var position = await ReadChangesAsync(rep, folder, before, startedAt, waits, ct);
        if (position.CatchUpFrom is not null)
        {
            await CatchUpAsync(rep, folder, position, isFirst: before == FolderPosition.Of(null), startedAt, waits, ct);
        }

        return waits.Left;
    }

    /// <summary>Follows the delta to its end.</summary>
    private async Task<FolderPosition> ReadChangesAsync(
        RepRow rep, string folder, FolderPosition position, DateTimeOffset startedAt, Waits waits, CancellationToken ct)
    {
        var next = position.Link is null ? BeginAnew(rep, folder, position, startedAt) : position;
        var hasBegunAnew = position.Link is null;
        var repeats = 0;
        while (true)
        {
            MailPage page;
            try
            {
                page = await reader.ChangesAsync(rep.Key, folder, next.Link, next.CatchUpFrom ?? startedAt, ct);
                metrics.DeltaRead(folder, "read");
            }
            catch (DeltaExpiredException) when (!hasBegunAnew)
            {
                metrics.DeltaRead(folder, "expired");
                next = BeginAnew(rep, folder, position, startedAt);
                hasBegunAnew = true;
                continue;
            }

            // An empty page may point to itself for a while; one that does so for ever would never end.
            repeats = !page.IsLast && page.Link == next.Link ? repeats + 1 : 0;
            if (repeats > MostRepeats)
            {
                throw new InvalidDataException("A delta page points to itself.");
            }

            next = next with { Link = page.Link };
            if (next.CatchUpFrom is { } from)
            {
                next = next with
                {
                    CatchUpRead = next.CatchUpRead + page.Count,
                    CatchUpOf = next.CatchUpOf ?? (page.IsLast ? null : await reader.CountAsync(rep.Key, folder, from, ct)),
                };
            }
            else if (page.IsLast)
            {
                next = next with { ReadAt = startedAt };
            }

            position = await TakeInAsync(rep, folder, page, position, next, waits, ct);
            next = position;
            if (page.IsLast)
            {
                return position;
            }

            await claims.KeepAsync(rep.Key, ct);
        }
    }

    /// <summary>
    /// What a new round could not tell: a filtered one brings only so many mails, so that the rest is listed, and it says
    /// nothing of what has left meanwhile, so that all mail behind open gates is looked after.
    /// </summary>
    /// <param name="isFirst">Nothing was read in this folder before this reading: then nothing can have left unseen.</param>
    private async Task CatchUpAsync(
        RepRow rep, string folder, FolderPosition position, bool isFirst, DateTimeOffset startedAt, Waits waits, CancellationToken ct)
    {
        if (position.CatchUpRead >= options.Value.LargestFilteredRound || position.CatchUpOf > position.CatchUpRead)
        {
            string? link = null;
            var listed = 0;
            MailPage page;
            do
            {
                page = await reader.ListAsync(rep.Key, folder, link, position.CatchUpFrom!.Value, ct);
                listed += page.Count;
                var reached = page.Received.Select(x => x.ReceivedAt).Append(position.CatchUpFrom.Value).Max();
                // Each page is asked for by its time: the pages behind a link shift when a mail leaves meanwhile. But a page within one second goes on by its link.
                link = reached > position.CatchUpFrom ? null : page.Link;
                var next = position with { CatchUpFrom = reached, CatchUpRead = Math.Max(position.CatchUpRead ?? 0, listed) };
                position = await TakeInAsync(rep, folder, page, position, next, waits, ct);
                await claims.KeepAsync(rep.Key, ct);
            }
            while (!page.IsLast);
        }

        var finished = new FolderPosition(position.Link, startedAt, null, null, null);
        await store.WriteAsync(async (changing, token) =>
        {
            if (folder == MailFolders.Inbox && !isFirst)
            {
                await UnfinishedMail.AddGatedAsync(changing, rep.Key, token);
            }

            return await FolderPosition.MoveAsync(changing, rep.Key, folder, position, finished, token);
        }, ct);
    }

    /// <summary>From the first mail that counts, or from a little before the last whole reading.</summary>
    private static FolderPosition BeginAnew(RepRow rep, string folder, FolderPosition position, DateTimeOffset startedAt)
    {
        var first = folder == MailFolders.SentItems ? rep.EnrolledAt - OutreachSpan : rep.EnrolledAt;
        // The clock may have been put back since.
        var lastRead = position.ReadAt is { } readAt && readAt > startedAt ? startedAt : position.ReadAt;
        var from = lastRead is { } last && last - Overlap > first ? last - Overlap : first;
        from = position.CatchUpFrom is { } unfinished && unfinished < from ? unfinished : from;
        return position with { Link = null, CatchUpFrom = from, CatchUpRead = 0, CatchUpOf = null };
    }

    /// <summary>Saves a page's mail and the way on.</summary>
    private async Task<FolderPosition> TakeInAsync(
        RepRow rep, string folder, MailPage page, FolderPosition from, FolderPosition to, Waits waits, CancellationToken ct)
    {
        var news = await NewsAsync(rep, folder, page, waits, ct);
        List<TimeSpan> lags = [];
        var hasChanged = false;
        if (!news.IsEmpty)
        {
            await writer.WriteAsync(rep.Key, async (store, row, token) =>
            {
                if (row.LeftAt is not null || !claims.IsOurs(row))
                {
                    // The rep left while this was read, or another server reads on: none of it may be kept.
                    throw new ReadElsewhereException();
                }

                var addresses = news.Received.Select(x => SenderClassifier.SenderAddress(x.Facts)).Concat(news.Sent.SelectMany(x => x.Recipients));
                var context = await MailIntake.ContextAsync(store, row, addresses, token);
                var known = await Correspondence.LoadAsync(store, row, news.Received, news.Sent, news.Removed, [], token);
                var sent = news.Sent.OrderBy(x => x.SentAt).Where(x => intake.Send(known, row, x, context)).ToList();
                hasChanged |= sent.Count > 0;
                await ProspectTouches.MailedAsync(store, row, sent, token);

                foreach (var id in news.Removed)
                {
                    hasChanged |= intake.Leave(known, id);
                }

                foreach (var mail in news.Received.OrderBy(x => x.ReceivedAt))
                {
                    var judgement = intake.Judge(known, row, mail, context);
                    hasChanged |= judgement.Changed;
                    if (judgement.IsNew)
                    {
                        lags.Add(clock.GetUtcNow() - mail.ReceivedAt);
                    }
                }

                foreach (var id in news.Unjudged)
                {
                    known.AddUnjudged(id);
                    hasChanged = true;
                }

                await intake.SaveUseAsync(store, context, token);
                await FolderPosition.MoveAsync(store, rep.Key, folder, from, to, token);
                return hasChanged;
            }, ct);
        }

        // Nothing new, a read mark for example: no revision, only the way on.
        if (!hasChanged && to != from)
        {
            await store.WriteAsync((changing, token) => FolderPosition.MoveAsync(changing, rep.Key, folder, from, to, token), ct);
        }

        lags.ForEach(metrics.Judged);
        return to;
    }

    /// <summary>
    /// What of a page was not taken in before, with its headers where they can change the verdict. Judged mail comes again
    /// with every read mark; without its headers it would be judged worse than before.
    /// </summary>
    private async Task<MailNews> NewsAsync(RepRow rep, string folder, MailPage page, Waits waits, CancellationToken ct)
    {
        if (folder == MailFolders.SentItems)
        {
            return new MailNews([], await NewSentAsync(rep, page, ct), [], []);
        }

        if (page.Received.Count + page.Partial.Count + page.Removed.Count == 0)
        {
            return MailNews.None;
        }

        await using var reading = await stores.CreateDbContextAsync(ct);
        var ids = page.Received.Select(x => x.InternetMessageId).ToList();
        var graphIds = page.Partial.Concat(page.Removed).ToList();
        var rows = await reading.Messages.AsNoTracking()
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId
                && (ids.Contains(x.InternetMessageId) || (x.GraphId != null && graphIds.Contains(x.GraphId))))
            .Select(x => new { x.InternetMessageId, x.GraphId, x.LeftInbox }).ToListAsync(ct);
        var present = rows.Where(x => !x.LeftInbox && x.GraphId is not null).ToList();
        var judged = present.Select(x => (x.InternetMessageId, x.GraphId)).ToHashSet();
        var presentIds = present.Select(x => x.GraphId!).ToHashSet(StringComparer.Ordinal);

        var received = page.Received.Where(x => !judged.Contains((x.InternetMessageId, x.GraphId))).ToList();
        var (complete, asked) = await headers.CompleteAsync(rep.Key, received, ct);
        waits.Add(asked);
        return new MailNews(
            complete,
            [],
            [.. page.Removed.Where(presentIds.Contains)],
            // Mail that was shown only in part, and mail that the service was too busy for.
            [.. page.Partial.Where(x => !presentIds.Contains(x)), .. asked.Later]);
    }

    /// <summary>
    /// The sent mail not counted before. Whether a machine wrote it on the rep's behalf, only its headers tell; they are
    /// asked for only where that matters: what may be an answer, and mail to a prospect, since enrolment.
    /// </summary>
    private async Task<IReadOnlyList<SentMail>> NewSentAsync(RepRow rep, MailPage page, CancellationToken ct)
    {
        var shownInPart = await reader.SentAsync(rep.Key, page.Partial, ct);
        ThrowIfBusy(shownInPart, _ => false);
        List<SentMail> mails = [.. page.Sent, .. shownInPart.Found.Values.OfType<SentMail>()];
        if (mails.Count == 0)
        {
            return [];
        }

        await using var reading = await stores.CreateDbContextAsync(ct);
        var ids = mails.Select(x => x.InternetMessageId).ToList();
        var counted = await reading.SentMessages
            .Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && ids.Contains(x.InternetMessageId))
            .Select(x => x.InternetMessageId).ToHashSetAsync(ct);
        var fresh = mails.Where(x => !counted.Contains(x.InternetMessageId)).ToList();
        if (fresh.Count == 0)
        {
            return [];
        }

        var current = await reading.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId, ct)
            ?? throw new ReadElsewhereException();
        var context = await MailIntake.ContextAsync(reading, current, fresh.SelectMany(x => x.Recipients), ct);
        var asked = fresh
            .Where(x => x is { GraphId: not null, IsMeeting: false, IsAutomaticReply: false } && x.SentAt >= rep.EnrolledAt
                && (!x.IsFirst || MailIntake.IsToProspect(x, context)))
            .Select(x => x.GraphId!).ToList();
        var fetched = await reader.HeadersAsync(rep.Key, asked, ct);
        ThrowIfBusy(fetched, id => refusals.AddOrUpdate((rep.Key, id), 1, (_, n) => n + 1) > MostRefusals);
        fetched.Found.Keys.Concat(fetched.Later).ToList().ForEach(id => refusals.TryRemove((rep.Key, id), out _));
        return [.. fresh.Select(x => x.GraphId is not null && fetched.Found.TryGetValue(x.GraphId, out var found) ? x with { IsAutomaticReply = IsFromMachine(found) } : x)];
    }

    /// <summary>What answers a gate is not guessed: the page is read again, unless all that is missing was refused too often.</summary>
    private static void ThrowIfBusy<T>(Fetched<T> fetched, Func<string, bool> isHopeless)
    {
        if (fetched.Later.Where(x => !isHopeless(x)).ToList().Count > 0)
        {
            throw new MailboxBusyException(fetched.RetryAfter);
        }
    }

    private static bool IsFromMachine(IReadOnlyList<MessageHeader> headers) => headers.Any(x =>
        x.Name.Equals("Auto-Submitted", StringComparison.OrdinalIgnoreCase) && !x.Value.Trim().Equals("no", StringComparison.OrdinalIgnoreCase));

    private async Task<FolderPosition> PositionAsync(RepKey key, string folder, CancellationToken ct)
    {
        await using var reading = await stores.CreateDbContextAsync(ct);
        return FolderPosition.Of(await reading.MailboxWatches.AsNoTracking()
            .SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.Folder == folder, ct));
    }

    /// <summary>What the service had no time for during one reading.</summary>
    private sealed class Waits
    {
        public Unfinished Left { get; private set; }

        public void Add<T>(Fetched<T> fetched) => Left = Left.And(fetched);
    }

    /// <param name="Unjudged">Graph's ids of mail to be fetched and judged by itself.</param>
    private sealed record MailNews(
        IReadOnlyList<ReceivedMail> Received, IReadOnlyList<SentMail> Sent, IReadOnlyList<string> Removed, IReadOnlyList<string> Unjudged)
    {
        public static readonly MailNews None = new([], [], [], []);

        public bool IsEmpty => Received.Count + Sent.Count + Removed.Count + Unjudged.Count == 0;
    }
}

/// <summary>The service is too busy for this mailbox just now, though not for the request as a whole.</summary>
public sealed class MailboxBusyException(TimeSpan? retryAfter) : Exception("The mailbox is busy.")
{
    public TimeSpan? RetryAfter => retryAfter;
}
