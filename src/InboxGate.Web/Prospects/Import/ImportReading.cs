using System.Text;
using CsvHelper;
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

/// <param name="Cells">Those of the columns that are used.</param>
/// <param name="Broken">Why the row cannot be one.</param>
internal readonly record struct ImportedRow(int Line, string[] Cells, ImportProblemCode? Broken);

/// <summary>The rows of a file, one after the other.</summary>
internal sealed class ImportRows(ImportedFile file, ImportOrder order) : IAsyncDisposable
{
    private CsvReader reader = null!;
    private long unterminated = -1;

    public ImportColumns Columns { get; private set; } = null!;

    public char Delimiter => reader.Separator;

    /// <summary>Of the file, 0 to 1.</summary>
    public double ReadShare => file.Content.Length == 0 ? 1 : (double)file.Content.Position / file.Content.Length;

    public async Task OpenAsync(CancellationToken ct)
    {
        reader = file.Read(NoteMalformed);
        try
        {
            await reader.ReadHeaderAsync(ct);
        }
        catch (CsvFormatException)
        {
            throw TooLong(1);
        }

        string[] headers = [.. reader.Headers];
        if (headers.Length > ImportLimits.MostColumns)
        {
            throw RefusalException.Unprocessable(
                "import-too-many-columns", "That file has too many columns.", $"It has {headers.Length:N0}, and at most {ImportLimits.MostColumns} are looked at. Export fewer.");
        }

        Columns = ImportColumns.Of(headers, order.Mapping);
    }

    /// <returns>Null at the end. Rows of empty cells are passed over.</returns>
    /// <exception cref="RefusalException">A row is so long that the file cannot be read.</exception>
    public async ValueTask<ImportedRow?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                if (!await reader.ReadAsync(ct))
                {
                    return null;
                }
            }
            catch (CsvFormatException broken)
            {
                throw TooLong(broken.LineNumber);
            }

            var line = (int)reader.LineNumber;
            if (unterminated == line)
            {
                return new ImportedRow(line, [], ImportProblemCode.QuoteNotClosed);
            }

            if (HasLongCell())
            {
                return new ImportedRow(line, [], ImportProblemCode.CellTooLong);
            }

            if (HasMoreCells())
            {
                return new ImportedRow(line, [], ImportProblemCode.TooManyCells);
            }

            var cells = new string[Columns.Used.Length];
            var isEmpty = true;
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = ImportedText.Unguarded(reader.GetString(Columns.Used[i]));
                isEmpty = isEmpty && string.IsNullOrWhiteSpace(cells[i]);
            }

            if (!isEmpty || !IsBlank())
            {
                return new ImportedRow(line, cells, null);
            }
        }
    }

    /// <summary>Every cell of the row at hand.</summary>
    public IEnumerable<string> AllCells() => Enumerable.Range(0, Math.Min(reader.FieldCount, ImportLimits.MostColumns * 2)).Select(reader.GetString);

    public void Sample(List<string>[] samples, int most, int longest)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i].Count < most && ImportedText.Clean(reader.GetString(i), longest, out _) is { } text)
            {
                samples[i].Add(text);
            }
        }
    }

    public ValueTask DisposeAsync() => reader?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void NoteMalformed(CsvMalformedRecord record) =>
        unterminated = record.Reason == CsvMalformedReason.UnterminatedQuote ? record.LineNumber : unterminated;

    private bool HasLongCell()
    {
        if (reader.RawRecord.Length <= ImportLimits.LongestCell)
        {
            return false;
        }

        for (var i = 0; i < reader.FieldCount; i++)
        {
            var cell = reader.GetSpan(i);
            if (cell.Length > ImportLimits.LongestCell && Encoding.UTF8.GetCharCount(cell) > ImportLimits.LongestCell)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasMoreCells()
    {
        for (var i = Columns.Headers.Count; i < reader.FieldCount; i++)
        {
            if (!reader.GetSpan(i).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBlank()
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (reader.GetSpan(i).ContainsAnyExcept(" \t"u8))
            {
                return false;
            }
        }

        return true;
    }

    private static RefusalException TooLong(long line) => RefusalException.Unprocessable(
        "import-row-too-long", "A row of the file never ends.", $"The one at line {Math.Max(1, line):N0} is longer than 4 MB. A quotation mark may be missing.");
}
