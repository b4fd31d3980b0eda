using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Tests;

/// <summary>A subscriber's notification endpoint: answers the handshake, keeps what it is told.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private readonly Channel<JsonNode> received = Channel.CreateUnbounded<JsonNode>();
    private readonly WebApplication app;

    private Endpoint(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public ConcurrentQueue<string> Handshakes { get; } = new();

    /// <summary>Statuses to answer first, before everything is accepted.</summary>
    public ConcurrentQueue<int> Refusals { get; } = new();

    public bool AnswersHandshake { get; set; } = true;

    public static async Task<Endpoint> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var endpoint = new Endpoint(builder.Build());
        endpoint.app.Run(endpoint.AnswerAsync);
        await endpoint.app.StartAsync(Simulation.Stop);
        return endpoint;
    }

    /// <summary>The next item of a notification, flattened; a test that waits ten seconds has failed.</summary>
    public async Task<JsonNode> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Simulation.Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        return await received.Reader.ReadAsync(patience.Token);
    }

    public bool HasMore() => received.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query["validationToken"].ToString() is { Length: > 0 } token)
        {
            Handshakes.Enqueue(context.Request.Path);
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(AnswersHandshake ? token : "something else");
            return;
        }

        if (Refusals.TryDequeue(out var status))
        {
            context.Response.StatusCode = status;
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body);
        foreach (var item in body!["value"]!.AsArray())
            received.Writer.TryWrite(item!);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
