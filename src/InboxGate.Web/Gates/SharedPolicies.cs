using System.Globalization;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Gates;

/// <summary>Keeps what teams and tenants say of the policy. A change reaches every rep it touches at once.</summary>
public sealed class SharedPolicies(RepWriter writer, IDbContextFactory<Store> stores, TimeProvider clock)
{
    private const int LongestPauseHours = 366 * 24;

    public async Task<SharedPolicyAnswer> ReadAsync(SharedBy by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var store = await stores.CreateDbContextAsync(ct);
        var rows = await store.Policies.AsNoTracking()
            .Where(x => x.TenantId == by.TenantId
                && ((x.Scope == Scope.Tenant && x.OwnerId == by.TenantId) || (x.Scope == by.Scope && x.OwnerId == by.OwnerId)))
            .ToListAsync(ct);
        var own = rows.Find(x => x.Scope == by.Scope);
        var policy = PolicyReading.Merge(rows);
        return new SharedPolicyAnswer(
            new SharedPolicyStatement(
                own is null or { CallsRequired.Count: 0 } ? null : own.CallsRequired,
                own?.Counting, own?.InferFromMyOutreach, own?.ManagerIsVip, Statement(own?.Hours), LimitsStatement.Of(own?.Limits)),
            new SharedPolicyStatement(
                policy.CallsRequired, policy.Counting, policy.InferFromMyOutreach, policy.ManagerIsVip,
                Statement(rows.OrderBy(x => x.Scope).Select(x => x.Hours).FirstOrDefault(x => x is not null)),
                LimitsStatement.Of(PolicyReading.LimitsOf(rows))));
    }

    public async Task<SharedPolicyAnswer> SetAsync(SharedBy by, SharedPolicyStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(statement);
        RefuseCalls(statement.CallsRequired?.Values ?? []);
        var hours = Parse(statement.Hours);
        var limits = Parse(statement.Limits);
        await writer.WriteAsync(by.TenantId, by.Reps, async (store, _, token) =>
        {
            var row = await store.Policies.FindAsync([by.TenantId, by.Scope, by.OwnerId], token);
            if (row is null)
            {
                row = new PolicyRow { TenantId = by.TenantId, Scope = by.Scope, OwnerId = by.OwnerId };
                store.Policies.Add(row);
            }

            row.CallsRequired = statement.CallsRequired is null ? [] : new Dictionary<SenderKind, int>(statement.CallsRequired);
            row.Counting = statement.Counting;
            row.InferFromMyOutreach = statement.InferFromMyOutreach;
            row.ManagerIsVip = statement.ManagerIsVip;
            row.Hours = hours;
            row.Limits = limits;
            if (!store.ChangeTracker.HasChanges())
            {
                return false;
            }

            row.SetAt = clock.GetUtcNow();
            return true;
        }, ct);
        return await ReadAsync(by, ct);
    }

    private static HoursStatement? Statement(WorkHours? hours) => hours is null
        ? null
        : new HoursStatement(
            hours.Start.ToString("HH:mm", CultureInfo.InvariantCulture), hours.End.ToString("HH:mm", CultureInfo.InvariantCulture), hours.Days);

    private static WorkHours? Parse(HoursStatement? hours)
    {
        if (hours is null)
        {
            return null;
        }

        var (start, end) = (Time(hours.Start), Time(hours.End));
        return start == end ? throw Hours("Start and end are different times.")
            : hours.Days is not { Count: > 0 } days ? throw Hours("Name at least one day, or leave the hours to the mailboxes.")
            : new WorkHours(start, end, [.. days.Distinct().OrderBy(x => ((int)x + 6) % 7)]);

        static TimeOnly Time(string? text) =>
            TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw Hours("A time is written like 09:00.");

        static RefusalException Hours(string detail) => RefusalException.Unprocessable("policy-hours", "Those hours do not hold.", detail);
    }

    private static PolicyLimits? Parse(LimitsStatement? said)
    {
        if (said is null)
        {
            return null;
        }

        var ranges = said.CallsRequired ?? new Dictionary<SenderKind, CallsRange>();
        if (ranges.Values.Any(x => x is null || x.Least > x.Most))
        {
            throw RefusalException.Unprocessable("policy-limits", "Those limits do not hold.", "The fewest calls are at most the most.");
        }

        RefuseCalls(ranges.Values.SelectMany(x => new[] { x.Least, x.Most }));
        if (said.LongestPauseHours is < 0 or > LongestPauseHours)
        {
            throw RefusalException.Unprocessable("policy-limits", "Those limits do not hold.", $"A pause lasts 0 to {LongestPauseHours} hours.");
        }

        var limits = new PolicyLimits(new Dictionary<SenderKind, CallsRange>(ranges), said.MaySwitchOff, said.MayChooseCounting, said.LongestPauseHours);
        return limits.AreNone ? null : limits;
    }

    private static void RefuseCalls(IEnumerable<int> calls)
    {
        if (calls.Any(x => x is < 0 or > PolicyController.MostCallsRequired))
        {
            throw RefusalException.Unprocessable("calls-required", "A number of calls is out of range.", "Send 0 to 20 for each sender kind.");
        }
    }
}
