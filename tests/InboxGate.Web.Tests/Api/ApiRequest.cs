using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace InboxGate.Web.Tests.Api;

/// <summary>A request to one operation, still in parts, so that any of them can be bent.</summary>
public sealed class ApiRequest(ApiOperation operation)
{
    private const int AsksFrom = 60_000;

    public ApiOperation Operation => operation;

    public string Method { get; set; } = operation.Method;

    public Dictionary<string, string> Path { get; } = [];

    public List<(string Name, string Value)> Query { get; } = [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public string? ContentType { get; set; }

    /// <summary>Replaces what comes of <see cref="Json"/>.</summary>
    public byte[]? Raw { get; set; }

    public JsonNode? Json { get; set; }

    /// <summary>Said of the body, which is then never sent: the answer has to come before it.</summary>
    public long? ToldLength { get; set; }

    /// <summary>Put behind the path as it is.</summary>
    public string Tail { get; set; } = "";

    public string Target
    {
        get
        {
            var path = Path.Aggregate(operation.Path, (text, value) => text.Replace($"{{{value.Key}}}", Uri.EscapeDataString(value.Value), StringComparison.Ordinal)) + Tail;
            return Query.Count == 0 ? path : $"{path}?{string.Join('&', Query.Select(x => $"{Uri.EscapeDataString(x.Name)}={Uri.EscapeDataString(x.Value)}"))}";
        }
    }

    public byte[]? Body => Raw ?? (Json is null ? null : Encoding.UTF8.GetBytes(Json.ToJsonString()));

    public HttpRequestMessage ToMessage(Uri server, string? token)
    {
        // As it stands: the client would tidy up an odd path.
        var address = new Uri(server.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), address);
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (Body is { } body)
        {
            message.Content = ToldLength is { } told ? new Announced(told) : new ByteArrayContent(body);
            // A server that refuses a length hangs up on whoever goes on writing, before its answer is read.
            message.Headers.ExpectContinue = (ToldLength ?? body.Length) > AsksFrom;
            if (ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>To be tried by hand.</summary>
    public string ToCurl()
    {
        var headers = Headers.Select(x => $" -H {Quoted($"{x.Name}: {x.Value}")}");
        var content = Body switch
        {
            null => "",
            { Length: > 4000 } large => $" -H {Quoted($"Content-Type: {ContentType}")} --data-binary @({large.Length} bytes, left out)",
            var body => $" -H {Quoted($"Content-Type: {ContentType}")} --data-binary @<(echo {Convert.ToBase64String(body)} | base64 -d)",
        };
        return $"curl -X {Method} -H \"Authorization: Bearer $TOKEN\"{string.Concat(headers)}{content} \"$SERVER\"{Quoted(Target)}";

        static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
    /// <summary>A length without a content.</summary>
    private sealed class Announced(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("The server wanted what it should have refused.");

        protected override bool TryComputeLength(out long told)
        {
            told = length;
            return true;
        }
    }
}
