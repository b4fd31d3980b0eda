namespace InboxGate.Simulator.Mailboxes;

/// <summary>Logs of changes, each with the next sequence number.</summary>
internal static class ChangeLogs
{
    /// <returns>The place of the first change after a sequence number; the log's length when there is none.</returns>
    public static int FirstAfter<T>(List<T> log, long sequence, Func<T, long> sequenceOf)
    {
        var (low, high) = (0, log.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sequenceOf(log[middle]) > sequence)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
