using InboxGate.Web.People;

namespace InboxGate.Web.Marks;

/// <summary>What this server remembers of one rep's marks: whether they are wanted, and what was done last. Its own lock guards the hints.</summary>
internal sealed class MarkedRep(RepKey key)
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    /// <summary>How long "not wanted" is believed: another server may have been told otherwise.</summary>
    private static readonly TimeSpan ChoiceLife = TimeSpan.FromMinutes(1);

    private bool isBusy;
    private bool isHinted;
    private long? unwantedSince;
    private long startedAt;
    private long waitsSince;
    private TimeSpan wait;

    public RepKey Key { get; } = key;

    /// <summary>Whether marks of ours may be on this rep's mail; null when this server does not know.</summary>
    public bool? WasMarking { get; set; }

    /// <summary>The board that the marks were last made true to; null when they may not be.</summary>
    public (long Revision, DateTimeOffset? NextChangeAt)? TrueTo { get; set; }

    /// <summary>When the mailbox last refused; it is asked again a day later.</summary>
    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>The categories known to be in the mailbox's list, and since when.</summary>
    public HashSet<string> Listed { get; } = new(StringComparer.OrdinalIgnoreCase);
    public DateTimeOffset? ListedAt { get; set; }
    public int Failures { get; set; }

    /// <summary>Answers whether somebody must begin to work for this rep.</summary>
    public bool TakeHint()
    {
        lock (this)
        {
            if (unwantedSince is { } since && TimeProvider.System.GetElapsedTime(since) < ChoiceLife)
            {
                return false;
            }

            isHinted = true;
            return !isBusy && (isBusy = true);
        }
    }

    /// <summary>Answers whether there is work; if not, the next hint begins anew.</summary>
    public bool Begin()
    {
        lock (this)
        {
            startedAt = isHinted ? TimeProvider.System.GetTimestamp() : startedAt;
            isBusy = isHinted;
            isHinted = false;
            return isBusy;
        }
    }

    /// <param name="pause">Real time, whatever the domain's clock says: a service asked for it.</param>
    public void RepeatAfter(TimeSpan pause)
    {
        lock (this)
        {
            isHinted = true;
            (waitsSince, wait) = (TimeProvider.System.GetTimestamp(), pause);
        }
    }

    public void ForgetChoice()
    {
        lock (this)
        {
            unwantedSince = null;
            TrueTo = null;
            RefusedAt = null;
        }
    }

    public void Choose(bool isWanted)
    {
        lock (this)
        {
            unwantedSince = isWanted ? null : TimeProvider.System.GetTimestamp();
        }
    }

    public TimeSpan PauseLeft()
    {
        lock (this)
        {
            var sinceStart = startedAt == 0 ? TimeSpan.Zero : LeastPause - TimeProvider.System.GetElapsedTime(startedAt);
            var asked = waitsSince == 0 ? TimeSpan.Zero : wait - TimeProvider.System.GetElapsedTime(waitsSince);
            var left = sinceStart > asked ? sinceStart : asked;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
