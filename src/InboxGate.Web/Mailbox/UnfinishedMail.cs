using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>Fetches one by one the mail that the changes told too little about, and judges it. It is remembered until then, over restarts too.</summary>
public sealed class UnfinishedMail(IMailboxReader reader, MailHeaders headers, MailboxClaims claims, MailIntake intake, RepWriter writer, StoreWriter store, IDbContextFactory<Store> stores)
{
    private const int MostAtOnce = 100;

    /// <summary>All mail behind gates not yet closed, to see whether it is still there. Saved with the caller's changes.</summary>
    public static async Task AddGatedAsync(Store store, RepKey key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        var gated = await store.Messages
            .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.GraphId != null && !x.LeftInbox && x.GateId != null
                && store.Gates.Any(gate => gate.TenantId == key.TenantId && gate.RepId == key.RepId && gate.GateId == x.GateId && gate.ErasedAt == null)
                && !store.Unjudged.Any(other => other.TenantId == key.TenantId && other.RepId == key.RepId && other.GraphId == x.GraphId))
            .Select(x => x.GraphId!).Distinct().ToListAsync(ct);
        store.Unjudged.AddRange(gated.Select(id => new UnjudgedRow { TenantId = key.TenantId, RepId = key.RepId, GraphId = id }));
    }

    /// <returns>What is left, and for how long the service asked to leave it alone.</returns>
    public async Task<Unfinished> FinishAsync(RepKey key, CancellationToken ct)
    {
        while (true)
        {
            List<string> ids;
            await using (var reading = await stores.CreateDbContextAsync(ct))
            {
                ids = await reading.Unjudged.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
                    .OrderBy(x => x.GraphId).Select(x => x.GraphId).Take(MostAtOnce).ToListAsync(ct);
            }

            if (ids.Count == 0)
            {
                return Unfinished.Nothing;
            }

            await claims.KeepAsync(key, ct);

            var fetched = await reader.InInboxAsync(key, ids, ct);
            var (complete, asked) = await headers.CompleteAsync(key, [.. fetched.Found.Values.OfType<ReceivedMail>()], ct);
            List<string> gone = [.. fetched.Found.Where(x => x.Value is null).Select(x => x.Key)];
            List<string> done = [.. fetched.Found.Keys.Except(asked.Later, StringComparer.Ordinal)];
            if (done.Count > 0)
            {
                await TakeInAsync(key, complete, gone, done, ct);
            }

            if (done.Count < ids.Count)
            {
                return Unfinished.Nothing.And(fetched).And(asked);
            }
        }
    }

    /// <param name="done">Graph's ids as they were asked for: these need no further look.</param>
    private async Task TakeInAsync(RepKey key, IReadOnlyList<ReceivedMail> mails, List<string> gone, List<string> done, CancellationToken ct)
    {
        var hasChanged = false;
        await writer.WriteAsync(key, async (changing, row, token) =>
        {
            if (!claims.IsOurs(row))
            {
                throw new ReadElsewhereException();
            }

            var open = await changing.Unjudged.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && done.Contains(x.GraphId)).CountAsync(token);
            if (row.LeftAt is not null || open < done.Count)
            {
                // The rep has left, or another server was faster: what was fetched here may be out of date.
                return false;
            }

            var context = await MailIntake.ContextAsync(changing, row, mails.Select(x => SenderClassifier.SenderAddress(x.Facts)), token);
            var known = await Correspondence.LoadAsync(changing, row, mails, [], gone, [], token);
            foreach (var id in gone)
            {
                hasChanged |= intake.Leave(known, id);
            }

            foreach (var mail in mails.OrderBy(x => x.ReceivedAt))
            {
                hasChanged |= intake.Judge(known, row, mail, context).Changed;
            }

            await intake.SaveUseAsync(changing, context, token);
            await ForgetAsync(changing, key, done, token);
            return hasChanged;
        }, ct);
        if (!hasChanged)
        {
            await store.WriteAsync(async (changing, token) => await ForgetAsync(changing, key, done, token) > 0, ct);
        }
    }

    private static Task<int> ForgetAsync(Store store, RepKey key, List<string> done, CancellationToken ct) =>
        store.Unjudged.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && done.Contains(x.GraphId)).ExecuteDeleteAsync(ct);
}

/// <summary>Mail that the service would not give just now.</summary>
/// <param name="RetryAfter">The longest wait it asked for; null when it did not say.</param>
public readonly record struct Unfinished(bool IsAny, TimeSpan? RetryAfter)
{
    public static readonly Unfinished Nothing = new(false, null);

    public Unfinished And<T>(Fetched<T> fetched)
    {
        ArgumentNullException.ThrowIfNull(fetched);
        return fetched.Later.Count == 0 ? this : And(new Unfinished(true, fetched.RetryAfter));
    }

    public Unfinished And(Unfinished other) => new(IsAny || other.IsAny, RetryAfter > other.RetryAfter ? RetryAfter : other.RetryAfter ?? RetryAfter);
}
