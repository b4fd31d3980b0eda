namespace InboxGate.Web.Prospects.Import;

/// <summary>How far an import is; written by the one who works, read by the one who tells.</summary>
internal sealed class ImportProgress
{
    private int rows;
    private double share;

    public int Rows => Volatile.Read(ref rows);

    /// <summary>Of all the work, 0 to 1.</summary>
    public double Share => Volatile.Read(ref share);

    public void Set(int newRows, double newShare)
    {
        Volatile.Write(ref rows, newRows);
        Volatile.Write(ref share, newShare);
    }
}
