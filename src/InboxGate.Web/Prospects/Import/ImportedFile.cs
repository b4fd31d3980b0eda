using System.Text;
using System.Text.Unicode;
using CsvHelper;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Prospects.Import;

/// <summary>A file that somebody sent, once it is known to be text and in which letters.</summary>
/// <param name="Content">Read again from its start each time.</param>
/// <param name="Encoding">Null where the file's own mark or UTF-8 says it.</param>
/// <param name="EncodingName">For people.</param>
internal sealed record ImportedFile(Stream Content, Encoding? Encoding, string EncodingName)
{
    private const int BlockSize = 64 * 1024;
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly (byte[] Start, string Name)[] NoText =
    [
        ([0x50, 0x4b, 0x03, 0x04], "an Excel workbook or a ZIP archive"), ([0x50, 0x4b, 0x05, 0x06], "a ZIP archive"), ([0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook"),
        ([0x1f, 0x8b], "a compressed file"), ([0x42, 0x5a, 0x68], "a compressed file"), ([0x37, 0x7a, 0xbc, 0xaf], "a compressed file"), ([0x52, 0x61, 0x72, 0x21], "a compressed file"),
        ([0xfd, 0x37, 0x7a, 0x58], "a compressed file"), ([0x28, 0xb5, 0x2f, 0xfd], "a compressed file"), ([0x25, 0x50, 0x44, 0x46, 0x2d], "a PDF document"),
    ];

    /// <summary>Looks through all of it, a block at a time.</summary>
    /// <exception cref="RefusalException">It is no text.</exception>
    public static async Task<ImportedFile> OpenAsync(Stream content, CancellationToken ct)
    {
        var block = new byte[BlockSize];
        content.Position = 0;
        var read = await content.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, ct);
        if (read == 0)
        {
            throw RefusalException.Unprocessable("import-empty", "That file is empty.", "Export the list as CSV again and send that.");
        }

        if (NoText.FirstOrDefault(x => block.AsSpan(0, read).StartsWith(x.Start)).Name is { } what)
        {
            throw NotCsv(what);
        }

        switch (block)
        {
            case [0xff, 0xfe, 0, 0, ..] or [0, 0, 0xfe, 0xff, ..]:
                throw NotCsv("in UTF-32");
            case [0xff, 0xfe, ..]:
                return new ImportedFile(content, null, "UTF-16");
            case [0xfe, 0xff, ..]:
                return new ImportedFile(content, null, "UTF-16 (big endian)");
        }

        var isUtf8 = true;
        var kept = 0;
        while (true)
        {
            var bytes = block.AsMemory(0, kept + read);
            if (bytes.Span.Contains((byte)0))
            {
                throw NotCsv("no text");
            }

            var isLast = kept + read < BlockSize;
            var whole = isLast ? bytes.Length : WholeLetters(bytes.Span);
            if (isUtf8 && !Utf8.IsValid(bytes.Span[..whole]))
            {
                isUtf8 = false;
            }

            if (isLast)
            {
                break;
            }

            kept = bytes.Length - whole;
            bytes.Span[whole..].CopyTo(block);
            read = await content.ReadAtLeastAsync(block.AsMemory(kept), BlockSize - kept, throwOnEndOfStream: false, ct);
        }

        return isUtf8 ? new ImportedFile(content, null, "UTF-8") : new ImportedFile(content, Windows1252, "Windows-1252");
    }

    /// <param name="malformed">Told of every record whose quotation marks do not fit.</param>
    public CsvReader Read(Action<CsvMalformedRecord> malformed)
    {
        Content.Position = 0;
        return CsvReader.Create(
            Content,
            new CsvReaderOptions
            {
                Encoding = Encoding,
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                MaxRecordSize = ImportLimits.LongestRow,
                OnMalformedRecord = malformed,
            },
            leaveOpen: true);
    }

    /// <summary>How many bytes there are up to a letter that the block's end cuts.</summary>
    private static int WholeLetters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if ((b & 0xc0) == 0xc0)
            {
                var length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return length > back ? bytes.Length - back : bytes.Length;
            }

            if ((b & 0x80) == 0)
            {
                break;
            }
        }

        return bytes.Length;
    }

    private static RefusalException NotCsv(string what) => RefusalException.Unprocessable(
        "import-not-csv", "That file could not be read as a table.", $"It is {what}. Save it as CSV (in Excel: “CSV UTF-8”) and send that.");
}
