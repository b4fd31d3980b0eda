using System.Buffers.Text;
using System.Text.Json;

namespace InboxGate.Simulator.Graph;

/// <summary>
/// What a delta link carries: the parameters of the first request and the place reached. Opaque to callers.
/// </summary>
/// <param name="Round">Sequence at which this round's changes begin; 0 in the first round.</param>
/// <param name="Reached">Sequence of the last change given out.</param>
/// <param name="Start">The mailbox's sequence when the first round began: what was removed before it was never shown.</param>
/// <param name="Shown">Items given out so far in a first round, which ends at 5,000 where it is filtered.</param>
/// <param name="Before">Sequence at which the round before this one began.</param>
/// <param name="LastReceivedAt">With <paramref name="LastEnteredAt"/> the last item given out, in a first round that is ordered by time.</param>
internal sealed record DeltaState(
    Guid User,
    string Folder,
    string? Select,
    string? Filter,
    int? Top,
    string? ChangeType,
    bool Newest,
    long Round,
    long Reached,
    long Start,
    int Shown,
    long Before = 0,
    DateTimeOffset? LastReceivedAt = null,
    long LastEnteredAt = 0)
{
    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    public static DeltaState? Decode(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<DeltaState>(Base64Url.DecodeFromChars(token));
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return null;
        }
    }
}
