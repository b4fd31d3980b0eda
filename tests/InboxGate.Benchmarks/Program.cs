using InboxGate.Benchmarks;
using InboxGate.Benchmarks.Pane;

// Each by itself by its name: dotnet run -c Release --project tests/InboxGate.Benchmarks -- catch-up
// The pane is measured beside Microsoft's template, from elsewhere with: pane --peer <git address or folder>
var peerAt = Array.IndexOf(args, "--peer");
var peer = peerAt >= 0 ? args[peerAt + 1] : PeerTemplate.PublicSource;
var named = args.Where((_, at) => peerAt < 0 || (at != peerAt && at != peerAt + 1)).ToHashSet(StringComparer.OrdinalIgnoreCase);
var isFastEnough = true;
if (IsWanted("start"))
{
    await StartBenchmark.RunAsync(Console.Out);
}

if (IsWanted("verdicts"))
{
    isFastEnough &= VerdictsBenchmark.Run(Console.Out);
}

if (IsWanted("notifications"))
{
    isFastEnough &= await NotificationBenchmark.RunAsync(Console.Out);
}

if (IsWanted("catch-up"))
{
    isFastEnough &= await CatchUpBenchmark.RunAsync(Console.Out);
}

if (IsWanted("missed-mail"))
{
    await MissedMailBenchmark.RunAsync(Console.Out);
}

if (IsWanted("lag"))
{
    await LagBenchmark.RunAsync(Console.Out);
}

if (IsWanted("growth"))
{
    isFastEnough &= await GrowthBenchmark.RunAsync(Console.Out);
}

if (IsWanted("prospects"))
{
    isFastEnough &= await ProspectsBenchmark.RunAsync(Console.Out);
}

if (IsWanted("import"))
{
    isFastEnough &= await ImportBenchmark.RunAsync(Console.Out);
}

if (IsWanted("next-calls"))
{
    isFastEnough &= await NextCallsBenchmark.RunAsync(Console.Out);
}

if (IsWanted("flood"))
{
    isFastEnough &= await FloodBenchmark.RunAsync(Console.Out);
}

if (IsWanted("sign-in"))
{
    isFastEnough &= await SignInBenchmark.RunAsync(Console.Out);
}

if (IsWanted("known-verdict"))
{
    isFastEnough &= await KnownVerdictBenchmark.RunAsync(Console.Out);
}

if (IsWanted("scale"))
{
    isFastEnough &= await ScaleBenchmark.RunAsync(Console.Out);
}

if (IsWanted("published"))
{
    await PublishedBenchmark.RunAsync(Console.Out);
}

if (IsWanted("calls"))
{
    isFastEnough &= await CallsBenchmark.RunAsync(Console.Out);
}

if (IsWanted("board"))
{
    isFastEnough &= await BoardBenchmark.RunAsync(Console.Out);
}

if (IsWanted("team-page"))
{
    await TeamPageBenchmark.RunAsync(Console.Out);
}

if (IsWanted("pane"))
{
    isFastEnough &= await PaneBenchmark.RunAsync(Console.Out, peer);
}

return isFastEnough ? 0 : 1;

bool IsWanted(string name) => named.Count == 0 || named.Contains(name);
