using System.Text.Json.Nodes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Control;

/// <summary>What the answers of the control API have in common.</summary>
internal static class Reply
{
    public static IResult Json(JsonNode body) => Results.Json(body);

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    public static SimulatedUser KnownUser(TenantWorld it, string user) =>
        it.TryFindUser(user, out var found) ? found : throw Refusal.UnknownUser(user);
}
