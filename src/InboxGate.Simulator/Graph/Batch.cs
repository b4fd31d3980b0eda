using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Graph;

/// <summary>POST $batch: up to twenty requests in one, each answered, and failing, by itself.</summary>
internal static class Batch
{
    private const int Most = 20;

    public static async Task<GraphAnswer> AnswerAsync(GraphRequest batch, Func<GraphRequest, Task<Outcome>> answer)
    {
        if (batch.Body is not JsonObject body || body["requests"] is not JsonArray requests || requests.Count == 0)
            return GraphAnswer.BadRequest("Invalid batch payload format: \"requests\" is missing or empty.");
        if (requests.Count > Most)
            return GraphAnswer.BadRequest("Number of batch request steps exceeds the maximum value of 20.");

        var responses = new JsonArray();
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in requests)
        {
            if (item is not JsonObject || Text(item, "id") is not { Length: > 0 } id || Text(item, "method") is not { } method || Text(item, "url") is not { Length: > 0 } url)
                return GraphAnswer.BadRequest("Each request of a batch has an \"id\", a \"method\" and a \"url\".");
            if (statuses.ContainsKey(id))
                return GraphAnswer.BadRequest($"Request Id {id} has to be unique in a batch.");

            var dependsOn = (item["dependsOn"] as JsonArray)?.Select(other => other?.ToString() ?? "").ToList() ?? [];
            if (dependsOn.Find(other => !statuses.ContainsKey(other)) is { } missing)
                return GraphAnswer.BadRequest($"Request {id} depends on {missing}, which does not come before it.");

            var answered = dependsOn.Exists(other => statuses[other] >= 400)
                ? GraphAnswer.Error(424, "FailedDependency", "A request that this one depends on has failed.")
                : await OneAsync(batch, (JsonObject)item, method, url, answer);
            statuses[id] = answered.Status;
            responses.Add(Draw(id, answered));
        }

        return new GraphAnswer(200, new JsonObject { ["responses"] = responses });
    }

    private static async Task<GraphAnswer> OneAsync(GraphRequest batch, JsonObject item, string method, string url, Func<GraphRequest, Task<Outcome>> answer)
    {
        var headers = (item["headers"] as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString(), StringComparer.OrdinalIgnoreCase)
            ?? new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var request = GraphRequest.From(method, "/" + url.TrimStart('/'), batch.Root,
            name => name == "Authorization" ? batch.Authorization : headers.GetValueOrDefault(name), item["body"]);
        if (request.IsBatch)
            return GraphAnswer.BadRequest("A batch cannot hold a batch.");

        var outcome = await answer(request);
        return outcome.Kind is OutcomeKind.Whole ? outcome.Answer : GraphAnswer.Error(504, "UnknownError", "The gateway did not answer in time.");
    }

    private static JsonObject Draw(string id, GraphAnswer answered)
    {
        var headers = new JsonObject { ["Cache-Control"] = "no-cache" };
        foreach (var (name, value) in answered.Headers)
            headers[name] = value;
        var drawn = new JsonObject { ["id"] = id, ["status"] = answered.Status, ["headers"] = headers };
        if (answered.Html is not null)
        {
            headers["Content-Type"] = "text/html";
            drawn["body"] = answered.Html;
        }
        else if (answered.Text is not null)
        {
            headers["Content-Type"] = "text/plain";
            drawn["body"] = answered.Text;
        }
        else if (answered.Body is not null)
        {
            headers["Content-Type"] = "application/json";
            drawn["body"] = answered.Body;
        }

        return drawn;
    }

    private static string? Text(JsonNode item, string member) =>
        item[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
