using System.Collections.Concurrent;

namespace InboxGate.Web.Tests.Histories;

/// <summary>How often each kind of failure was really met.</summary>
internal sealed class FaultCount
{
    private readonly ConcurrentDictionary<string, long> times = new(StringComparer.Ordinal);

    public void Add(string kind, long more = 1) => times.AddOrUpdate(kind, more, (_, n) => n + more);

    public long Of(string kind) => times.GetValueOrDefault(kind);

    public override string ToString() =>
        string.Join(Environment.NewLine, times.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key,-28} {x.Value,8}"));
}
