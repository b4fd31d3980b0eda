using System.Text.Json;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Entra;

/// <summary>The <c>claims</c> parameter: what a client can do, and what a service asked for beyond a usual sign-in.</summary>
/// <param name="AnswersChallenges">Client capability CP1.</param>
/// <param name="Contexts">What somebody has to satisfy before a token is given; empty for a usual sign-in.</param>
/// <param name="Demanded">The same as it was asked for.</param>
internal sealed record ClaimsRequest(bool AnswersChallenges, IReadOnlyList<string> Contexts, JsonObject Demanded)
{
    private const string Capabilities = "xms_cc";

    public static ClaimsRequest Of(string? text)
    {
        var asked = Parse(text)?["access_token"] as JsonObject ?? [];
        var demanded = new JsonObject(asked.Where(claim => claim.Key != Capabilities)
            .Select(claim => KeyValuePair.Create(claim.Key, claim.Value?.DeepClone())));
        return new ClaimsRequest(
            ValuesOf(asked[Capabilities]).Contains("CP1", StringComparer.OrdinalIgnoreCase),
            [.. demanded.SelectMany(claim => ValuesOf(claim.Value).DefaultIfEmpty(claim.Key))],
            new JsonObject { ["access_token"] = demanded });
    }

    public bool IsSatisfiedBy(IReadOnlyList<string> contexts) => !Contexts.Except(contexts).Any();

    private static JsonObject? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // Entra ID, too, passes over what it cannot read.
        }
    }

    private static IEnumerable<string> ValuesOf(JsonNode? claim) => claim is JsonObject asked
        ? new[] { asked["value"] }.Concat(asked["values"] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())
        : [];
}
