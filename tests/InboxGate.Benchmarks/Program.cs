using InboxGate.Benchmarks;

return VerdictsBenchmark.Run(Console.Out) ? 0 : 1;
