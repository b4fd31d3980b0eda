using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InboxGate.Benchmarks;

/// <summary>
/// Ten thousand mails in a thousand mailboxes caught up from zero: who the reps are, subscriptions, both folders, headers,
/// verdicts and gates on disk. The bound makes the same calls of the simulated Graph, as many at once, and throws the
/// answers away. Each call takes as long as the real service takes at best; once more without that, for the record, where
/// nothing is measured but the database and the simulator sharing a processor.
/// </summary>
internal static class CatchUpBenchmark
{
    private const int Mailboxes = 1_000;
    private const int MailsEach = 10;
    private const int AtOnce = 16;
    private const double LeastRatio = 0.6;
    private static readonly string[] Folders = ["sentitems", "inbox"];
    private const string Select =
        "id,internetMessageId,conversationId,conversationIndex,subject,from,sender,replyTo,toRecipients,ccRecipients,bccRecipients,receivedDateTime,sentDateTime,isDraft";

    private static readonly TimeSpan GraphsLatency = TimeSpan.FromMilliseconds(50);

    public static async Task<bool> RunAsync(TextWriter report)
    {
        await MeasureAsync(report, TimeSpan.Zero);
        return await MeasureAsync(report, GraphsLatency) >= LeastRatio;
    }

    private static async Task<double> MeasureAsync(TextWriter report, TimeSpan latency)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        List<string> warm = [.. Enumerable.Range(0, 50).Select(x => $"warm{x}@contoso.com")];
        List<string> bare = [.. Enumerable.Range(0, Mailboxes).Select(x => $"bare{x}@contoso.com")];
        List<string> watched = [.. Enumerable.Range(0, Mailboxes).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync([Laboratory.Colleague, .. warm, .. bare, .. watched]);
        await laboratory.DeliverAsync([.. warm, .. bare, .. watched], MailsEach);
        var ids = await laboratory.IdsAsync();
        if (latency > TimeSpan.Zero)
        {
            await laboratory.SayAsync("/sim/faults", new JsonObject
            {
                ["kind"] = "delay",
                ["match"] = "/v1.0",
                ["batch"] = false,
                ["delaySeconds"] = latency.TotalSeconds,
                ["times"] = 1_000_000,
            });
        }

        await using var listener = await ListenAsync();
        using var graph = await laboratory.GraphAsync();
        await ReadBareAsync(graph, listener.Urls.Single(), warm.Select(x => ids[x]));
        var bound = await ReadBareAsync(graph, listener.Urls.Single(), bare.Select(x => ids[x]));

        var startedAt = Stopwatch.GetTimestamp();
        await laboratory.StartProductAsync(
            watched.Select(x => ids[x]), ("Mailbox:SweepInterval", "01:00:00"), ("Mailbox:MaxConcurrentReads", AtOnce.ToString(CultureInfo.InvariantCulture)));
        while (await GatesAsync(laboratory) < Mailboxes * MailsEach)
        {
            await Task.Delay(100);
        }

        var product = Stopwatch.GetElapsedTime(startedAt);
        var ratio = bound / product;
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"catch-up, calls of {latency.TotalMilliseconds:0} ms: {Mailboxes * MailsEach / product.TotalSeconds:0} mails a second, {ratio:0.00} of a bare loop of the same calls ({Mailboxes * MailsEach / bound.TotalSeconds:0}); {(latency > TimeSpan.Zero ? $"at least {LeastRatio:0.00}" : "for the record")}"));
        return ratio;
    }

    private static async Task<int> GatesAsync(Laboratory laboratory)
    {
        await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        return await store.Gates.CountAsync();
    }

    private static async Task<TimeSpan> ReadBareAsync(HttpClient graph, string listener, IEnumerable<Guid> users)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (user, ct) =>
        {
            await BatchAsync(graph, [$"/users/{user}?$select=displayName,mail,userPrincipalName,proxyAddresses", $"/users/{user}/mailboxSettings", $"/users/{user}/manager"], ct);
            foreach (var folder in Folders)
            {
                await SubscribeAsync(graph, listener, user, folder, ct);
            }

            foreach (var folder in Folders)
            {
                var page = await ChangesAsync(graph, user, folder, ct);
                var mails = page["value"]!.AsArray().Select(x => x!["id"]!.GetValue<string>()).ToList();
                if (mails.Count > 0)
                {
                    await BatchAsync(graph, mails.Select(x => $"/users/{user}/messages/{Uri.EscapeDataString(x)}?$select=internetMessageHeaders"), ct);
                }
            }
        });
        return Stopwatch.GetElapsedTime(startedAt);
    }

    private static async Task BatchAsync(HttpClient graph, IEnumerable<string> urls, CancellationToken ct)
    {
        using var answer = await graph.PostAsJsonAsync("/v1.0/$batch", new JsonObject
        {
            ["requests"] = new JsonArray([.. urls.Select((url, i) => new JsonObject
            {
                ["id"] = i.ToString(CultureInfo.InvariantCulture),
                ["method"] = "GET",
                ["url"] = url,
                ["headers"] = new JsonObject { ["Prefer"] = "IdType=\"ImmutableId\"" },
            })]),
        }, ct);
        answer.EnsureSuccessStatusCode();
        _ = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct));
    }

    private static async Task SubscribeAsync(HttpClient graph, string listener, Guid user, string folder, CancellationToken ct)
    {
        using var answer = await graph.PostAsJsonAsync("/v1.0/subscriptions", new JsonObject
        {
            ["changeType"] = "created",
            ["resource"] = $"users/{user}/mailFolders('{folder}')/messages",
            ["notificationUrl"] = listener,
            ["lifecycleNotificationUrl"] = listener,
            ["expirationDateTime"] = TimeProvider.System.GetUtcNow().AddDays(6),
            ["clientState"] = "bare",
        }, ct);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonNode> ChangesAsync(HttpClient graph, Guid user, string folder, CancellationToken ct)
    {
        var since = TimeProvider.System.GetUtcNow().AddDays(-1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/v1.0/users/{user}/mailFolders/{folder}/messages/delta?$select={Select}&$filter=receivedDateTime ge {since}");
        request.Headers.Add("Prefer", "IdType=\"ImmutableId\", odata.maxpagesize=50");
        using var answer = await graph.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!;
    }

    /// <summary>Answers the handshake of the bare loop's subscriptions.</summary>
    private static async Task<WebApplication> ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/", (string? validationToken) => Results.Text(validationToken ?? ""));
        app.Urls.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Laboratory.FreePort()}"));
        await app.StartAsync();
        return app;
    }
}
