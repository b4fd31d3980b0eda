namespace InboxGate.Web.Prospects.Import;

/// <summary>What is told of a file: the first of each sort, and how many more there are.</summary>
internal sealed class ImportFindings
{
    private readonly List<ImportFinding> rejections = [];
    private readonly List<ImportFinding> notices = [];
    private int all;

    public void Add(ImportFinding finding)
    {
        all++;
        var (list, most) = ImportProblems.IsRejection(finding.Code) ? (rejections, ImportProblems.MostTold) : (notices, ImportProblems.MostNotices);
        if (list.Count < most)
        {
            list.Add(finding);
        }
    }

    /// <summary>By line.</summary>
    public (IReadOnlyList<ImportProblem> Told, int LeftOff) Told()
    {
        var told = rejections.Concat(notices).Take(ImportProblems.MostTold).OrderBy(x => x.Line).Select(x => x.Told()).ToList();
        return (told, all - told.Count);
    }
}

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
