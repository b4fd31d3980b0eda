using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InboxGate.Web.Tests.Telemetry;

/// <summary>Takes in what an OTLP collector would, and keeps it as text: what is written in protobuf is readable as it stands.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> arrived = new(StringComparer.Ordinal);
    private readonly WebApplication application;

    private Collector(WebApplication application) => this.application = application;

    public Uri Address => new(application.Urls.Single());

    /// <summary>Of what anything came: <c>logs</c>, <c>metrics</c>, <c>traces</c>.</summary>
    public IEnumerable<string> Signals => arrived.Keys.Order(StringComparer.Ordinal);

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://{IPAddress.Loopback}:0"));
        var collector = new Collector(builder.Build());
        collector.application.MapPost("/v1/{signal}", async (string signal, HttpRequest request, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            collector.arrived.GetOrAdd(signal, _ => new()).Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        });
        await collector.application.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public string TextOf(string signal) => arrived.TryGetValue(signal, out var texts) ? string.Join('\n', texts) : "";

    /// <summary>All that came of a signal, once it is as described.</summary>
    public async Task<string> TextWhenAsync(string signal, Func<string, bool> isSo)
    {
        await World.UntilAsync(() => Task.FromResult(isSo(TextOf(signal))), Patience);
        return TextOf(signal);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
