using System.Buffers;
using System.Text.Json;
using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>What a lifecycle notification says; anything else only says "look again".</summary>
public enum LifecycleEvent
{
    None,
    SubscriptionRemoved,
    ReauthorizationRequired,
}

/// <summary>One item of a change notification whose state was made here.</summary>
public readonly record struct NotificationHint(RepKey Rep, string Folder, LifecycleEvent Lifecycle);

/// <summary>What a body of notifications says. Each item stands alone: one with a foreign state changes nothing, and is only counted.</summary>
/// <param name="Items">All items, the foreign ones too.</param>
public sealed record NotificationHints(int Items, IReadOnlyList<NotificationHint> Ours)
{
    /// <summary>Six bytes for a character that is escaped, of the 128 that a state may have.</summary>
    private const int LongestText = 128 * 6;

    public int Foreign { get; private init; }

    /// <returns>Null when it is no object with an array <c>value</c>, or no JSON at all.</returns>
    public static NotificationHints? Read(in ReadOnlySequence<byte> body, ClientState states)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return Read(ref reader, states);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is no Unicode.
            return null;
        }
    }

    private static NotificationHints? Read(ref Utf8JsonReader reader, ClientState states)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        List<NotificationHint>? ours = null;
        var (items, foreign) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isValue)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return null;
            }

            ours ??= [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items++;
                if (ReadItem(ref reader, states) is not { } hint)
                {
                    foreign++;
                }
                else if (ours.Count == 0 || ours[^1] != hint)
                {
                    // What piled up for one subscription comes in a row: once is enough.
                    ours.Add(hint);
                }
            }
        }

        // Nothing may follow: the reader refuses it.
        while (reader.Read())
        {
        }

        return ours is null ? null : new NotificationHints(items, ours) { Foreign = foreign };
    }

    private static NotificationHint? ReadItem(ref Utf8JsonReader reader, ClientState states)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var isOurs = false;
        var (rep, folder, lifecycle) = (default(RepKey), MailFolders.Inbox, LifecycleEvent.None);
        Span<byte> text = stackalloc byte[LongestText];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isState = reader.ValueTextEquals("clientState"u8);
            var isLifecycle = !isState && reader.ValueTextEquals("lifecycleEvent"u8);
            reader.Read();
            if (isState)
            {
                isOurs = TryCopy(ref reader, text, out var length) && states.TryRead(text[..length], out rep, out folder);
            }
            else if (isLifecycle && reader.TokenType == JsonTokenType.String)
            {
                lifecycle = reader.ValueTextEquals("subscriptionRemoved"u8) ? LifecycleEvent.SubscriptionRemoved
                    : reader.ValueTextEquals("reauthorizationRequired"u8) ? LifecycleEvent.ReauthorizationRequired
                    : LifecycleEvent.None;
            }

            reader.Skip();
        }

        return isOurs ? new NotificationHint(rep, folder, lifecycle) : null;
    }

    private static bool TryCopy(ref Utf8JsonReader reader, scoped Span<byte> text, out int length)
    {
        length = 0;
        if (reader.TokenType != JsonTokenType.String || (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > text.Length)
        {
            return false;
        }

        length = reader.CopyString(text);
        return true;
    }
}
