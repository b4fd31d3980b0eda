using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Telemetry;

/// <summary>The dashboard that is given away asks for nothing that no server measures.</summary>
[Collection(nameof(Listening))]
public sealed partial class DashboardTests(PostgresServer postgres)
{
    [Fact]
    public async Task Every_metric_of_its_ten_panels_is_one_that_the_server_has()
    {
        var measured = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                foreach (var name in PrometheusNames(instrument))
                {
                    measured[name] = true;
                }
            },
        };
        listener.Start();
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await rep.BoardAsync();

        var dashboard = JsonNode.Parse(File())!;
        var panels = dashboard["panels"]!.AsArray();
        var asked = panels.SelectMany(panel => panel!["targets"]!.AsArray())
            .SelectMany(target => Metric().Matches(target!["expr"]!.GetValue<string>()).Select(x => x.Value))
            .Distinct()
            .ToList();

        Assert.Equal(10, panels.Count);
        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(measured.Keys, StringComparer.Ordinal));
        Assert.All(panels, panel => Assert.NotEmpty(panel!["description"]!.GetValue<string>()));
    }

    private static string File([CallerFilePath] string thisFile = "") =>
        System.IO.File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "dashboard.json"));

    /// <summary>As OpenTelemetry's collector hands an instrument on to Prometheus.</summary>
    private static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Histogram<>) ? [$"{name}_bucket", $"{name}_count", $"{name}_sum"]
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? [$"{name}_total"]
            : [name];
    }

    /// <summary>The names of ours and of the framework's all have a word and an underscore; no function or label that is used begins like one.</summary>
    [GeneratedRegex("(?:inboxgate|http_server|signalr|dotnet|kestrel)_[a-z_]+(?=[\\[{)])")]
    private static partial Regex Metric();
}
