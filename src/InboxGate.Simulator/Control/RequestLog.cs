namespace InboxGate.Simulator.Control;

/// <summary>What was asked of Entra and Graph, for assertions and for counting; the oldest is forgotten first.</summary>
internal sealed class RequestLog
{
    private const int Kept = 20_000;

    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> requests = new();

    public void Add(LoggedRequest request)
    {
        lock (gate)
        {
            if (requests.Count == Kept)
                requests.Dequeue();
            requests.Enqueue(request);
        }
    }

    public IReadOnlyList<LoggedRequest> All()
    {
        lock (gate)
            return [.. requests];
    }

    public void Clear()
    {
        lock (gate)
            requests.Clear();
    }
}

/// <summary><paramref name="Status"/> is 0 for a request whose connection was cut; <paramref name="Batch"/> marks an item of a batch.</summary>
internal sealed record LoggedRequest(
    string Method,
    string Path,
    string Query,
    string? User,
    int Status,
    DateTimeOffset At,
    string? Prefer,
    bool Batch);
