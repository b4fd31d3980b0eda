namespace InboxGate.Core.Calls;

public enum CallOutcome
{
    NoAnswer,
    Voicemail,
    Talked,
    Meeting,
    WrongNumber,
}

/// <summary>How well a call is known, weakest first.</summary>
public enum CallEvidence
{
    SelfReported,
    Corroborated,
    Verified,
}

/// <summary>One prospecting call that counts (an undone call is none).</summary>
/// <param name="Id">Made by the client; the same id is the same call.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="Prospect">The list entry of whoever was called; null when it was nobody known.</param>
public sealed record ProspectingCall(
    Guid Id, DateTimeOffset MadeAt, CallOutcome? Outcome = null, CallEvidence Evidence = CallEvidence.SelfReported, string? Prospect = null);
