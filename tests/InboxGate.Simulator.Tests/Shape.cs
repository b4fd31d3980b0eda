using System.Text.Json;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Tests;

/// <summary>Compares the shape of an answer with a documented sample: the same members, of the same kinds.</summary>
internal static class Shape
{
    public static JsonNode Sample(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name + ".json")))!;

    /// <param name="sample">What the documentation prints.</param>
    /// <param name="answer">What the simulator answered.</param>
    /// <param name="butFor">Paths that are known to differ, such as members that only some tenants have.</param>
    public static void AssertSame(JsonNode sample, JsonNode? answer, params string[] butFor)
    {
        var (expected, actual) = (Lines(sample, ""), Lines(answer, ""));
        Assert.Equal(
            expected.Where(line => !butFor.Any(path => line.StartsWith(path, StringComparison.Ordinal))),
            actual.Where(line => !butFor.Any(path => line.StartsWith(path, StringComparison.Ordinal))));
    }

    /// <summary>One line for each member, array items being taken as one: the first stands for all.</summary>
    private static IReadOnlyList<string> Lines(JsonNode? node, string path) => node switch
    {
        JsonObject members => [.. members.SelectMany(member => Lines(member.Value, $"{path}/{member.Key}")).Order(StringComparer.Ordinal)],
        JsonArray { Count: 0 } or null => [],
        JsonArray items => Lines(items[0], path + "[]"),
        _ => [$"{path}: {Kind(node.GetValueKind())}"],
    };

    private static string Kind(JsonValueKind kind) => kind is JsonValueKind.True or JsonValueKind.False ? "flag" : kind.ToString();
}
