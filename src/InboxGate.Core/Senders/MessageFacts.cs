namespace InboxGate.Core.Senders;

/// <summary>A name and an address as the mail states them; both may be missing or malformed.</summary>
public sealed record Correspondent(string? Name, string? Address);

public sealed record MessageHeader(string Name, string Value);

/// <summary>What a verdict may look at: never a body.</summary>
/// <param name="Headers">Null when they are not known; the verdict is then taken on what is there.</param>
/// <param name="RepWroteFirst">Whether the rep wrote first in this conversation to this outside address.</param>
public sealed record MessageFacts(
    Correspondent? From,
    Correspondent? Sender = null,
    IReadOnlyList<Correspondent>? ReplyTo = null,
    IReadOnlyList<MessageHeader>? Headers = null,
    bool RepWroteFirst = false);
