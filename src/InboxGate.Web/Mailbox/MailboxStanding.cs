using InboxGate.Core.Boards;
using InboxGate.Core.Gates;
using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>What the board says about the rep's mailbox.</summary>
public static class MailboxStanding
{
    public static BoardMailbox Of(RepRow rep, FactsStamp stamp, Policy policy, MailboxAccess access)
    {
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(stamp);
        ArgumentNullException.ThrowIfNull(policy);
        return new BoardMailbox(
            access,
            rep.WatchProblem,
            stamp.CatchUpRead is { } read ? new BoardCatchUp(read, stamp.CatchUpOf) : null,
            rep.Assumed,
            rep.ClaimsChallenge,
            !policy.MarkMessages ? "off" : stamp.MarksProblem ?? "on");
    }
}
