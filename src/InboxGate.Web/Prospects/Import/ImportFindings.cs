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
