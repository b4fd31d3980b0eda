using System.Collections;

namespace InboxGate.Core.Calls;

/// <summary>Calls as they count: each id once, in the order of their time, then of their id. What is in order once is not sorted again.</summary>
public sealed class OrderedCalls : IReadOnlyList<ProspectingCall>
{
    private readonly ProspectingCall[] calls;

    private OrderedCalls(ProspectingCall[] calls) => this.calls = calls;

    public int Count => calls.Length;

    public ProspectingCall this[int index] => calls[index];

    /// <param name="calls">Any order; of several with one id the earliest counts.</param>
    public static OrderedCalls Of(IEnumerable<ProspectingCall> calls) =>
        calls as OrderedCalls ?? new OrderedCalls([.. calls.OrderBy(x => x.MadeAt).ThenBy(x => x.Id).DistinctBy(x => x.Id)]);

    public OrderedCalls With(ProspectingCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (Array.Exists(calls, x => x.Id == call.Id))
        {
            return Of([.. calls, call]);
        }

        var at = Array.FindLastIndex(calls, x => x.MadeAt < call.MadeAt || (x.MadeAt == call.MadeAt && x.Id.CompareTo(call.Id) < 0)) + 1;
        return new OrderedCalls([.. calls.AsSpan(0, at), call, .. calls.AsSpan(at)]);
    }

    public IEnumerator<ProspectingCall> GetEnumerator() => ((IEnumerable<ProspectingCall>)calls).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
