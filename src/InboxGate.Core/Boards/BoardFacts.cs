using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Boards;

/// <summary>Why the gate is off although the rep left it on: the server's own knowledge of the mailbox.</summary>
public enum WatchState
{
    Watching,
    NotWatching,
    MailboxUnreachable,
}

/// <summary>Everything a board is drawn from. Order within the lists never matters.</summary>
/// <param name="Gates">Every gate not closed before today, and those that competed with them for calls.</param>
/// <param name="Calls">Calls since the earliest of: the start of today, the <c>OpenedAt</c> of those gates. Undone ones left out.</param>
/// <param name="EmailsToday">Instants (UTC) of today's mails sent to at least one prospect.</param>
/// <param name="DoneBefore">What was done on each local day before today within the open periods.</param>
/// <param name="ClosedDays">Finished days back to where the streak must have ended; any order.</param>
/// <param name="WaiversToday">Waivers given today and not taken back.</param>
/// <param name="Mailbox">Passed through to the board.</param>
/// <param name="OutOfOfficeChangesAt">UTC; when scheduled automatic replies begin or end by themselves.</param>
public sealed record BoardFacts(
    long Revision,
    WorkCalendar Calendar,
    bool GateOn,
    DateTimeOffset? PausedUntil,
    bool OutOfOffice,
    WatchState Watch,
    CountingMode Counting,
    IReadOnlyList<Gate> Gates,
    IReadOnlyList<ProspectingCall> Calls,
    IReadOnlyList<DateTimeOffset> EmailsToday,
    IReadOnlyDictionary<DateOnly, DayCounts> DoneBefore,
    IReadOnlyList<Target> Targets,
    RepPlan Plan,
    IReadOnlyList<ClosedDay> ClosedDays,
    int WaiversToday,
    BoardMailbox Mailbox,
    DateTimeOffset? OutOfOfficeChangesAt = null);
