using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace InboxGate.Web.Telemetry;

/// <summary>Where metrics go, by OpenTelemetry's own settings (<c>OTEL_…</c>); without an endpoint nowhere, and nothing is collected.</summary>
public sealed class TelemetryOptions
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string MetricsEndpointKey = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    public string? Endpoint { get; set; }

    public static string? EndpointOf(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new[] { configuration[MetricsEndpointKey], configuration[EndpointKey] }.FirstOrDefault(x => !string.IsNullOrWhiteSpace(x));
    }
}

public static class TelemetryServices
{
    /// <summary>The framework's own instruments beside ours; none of them names a rep.</summary>
    private static readonly string[] Meters =
    [
        MailboxMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "System.Net.Http", "System.Runtime", "Polly",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<MailboxMetrics>();
        services.AddSingleton<WatchCensus>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchCensus>());
        services.AddOptions<TelemetryOptions>()
            .Configure<IConfiguration>((options, settings) => options.Endpoint = TelemetryOptions.EndpointOf(settings))
            .Validate(
                options => options.Endpoint is null || (Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)),
                $"{TelemetryOptions.EndpointKey} must be an http or https address, for example http://localhost:4317.")
            .ValidateOnStart();
        if (TelemetryOptions.EndpointOf(configuration) is not null)
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "inboxgate"))
                .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        }

        return services;
    }
}
