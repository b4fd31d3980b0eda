using System.Runtime.CompilerServices;
using InboxGate.Core.Calls;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Problems;
using InboxGate.Web.Prospects;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Calls;

/// <summary>The count of calls. Ids are the client's, so that every write may be repeated and nothing is lost or doubled.</summary>
public sealed class CallLedger(RepWriter writer, PlainCalls plain, TimeProvider clock)
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromSeconds(60);

    /// <summary>Logs a call if it is a <see cref="PlainCalls">plain</see> one.</summary>
    /// <returns>The call and how the rep was found with it; null when nothing was logged yet.</returns>
    /// <exception cref="RefusalException">The time is out of reach.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(ProspectingCall Call, FactsStamp Stamp)?> TryLogPlainAsync(RepKey key, Guid callId, CallStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var now = clock.GetUtcNow();
        var call = new ProspectingCall(callId, MadeAt(statement, now), statement.Outcome);
        return statement.Prospect is null && await plain.TryAddAsync(key, call, now, ct) is { } stamp ? (call, stamp) : null;
    }

    /// <returns>Whether the call was not known before.</returns>
    /// <exception cref="RefusalException">The time is out of reach.</exception>
    public async Task<bool> LogAsync(RepKey key, Guid callId, CallStatement statement, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var madeAt = MadeAt(statement, now);
        return await ChangesAsync(key, async (store, rep, token) =>
        {
            // Known already, or undone before it arrived: an undone call is not revived.
            if (await store.Calls.FindAsync([key.TenantId, key.RepId, callId], token) is not null)
            {
                return false;
            }

            var listed = await KnownProspects.FindAsync(store, rep, statement.Prospect, token);
            var call = new CallRow
            {
                TenantId = key.TenantId,
                RepId = key.RepId,
                CallId = callId,
                MadeAt = madeAt,
                LoggedAt = now,
                Outcome = statement.Outcome,
                Prospect = listed?.Entry ?? statement.Prospect,
            };
            store.Calls.Add(call);
            await RecountAsync(store, rep, call, token);
            return true;
        }, ct);
    }

    /// <summary>Takes a call back while it is of the rep's today. An undo that comes before its call is kept.</summary>
    public Task UndoAsync(RepKey key, Guid callId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return ChangesAsync(key, async (store, rep, token) =>
        {
            var call = await store.Calls.FindAsync([key.TenantId, key.RepId, callId], token);
            if (call is null)
            {
                store.Calls.Add(new CallRow { TenantId = key.TenantId, RepId = key.RepId, CallId = callId, LoggedAt = now, UndoneAt = now });
                return true;
            }

            if (call.UndoneAt is not null)
            {
                return false;
            }

            var calendar = await Working.CalendarAsync(store, rep, token);
            if (calendar.DateAt(call.MadeAt!.Value) != calendar.DateAt(now))
            {
                throw RefusalException.Conflict("call-not-today", "That call is not of today.", "Only today's calls can be taken back.");
            }

            call.UndoneAt = now;
            await ProspectTouches.CalledAsync(store, rep, call, token);
            return true;
        }, ct);
    }

    public Task SetOutcomeAsync(RepKey key, Guid callId, CallOutcome outcome, CancellationToken ct) =>
        ChangesAsync(key, async (store, rep, token) =>
        {
            var call = await store.Calls.FindAsync([key.TenantId, key.RepId, callId], token);
            if (call?.MadeAt is null || call.MadeAt < rep.DetailsSince)
            {
                throw RefusalException.NotFound("unknown-call", "There is no such call.", "Log the call first, with the same id.");
            }

            if (call.UndoneAt is not null)
            {
                throw RefusalException.Conflict("call-undone", "That call was taken back.", "Log a new call and give it the outcome.");
            }

            if (call.Outcome == outcome)
            {
                return false;
            }

            call.Outcome = outcome;
            await RecountAsync(store, rep, call, token);
            return true;
        }, ct);

    private async Task<bool> ChangesAsync(RepKey key, Func<Store, RepRow, CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        var changed = false;
        await writer.WriteAsync(key, async (store, rep, token) => changed = await change(store, rep, token), ct);
        return changed;
    }

    private static async Task RecountAsync(Store store, RepRow rep, CallRow call, CancellationToken ct)
    {
        await DayClosing.RecountAsync(store, rep, await Working.CalendarAsync(store, rep, ct), call.MadeAt!.Value, ct);
        await ProspectTouches.CalledAsync(store, rep, call, ct);
    }

    private static DateTimeOffset MadeAt(CallStatement statement, DateTimeOffset now)
    {
        const string Type = "call-time";
        if (statement is { MadeAt: not null, SecondsAgo: not null })
        {
            throw RefusalException.Unprocessable(Type, "Two times were given.", "Send madeAt or secondsAgo, not both.");
        }

        if (statement.SecondsAgo is { } secondsAgo)
        {
            return secondsAgo >= 0 && secondsAgo <= Oldest.TotalSeconds
                ? now.AddSeconds(-secondsAgo)
                : throw RefusalException.Unprocessable(Type, "secondsAgo is out of reach.", "Send 0 to 604800 (seven days).");
        }

        if (statement.MadeAt is not { } madeAt)
        {
            return now;
        }

        if (madeAt < now - Oldest || madeAt > now + FarthestAhead)
        {
            throw RefusalException.Unprocessable(Type, "madeAt is out of reach.", "Send a time at most 7 days back and at most 60 seconds ahead, or leave it out for now.");
        }

        // A clock slightly ahead means now: a call counts at once.
        return madeAt > now ? now : madeAt.ToUniversalTime();
    }
}

/// <summary>What a client says of a call. Times are optional; the server's time is the default.</summary>
/// <param name="SecondsAgo">0 to 604800; for clicks queued offline, so that a wrong client clock does not matter.</param>
/// <param name="Prospect">Whom the call went to, in the rep's own words; at most 320 characters. Whoever is on a list, by address or number in any writing, is kept as their entry.</param>
public sealed record CallStatement(DateTimeOffset? MadeAt = null, long? SecondsAgo = null, CallOutcome? Outcome = null, string? Prospect = null);
