using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Privacy;

/// <summary>
/// Deletes details for their age: calls, gates with their waivers, judged and sent mail. Whole closed days only, and none that
/// an unanswered gate still needs: what boards, histories and teams say is read from the closed days, and stays. On two
/// servers at once it does no harm.
/// </summary>
public sealed class Retention(
    IDbContextFactory<Store> stores, StoreWriter writer, RowDeletion rows, DayClosing days, IOptions<RetentionOptions> options, RetentionMetrics metrics)
{
    /// <summary>Rows of a rep from before an instant, each condition served by an index on the rep's rows. In this order.</summary>
    private static readonly (string Table, string Condition)[] Old =
    [
        // A mail that came first goes, and with it what it says: that the rep did not write first.
        ("outreach",
            """
            "TenantId" = {0} AND "RepId" = {1} AND EXISTS (SELECT 1 FROM messages WHERE messages."TenantId" = outreach."TenantId"
                AND messages."RepId" = outreach."RepId" AND messages."ConversationId" = outreach."ConversationId"
                AND messages."ReceivedAt" < {2} AND messages."ReceivedAt" < outreach."SentAt")
            """),
        ("outreach", """ "TenantId" = {0} AND "RepId" = {1} AND "SentAt" < {2} """),
        ("calls", """ "TenantId" = {0} AND "RepId" = {1} AND "MadeAt" < {2} """),
        // Undone before it arrived, which it never did.
        ("calls", """ "TenantId" = {0} AND "RepId" = {1} AND "MadeAt" IS NULL AND "LoggedAt" < {2} """),
        ("sent_messages", """ "TenantId" = {0} AND "RepId" = {1} AND "SentAt" < {2} """),
        // A mail that carries a category of ours is known until that is off.
        ("messages", """ "TenantId" = {0} AND "RepId" = {1} AND "ReceivedAt" < {2} AND "Mark" IS NULL """),
        ("gates", """ "TenantId" = {0} AND "RepId" = {1} AND "ErasedAt" < {2} """),
    ];

    /// <summary>The reps whose details were not looked at for a day.</summary>
    /// <param name="most">No more than so many.</param>
    public async Task<IReadOnlyList<RepKey>> DueAsync(DateTimeOffset now, int most, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var before = now - TimeSpan.FromDays(1);
        return await store.Reps
            .Where(x => x.ErasingAt == null && (x.DetailsCheckedAt == null || x.DetailsCheckedAt <= before || x.DetailsCheckedAt > now))
            .OrderBy(x => x.DetailsCheckedAt)
            .Select(x => new RepKey(x.TenantId, x.RepId))
            .Take(most)
            .ToListAsync(ct);
    }

    /// <summary>Deletes the rep's old details, few rows at a time. Repeatable; who comes after a server that ended goes on.</summary>
    public async Task TrimAsync(RepKey key, DateTimeOffset now, CancellationToken ct)
    {
        if (await ClosableUntilAsync(key, now, ct) is not { } until)
        {
            return;
        }

        // Of a day that is not closed nothing goes.
        await days.CloseAsync(key, until, ct);
        if (await MarkAsync(key, now - options.Value.Details, ct) is { } since)
        {
            foreach (var (table, condition) in Old)
            {
                metrics.Deleted(table, await rows.DeleteAsync(table, condition, [key.TenantId, key.RepId, since.UtcTicks], ct));
            }
        }

        await writer.WriteAsync(
            async (store, token) => await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.DetailsCheckedAt, now), token) > 0,
            ct);
    }

    /// <summary>Now; for who has left the end of their last day, after which there is none to close.</summary>
    /// <returns>Null when there is no such rep.</returns>
    private async Task<DateTimeOffset?> ClosableUntilAsync(RepKey key, DateTimeOffset now, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var rep = await store.Reps.AsNoTracking().SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId, ct);
        return rep is null ? null
            : rep.LeftAt is { } leftAt && leftAt < now.AddDays(-1) ? leftAt.AddDays(1)
            : now;
    }

    /// <summary>Says from when on details are kept before any goes, so that no finished day is counted anew from what is left of it.</summary>
    /// <returns>Null while there is nothing to delete.</returns>
    private async Task<DateTimeOffset?> MarkAsync(RepKey key, DateTimeOffset limit, CancellationToken ct)
    {
        DateTimeOffset? since = null;
        await writer.WriteAsync(
            async (store, token) =>
            {
                // As every writer of a rep does, the row first; but without a new revision: no board says anything else.
                await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId)
                    .ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision), token);
                var rep = await store.Reps.SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.ErasingAt == null, token);
                if (rep is not { ClosedUntil: { } closed })
                {
                    return false;
                }

                var needed = await NeededSinceAsync(store, key, closed, token);
                var end = needed < limit ? needed : limit;
                var cut = await store.ClosedDays
                    .Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.EndsAt <= end)
                    .MaxAsync(x => x.EndsAt, token);
                since = cut > rep.DetailsSince || rep.DetailsSince is null ? cut : rep.DetailsSince;
                var isNew = since != rep.DetailsSince;
                rep.DetailsSince = since;
                return isNew;
            },
            ct);
        return since;
    }

    /// <summary>From when on details still decide: those of unanswered gates, and of gates that took calls beside them.</summary>
    private static async Task<DateTimeOffset> NeededSinceAsync(Store store, RepKey key, DateTimeOffset closed, CancellationToken ct)
    {
        var gates = store.Gates.Where(x => x.TenantId == key.TenantId && x.RepId == key.RepId);
        var opened = await gates.Where(x => x.ErasedAt == null).MinAsync(x => (DateTimeOffset?)x.OpenedAt, ct);
        var received = await gates.Where(x => x.ErasedAt == null).MinAsync(x => (DateTimeOffset?)x.ReceivedAt, ct);
        var since = Earliest(closed, opened);
        var beside = await gates.Where(x => x.ErasedAt >= since).MinAsync(x => (DateTimeOffset?)x.OpenedAt, ct);
        return Earliest(Earliest(since, received), beside);
    }

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset? b) => b < a ? b.Value : a;
}
