using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Control;

/// <summary>A JSON body read member by member; what is missing, wrong or unknown is refused by its name.</summary>
internal sealed class Input
{
    /// <summary>Of a member that is named twice nobody can say which one was meant.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject body;

    private Input(JsonObject body) => this.body = body;

    /// <param name="request">The request whose body is read.</param>
    /// <param name="members">Every member that is known; another one is a mistake in the caller's script.</param>
    public static async Task<Input> ReadAsync(HttpRequest request, params string[] members)
    {
        JsonNode? node;
        try
        {
            node = await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException broken)
        {
            throw Refusal.Invalid($"The body is not JSON: {broken.Message}");
        }

        return Of(node, members);
    }

    /// <summary>An object within a body, read in the same way.</summary>
    public static Input Of(JsonNode? node, params string[] members)
    {
        if (node is not JsonObject read)
            throw Refusal.Invalid("A JSON object is expected.");

        return read.FirstOrDefault(member => !members.Contains(member.Key)).Key is { } unknown
            ? throw Refusal.Invalid($"{unknown} is not known here. Known are: {string.Join(", ", members)}.")
            : new Input(read);
    }

    public bool Has(string member) => body[member] is not null;

    public string Text(string member) => OptionalText(member) ?? throw Refusal.Invalid($"{member} is required.");

    public string? OptionalText(string member)
    {
        if (body[member] is not { } node)
            return null;

        return node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw Refusal.Invalid($"{member} has to be text.");
    }

    /// <summary>One of an enum's names, as JSON writes them: in camel case.</summary>
    public T Choice<T>(string member)
        where T : struct, Enum
    {
        var text = Text(member);
        foreach (var value in Enum.GetValues<T>())
        {
            if (Camel(value) == text)
                return value;
        }

        throw Refusal.Invalid($"{member} is one of {string.Join(", ", Enum.GetValues<T>().Select(Camel))}.");
    }

    public static string Camel<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public string Address(string member)
    {
        var text = Text(member).Trim();
        return IsAddress(text) ? text : throw Refusal.Invalid($"{member} has to be a mail address, such as ann@contoso.com.");
    }

    public IReadOnlyList<string>? OptionalTexts(string member)
    {
        if (body[member] is not { } node)
            return null;

        return node is JsonArray array && array.All(item => item?.GetValueKind() == JsonValueKind.String)
            ? [.. array.Select(item => item!.GetValue<string>())]
            : throw Refusal.Invalid($"{member} has to be a list of texts.");
    }

    public long? OptionalWhole(string member)
    {
        if (body[member] is not { } node)
            return null;

        return node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<long>(out var number)
            ? number
            : throw Refusal.Invalid($"{member} has to be a whole number.");
    }

    public double? OptionalNumber(string member)
    {
        if (body[member] is not { } node)
            return null;

        return node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<double>(out var number) && double.IsFinite(number)
            ? number
            : throw Refusal.Invalid($"{member} has to be a number.");
    }

    public bool? OptionalFlag(string member)
    {
        if (body[member] is not { } node)
            return null;

        return node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? node.GetValue<bool>() : throw Refusal.Invalid($"{member} has to be true or false.");
    }

    public JsonObject Object(string member) =>
        body[member] as JsonObject ?? throw Refusal.Invalid($"{member} is required and has to be an object.");

    public JsonArray? OptionalArray(string member)
    {
        if (body[member] is not { } node)
            return null;

        return node as JsonArray ?? throw Refusal.Invalid($"{member} has to be a list.");
    }

    public JsonNode? Raw(string member) => body[member];

    public DateTimeOffset Instant(string member)
    {
        // An instant names its offset; a time without one would mean another instant on another machine.
        var text = Text(member);
        return HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : throw Refusal.Invalid($"{member} has to be an ISO 8601 instant with its offset, such as 2026-03-02T08:05:00-05:00.");
    }

    public static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && text.Length <= 320 && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
    }

    private static bool HasOffset(string text)
    {
        var time = text.IndexOf('T', StringComparison.OrdinalIgnoreCase);
        return time > 0 && (text.EndsWith('Z') || text.EndsWith('z') || text.IndexOfAny(['+', '-'], time) > 0);
    }
}
