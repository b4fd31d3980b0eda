using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Boards;

/// <summary>Draws a rep's board from the facts, in one place, for whoever asks.</summary>
public sealed class BoardReading(
    Connections connections, RepLooking looking, FactsMemory memory, DayClosing days, IOptions<MailboxOptions> mailbox, TimeProvider clock)
{
    /// <param name="look">How the rep was found for this very request; null to look now.</param>
    /// <exception cref="RefusalException">Everything about the rep is being erased, or just was.</exception>
    public async Task<Board> DrawAsync(RepKey key, CancellationToken ct, RepLook? look = null)
    {
        var now = clock.GetUtcNow();
        if (memory.Find(key) is { } kept)
        {
            look ??= await looking.LookAsync(key, ct);
            if (look is { IsBeingErased: false } && kept.Hold(look.Facts, now))
            {
                return kept.Draw(now);
            }
        }

        return await ReadAndDrawAsync(key, now, ct);
    }

    /// <summary>The board after a call, from what was known before it; nothing is read unless something else came between.</summary>
    /// <param name="stamp">How the rep was found in the transaction that added the call.</param>
    public async Task<Board> DrawAfterAsync(RepKey key, FactsStamp stamp, ProspectingCall call, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        var now = clock.GetUtcNow();
        if (memory.Find(key) is not { } kept || !kept.Hold(stamp with { Revision = stamp.Revision - 1 }, now))
        {
            return await DrawAsync(key, ct);
        }

        var known = kept.With(call, stamp);
        var board = known.Draw(now);
        memory.Keep(key, known);
        return board;
    }

    private async Task<Board> ReadAndDrawAsync(RepKey key, DateTimeOffset now, CancellationToken ct)
    {
        var known = await ReadAsync(key, now, isClosed: false, ct);
        if (known is null)
        {
            await days.CloseAsync(key, now, ct);
            known = await ReadAsync(key, now, isClosed: true, ct);
        }

        var board = known!.Draw(now);
        memory.Keep(key, known);
        return board;
    }

    /// <returns>Null when a finished day has to be closed first.</returns>
    private async Task<KeptFacts?> ReadAsync(RepKey key, DateTimeOffset now, bool isClosed, CancellationToken ct)
    {
        await using var connection = await connections.OpenAsync(ct);
        // One snapshot, so that the revision is that of the facts beside it.
        await using var snapshot = await Snapshot.BeginAsync(connection, ct);
        var (stamp, rep) = await FactsReading.RepAsync(snapshot, key, ct) ?? throw EnrolledReps.BeingErased();
        var settings = await FactsReading.SettingsAsync(snapshot, rep, null, ct);
        if (!isClosed && DayClosing.IsDue(rep, settings.Shifts, now))
        {
            return null;
        }

        var (facts, today, callsSince) = await FactsReading.TodayAsync(snapshot, rep, settings, now, ct);
        return new KeptFacts(
            stamp,
            rep,
            settings.Shifts,
            Morning.Of(facts, today),
            callsSince,
            facts with { Mailbox = MailboxStanding.Of(rep, stamp, settings.Policy, mailbox.Value.Access) });
    }

    /// <summary>When scheduled automatic replies begin or end by themselves (UTC); null when they do not.</summary>
    public static DateTimeOffset? OutOfOfficeChangesAt(RepRow rep, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rep);
        return rep.AutomaticReplies
            ? new[] { rep.AutomaticRepliesFrom, rep.AutomaticRepliesUntil }.Where(x => x > now).Min()
            : null;
    }

    public static bool IsOutOfOffice(RepRow rep, DateTimeOffset now) =>
        rep.AutomaticReplies
        && (rep.AutomaticRepliesFrom is not { } from || from <= now)
        && (rep.AutomaticRepliesUntil is not { } until || now < until);
}
