namespace InboxGate.Simulator.Mailboxes;

/// <summary>
/// Mail in the order in which it was received, oldest first; what came in the same second stands in the order in which
/// it entered its folder. Any stretch of time is found, and counted, without walking through the rest.
/// </summary>
internal sealed class ByReceived
{
    private static readonly Comparer<MailItem> Order = Comparer<MailItem>.Create((left, right) =>
        left.ReceivedAt.CompareTo(right.ReceivedAt) is var order and not 0 ? order : left.EnteredAt.CompareTo(right.EnteredAt));

    private readonly List<MailItem> items = [];

    public int Count => items.Count;

    public IReadOnlyList<MailItem> All => items;

    public MailItem this[int place] => items[place];

    public void Add(MailItem item)
    {
        // Mail mostly comes in as time passes: at the end.
        if (items.Count == 0 || Order.Compare(items[^1], item) < 0)
            items.Add(item);
        else
            items.Insert(~items.BinarySearch(item, Order), item);
    }

    /// <summary>Before the item's place in the order changes.</summary>
    public void Remove(MailItem item) => items.RemoveAt(items.BinarySearch(item, Order));

    /// <summary>The places of what was received from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public (int Start, int End) Between(DateTimeOffset least, DateTimeOffset most) =>
        (FirstAt(item => item.ReceivedAt >= least), FirstAt(item => item.ReceivedAt > most));

    /// <summary>How many stand before the place of an item that was received and entered at these times, which may be gone by now.</summary>
    public int CountBefore(DateTimeOffset receivedAt, long enteredAt) =>
        FirstAt(item => item.ReceivedAt > receivedAt || (item.ReceivedAt == receivedAt && item.EnteredAt >= enteredAt));

    private int FirstAt(Predicate<MailItem> isReached)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isReached(items[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
