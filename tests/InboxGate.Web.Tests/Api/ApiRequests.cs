using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace InboxGate.Web.Tests.Api;

/// <summary>Good requests, made from what the API says of itself and the words for its names.</summary>
public sealed class ApiRequests(ApiDocument document, ApiWords words, Random random)
{
    private const int ChanceOfOptional = 60;
    private const string Boundary = "----inboxgate";

    public ApiRequest Build(ApiOperation operation)
    {
        var request = new ApiRequest(operation);
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.In == "path")
            {
                request.Path[parameter.Name] = TextOf(operation, parameter);
            }
            else if (parameter.IsRequired || random.Next(100) < ChanceOfOptional)
            {
                request.Query.Add((parameter.Name, TextOf(operation, parameter)));
            }
        }

        if (operation.IsForm)
        {
            request.ContentType = $"multipart/form-data; boundary={Boundary}";
            request.Raw = FormOf(operation);
        }
        else if (operation.Body is { } body && (operation.NeedsBody || random.Next(100) < ChanceOfOptional))
        {
            request.ContentType = "application/json";
            request.Json = ValueOf(operation, body, "");
        }

        return request;
    }

    /// <exception cref="InvalidOperationException">A name that nobody has said anything of: a new route must not go untried.</exception>
    private string TextOf(ApiOperation operation, ApiParameter parameter) =>
        ValueOf(operation, parameter.Schema, parameter.Name)?.ToString() ?? "";

    private JsonNode? ValueOf(ApiOperation operation, JsonObject said, string name)
    {
        if (words.TryGet(name, operation, random, out var word))
        {
            return word;
        }

        var schema = document.Resolve(said);
        if (schema["enum"] is JsonArray choices)
        {
            return choices[random.Next(choices.Count)]?.DeepClone();
        }

        if (schema["properties"] is JsonObject properties)
        {
            var required = (schema["required"]?.AsArray() ?? []).Select(x => x!.GetValue<string>()).ToHashSet();
            return new JsonObject(properties
                .Where(x => required.Contains(x.Key) || random.Next(100) < ChanceOfOptional)
                .Select(x => KeyValuePair.Create(x.Key, ValueOf(operation, x.Value!.AsObject(), x.Key))));
        }

        var types = schema["type"] is JsonArray many ? [.. many.Select(x => x!.GetValue<string>())] : new[] { schema["type"]?.GetValue<string>() ?? "string" };
        return types switch
        {
            _ when types.Contains("boolean") => random.Next(2) == 0,
            _ when types.Contains("integer") || types.Contains("number") => random.Next(21),
            _ when types.Contains("array") => new JsonArray(
                [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => ValueOf(operation, schema["items"]!.AsObject(), name))]),
            _ when types.Contains("object") => new JsonObject(),
            _ when schema["format"]?.GetValue<string>() == "uuid" || types.Contains("string") =>
                throw new InvalidOperationException($"Say what to put for {name} in {operation}."),
            _ => null,
        };
    }

    private byte[] FormOf(ApiOperation operation)
    {
        var isCalendar = operation.Path.Contains("holidays", StringComparison.Ordinal);
        var file = isCalendar ? Calendar() : Table(operation);
        var form = new StringBuilder();
        Part($"name=\"file\"; filename=\"{(isCalendar ? "days.ics" : "people.csv")}\"", file);
        if (!isCalendar && words.TryGet("importId", operation, random, out var id) && id is not null)
        {
            Part("name=\"id\"", id.ToString());
        }

        form.Append(CultureInfo.InvariantCulture, $"--{Boundary}--\r\n");
        return Encoding.UTF8.GetBytes(form.ToString());

        void Part(string disposition, string content) =>
            form.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n");
    }

    private string Calendar() => string.Create(
        CultureInfo.InvariantCulture,
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\nBEGIN:VEVENT\r\nUID:{random.Next()}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:202612{random.Next(10, 28)}\r\nSUMMARY:A day off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");

    private string Table(ApiOperation operation)
    {
        words.TryGet("entry", operation, random, out var entry);
        return $"Name,Email,Company\nPia,{entry ?? "pia@fabrikam.example"},Fabrikam\nUte,ute{random.Next(10_000)}@northwind.example,Northwind\n";
    }
}
