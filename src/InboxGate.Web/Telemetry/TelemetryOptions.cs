using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Telemetry;

public enum TelemetrySignal
{
    Metrics,
    Traces,
    Logs,
}

/// <summary>Where each signal goes, by OpenTelemetry's own settings: one endpoint for all, or one for each.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>What is sent, and where to. A signal's own endpoint is taken as it is; to the one for all the exporter adds the signal's path.</summary>
    public IReadOnlyDictionary<TelemetrySignal, (string Address, bool IsOwn)> Endpoints { get; private set; } = new Dictionary<TelemetrySignal, (string, bool)>();

    public static string EndpointKeyOf(TelemetrySignal signal) => $"OTEL_EXPORTER_OTLP_{signal.ToString().ToUpperInvariant()}_ENDPOINT";

    public void Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var endpoints = new Dictionary<TelemetrySignal, (string, bool)>();
        foreach (var signal in Enum.GetValues<TelemetrySignal>())
        {
            var (own, common) = (settings[EndpointKeyOf(signal)], settings[EndpointKey]);
            if (!string.IsNullOrWhiteSpace(own) || !string.IsNullOrWhiteSpace(common))
            {
                endpoints.Add(signal, string.IsNullOrWhiteSpace(own) ? (common!, false) : (own, true));
            }
        }

        Endpoints = endpoints;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Endpoints
        .Where(x => !Uri.TryCreate(x.Value.Address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        .Select(x => new ValidationResult(
            $"{EndpointKey} or {EndpointKeyOf(x.Key)} must be an http or https address, for example http://localhost:4317.", [nameof(Endpoints)]));
}
