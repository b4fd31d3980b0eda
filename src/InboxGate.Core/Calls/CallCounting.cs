namespace InboxGate.Core.Calls;

/// <summary>Calls as they count: each id once, in the order of their time, then of their id.</summary>
public static class CallCounting
{
    /// <param name="now">Calls made later do not count yet.</param>
    public static IEnumerable<ProspectingCall> InOrder(IEnumerable<ProspectingCall> calls, DateTimeOffset now) =>
        OrderedCalls.Of(calls).Where(x => x.MadeAt <= now);
}
