using System.Diagnostics.Metrics;
using InboxGate.Web.Telemetry;

namespace InboxGate.Web.Privacy;

/// <summary>What the retention deletes; explained in <c>docs/operations.md</c>.</summary>
public sealed class RetentionMetrics
{
    public const string Rows = "inboxgate.retention.rows";

    private readonly Counter<long> rows;

    public RetentionMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        // The factory knows the meter already, and disposes of it.
        rows = meters.Create(MailboxMetrics.MeterName).CreateCounter<long>(Rows, "{row}", "Rows deleted for their age, by table.");
    }

    public void Deleted(string table, int count)
    {
        if (count > 0)
        {
            rows.Add(count, new KeyValuePair<string, object?>("table", table));
        }
    }
}
