using InboxGate.Web.Problems;

namespace InboxGate.Web.Prospects.Import;

/// <summary>The first pass: a file is read, its rows become people, and nothing is written to the list.</summary>
internal sealed class ImportReading : IDisposable
{
    /// <summary>Of all the work.</summary>
    public const double Share = 0.6;

    private const int RowsPerBatch = 512;
    private const int RowsWithSamples = 100;
    private const int MostSamples = 3;
    private const int LongestSample = 80;
    private readonly ImportClaims claims = new();
    private readonly Dictionary<int, int> conflicting = [];
    private readonly HashSet<string> conflicts = new(StringComparer.Ordinal);
    private readonly List<(int Line, int First)> repeated = [];
    private readonly List<string>[] samples;
    private int rejected;

    private ImportReading(ImportColumns columns, char delimiter, string encoding)
    {
        (Columns, Delimiter, EncodingName) = (columns, delimiter, encoding);
        samples = [.. columns.Headers.Select(_ => new List<string>())];
    }

    public ImportColumns Columns { get; }
    public char Delimiter { get; }
    public string EncodingName { get; }
    public ImportSpool People { get; } = new();
    public ImportFindings Findings { get; } = new();

    /// <summary>Rows that say anything.</summary>
    public int Rows { get; private set; }

    public int Rejected => rejected + conflicting.Count;

    /// <summary>Rows that say again what an earlier one said, with that one.</summary>
    public IEnumerable<(int Line, int First)> Repeated => repeated.Where(x => !conflicting.ContainsKey(x.Line));

    public int Conflicts => conflicts.Count;

    /// <summary>The other line, where another one says another kind of somebody.</summary>
    public int? ConflictOf(int line) => conflicting.TryGetValue(line, out var other) ? other : null;

    /// <summary>Whether any row names the entry, taken or not.</summary>
    public bool Names(string entry) => claims.Contains(entry);

    public IReadOnlyList<string> SamplesOf(int column) => samples[column];

    /// <param name="isPreview">Collects samples; and where no column is of use, that is told and not refused.</param>
    /// <exception cref="RefusalException">The file is no table, too large or of no use.</exception>
    public static async Task<ImportReading> ReadAsync(ImportedFile file, ImportOrder order, bool isPreview, ImportProgress progress, CancellationToken ct)
    {
        var rows = new ImportRows(file, order);
        await using (rows)
        {
            await rows.OpenAsync(ct);
            var reading = new ImportReading(rows.Columns, rows.Delimiter, file.EncodingName);
            try
            {
                await reading.ReadAsync(rows, order, isPreview, progress, ct);
                return reading;
            }
            catch
            {
                reading.Dispose();
                throw;
            }
        }
    }

    public void Dispose() => People.Dispose();

    private async Task ReadAsync(ImportRows rows, ImportOrder order, bool isPreview, ImportProgress progress, CancellationToken ct)
    {
        foreach (var header in Columns.Repeated)
        {
            Findings.Add(new ImportFinding(1, ImportProblemCode.DuplicateHeader, header));
        }

        if (!Columns.AreUsable)
        {
            var finding = new ImportFinding(1, ImportProblemCode.NoUsableColumn, ImportColumns.List(Columns.Headers));
            if (!isPreview)
            {
                throw RefusalException.Unprocessable("import-columns", "No column of the file says whom to list.", finding.Told().Detail);
            }

            Findings.Add(finding);
        }

        var people = new PersonReading(Columns, order);
        var running = new Queue<Task<ReadRow[]>>();
        while (true)
        {
            var batch = new List<ImportedRow>(RowsPerBatch);
            while (batch.Count < RowsPerBatch && await rows.NextAsync(ct) is { } row)
            {
                batch.Add(row);
                if (isPreview && Rows + batch.Count <= RowsWithSamples)
                {
                    rows.Sample(samples, MostSamples, LongestSample);
                }
            }

            if (batch.Count > 0)
            {
                Rows += batch.Count;
                if (Rows > ImportLimits.MostRows)
                {
                    throw RefusalException.Unprocessable(
                        "import-too-many-rows", "That file has too many rows.", $"At most {ImportLimits.MostRows:N0} are taken at once. Split the file.");
                }

                // Numbers take longer to understand than all the rest: every core takes its share of the rows, and they stay in order.
                running.Enqueue(Task.Run(() => batch.ConvertAll(x => Read(people, x)).ToArray(), ct));
            }

            while (running.Count > (batch.Count > 0 ? Environment.ProcessorCount : 0))
            {
                foreach (var row in await running.Dequeue())
                {
                    Take(row);
                }
            }

            progress.Set(Rows, rows.ReadShare * Share);
            if (batch.Count == 0)
            {
                break;
            }
        }

        if (Rows == 0)
        {
            throw RefusalException.Unprocessable("import-no-rows", "That file has a header and no rows.", "Export the list again, with the people in it.");
        }

        // Who was passed over because of a line that turned out to be in doubt is in doubt as well.
        foreach (var (line, first) in repeated)
        {
            if (conflicting.ContainsKey(first))
            {
                conflicting.TryAdd(line, first);
            }
        }
    }

    private static ReadRow Read(PersonReading people, ImportedRow row)
    {
        var findings = new List<ImportFinding>();
        if (row.Broken is { } code)
        {
            findings.Add(new ImportFinding(row.Line, code));
            return new ReadRow(null, findings);
        }

        return new ReadRow(people.Read(row.Line, row.Cells, findings), findings);
    }

    private void Take(ReadRow row)
    {
        foreach (var finding in row.Findings)
        {
            Findings.Add(finding);
        }

        if (row.Person is not { } person)
        {
            rejected++;
            return;
        }

        if (claims.Take(person.Entry, person.Line, person.Kind) is { } taken)
        {
            if (taken.Kind == person.Kind)
            {
                repeated.Add((person.Line, taken.Line));
                Findings.Add(new ImportFinding(person.Line, ImportProblemCode.Repeated, person.Entry, taken.Line));
            }
            else
            {
                Doubt(person.Entry, taken.Line, person.Line);
            }

            return;
        }

        List<string>? further = null;
        foreach (var entry in person.Further)
        {
            if (claims.Take(entry, person.Line, person.Kind) is not { } other)
            {
                (further ??= []).Add(entry);
            }
            else if (other.Kind != person.Kind && entry.Contains('@', StringComparison.Ordinal))
            {
                // A switchboard belongs to many, an address to one.
                Doubt(entry, other.Line, person.Line);
            }
        }

        People.Add(person with { Further = further ?? [] });
    }

    private void Doubt(string entry, int first, int second)
    {
        conflicts.Add(entry);
        if (conflicting.TryAdd(first, second))
        {
            Findings.Add(new ImportFinding(first, ImportProblemCode.ConflictInFile, entry, second));
        }

        if (conflicting.TryAdd(second, first))
        {
            Findings.Add(new ImportFinding(second, ImportProblemCode.ConflictInFile, entry, first));
        }
    }

    private readonly record struct ReadRow(ImportedPerson? Person, IReadOnlyList<ImportFinding> Findings);
}
