using System.Collections.Concurrent;
using System.Threading.Channels;
using InboxGate.Web.People;

namespace InboxGate.Web.Marks;

/// <summary>
/// Whose mail may have to be marked anew: told with every new revision and after every reading of a mailbox. For a rep
/// who did not opt in that costs nothing.
/// </summary>
public sealed class MessageMarks
{
    private readonly ConcurrentDictionary<RepKey, MarkedRep> reps = new();
    private readonly Channel<MarkedRep> due = Channel.CreateUnbounded<MarkedRep>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The board may have changed, or time may have passed. Hints are coalesced.</summary>
    public void Follow(RepKey rep)
    {
        var marked = reps.GetOrAdd(rep, key => new MarkedRep(key));
        if (marked.TakeHint())
        {
            due.Writer.TryWrite(marked);
        }
    }

    /// <summary>The rep has just opted in or out, or left, on this server.</summary>
    public void Reconsider(RepKey rep)
    {
        reps.GetOrAdd(rep, key => new MarkedRep(key)).ForgetChoice();
        Follow(rep);
    }

    /// <summary>Each rep once, until its work is done.</summary>
    internal IAsyncEnumerable<MarkedRep> DueAsync(CancellationToken ct) => due.Reader.ReadAllAsync(ct);
}
