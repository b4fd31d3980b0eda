using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>A look behind the simulator's scenes.</summary>
internal static class Simulated
{
    /// <summary>What was asked of Graph and Entra since the log was emptied.</summary>
    public static Task<IReadOnlyList<JsonNode>> RequestsAsync(World world) => ListAsync(world, "/sim/requests");

    public static async Task<IReadOnlyList<JsonNode>> SubscriptionsAsync(World world, Person rep) =>
        [.. (await ListAsync(world, "/sim/subscriptions")).Where(x => x["user"]?.GetValue<string>() == rep.Address)];

    /// <summary>A failure for the next requests, or notifications.</summary>
    public static Task FailAsync(World world, string kind, int times = 1, string? match = null, int? status = null, JsonNode? retryAfter = null)
    {
        var fault = new JsonObject { ["kind"] = kind, ["times"] = times };
        if (match is not null)
        {
            fault["match"] = match;
        }

        if (status is not null)
        {
            fault["status"] = status;
        }

        if (retryAfter is not null)
        {
            fault["retryAfter"] = retryAfter;
        }

        return world.SayAsync("/sim/faults", fault);
    }

    public static async Task ForgetRequestsAsync(World world)
    {
        using var answer = await world.Simulator.DeleteAsync("/sim/requests", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public static async Task MendAsync(World world)
    {
        using var answer = await world.Simulator.DeleteAsync("/sim/faults", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(World world, string path) =>
        [.. (await world.Simulator.GetFromJsonAsync<JsonArray>(path, TestContext.Current.CancellationToken))!.Select(x => x!)];
}
