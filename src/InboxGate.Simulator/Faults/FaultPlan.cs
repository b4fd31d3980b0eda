namespace InboxGate.Simulator.Faults;

/// <summary>The scripted failures still to come, in the order they were asked for. They do not outlive a restart.</summary>
internal sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<Scripted> scripted = [];

    public void Add(Fault fault, int times)
    {
        lock (gate)
            scripted.Add(new Scripted(fault) { Left = times });
    }

    public void Clear()
    {
        lock (gate)
            scripted.Clear();
    }

    public IReadOnlyList<(Fault Fault, int Left)> ToCome()
    {
        lock (gate)
            return scripted.ConvertAll(entry => (entry.Fault, entry.Left));
    }

    /// <summary>The failure for a request to Graph; it is used up by asking.</summary>
    public Fault? TakeForGraph(string method, string path, Guid? user) =>
        Take(fault => !fault.IsOfNotifications && fault.Kind is not FaultKind.Token
            && (fault.Kind is not FaultKind.ExpiredDelta || IsDeltaWithToken(path))
            && (fault.Kind is not (FaultKind.EmptyPage or FaultKind.DuplicateItems or FaultKind.ReorderItems) || path.Contains("/messages", StringComparison.OrdinalIgnoreCase))
            && fault.Fits(method, path, user));

    /// <summary>Entra fails only where it was meant: by the kind, or by a match of its path.</summary>
    public Fault? TakeForEntra(string method, string path) =>
        Take(fault => !fault.IsOfNotifications && fault.Kind is not (FaultKind.ExpiredDelta or FaultKind.EmptyPage or FaultKind.DuplicateItems or FaultKind.ReorderItems or FaultKind.Claims)
            && (fault.Kind is FaultKind.Token || fault.Match is not null)
            && fault.Fits(method, path, null));

    public Fault? TakeForNotification(string resource, Guid user) =>
        Take(fault => fault.IsOfNotifications && fault.Fits("POST", resource, user));

    private static bool IsDeltaWithToken(string path) =>
        path.Contains("/delta", StringComparison.OrdinalIgnoreCase) && path.Contains("token=", StringComparison.OrdinalIgnoreCase);

    private Fault? Take(Predicate<Fault> fits)
    {
        lock (gate)
        {
            var entry = scripted.Find(candidate => fits(candidate.Fault));
            if (entry is null)
                return null;

            if (--entry.Left == 0)
                scripted.Remove(entry);
            return entry.Fault;
        }
    }

    private sealed class Scripted(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Left { get; set; }
    }
}
