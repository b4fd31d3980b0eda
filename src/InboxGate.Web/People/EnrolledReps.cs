using InboxGate.Web.Problems;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.People;

/// <summary>Reads the row of a rep who asks. A request that was under way while the rep was erased does not go on.</summary>
public static class EnrolledReps
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    /// <exception cref="RefusalException">Everything about the rep is being erased, or just was.</exception>
    public static async Task<RepRow> EnrolledAsync(this IQueryable<RepRow> reps, RepKey key, CancellationToken ct) =>
        await reps.SingleOrDefaultAsync(x => x.TenantId == key.TenantId && x.RepId == key.RepId && x.ErasingAt == null, ct) ?? throw BeingErased();

    public static RefusalException BeingErased() => new(
        StatusCodes.Status409Conflict, "being-erased", "Everything about you is being erased.", "Open InboxGate again in a moment if you want to begin anew.")
    {
        RetryAfter = UsualWait,
    };
}
