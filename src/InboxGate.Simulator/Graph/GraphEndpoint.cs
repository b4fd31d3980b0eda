using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Control;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace InboxGate.Simulator.Graph;

/// <summary>/v1.0 over HTTP: reads the request as it was written, and writes the answer, whole or as a fault wants it.</summary>
internal sealed class GraphEndpoint(GraphService graph)
{
    public const string Version = "/v1.0";
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task HandleAsync(HttpContext context)
    {
        // The raw target, because ids may hold escaped slashes and the decoded path does not tell them apart.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var root = $"{context.Request.Scheme}://{context.Request.Host}{Version}";
        var (body, problem) = await ReadBodyAsync(context.Request);
        var request = GraphRequest.From(context.Request.Method, target[Version.Length..], root, Header, body);
        if (problem is not null)
        {
            var refused = GraphAnswer.BadRequest(problem);
            refused.Sign(context.TraceIdentifier, request.ClientRequestId, TimeProvider.System.GetUtcNow());
            await WriteAsync(context, new Outcome(refused));
            return;
        }

        await WriteAsync(context, await graph.AnswerAsync(request, inBatch: false, context.RequestAborted));

        string? Header(string name) =>
            context.Request.Headers.TryGetValue(name, out var values) ? string.Join(", ", values.ToArray()) : null;
    }

    private static async Task<(JsonNode? Body, string? Problem)> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding")))
            return (null, null);

        try
        {
            return (await JsonNode.ParseAsync(request.Body, documentOptions: Input.Strict, cancellationToken: request.HttpContext.RequestAborted), null);
        }
        catch (JsonException)
        {
            return (null, "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
    }

    private static async Task WriteAsync(HttpContext context, Outcome outcome)
    {
        if (outcome.Kind is OutcomeKind.Cut)
        {
            context.Abort();
            return;
        }

        var answer = outcome.Answer;
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        context.Response.Headers.CacheControl = "private";
        var text = answer.Html ?? answer.Text ?? answer.Body?.ToJsonString(Format);
        if (text is null)
            return;

        context.Response.ContentType = answer switch
        {
            { Html: not null } => "text/html; charset=utf-8",
            { Text: not null } => "text/plain",
            _ => "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
        };
        if (answer.Html is null)
            context.Response.Headers["OData-Version"] = "4.0";
        var bytes = Encoding.UTF8.GetBytes(text);
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, outcome.Kind is OutcomeKind.Truncated ? bytes.Length / 2 : bytes.Length), context.RequestAborted);
    }
}
