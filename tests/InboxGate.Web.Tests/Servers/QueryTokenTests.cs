using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace InboxGate.Web.Tests.Servers;

/// <summary>The token that a browser's WebSocket carries in its address.</summary>
public sealed class QueryTokenTests(PostgresServer postgres)
{
    [Fact]
    public async Task It_opens_the_hubs_and_is_in_no_log_and_no_trace_at_whatever_level()
    {
        var traced = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue(activity.DisplayName + string.Concat(activity.TagObjects.Select(x => $" {x.Key}={x.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        await using var world = await World.StartAsync(
            Database.Sqlite,
            postgres,
            settings: new Dictionary<string, string?>
            {
                // As whoever looks for paths on a machine of their own: what otherwise stays off is told too.
                ["Logging:Microsoft.Extensions.Logging.Testing.FakeLoggerProvider:LogLevel:Default"] = "Trace",
                ["Logging:Microsoft.Extensions.Logging.Testing.FakeLoggerProvider:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
                ["Logging:Console:LogLevel:Default"] = "None",
            },
            configure: builder => builder.Logging.AddFakeLogging());
        var manager = await world.UserAsync("lena@contoso.com", roles: "Manager");
        var token = manager.Api.DefaultRequestHeaders.Authorization!.Parameter!;
        var wrong = token[..^8] + "AAAAAAAA";

        await ConnectAsync(world, $"/hubs/board?access_token={token}");
        await ConnectAsync(world, $"/hubs/team?transitive=true&access_token={token}");
        await ConnectAsync(world, $"/hubs/board?ACCESS%5FTOKEN={token}");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(world, $"/hubs/board?access_token={wrong}"));
        foreach (var path in new[] { "/hubs/board", "/api/board", "/health/live", "/nowhere" })
        {
            using var anonymous = world.Api(null);
            using var answer = await anonymous.GetAsync($"{path}?x=1&access_token={wrong}&access_token={token}", TestContext.Current.CancellationToken);
            Assert.Equal(path.StartsWith("/health", StringComparison.Ordinal), answer.IsSuccessStatusCode);
        }

        var logs = world.Services.GetRequiredService<FakeLogCollector>().GetSnapshot()
            .Select(x => $"{x.Category}: {x.Message} {string.Concat(x.StructuredState?.Select(y => $"{y.Key}={y.Value} ") ?? [])} {x.Exception}").ToList();
        Assert.Contains(logs, x => x.Contains("/hubs/team?transitive=true ", StringComparison.Ordinal));
        Assert.Contains(logs, x => x.StartsWith("Microsoft.AspNetCore.Hosting.Diagnostics", StringComparison.Ordinal) && x.Contains("/nowhere", StringComparison.Ordinal));
        Assert.Contains(traced, x => x.Contains("/hubs/board", StringComparison.Ordinal));
        // The signature alone would do for whoever has the rest.
        var secrets = new[] { token, token[^80..^10], "access_token=", "ACCESS%5FTOKEN" };
        Assert.DoesNotContain(logs.Concat(traced), x => secrets.Any(secret => x.Contains(secret, StringComparison.Ordinal)));
    }

    private static async Task ConnectAsync(World world, string address)
    {
        using var socket = new ClientWebSocket();
        var uri = new UriBuilder(world.Address) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(new Uri(uri, address), TestContext.Current.CancellationToken);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var received = new byte[1024];
        var answer = await socket.ReceiveAsync(received, TestContext.Current.CancellationToken);
        Assert.StartsWith("{}", System.Text.Encoding.UTF8.GetString(received, 0, answer.Count), StringComparison.Ordinal);
    }
}
