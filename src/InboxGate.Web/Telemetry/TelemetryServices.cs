using InboxGate.Web.Servers;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InboxGate.Web.Telemetry;

/// <summary>Metrics, traces and logs by OTLP, each where OpenTelemetry's own settings (<c>OTEL_…</c>) give it an endpoint; what has none is not collected.</summary>
public static class TelemetryServices
{
    /// <summary>The framework's own instruments beside ours; none of them names a rep.</summary>
    private static readonly string[] Meters =
    [
        MailboxMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "System.Net.Http", "System.Runtime", "Polly",
    ];

    /// <summary>Requests to others, and commands to PostgreSQL, which are told without their values.</summary>
    private static readonly string[] Sources = [Traces.SourceName, "System.Net.Http", "Npgsql"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<MailboxMetrics>();
        services.AddBackgroundWork<WatchCensus>();
        services.AddOptions<TelemetryOptions>()
            .Configure<IConfiguration>((options, settings) => options.Read(settings))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var wanted = new TelemetryOptions();
        wanted.Read(configuration);
        if (wanted.Endpoints.Count == 0)
        {
            return services;
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "inboxgate"));
        if (wanted.Endpoints.TryGetValue(TelemetrySignal.Metrics, out var metricsTo))
        {
            telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter(options => Send(options, metricsTo)));
        }

        if (wanted.Endpoints.TryGetValue(TelemetrySignal.Traces, out var tracesTo))
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthATrace)
                .AddSource(Sources)
                .AddProcessor(new Traces.WithoutAddresses())
                .AddOtlpExporter(options => Send(options, tracesTo)));
        }

        if (wanted.Endpoints.TryGetValue(TelemetrySignal.Logs, out var logsTo))
        {
            telemetry.WithLogging(
                logs => logs.AddOtlpExporter(options => Send(options, logsTo)),
                options => options.IncludeFormattedMessage = true);
        }

        return services;
    }

    private static void Send(OtlpExporterOptions options, (string Address, bool IsOwn) endpoint)
    {
        // A wrong one is told when the settings are looked at, all at once.
        if (endpoint.IsOwn && Uri.TryCreate(endpoint.Address, UriKind.Absolute, out var own))
        {
            options.Endpoint = own;
        }
    }

    /// <summary>A pane's connection lasts for hours, and whether the server is well is asked every few seconds.</summary>
    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
