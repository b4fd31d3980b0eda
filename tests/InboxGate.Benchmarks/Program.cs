using InboxGate.Benchmarks;

await StartBenchmark.RunAsync(Console.Out);
var isFastEnough = VerdictsBenchmark.Run(Console.Out);
isFastEnough &= await NotificationBenchmark.RunAsync(Console.Out);
return isFastEnough ? 0 : 1;
