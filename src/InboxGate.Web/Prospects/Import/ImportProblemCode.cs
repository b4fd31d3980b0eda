using System.Globalization;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Why a row was rejected, or what is worth a look. Stable.</summary>
public enum ImportProblemCode
{
    NoAddressOrNumber,
    MalformedAddress,
    MalformedDomain,
    FreeMailDomain,
    PublicSuffix,
    KindNotListable,
    CellTooLong,
    TooManyCells,
    QuoteNotClosed,

    /// <summary>Another line says another kind of the same entry.</summary>
    ConflictInFile,

    /// <summary>Somebody said another kind.</summary>
    ConflictWithList,

    // From here on the row is taken all the same.
    Repeated,
    AddressPassedOver,
    NumberPassedOver,
    TextCut,
    DuplicateHeader,
    NoUsableColumn,
}

/// <summary>Problems in words.</summary>
internal static class ImportProblems
{
    public const int MostTold = 200;

    /// <summary>Of rows that were taken; what was rejected comes first.</summary>
    public const int MostNotices = 50;

    /// <summary>A cell as it is quoted in a sentence.</summary>
    private const int LongestQuote = 60;

    public static bool IsRejection(ImportProblemCode code) => code < ImportProblemCode.Repeated;

    /// <param name="text">The cell or the entry that it is about.</param>
    /// <param name="other">The other line.</param>
    public static string Words(ImportProblemCode code, string? text, int? other)
    {
        var quoted = text is null ? "" : text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
        return code switch
        {
            ImportProblemCode.NoAddressOrNumber => "The row has no address, no number and no company domain.",
            ImportProblemCode.MalformedAddress => $"“{quoted}” is not an address, and the row has no number.",
            ImportProblemCode.MalformedDomain => $"“{quoted}” is not a domain, and the row has neither an address nor a number.",
            ImportProblemCode.FreeMailDomain => $"People of all kinds write from {quoted}: it is a free-mail service. List single addresses.",
            ImportProblemCode.PublicSuffix => $"Anyone can register beneath {quoted}: it is not one company's domain.",
            ImportProblemCode.KindNotListable => $"“{quoted}” is no kind that a list can say.",
            ImportProblemCode.CellTooLong => string.Create(CultureInfo.InvariantCulture, $"A cell is longer than {ImportLimits.LongestCell:N0} characters. A quotation mark may be missing."),
            ImportProblemCode.TooManyCells => "The row has more cells than there are columns. A text with a delimiter in it needs quotation marks.",
            ImportProblemCode.QuoteNotClosed => "A quotation mark opens here and never closes: everything after it was read as one cell.",
            ImportProblemCode.ConflictInFile => $"This line and line {other} say different kinds of {quoted}. Neither was taken.",
            ImportProblemCode.ConflictWithList => $"The list says {quoted}. What somebody said by hand stays, unless you let the file win.",
            ImportProblemCode.Repeated => $"{quoted} is on line {other} already.",
            ImportProblemCode.AddressPassedOver => $"“{quoted}” is not an address. The rest of the row was taken.",
            ImportProblemCode.NumberPassedOver => $"“{quoted}” is not a number that can be called from anywhere. The rest of the row was taken.",
            ImportProblemCode.TextCut => $"A name longer than {Senders.ListEntryRow.LongestText} characters was cut.",
            ImportProblemCode.DuplicateHeader => $"There is more than one column “{quoted}”: of each row the first cell that is not empty was taken.",
            _ => $"No column is known as an address, a number or a domain. The columns are: {text}. Say which one is by mapping it to email, phone or domain.",
        };
    }
}
