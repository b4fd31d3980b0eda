using System.Diagnostics;

namespace InboxGate.Benchmarks;

/// <summary>Sixteen callers, each of whom asks again once it is answered.</summary>
internal static class ClosedLoop
{
    public const int Callers = 16;

    /// <param name="ask">By the number of the request. It fails by itself when the answer is wrong.</param>
    /// <returns>Answers a second.</returns>
    public static async Task<double> PerSecondAsync(TimeSpan span, Func<int, Task> ask)
    {
        // What came before may have left something to collect.
        GC.Collect();
        var (asked, answered) = (-1, 0);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < span)
            {
                await ask(Interlocked.Increment(ref asked));
                Interlocked.Increment(ref answered);
            }
        }));
        return answered / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Callers }) { BaseAddress = address };
}
