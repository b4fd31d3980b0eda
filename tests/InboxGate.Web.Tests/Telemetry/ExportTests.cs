using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

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
        Assert.Null(world.Services.GetService<TracerProvider>());
        Assert.Null(world.Services.GetService<LoggerProvider>());
    }

    [Fact]
    public async Task With_an_endpoint_what_was_measured_arrives_there_and_names_nobody()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await World.StartAsync(Database.Sqlite, postgres, settings: new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"{collector.Address}v1/metrics",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        });
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());

        var text = await collector.TextWhenAsync("metrics", x => x.Contains(MailboxMetrics.SubscriptionChanges, StringComparison.Ordinal));

        Assert.DoesNotContain("mira", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(rep.Id.ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["metrics"], collector.Signals);
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_is_refused_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => World.StartAsync(
            Database.Sqlite, postgres, settings: new Dictionary<string, string?> { [TelemetryOptions.EndpointKey] = "the collector" }));

        Assert.Contains(TelemetryOptions.EndpointKey, refused.Message, StringComparison.Ordinal);
    }
}
