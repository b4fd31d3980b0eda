using System.Text.Json;

namespace InboxGate.Web.Telemetry;

/// <summary>The statuses inside the answer to a <c>$batch</c>: its own says nothing about them.</summary>
public static class BatchStatuses
{
    /// <summary>In <c>{"responses":[{"status":429}]}</c>.</summary>
    private const int DepthOfStatus = 3;

    /// <summary>How many of the items were throttled; none in what is no answer to a batch.</summary>
    public static int Throttled(ReadOnlySpan<byte> answer)
    {
        var count = 0;
        var reader = new Utf8JsonReader(answer);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == DepthOfStatus && reader.ValueTextEquals("status"u8))
                {
                    reader.Read();
                    count += reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var status) && status == StatusCodes.Status429TooManyRequests ? 1 : 0;
                }
            }
        }
        catch (JsonException)
        {
            // Whoever needs the answer says what is wrong with it.
        }

        return count;
    }
}
