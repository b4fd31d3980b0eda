using System.Diagnostics.Metrics;
using InboxGate.Web.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace InboxGate.Web.Tests.Telemetry;

public sealed class MailboxMetricsTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<MailboxMetrics>().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public void The_lag_is_told_in_seconds_and_never_below_zero()
    {
        using var lag = Collect<double>(MailboxMetrics.Lag);

        Metrics.Judged(TimeSpan.FromMilliseconds(1500));
        Metrics.Judged(TimeSpan.FromSeconds(-2));

        Assert.Equal([1.5, 0], lag.GetMeasurementSnapshot().Select(x => x.Value));
    }

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(304, "ok")]
    [InlineData(404, "refused")]
    [InlineData(429, "throttled")]
    [InlineData(503, "failed")]
    [InlineData(0, "noAnswer")]
    public void A_request_counts_by_kind_and_outcome(int status, string outcome)
    {
        using var requests = Collect<long>(MailboxMetrics.GraphRequests);
        using var throttles = Collect<long>(MailboxMetrics.Throttles);

        Metrics.GraphRequested("delta", status);

        var counted = Assert.Single(requests.GetMeasurementSnapshot());
        Assert.True(counted.MatchesTags(new KeyValuePair<string, object?>("kind", "delta"), new KeyValuePair<string, object?>("outcome", outcome)));
        Assert.Equal(status == 429 ? 1 : 0, throttles.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public void Foreign_items_count_apart_from_ours()
    {
        using var notifications = Collect<long>(MailboxMetrics.Notifications);

        Metrics.Notified(items: 5, foreign: 2);
        Metrics.Notified(items: 0, foreign: 0);

        Assert.Equal(
            [("ours", 3L), ("foreign", 2L)],
            notifications.GetMeasurementSnapshot().Select(x => ((string)x.Tags["origin"]!, x.Value)));
    }

    [Fact]
    public void Readings_in_progress_go_up_and_down()
    {
        using var readings = Collect<long>(MailboxMetrics.Readings);

        Metrics.ReadingBegun();
        Metrics.ReadingBegun();
        Metrics.ReadingEnded();

        Assert.Equal(1, readings.GetMeasurementSnapshot().Sum(x => x.Value));
    }

    private MailboxMetrics Metrics => services.GetRequiredService<MailboxMetrics>();

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct
    {
        // The instruments are there once the metrics are.
        _ = Metrics;
        return new MetricCollector<T>(services.GetRequiredService<IMeterFactory>(), MailboxMetrics.MeterName, instrument);
    }
}
