using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mailbox;

/// <summary>Fetches one by one the mail that the changes told too little about, and judges it. It is remembered until then, over restarts too.</summary>
public sealed class UnfinishedMail(IMailboxReader reader, MailHeaders headers, MailIntake intake, RepWriter writer, StoreWriter store, IDbContextFactory<Store> stores)
{
    private const int MostAtOnce = 100;
    /// <summary>Where the service was too busy and did not say for how long.</summary>
    public static readonly TimeSpan OwnPause = TimeSpan.FromSeconds(2);

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

    /// <returns>How long to wait before the rest can be fetched; null when nothing is left.</returns>
    public async Task<TimeSpan?> FinishAsync(RepKey key, CancellationToken ct)
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
                return null;
            }

            var fetched = await reader.InInboxAsync(key, ids, ct);
            var (complete, asked) = await headers.CompleteAsync(key, [.. fetched.Found.Values.OfType<ReceivedMail>()], ct);
            List<string> gone = [.. fetched.Found.Where(x => x.Value is null).Select(x => x.Key)];
            if (complete.Count + gone.Count > 0)
            {
                await TakeInAsync(key, complete, gone, ct);
            }

            if (fetched.Later.Count + asked.Later.Count > 0)
            {
                return fetched.RetryAfter ?? asked.RetryAfter ?? OwnPause;
            }
        }
    }

    private async Task TakeInAsync(RepKey key, IReadOnlyList<ReceivedMail> mails, List<string> gone, CancellationToken ct)
    {
        List<string> done = [.. mails.Select(x => x.GraphId!), .. gone];
        var hasChanged = false;
        await writer.WriteAsync(key, async (changing, row, token) =>
        {
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
