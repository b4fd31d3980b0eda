using InboxGate.Core.Senders;

namespace InboxGate.Core.Gates;

/// <summary>The rules in force for a rep, after the tenant's, the team's and the rep's own word.</summary>
/// <param name="On">Whether the rep's gate is switched on.</param>
/// <param name="CallsRequired">By kind; a kind that is missing has the default's number.</param>
/// <param name="MarkMessages">Whether mail is marked in the message list with the calls still to make.</param>
/// <param name="DialWith">What a prospect's number is dialled with.</param>
public sealed record Policy(
    bool On,
    DateTimeOffset? PausedUntil,
    IReadOnlyDictionary<SenderKind, int> CallsRequired,
    CountingMode Counting,
    bool InferFromMyOutreach,
    bool ManagerIsVip,
    bool MarkMessages = false,
    DialWith DialWith = DialWith.Tel)
{
    public static readonly IReadOnlyDictionary<SenderKind, int> DefaultCallsRequired = new Dictionary<SenderKind, int>
    {
        [SenderKind.Prospect] = 0,
        [SenderKind.Customer] = 3,
        [SenderKind.Colleague] = 3,
        [SenderKind.Vip] = 0,
        [SenderKind.Other] = 3,
        [SenderKind.Automated] = 0,
        [SenderKind.Unknown] = 0,
    };

    public static readonly Policy Default = new(true, null, DefaultCallsRequired, CountingMode.Shared, true, true);
}
