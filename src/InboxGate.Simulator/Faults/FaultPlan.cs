using System.Text.RegularExpressions;

namespace InboxGate.Simulator.Faults;

/// <summary>The scripted failures still to come, in the order they were asked for. They do not outlive a restart.</summary>
internal sealed partial class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<Scripted> scripted = [];
    private readonly Dictionary<FaultKind, int> used = [];

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

    /// <summary>How often each kind has struck since the start; taking back what is to come does not change it.</summary>
    public IReadOnlyList<(FaultKind Kind, int Times)> Used()
    {
        lock (gate)
            return [.. used.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>The failure for a request to Graph; it is used up by asking.</summary>
    public Fault? TakeForGraph(string method, string path, Guid? user, bool inBatch) =>
        Take(fault => !fault.IsOfNotifications && !fault.IsOfItems && fault.Kind is not FaultKind.Token
            && (fault.Kind is not (FaultKind.ExpiredDelta or FaultKind.Resync) || (method == "GET" && IsDeltaWithToken(path)))
            && (fault.Kind is not FaultKind.EmptyPage || (method == "GET" && ItemList().IsMatch(path)))
            && fault.Fits(method, path, user, inBatch));

    /// <summary>Strikes a list of messages or contacts with the first fitting failure that changes it; one without effect is kept for later.</summary>
    public void StrikeItems(string method, string path, Guid? user, bool inBatch, Func<FaultKind, bool> strike)
    {
        if (method == "GET" && ItemList().IsMatch(path))
            Take(fault => fault.IsOfItems && fault.Fits(method, path, user, inBatch) && strike(fault.Kind));
    }

    /// <summary>Entra fails only where it was meant: by the kind, or by a match of its path.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">With its query.</param>
    /// <param name="user">Whose token is to be exchanged, if anybody's.</param>
    public Fault? TakeForEntra(string method, string path, Guid? user) =>
        Take(fault => !fault.IsOfNotifications && !fault.IsOfGraphOnly
            && (fault.Kind is FaultKind.Token ? path.Contains("/token", StringComparison.OrdinalIgnoreCase) : fault.Match is not null)
            && fault.Batch is not true
            && fault.Fits(method, path, user));

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

            used[entry.Fault.Kind] = used.GetValueOrDefault(entry.Fault.Kind) + 1;
            if (--entry.Left == 0)
                scripted.Remove(entry);
            return entry.Fault;
        }
    }

    [GeneratedRegex(@"/(messages|contacts)(/(microsoft\.graph\.)?delta(\(\))?)?(\?|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ItemList();

    private sealed class Scripted(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Left { get; set; }
    }
}
