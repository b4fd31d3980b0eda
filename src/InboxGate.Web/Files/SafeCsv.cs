using CsvHelper;

namespace InboxGate.Web.Files;

/// <summary>RFC 4180, UTF-8 with a mark so that spreadsheets read it right, safe against formulas.</summary>
public static class SafeCsv
{
    private static readonly CsvWriterOptions Options = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
        TrueValue = "true",
        FalseValue = "false",
    };

    public static byte[] Write(Action<CsvWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            write(csv);
        }

        return bytes.ToArray();
    }

    /// <summary>Writes records as they come, without waiting for the end.</summary>
    public static async Task WriteAsync(Stream to, Func<CsvWriter, Task> write, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        await using var csv = CsvWriter.Create(to, Options, leaveOpen: true);
        await write(csv);
        await csv.FlushAsync(ct);
    }

    /// <summary>For more than memory should hold; its rows may be of different lengths.</summary>
    /// <param name="stream">Stays open.</param>
    public static CsvWriter Open(Stream stream) => CsvWriter.Create(stream, Options with { ValidateFieldCount = false }, leaveOpen: true);

    public static void WriteFields(this CsvWriter csv, params ReadOnlySpan<int> counts)
    {
        ArgumentNullException.ThrowIfNull(csv);
        foreach (var count in counts)
        {
            csv.WriteField(count, default);
        }
    }
}
