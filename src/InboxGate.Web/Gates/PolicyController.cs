using System.Text.Json;
using System.Text.Json.Serialization;
using InboxGate.Core.Gates;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Marks;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Gates;

/// <summary>The policy that holds for the rep, and the rep's own word in it.</summary>
[Route("api/policy")]
public sealed class PolicyController(RepWriter writer, IDbContextFactory<Store> stores, MessageMarks marks, TimeProvider clock) : RepController
{
    public const int MostCallsRequired = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(366);

    [HttpGet]
    [ProducesResponseType<PolicyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PolicyAnswer>> Get(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(Rep, ct);
        var inForce = await PolicyReading.ReadAllAsync(store, rep, ct);
        return PolicyAnswer.Of(inForce.Policy, inForce.Limits, clock.GetUtcNow());
    }

    /// <summary>What the rep said of it, as far as it holds, to be sent back with what changes; what is null follows the team and the tenant.</summary>
    [HttpGet("own")]
    [ProducesResponseType<PolicyStatement>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PolicyStatement>> GetOwn(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(Rep, ct);
        return PolicyStatement.Of((await PolicyReading.ReadAllAsync(store, rep, ct)).Own);
    }

    /// <summary>Replaces the rep's own settings; what is left out follows the team and the tenant. Within their limits.</summary>
    [HttpPut]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<PolicyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PolicyAnswer>> Put(PolicyStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (statement.CallsRequired?.Values.Any(x => x is < 0 or > MostCallsRequired) == true)
        {
            throw RefusalException.Unprocessable("calls-required", "A number of calls is out of range.", "Send 0 to 20 for each sender kind.");
        }

        var now = clock.GetUtcNow();
        if (statement.PausedUntil > now + LongestPause)
        {
            throw RefusalException.Unprocessable("paused-until", "That pause is too long.", "Pause for at most a year, or switch the gate off.");
        }

        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            var before = await PolicyReading.ReadAllAsync(store, rep, token);
            RefuseOutside(statement, before, now);
            var wasMarking = before.Policy.MarkMessages;
            var row = await store.Policies.FindAsync([rep.TenantId, Scope.Rep, rep.RepId], token);
            if (row is null)
            {
                row = new PolicyRow { TenantId = rep.TenantId, Scope = Scope.Rep, OwnerId = rep.RepId };
                store.Policies.Add(row);
            }

            row.On = statement.On;
            row.PausedUntil = statement.PausedUntil?.ToUniversalTime();
            row.CallsRequired = statement.CallsRequired is null ? [] : new Dictionary<SenderKind, int>(statement.CallsRequired);
            row.Counting = statement.Counting;
            row.InferFromMyOutreach = statement.InferFromMyOutreach;
            row.ManagerIsVip = statement.ManagerIsVip;
            row.MarkMessages = statement.MarkMessages;
            row.DialWith = statement.DialWith;
            row.SetAt = now;
            await store.SaveChangesAsync(token);
            var isMarking = (await PolicyReading.ReadAsync(store, rep, token)).MarkMessages;
            rep.MarksProblem = isMarking ? null : wasMarking ? MarksProblem.Remaining : rep.MarksProblem;
            return true;
        }, ct);
        marks.Reconsider(Rep);
        return await Get(ct);
    }

    private static void RefuseOutside(PolicyStatement statement, PolicyInForce inForce, DateTimeOffset now)
    {
        var limits = inForce.Limits;
        foreach (var (kind, calls) in statement.CallsRequired ?? [])
        {
            if (limits.Nearest(kind, calls) != calls)
            {
                var range = limits.CallsRequired[kind];
                throw Outside($"Calls for {JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())} go from {range.Least} to {range.Most}.");
            }
        }

        if (statement.On == false && limits.MaySwitchOff == false)
        {
            throw Outside("The gate cannot be switched off; it can be paused.");
        }

        if (statement.Counting is { } counting && limits.MayChooseCounting == false && counting != inForce.Wider.Counting)
        {
            throw Outside("How calls count is the same for everybody.");
        }

        if (statement.PausedUntil > limits.LatestPause(now))
        {
            throw Outside($"A pause lasts at most {limits.LongestPauseHours} hours.");
        }
    }

    private static RefusalException Outside(string limit) =>
        RefusalException.Unprocessable("policy-limits", "That is outside the limits of your team or company.", limit);
}

/// <summary>What the rep wants; a field left out or null leaves the word to the team and the tenant.</summary>
public sealed record PolicyStatement(
    bool? On = null,
    DateTimeOffset? PausedUntil = null,
    Dictionary<SenderKind, int>? CallsRequired = null,
    CountingMode? Counting = null,
    bool? InferFromMyOutreach = null,
    bool? ManagerIsVip = null,
    bool? MarkMessages = null,
    DialWith? DialWith = null)
{
    public static PolicyStatement Of(PolicyRow? row) => row is null
        ? new()
        : new(row.On, row.PausedUntil, row.CallsRequired.Count == 0 ? null : row.CallsRequired, row.Counting, row.InferFromMyOutreach, row.ManagerIsVip, row.MarkMessages, row.DialWith);
}

/// <param name="PausedUntil">Null once the pause is over.</param>
/// <param name="Limits">Of the rep's own word; left out where there are none.</param>
public sealed record PolicyAnswer(
    bool On,
    DateTimeOffset? PausedUntil,
    IReadOnlyDictionary<SenderKind, int> CallsRequired,
    CountingMode Counting,
    bool InferFromMyOutreach,
    bool ManagerIsVip,
    bool MarkMessages,
    DialWith DialWith,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LimitsStatement? Limits)
{
    public static PolicyAnswer Of(Policy policy, PolicyLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(
            policy.On, policy.PausedUntil > now ? policy.PausedUntil : null, policy.CallsRequired, policy.Counting, policy.InferFromMyOutreach, policy.ManagerIsVip,
            policy.MarkMessages, policy.DialWith, LimitsStatement.Of(limits));
    }
}
