using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InboxGate.Benchmarks.Pane;

/// <summary>
/// The built pane beside Microsoft's built template, opened in turn in the same browser: what must be fetched, how long
/// until there is a button and until it can be used, what it holds in memory, and how soon a click shows. Only ratios and
/// the click are judged; other figures depend on the machine.
/// </summary>
internal static partial class PaneBenchmark
{
    private const int Repeats = 5;
    private const int ClicksEach = 3;
    private const int LargestEventScript = 10_000;
    private const string Rep = "mira@contoso.com";
    private const string Button = "button.primary.big";
    private const string Count = ".count .done";

    /// <summary>The button can be used and a number stands above it.</summary>
    private const string IsReady = $@"!!document.querySelector('{Button}:enabled') && /\d/.test(document.querySelector('{Count}')?.textContent)";

    /// <summary>The template has no data: its button is all there is.</summary>
    private const string PeerIsReady = "!!document.querySelector('button:enabled')";

    /// <summary>The template as it was measured when the pane's stack was chosen; the comparison where it cannot be had.</summary>
    private static readonly Figures Written = new(UpFront: 141_500, Lazy: 0, Shell: 2384, Ready: 2385, Warm: 1055, Heap: 3.2e6);

    /// <param name="Lazy">Bytes fetched later.</param>
    private sealed record Figures(double UpFront, double Lazy, double Shell, double Ready, double Warm, double Heap);

    public static async Task<bool> RunAsync(TextWriter report, string peerSource)
    {
        var work = Directory.CreateTempSubdirectory("inboxgate-pane-").FullName;
        try
        {
            await using var laboratory = await Laboratory.OpenAsync();
            var token = await StartAsync(laboratory);
            var built = await PeerTemplate.BuildAsync(peerSource, work, report);
            await using var peer = built is null ? null : await PeerServer.StartAsync(built, laboratory.OfficeScript);
            await using var watcher = await Watcher.StartAsync();

            var (ours, theirs, click) = await MeasureAsync(watcher, new Uri(laboratory.Address, "/taskpane.html"), token, peer is null ? null : new Uri(peer.Address, "/taskpane.html"));
            ours = ours with { Lazy = await LazyAsync(watcher, laboratory) };
            if (theirs is null)
            {
                await report.WriteLineAsync($"pane: the template could not be had from {peerSource}: compared with its figures as once written down, on another machine");
            }

            theirs ??= Written;
            using var client = Client(laboratory.Address);
            var eventScript = await SizeAsync(client, "/events.js");
            await WriteAsync(report, "ours", ours);
            await WriteAsync(report, "template", theirs);
            return await AreWithinAsync(report,
                ("bytes up front", ours.UpFront / theirs.UpFront, 0.15),
                ("bytes with what comes later", (ours.UpFront + ours.Lazy) / (theirs.UpFront + theirs.Lazy), 0.65),
                ("first button, cold", ours.Shell / theirs.Shell, 0.60),
                ("usable with data, cold", ours.Ready / theirs.Ready, 0.65),
                ("usable with data, warm", ours.Warm / theirs.Warm, 0.70),
                ("heap", ours.Heap / theirs.Heap, 0.60),
                ("click to new count, ms", click, 60),
                ("event script, bytes", eventScript, LargestEventScript));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>A rep with a morning's mail and calls.</summary>
    /// <returns>The rep's token.</returns>
    private static async Task<string> StartAsync(Laboratory laboratory)
    {
        await laboratory.AddUsersAsync([Rep, Laboratory.Colleague]);
        var id = (await laboratory.IdsAsync())[Rep];
        await laboratory.StartProductAsync(
            [id],
            ("Pane:OfficeScript", laboratory.OfficeScript.AbsoluteUri),
            ("Pane:FrameAncestors:0", laboratory.OfficeScript.GetLeftPart(UriPartial.Authority)));
        await laboratory.DeliverAsync([Rep], times: 10);
        var token = (await laboratory.SayAsync("/sim/tokens", new JsonObject { ["user"] = Rep }))!["accessToken"]!.GetValue<string>();
        using var client = Client(laboratory.Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        for (var call = 0; call < 3; call++)
        {
            using var logged = await client.PutAsync($"/api/calls/{Guid.NewGuid()}", null);
            logged.EnsureSuccessStatusCode();
        }

        return token;
    }

    private static async Task<(Figures Ours, Figures? Theirs, double Click)> MeasureAsync(Watcher watcher, Uri pane, string token, Uri? peer)
    {
        var ours = new Samples();
        var theirs = new Samples();
        var clicks = new List<double>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            if (peer is not null)
            {
                await using var window = await watcher.OpenAsync(null, PeerIsReady);
                await theirs.TakeAsync(window, peer);
            }

            await using (var window = await watcher.OpenAsync(token, IsReady))
            {
                await ours.TakeAsync(window, pane);
                // Not while the parts that come later are still arriving.
                await Watcher.SettleAsync();
                for (var click = 0; click < ClicksEach; click++)
                {
                    clicks.Add(await window.ClickAsync(Button, Count));
                }
            }
        }

        return (
            ours.Medians(await UpFrontAsync(pane)),
            peer is null ? null : theirs.Medians(await UpFrontAsync(peer)),
            Median(clicks));
    }

    /// <summary>The page and every script that it names, Office.js aside.</summary>
    private static async Task<double> UpFrontAsync(Uri page)
    {
        using var client = Client(page);
        return await SizeAsync(client, page.AbsolutePath) + await SumAsync(client, await NamedAsync(client, page));
    }

    private static async Task<IReadOnlyList<string>> NamedAsync(HttpClient client, Uri page)
    {
        using var plain = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        var html = await plain.GetStringAsync(page);
        return [.. Scripts().Matches(html).Select(x => new Uri(page, x.Groups["address"].Value)).Where(x => x.Authority == client.BaseAddress!.Authority).Select(x => x.AbsolutePath).Distinct()];
    }

    /// <summary>What a pane in Outlook fetches beyond that, sign-in and the live link included.</summary>
    private static async Task<double> LazyAsync(Watcher watcher, Laboratory laboratory)
    {
        using var client = Client(laboratory.Address);
        await laboratory.SayAsync("/sim/addins", new JsonObject { ["manifest"] = await client.GetStringAsync(new Uri("/manifest/outlook.xml", UriKind.Relative)) });
        var fetched = await watcher.ScriptsInOutlookAsync(new Uri(laboratory.OfficeScript, $"/?user={Rep}&quiet"), laboratory.Address);
        var page = new Uri(laboratory.Address, "/taskpane.html");
        var named = await NamedAsync(client, page);
        var later = fetched.Select(x => new Uri(x).AbsolutePath).Where(x => x.StartsWith("/assets/", StringComparison.Ordinal)).Except(named).ToList();
        return later.Count > 0 ? await SumAsync(client, later) : throw new InvalidOperationException("The pane in Outlook fetched nothing later: it was not the whole pane.");
    }

    private static async Task<double> SumAsync(HttpClient client, IEnumerable<string> paths)
    {
        var sum = 0.0;
        foreach (var path in paths)
        {
            sum += await SizeAsync(client, path);
        }

        return sum;
    }

    private static async Task<double> SizeAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return answer.Content.Headers.ContentEncoding.Contains("br")
            ? (await answer.Content.ReadAsByteArrayAsync()).Length
            : throw new InvalidOperationException($"{path} came without brotli.");
    }

    private static HttpClient Client(Uri address) => new() { BaseAddress = address };

    private static Task WriteAsync(TextWriter report, string whose, Figures figures) => report.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"pane: {whose}: {figures.UpFront:0} bytes up front, {figures.Lazy:0} later; first button {figures.Shell:0} ms, usable {figures.Ready:0} ms cold, {figures.Warm:0} ms warm; heap {figures.Heap / 1e6:0.00} MB"));

    private static async Task<bool> AreWithinAsync(TextWriter report, params (string What, double Value, double Bound)[] judged)
    {
        foreach (var (what, value, bound) in judged)
        {
            await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"pane: {what}: {value:0.##} (at most {bound:0.##}){(value <= bound ? "" : ": MISSED")}"));
        }

        return judged.All(x => x.Value <= x.Bound);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed class Samples
    {
        private readonly List<Opening> cold = [];
        private readonly List<Opening> warm = [];
        private readonly List<double> heap = [];

        public async Task TakeAsync(Watcher.Window window, Uri address)
        {
            cold.Add(await window.OpenAsync(address));
            heap.Add(await window.HeapAsync());
            warm.Add(await window.OpenAsync(address));
        }

        public Figures Medians(double upFront) => new(
            upFront, 0, Median(cold.Select(x => x.Shell)), Median(cold.Select(x => x.Ready)), Median(warm.Select(x => x.Ready)), Median(heap));
    }

    [GeneratedRegex("<(?:script|link rel=\"modulepreload\")[^>]*\\s(?:src|href)=\"(?<address>[^\"]+)\"")]
    private static partial Regex Scripts();
}
