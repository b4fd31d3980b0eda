namespace InboxGate.Simulator.Control;

/// <summary>
/// What was asked of Entra and Graph, for assertions and for counting; the oldest is forgotten first, the counts forget
/// nothing until they are cleared.
/// </summary>
internal sealed class RequestLog
{
    private const int Kept = 200_000;

    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> requests = new();
    private readonly Dictionary<(string? User, RequestKind Kind, int Status), int> counts = [];

    public void Add(LoggedRequest request)
    {
        lock (gate)
        {
            if (requests.Count == Kept)
                requests.Dequeue();
            requests.Enqueue(request);
            var key = (request.User, request.Kind, request.Status);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    public IReadOnlyList<LoggedRequest> All()
    {
        lock (gate)
            return [.. requests];
    }

    public IReadOnlyList<RequestCount> Counts()
    {
        lock (gate)
            return [.. counts.Select(pair => new RequestCount(pair.Key.User, pair.Key.Kind, pair.Key.Status, pair.Value))];
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
            counts.Clear();
        }
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
    bool Batch,
    RequestKind Kind);

internal sealed record RequestCount(string? User, RequestKind Kind, int Status, int Count);
