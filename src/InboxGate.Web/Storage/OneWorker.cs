using System.Collections.Concurrent;

namespace InboxGate.Web.Storage;

/// <summary>
/// A queue that one worker empties, at work only while something waits: what comes meanwhile is then taken together.
/// </summary>
/// <param name="work">Takes at least one of what waits. It does not fail: whoever waits is told what went wrong.</param>
internal sealed class OneWorker<T>(Func<ConcurrentQueue<T>, Task> work)
{
    /// <summary>Others get before each batch; with two of them it is half as large again as with none, and more of them gain nothing.</summary>
    private const int Turns = 2;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private readonly ConcurrentQueue<T> waiting = new();
    private int isWorking;

    public void Add(T item)
    {
        waiting.Enqueue(item);
        if (Interlocked.Exchange(ref isWorking, 1) == 0)
        {
            _ = WorkAsync();
        }
    }

    /// <summary>Runs <paramref name="end"/> when the worker rests, or without waiting any longer: a connection closed in the middle of a change might leave half of it.</summary>
    public void End(Action end)
    {
        SpinWait.SpinUntil(() => Interlocked.Exchange(ref isWorking, 1) == 0, LongestEnd);
        end();
        Interlocked.Exchange(ref isWorking, 0);
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            // Whoever is just about to come goes along: what goes together costs once. And whoever began goes on with their own.
            for (var turn = 0; turn < Turns; turn++)
            {
                await Task.Yield();
            }

            await work(waiting);
            if (waiting.IsEmpty)
            {
                // A full fence: the flag must have fallen before the queue is looked at again, or what came between would wait for the next one.
                Interlocked.Exchange(ref isWorking, 0);
                if (waiting.IsEmpty || Interlocked.Exchange(ref isWorking, 1) != 0)
                {
                    return;
                }
            }
        }
    }
}
