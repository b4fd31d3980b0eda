using System.Text;
using CsvHelper;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Prospects.Import;

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
                cells[i] = PlainText.Unguarded(reader.GetString(Columns.Used[i]));
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
            if (samples[i].Count < most && PlainText.Clean(reader.GetString(i), longest, out _) is { } text)
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
