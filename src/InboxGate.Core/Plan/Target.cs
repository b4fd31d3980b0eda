namespace InboxGate.Core.Plan;

public enum TargetUnit
{
    Calls,
    Emails,
    Meetings,
}

public enum TargetPeriod
{
    Day,
    Week,
    Month,
    Quarter,
}

/// <summary>What the manager asks, dated, never overwritten.</summary>
/// <param name="Amount">Of the unit in a whole period, as asked; at least 1, or 0 for "nothing asked from then on".</param>
/// <param name="From">The rep's local day from which it counts.</param>
public sealed record Target(TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From);

/// <summary>What was done on one local day.</summary>
public readonly record struct DayCounts(int Calls, int Emails, int Meetings)
{
    public int Of(TargetUnit unit) => unit switch
    {
        TargetUnit.Calls => Calls,
        TargetUnit.Emails => Emails,
        _ => Meetings,
    };
}
