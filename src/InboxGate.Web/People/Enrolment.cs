using InboxGate.Web.Mailbox;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>A rep is enrolled at the first board, and again at the first one after leaving; only mail from then on makes gates.</summary>
public sealed class Enrolment(IDbContextFactory<Store> stores, IMailboxWatch watch, TimeProvider clock)
{
    /// <summary>How long the first board waits for the mailbox, and with it the rep's zone and hours, before it is drawn on defaults.</summary>
    private static readonly TimeSpan FirstReadingPatience = TimeSpan.FromSeconds(2.5);

    public async Task EnsureAsync(RepKey rep, string? name, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Reps.AnyAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.LeftAt == null, ct))
        {
            return;
        }

        // Microsoft Graph tells when mail was received to the second: what comes in this one counts.
        var now = clock.GetUtcNow();
        var enrolledAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        if (!await ReturnAsync(store, rep, enrolledAt, ct))
        {
            await AddAsync(store, rep, name, enrolledAt, ct);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(FirstReadingPatience);
        try
        {
            await watch.EnsureReadAsync(rep, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The watch goes on reading; the next revision brings the right hours.
        }
    }

    /// <returns>False when the rep was never here.</returns>
    private static async Task<bool> ReturnAsync(Store store, RepKey rep, DateTimeOffset enrolledAt, CancellationToken ct) =>
        await store.Reps.Where(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId && x.LeftAt != null).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.LeftAt, (DateTimeOffset?)null)
                .SetProperty(x => x.EnrolledAt, enrolledAt)
                .SetProperty(x => x.ProfileReadAt, (DateTimeOffset?)null)
                .SetProperty(x => x.Revision, x => x.Revision + 1),
            ct) > 0;

    private static async Task AddAsync(Store store, RepKey rep, string? name, DateTimeOffset enrolledAt, CancellationToken ct)
    {
        store.Reps.Add(new RepRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            Revision = 1,
            EnrolledAt = enrolledAt,
            Name = name,
            ClosedThrough = DateOnly.FromDateTime(enrolledAt.UtcDateTime).AddDays(-2),
        });
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Two first boards at once: the other one has enrolled the rep; anything else is still an error.
            store.ChangeTracker.Clear();
            if (!await store.Reps.AnyAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId, ct))
            {
                throw;
            }
        }
    }
}
