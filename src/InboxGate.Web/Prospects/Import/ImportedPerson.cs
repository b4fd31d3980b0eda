using InboxGate.Core.Senders;

namespace InboxGate.Web.Prospects.Import;

/// <summary>What a row says of one person, or of one company.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Entry">The entry that stands for them: the first address, else the first number, else the company's domain.</param>
/// <param name="Phone">E.164.</param>
/// <param name="TimeZones">As in the rows; null when nothing is known.</param>
/// <param name="DoNotCall">Null where the file does not say it.</param>
/// <param name="Further">Their other addresses and numbers.</param>
internal sealed record ImportedPerson(
    int Line, string Entry, SenderKind Kind, string? Name, string? Company, string? Phone, string? TimeZones, bool? DoNotCall, IReadOnlyList<string> Further);

/// <param name="Text">The cell or the entry that it is about.</param>
/// <param name="Other">The other line.</param>
internal readonly record struct ImportFinding(int Line, ImportProblemCode Code, string? Text = null, int? Other = null)
{
    public ImportProblem Told() => new(Line, Code, ImportProblems.Words(Code, Text, Other), ImportProblems.IsRejection(Code), Other);
}
