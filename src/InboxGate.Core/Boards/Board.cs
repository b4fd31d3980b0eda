using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Boards;

/// <summary>The rep's whole current picture; nothing in it needs a rule to be drawn. The pane's <c>board.ts</c> mirrors it.</summary>
/// <param name="NextChangeAt">UTC; when the board changes by the passing of time alone; null when it never does.</param>
public sealed record Board(
    long Revision,
    DateTimeOffset AsOf,
    DateTimeOffset? NextChangeAt,
    BoardGate Gate,
    BoardToday Today,
    BoardCounts Counts,
    BoardGoals Goals,
    IReadOnlyList<BoardCheckpoint> Checkpoints,
    BoardNextStep NextStep,
    IReadOnlyList<BoardGateRow> Gates,
    BoardWaivers Waivers,
    IReadOnlyList<BoardTarget> Targets,
    int Streak,
    BoardMailbox Mailbox,
    BoardWayBack? WayBack);

public enum GateOffReason
{
    OffHours,
    OutOfOffice,
    MailboxUnreachable,
    NotWatching,
    Paused,
}

/// <summary>What the server knows of the rep's mailbox, shown as it is: no rule is in it.</summary>
/// <param name="Access"><c>application</c>: watched all the time; <c>delegated</c>: read when the rep opens the pane, so that counts may lag.</param>
/// <param name="Problem">Stable code of what keeps the server from reading it; null while all is well.</param>
/// <param name="CatchUp">Set while much mail is caught up.</param>
/// <param name="Assumed">What stands on defaults because a permission or a value is missing: <c>timeZone</c>, <c>workingHours</c>, <c>manager</c>, <c>domains</c>.</param>
/// <param name="Claims">The claims challenge that a new sign-in must answer; null when none is asked.</param>
/// <param name="Marks"><c>off</c>, <c>on</c>, or the code of what keeps mail from being marked in the message list.</param>
public sealed record BoardMailbox(
    MailboxAccess Access, string? Problem, BoardCatchUp? CatchUp, IReadOnlyList<string> Assumed, string? Claims, string Marks)
{
    public static readonly BoardMailbox Well = new(MailboxAccess.Application, null, null, [], null, "off");
}

public enum MailboxAccess
{
    Application,
    Delegated,
}

/// <param name="Of">Null while the number is not known.</param>
public sealed record BoardCatchUp(int Read, int? Of);

public sealed record BoardGate(bool On, GateOffReason? Why);

/// <param name="StartsAt">UTC; null on a day that is not worked.</param>
public sealed record BoardToday(DateOnly Date, string TimeZone, bool Working, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

/// <param name="Prospects">How many different known prospects were called.</param>
public sealed record BoardCounts(int Calls, int Emails, int Meetings, int VerifiedCalls, int Prospects);

public sealed record BoardGoals(int Calls, int Emails, int Meetings)
{
    /// <summary>The day goal of each unit.</summary>
    public static BoardGoals Of(IReadOnlyCollection<TargetStanding> standings) => new(
        DayPlanning.DayGoal(standings, TargetUnit.Calls),
        DayPlanning.DayGoal(standings, TargetUnit.Emails),
        DayPlanning.DayGoal(standings, TargetUnit.Meetings));
}

public enum CheckpointState
{
    Kept,
    Missed,
    Next,
    Later,
}

/// <param name="Key"><c>morning</c>, <c>lunch</c>, <c>leaving</c>; the rep's own <c>own1</c>, ….</param>
/// <param name="Name">The local time in words, as "9:00".</param>
public sealed record BoardCheckpoint(string Key, string Name, DateTimeOffset At, TargetUnit Unit, int Due, CheckpointState State);

public enum NextStepKind
{
    OffHours,
    Gate,
    Checkpoint,
    Goal,
    Done,
}

/// <param name="By">UTC; the checkpoint's time; null otherwise.</param>
public sealed record BoardNextStep(NextStepKind Kind, TargetUnit Unit, int Amount, DateTimeOffset? By);

public sealed record BoardGateRow(
    Guid Id,
    string InternetMessageId,
    string? ConversationId,
    Correspondent? From,
    string? Subject,
    SenderKind SenderKind,
    VerdictReason Reason,
    string? Match,
    string Because,
    DateTimeOffset OpenedAt,
    int CallsRequired,
    int CallsRemaining,
    GateState State,
    DateTimeOffset? EarnedAt);

public sealed record BoardWaivers(int Today, int EmergencyLeft);

/// <param name="Amount">As asked.</param>
/// <param name="Done">In the period before today.</param>
public sealed record BoardTarget(
    TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From, int Done, int Left, int WorkingDaysLeft, int DayGoal, bool Reachable);

/// <summary>For who is behind a target: two choices, in numbers, without the rep's margin.</summary>
/// <param name="Behind">An even pace less what was done before today.</param>
/// <param name="MorePerDay">On top of a normal day until <paramref name="Until"/>; null when what was asked cannot be reached.</param>
/// <param name="FinishAt">What the period comes to with normal days.</param>
/// <param name="AtMost">What it comes to with days as full as they may be.</param>
/// <param name="Offered">Whether now is a good moment to speak of it; never while the rep keeps the pace by choice.</param>
public sealed record BoardWayBack(
    TargetUnit Unit, TargetPeriod Period, int Behind, int? MorePerDay, DateOnly Until, int NormalDay, int FinishAt, int AtMost, bool Offered);
