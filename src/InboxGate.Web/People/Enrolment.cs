using InboxGate.Web.Mailbox;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>A rep is enrolled at the first board, and again at the first one after leaving; only mail from then on makes gates.</summary>
public sealed class Enrolment(StoreWriter writer, RepLooking looking, IMailboxWatch watch, TimeProvider clock)
{
    /// <summary>How long the first board waits for the mailbox, and with it the rep's zone and hours, before it is drawn on defaults.</summary>
    private static readonly TimeSpan FirstReadingPatience = TimeSpan.FromSeconds(2.5);

    /// <returns>How the rep was found; null when they are enrolled only now.</returns>
    public async Task<RepLook?> EnsureAsync(RepKey rep, string? name, CancellationToken ct)
    {
        if (await looking.LookAsync(rep, ct) is { HasLeft: false } found)
        {
            return found;
        }

        // Microsoft Graph tells when mail was received to the second: what comes in this one counts.
        var now = clock.GetUtcNow();
        var enrolledAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        try
        {
            await writer.WriteAsync((store, token) => EnrolAsync(store, rep, name, enrolledAt, token), ct);
        }
        catch (DbUpdateException)
        {
            // Two first boards at once: the other one has enrolled the rep; anything else is still an error.
            if (await looking.LookAsync(rep, ct) is not { HasLeft: false })
            {
                throw;
            }
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

        return null;
    }

    /// <summary>A rep who left comes back as one who begins.</summary>
    private static async Task<bool> EnrolAsync(Store store, RepKey rep, string? name, DateTimeOffset enrolledAt, CancellationToken ct)
    {
        if (await store.Reps.SingleOrDefaultAsync(x => x.TenantId == rep.TenantId && x.RepId == rep.RepId, ct) is not { } known)
        {
            store.Reps.Add(new RepRow
            {
                TenantId = rep.TenantId,
                RepId = rep.RepId,
                // A pane of somebody who was erased and begins anew knows higher ones than 1, and of them nothing is kept.
                Revision = Math.Max(1, enrolledAt.ToUnixTimeSeconds()),
                EnrolledAt = enrolledAt,
                Name = name,
                ClosedThrough = DateOnly.FromDateTime(enrolledAt.UtcDateTime).AddDays(-2),
            });
            return true;
        }

        if (known.ErasingAt is not null)
        {
            throw EnrolledReps.BeingErased();
        }

        if (known.LeftAt is null)
        {
            return false;
        }

        (known.LeftAt, known.EnrolledAt, known.ProfileReadAt) = (null, enrolledAt, null);
        known.Revision++;
        return true;
    }
}
