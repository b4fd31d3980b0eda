using InboxGate.Web.Mailbox;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>A rep is enrolled at the first board; only mail from then on makes gates.</summary>
public sealed class Enrolment(IDbContextFactory<Store> stores, IMailboxWatch watch, TimeProvider clock)
{
    /// <summary>How long the first board waits for the mailbox, and with it the rep's zone and hours, before it is drawn on defaults.</summary>
    private static readonly TimeSpan FirstReadingPatience = TimeSpan.FromSeconds(2.5);

    public async Task EnsureAsync(RepKey rep, string? name, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Reps.AnyAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId, ct))
        {
            return;
        }

        var now = clock.GetUtcNow();
        store.Reps.Add(new RepRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            Revision = 1,
            // Microsoft Graph tells when mail was received to the second: what comes in this one counts.
            EnrolledAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)),
            Name = name,
            ClosedThrough = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2),
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

        watch.LookAgain(rep);
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
}
