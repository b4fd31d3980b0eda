using InboxGate.Core.Senders;

namespace InboxGate.Core.Gates;

/// <summary>How far a rep's own settings may differ. What is left out is not limited.</summary>
/// <param name="CallsRequired">By kind.</param>
/// <param name="MaySwitchOff">Whether the rep may switch the gate off.</param>
/// <param name="LongestPauseHours">Of the gate, from when the rep asks for it; null does not limit it.</param>
public sealed record PolicyLimits(
    IReadOnlyDictionary<SenderKind, CallsRange> CallsRequired, bool MaySwitchOff = true, bool MayChooseCounting = true, int? LongestPauseHours = null);

/// <summary>The fewest and the most calls, both included.</summary>
public sealed record CallsRange(int Least, int Most);
