using InboxGate.Benchmarks;

// Each by itself by its name: dotnet run -c Release --project tests/InboxGate.Benchmarks -- catch-up
var named = args.ToHashSet(StringComparer.OrdinalIgnoreCase);
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

return isFastEnough ? 0 : 1;

bool IsWanted(string name) => named.Count == 0 || named.Contains(name);
