using InboxGate.Core.Calls;

namespace InboxGate.Core.Prospects;

/// <summary>A listed prospect, what the rep and they had to do with each other last, and what the rep said of calling them.</summary>
/// <param name="Entry">The list entry's key.</param>
/// <param name="Phone">E.164; null when no number is known.</param>
/// <param name="Zones">The zones the number may be in; empty when nothing is known: then the rep's own counts.</param>
/// <param name="ListedAt">UTC.</param>
/// <param name="DueOn">Not before this day of the rep's; from then on first, until they are called.</param>
/// <param name="SkippedOn">Passed over for this one day of the rep's.</param>
/// <param name="Never">The rep does not want to be offered them.</param>
/// <param name="WrongNumber">The number (E.164) that turned out to be somebody else's: another one may be called.</param>
public sealed record CallCandidate(
    string Entry,
    string? Name,
    string? Company,
    string? Phone,
    IReadOnlyList<TimeZoneInfo> Zones,
    DateTimeOffset ListedAt,
    DateTimeOffset? LastCalledAt = null,
    CallOutcome? LastOutcome = null,
    DateTimeOffset? LastMailedAt = null,
    DateOnly? DueOn = null,
    DateOnly? SkippedOn = null,
    bool Never = false,
    string? WrongNumber = null,
    bool DoNotCall = false)
{
    /// <summary>The later of the last call and the last mail; null when there was neither.</summary>
    public Contact? LastContact =>
        LastCalledAt is { } called && !(LastMailedAt > called) ? new Contact(called, ContactBy.Call, LastOutcome)
        : LastMailedAt is { } mailed ? new Contact(mailed, ContactBy.Mail, null)
        : null;
}

public enum ContactBy
{
    Call,
    Mail,
}

/// <param name="At">UTC.</param>
/// <param name="Outcome">Of a call, when it was said.</param>
public sealed record Contact(DateTimeOffset At, ContactBy By, CallOutcome? Outcome);
