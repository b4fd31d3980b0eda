using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Tenant;

/// <summary>Who is in whose team, where an administrator says it by hand.</summary>
public sealed class Teams(RepWriter writer, MailIntake intake, TeamNews news, IDbContextFactory<Store> stores)
{
    /// <summary>Reps enrolled now, by name.</summary>
    /// <param name="search">A part of the name; null for everybody.</param>
    /// <param name="after">The last rep of the page before.</param>
    public async Task<TeamsPage> ReadAsync(Guid tenantId, string? search, Guid? after, int take, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var reps = store.Reps.AsNoTracking().Where(x => x.TenantId == tenantId && x.LeftAt == null);
        if (search?.Trim() is { Length: > 0 } part)
        {
#pragma warning disable CA1304, CA1311, CA1862 // It is the database that compares; SQLite lowers ASCII letters alone.
            var lower = part.ToLowerInvariant();
            reps = reps.Where(x => x.Name != null && (x.Name.Contains(part) || x.Name.ToLower().Contains(lower)));
#pragma warning restore CA1304, CA1311, CA1862
        }

        if (after is { } last)
        {
            var name = await store.Reps.Where(x => x.TenantId == tenantId && x.RepId == last).Select(x => x.Name).SingleOrDefaultAsync(ct) ?? "";
#pragma warning disable CA1309 // In the order in which the database sorts.
            reps = reps.Where(x => string.Compare(x.Name ?? "", name) > 0 || ((x.Name ?? "") == name && x.RepId.CompareTo(last) > 0));
#pragma warning restore CA1309
        }

        // One more than is shown tells whether there are more.
        var page = await reps.OrderBy(x => x.Name ?? "").ThenBy(x => x.RepId).Take(take + 1)
            .Select(x => new PlacedRep(
                x.RepId, x.Name, x.TeamId,
                store.Reps.Where(manager => manager.TenantId == tenantId && manager.RepId == x.TeamId).Select(manager => manager.Name).FirstOrDefault()
                    // Of a manager who has no pane of their own the directory's address is all there is.
                    ?? store.Reps.Where(other => other.TenantId == tenantId && other.ManagerId == x.TeamId).Max(other => other.ManagerAddress),
                x.AssignedManagerId != null))
            .ToListAsync(ct);
        return page.Count > take ? new TeamsPage(page[..take], page[take - 1].Rep) : new TeamsPage(page, null);
    }

    /// <summary>Repeatable.</summary>
    public async Task PlaceAsync(RepKey rep, Guid manager, CancellationToken ct)
    {
        if (manager == rep.RepId)
        {
            throw RefusalException.Unprocessable("team-of-oneself", "Nobody is in their own team.", "Choose somebody else as the manager.");
        }

        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            if (!await store.Reps.AnyAsync(x => x.TenantId == rep.TenantId && x.LeftAt == null && (x.RepId == manager || x.ManagerId == manager), ct))
            {
                throw RefusalException.NotFound(
                    "manager-not-known", "That manager is not known.", "Choose somebody who has opened InboxGate or whom the directory names as a manager.");
            }
        }

        await ChangeAsync(rep, row =>
        {
            var isNew = row.AssignedManagerId != manager;
            row.AssignedManagerId = manager;
            return isNew;
        }, ct);
    }

    /// <summary>What the directory says holds again. Repeatable.</summary>
    public Task TakeBackAsync(RepKey rep, Guid manager, CancellationToken ct) => ChangeAsync(rep, row =>
    {
        if (row.AssignedManagerId is { } other && other != manager)
        {
            throw RefusalException.Conflict("placed-elsewhere", "That rep is in another team by now.", "Look again who is where.");
        }

        var wasPlaced = row.AssignedManagerId is not null;
        row.AssignedManagerId = null;
        return wasPlaced;
    }, ct);

    private async Task ChangeAsync(RepKey key, Func<RepRow, bool> change, CancellationToken ct)
    {
        Guid? before = null;
        var revision = await writer.WriteAsync(key, async (store, rep, token) =>
        {
            RefuseIfLeft(rep.LeftAt is not null);
            before = rep.TeamId;
            if (!change(rep))
            {
                return false;
            }

            rep.PlaceInTeam();
            await store.SaveChangesAsync(token);
            // Another team has other lists.
            await intake.RedecideAsync(store, rep, token);
            return true;
        }, ct);
        RefuseIfLeft(revision is null);
        if (before is { } team)
        {
            news.Tell(key.TenantId, team);
        }
    }

    private static void RefuseIfLeft(bool isNotEnrolled)
    {
        if (isNotEnrolled)
        {
            throw RefusalException.NotFound("rep-not-enrolled", "That rep is not enrolled.", "A rep enrols by opening InboxGate.");
        }
    }
}

/// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
public sealed record TeamsPage(IReadOnlyList<PlacedRep> Reps, Guid? Next);

/// <param name="Rep">The rep's Entra object id.</param>
/// <param name="Team">The manager whose team it is; null where the directory names none.</param>
/// <param name="TeamName">The address where the manager has never opened InboxGate; null where that is not known either.</param>
/// <param name="ByHand">An administrator placed the rep there.</param>
public sealed record PlacedRep(Guid Rep, string? Name, Guid? Team, string? TeamName, bool ByHand);
