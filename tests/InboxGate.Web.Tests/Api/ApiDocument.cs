using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Web.Tests.Api;

/// <summary>What the server says of itself: every operation, with what it takes and answers.</summary>
public sealed class ApiDocument
{
    private readonly JsonObject document;

    private ApiDocument(JsonObject document)
    {
        this.document = document;
        Operations =
        [
            .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Select(x => ApiOperation.Of(x.Key.ToUpperInvariant(), path.Key, x.Value!.AsObject()))),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>Fails when a route beneath /api is not told of in it: what walks the document would pass it over.</summary>
    public static async Task<ApiDocument> ReadAsync(World world)
    {
        var text = await world.Anonymous.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var read = new ApiDocument(JsonNode.Parse(text)!.AsObject());
        var routes = ((IEndpointRouteBuilder)world.Servers[0]).DataSources.SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
            .Where(x => x.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(x => x.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "OPTIONS")
                .Select(method => $"{method} /{string.Join('/', x.RoutePattern.PathSegments.Select(PartsOf))}"));
        Assert.Equal(routes.Distinct().Order(StringComparer.Ordinal), read.Operations.Select(x => x.ToString()).Order(StringComparer.Ordinal));
        return read;
    }

    /// <summary>The schema itself, or the one that it points to.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        if (schema["oneOf"]?.AsArray().Select(x => x!.AsObject()).FirstOrDefault(x => x["type"]?.ToString() != "null") is { } other)
        {
            return Resolve(other);
        }

        return schema["$ref"]?.GetValue<string>() is { } pointer
            ? document["components"]!["schemas"]![pointer.Split('/')[^1]]!.AsObject()
            : schema;
    }

    private static string PartsOf(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPathSegment segment) => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        _ => "",
    }));
}

/// <param name="MediaType">Of the body; null when it takes none.</param>
public sealed record ApiOperation(
    string Method, string Path, IReadOnlyList<ApiParameter> Parameters, string? MediaType, JsonObject? Body, bool NeedsBody, IReadOnlyList<int> Statuses)
{
    public bool IsForm => MediaType == "multipart/form-data";

    public bool IsAdministrators => Path.StartsWith("/api/tenant/", StringComparison.Ordinal);

    public bool IsManagers => Path.StartsWith("/api/team", StringComparison.Ordinal) || Path.StartsWith("/api/targets/", StringComparison.Ordinal);

    /// <summary>For who holds no token: Microsoft Graph, and the scripts with a ticket.</summary>
    public bool IsAnonymous => Path.StartsWith("/api/graph/", StringComparison.Ordinal) || Path.StartsWith("/api/reply-check", StringComparison.Ordinal);

    public static ApiOperation Of(string method, string path, JsonObject said)
    {
        var (mediaType, body) = said["requestBody"]?["content"]?.AsObject().FirstOrDefault() is { Key: { } type, Value: { } content }
            ? (type, content["schema"]?.AsObject())
            : (null, null);
        return new ApiOperation(
            method, path,
            [.. (said["parameters"]?.AsArray() ?? []).Select(x => new ApiParameter(
                x!["name"]!.GetValue<string>(), x["in"]!.GetValue<string>(), x["required"]?.GetValue<bool>() ?? false, x["schema"]!.AsObject()))],
            mediaType, body, said["requestBody"]?["required"]?.GetValue<bool>() ?? false,
            [.. said["responses"]!.AsObject().Select(x => int.Parse(x.Key, CultureInfo.InvariantCulture))]);
    }

    public override string ToString() => $"{Method} {Path}";
}

public sealed record ApiParameter(string Name, string In, bool IsRequired, JsonObject Schema);
