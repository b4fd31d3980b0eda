using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace InboxGate.Web.Tests.Telemetry;

/// <summary>What listens to a meter's name hears it from every server of the process: these tests run by themselves.</summary>
[CollectionDefinition(nameof(Listening), DisableParallelization = true)]
public sealed class Listening;

/// <summary>Metrics leave the server by the standard settings of OpenTelemetry, and only then.</summary>
[Collection(nameof(Listening))]
public sealed class ExportTests(PostgresServer postgres)
{
    [Fact]
    public async Task Without_an_endpoint_nothing_is_collected()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);

        // Whether an instrument is enabled says nothing here: another test's listener may hear it too.
        Assert.Null(world.Services.GetService<MeterProvider>());
    }

    [Fact]
    public async Task With_an_endpoint_what_was_measured_arrives_there_and_names_nobody()
    {
        var arrived = Channel.CreateUnbounded<byte[]>();
        await using var collector = await CollectorAsync(arrived.Writer);
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?>
        {
            [TelemetryOptions.EndpointKey] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        });
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());

        var text = new StringBuilder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!text.ToString().Contains(MailboxMetrics.SubscriptionChanges, StringComparison.Ordinal))
        {
            text.Append(Encoding.Latin1.GetString(await arrived.Reader.ReadAsync(patience.Token)));
        }

        Assert.DoesNotContain("mira", text.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(rep.Id.ToString(), text.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_is_refused_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => World.StartAsync(
            Database.Sqlite, postgres, settings: new Dictionary<string, string?> { [TelemetryOptions.EndpointKey] = "the collector" }));

        Assert.Contains(TelemetryOptions.EndpointKey, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Takes in what an OTLP collector would.</summary>
    private static async Task<WebApplication> CollectorAsync(ChannelWriter<byte[]> arrived)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://{IPAddress.Loopback}:0"));
        var collector = builder.Build();
        collector.MapPost("/v1/metrics", async (HttpRequest request, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            await arrived.WriteAsync(body.ToArray(), ct);
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }
}
