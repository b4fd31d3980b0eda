using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>Changes a list, whoever's it is. The unanswered gates of whoever it decides for are decided again in the same transaction.</summary>
public sealed class ListWriter(RepWriter writer, MailIntake intake, TimeProvider clock)
{
    /// <param name="change">Answers false when nothing was changed: then nothing is saved, and no revision rises.</param>
    /// <returns>Whether anything was changed.</returns>
    public async Task<bool> WriteAsync(ListKey list, Func<Store, CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        // A list that was erased begins anew above every revision it had: of those a server may still know an index.
        var first = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var hasChanged = false;
        if (list.Scope == Scope.Rep)
        {
            await writer.WriteAsync(new RepKey(list.TenantId, list.OwnerId), (store, rep, token) => ApplyAsync(store, [rep], token), ct);
        }
        else
        {
            await writer.WriteAsync(list.TenantId, new SharedBy(list.TenantId, list.Scope, list.OwnerId).Reps, ApplyAsync, ct);
        }

        return hasChanged;

        async Task<bool> ApplyAsync(Store store, IReadOnlyList<RepRow> reps, CancellationToken token)
        {
            hasChanged = await change(store, token);
            if (!hasChanged)
            {
                return false;
            }

            await store.SaveChangesAsync(token);
            await store.Database.ExecuteSqlAsync(
                $"""INSERT INTO lists ("TenantId", "Scope", "OwnerId", "Revision") VALUES ({list.TenantId}, {(int)list.Scope}, {list.OwnerId}, {first}) ON CONFLICT ("TenantId", "Scope", "OwnerId") DO UPDATE SET "Revision" = lists."Revision" + 1""", token);
            // Of many reps few have a mail waiting.
            var waiting = await MailIntake.WithUnansweredGates(store, list.TenantId).ToHashSetAsync(token);
            foreach (var rep in reps.Where(x => waiting.Contains(x.RepId)))
            {
                await intake.RedecideAsync(store, rep, token);
            }

            return true;
        }
    }
}
