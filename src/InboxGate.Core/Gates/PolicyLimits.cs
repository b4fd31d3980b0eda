using InboxGate.Core.Senders;

namespace InboxGate.Core.Gates;

/// <summary>How far a rep's own settings may differ. What is left out or null is not limited.</summary>
/// <param name="CallsRequired">By kind.</param>
/// <param name="MaySwitchOff">Whether the rep may switch the gate off.</param>
/// <param name="LongestPauseHours">Of the gate, from when the rep asks for it.</param>
public sealed record PolicyLimits(
    IReadOnlyDictionary<SenderKind, CallsRange> CallsRequired, bool? MaySwitchOff = null, bool? MayChooseCounting = null, int? LongestPauseHours = null)
{
    public static readonly PolicyLimits None = new(new Dictionary<SenderKind, CallsRange>());

    public bool AreNone => CallsRequired.Count == 0 && MaySwitchOff is null && MayChooseCounting is null && LongestPauseHours is null;

    /// <summary>Each limit that is said here, and the wider scope's where none is.</summary>
    public PolicyLimits Before(PolicyLimits wider)
    {
        ArgumentNullException.ThrowIfNull(wider);
        var ranges = new Dictionary<SenderKind, CallsRange>(wider.CallsRequired);
        foreach (var (kind, range) in CallsRequired)
        {
            ranges[kind] = range;
        }

        return new PolicyLimits(
            ranges,
            MaySwitchOff ?? wider.MaySwitchOff,
            MayChooseCounting ?? wider.MayChooseCounting,
            LongestPauseHours ?? wider.LongestPauseHours);
    }

    /// <summary>The nearest number of calls within the limits.</summary>
    public int Nearest(SenderKind kind, int calls) =>
        CallsRequired.TryGetValue(kind, out var range) ? Math.Clamp(calls, range.Least, range.Most) : calls;

    /// <summary>The latest instant (UTC) until which a pause may last that was asked for at another.</summary>
    public DateTimeOffset LatestPause(DateTimeOffset askedAt) =>
        LongestPauseHours is { } hours ? askedAt.AddHours(hours) : DateTimeOffset.MaxValue;
}

/// <summary>The fewest and the most calls, both included.</summary>
public sealed record CallsRange(int Least, int Most);
