using System.Globalization;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Several requests to Microsoft Graph in one, twenty at most; more go one batch after the other. Each item has its own
/// status and its own Retry-After: the outer 200 says nothing about them.
/// </summary>
public static class GraphBatch
{
    private const int Most = 20;

    public static async Task<Dictionary<string, BatchAnswer>> SendAsync(
        GraphServiceClient client, IEnumerable<(string Id, RequestInformation Request)> steps, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        var answers = new Dictionary<string, BatchAnswer>(StringComparer.Ordinal);
        foreach (var chunk in steps.Chunk(Most))
        {
            // Ids of messages are long; the batch's own are short.
            var batch = new BatchRequestContentCollection(client);
            for (var i = 0; i < chunk.Length; i++)
            {
                await batch.AddBatchRequestStepAsync(chunk[i].Request, Name(i));
            }

            var responses = await client.Batch.PostAsync(batch, ct);
            for (var i = 0; i < chunk.Length; i++)
            {
                using var response = await responses.GetResponseByIdAsync(Name(i));
                answers[chunk[i].Id] = response is null
                    ? new BatchAnswer(504, null, null)
                    : new BatchAnswer((int)response.StatusCode, RetryAfter.Of(response), await BodyAsync(response, ct));
            }
        }

        return answers;
    }

    private static string Name(int i) => (i + 1).ToString(CultureInfo.InvariantCulture);

    private static async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken ct) =>
        response.Content is null ? null : await response.Content.ReadAsByteArrayAsync(ct);
}

/// <summary>What a service answered to one request of a batch.</summary>
public sealed record BatchAnswer(int Status, TimeSpan? RetryAfter, byte[]? Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>Too busy, or not there just now: asked again later.</summary>
    public bool IsPassing => Status is 429 or 424 or >= 500;

    /// <summary>Its failure, as the SDK throws that of a request by itself.</summary>
    public async Task<ODataError> FailureAsync(CancellationToken ct)
    {
        ODataError? failure = null;
        try
        {
            failure = await ReadAsync(ODataError.CreateFromDiscriminatorValue, ct);
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or InvalidOperationException)
        {
            // A gateway's page, not Graph's words: the status says enough.
        }

        failure ??= new ODataError();
        failure.ResponseStatusCode = Status;
        failure.ResponseHeaders = RetryAfter is { } wait
            ? new Dictionary<string, IEnumerable<string>> { ["Retry-After"] = [((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)] }
            : new Dictionary<string, IEnumerable<string>>();
        return failure;
    }

    /// <returns>Null unless the answer was good.</returns>
    public async Task<T?> ReadIfOkAsync<T>(ParsableFactory<T> factory, CancellationToken ct)
        where T : IParsable => IsOk ? await ReadAsync(factory, ct) : default;

    public async Task<T?> ReadAsync<T>(ParsableFactory<T> factory, CancellationToken ct)
        where T : IParsable
    {
        if (Body is null or { Length: 0 })
        {
            return default;
        }

        using var stream = new MemoryStream(Body);
        var root = await ParseNodeFactoryRegistry.DefaultInstance.GetRootParseNodeAsync("application/json", stream, ct);
        return root.GetObjectValue(factory);
    }
}
