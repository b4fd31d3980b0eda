using InboxGate.Benchmarks;

await StartBenchmark.RunAsync(Console.Out);
return VerdictsBenchmark.Run(Console.Out) ? 0 : 1;
