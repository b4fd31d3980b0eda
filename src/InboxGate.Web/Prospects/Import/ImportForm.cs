using System.Text.Json;
using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;

namespace InboxGate.Web.Prospects.Import;

/// <summary>The form that a file comes in: <c>file</c>, and beside it what is to be done with it.</summary>
internal static class ImportForm
{
    private static readonly HashSet<string> Fields = new(["id", "mapping", "kind", "region", "removeMissing", "onConflict"], StringComparer.Ordinal);

    /// <summary>As columns are mapped in JSON.</summary>
    private static readonly Dictionary<string, ImportField> FieldNames = Enum.GetValues<ImportField>().ToDictionary(x => JsonNamingPolicy.CamelCase.ConvertName(x.ToString()), StringComparer.Ordinal);

    /// <param name="region">Where numbers without a country's code are, if the form does not say it.</param>
    /// <exception cref="RefusalException">The form, or what it asks for, is not right.</exception>
    public static async Task<(Stream Content, ImportOrder Order)> ReadAsync(HttpRequest request, Func<Task<string?>> region, CancellationToken ct)
    {
        IFormCollection form;
        try
        {
            form = await FormReading.ReadAsync(request, ct);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }

        var file = FormReading.FileOf(form, "the table");
        if (file.Length > ImportLimits.LargestFile)
        {
            throw TooLarge();
        }

        var unknown = form.Keys.FirstOrDefault(x => !Fields.Contains(x));
        if (unknown is not null || form.Files.Count > 1)
        {
            throw FormReading.Malformed($"The form's fields are: file, {string.Join(", ", Fields)}.");
        }

        return (file.OpenReadStream(), new ImportOrder(
            IdOf(Text(form, "id")),
            MappingOf(Text(form, "mapping")),
            KindOf(Text(form, "kind")),
            RegionOf(Text(form, "region")) ?? await region(),
            Text(form, "removeMissing") switch
            {
                null or "false" => false,
                "true" => true,
                _ => throw FormReading.Malformed("removeMissing is true or false."),
            },
            Text(form, "onConflict") switch
            {
                null or "keep" => false,
                "file" => true,
                _ => throw FormReading.Malformed("onConflict is keep or file."),
            }));
    }

    private static string? Text(IFormCollection form, string name) => form.TryGetValue(name, out var values)
        ? values.Count == 1 ? string.IsNullOrEmpty(values[0]) ? null : values[0] : throw FormReading.Malformed($"Send {name} once.")
        : null;

    private static Guid IdOf(string? text) =>
        text is null ? Guid.NewGuid() : Guid.TryParse(text, out var id) ? id : throw FormReading.Malformed("id is a GUID.");

    private static SenderKind KindOf(string? text)
    {
        if (text is null)
        {
            return SenderKind.Prospect;
        }

        var kind = Enum.GetValues<SenderKind>().Cast<SenderKind?>().FirstOrDefault(x => JsonNamingPolicy.CamelCase.ConvertName(x.ToString()!) == text)
            ?? throw FormReading.Malformed("kind is prospect, customer, colleague, vip or other.");
        SenderEntries.ThrowIfNotListable(kind);
        return kind;
    }

    private static string? RegionOf(string? text) =>
        text is null ? null
        : text.ToUpperInvariant() is { Length: 2 } code && Phones.IsRegion(code) ? code
        : throw RefusalException.Unprocessable("import-region", "That is not a country whose numbers are known.", "Send two letters like DE (ISO 3166).");

    private static Dictionary<string, ImportField> MappingOf(string? text)
    {
        var mapping = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        if (text is null)
        {
            return mapping;
        }

        const string Shape = "mapping is a JSON object of columns and fields, like {\"Mail\":\"email\"}.";
        Dictionary<string, string?>? said;
        try
        {
            said = JsonSerializer.Deserialize<Dictionary<string, string?>>(text, JsonSerializerOptions.Default);
        }
        catch (JsonException)
        {
            throw FormReading.Malformed(Shape);
        }

        foreach (var (column, field) in said ?? throw FormReading.Malformed(Shape))
        {
            mapping[column] = field is not null && FieldNames.TryGetValue(field, out var known)
                ? known
                : throw RefusalException.Unprocessable("import-mapping", "The mapping names a field that there is not.", $"The fields are: {string.Join(", ", FieldNames.Keys)}.");
        }

        return mapping;
    }

    private static RefusalException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "body-too-large", "That file is too large.", "At most 50 MB are taken at once. Export fewer columns, or split the file.");
}
