using InboxGate.Core.Prospects;
using InboxGate.Web.Prospects.List;

namespace InboxGate.Web.Prospects.Import;

/// <summary>What became of a file. Every row is added, updated, unchanged or rejected.</summary>
/// <param name="Removed">Entries of earlier files that this one lacks; they can be had back.</param>
/// <param name="Conflicts">Entries about which the file and the list, or two lines of the file, disagree. Their rows are rejected unless the file was to win.</param>
/// <param name="Problems">Why rows were rejected, and what else is worth a look; the first ones by line.</param>
public record ImportReport(
    Guid Id, int Rows, int Added, int Updated, int Unchanged, int Rejected, int Removed, int Conflicts, IReadOnlyList<ImportProblem> Problems, int ProblemsLeftOff);

/// <summary>What would become of it.</summary>
/// <param name="Delimiter">The character between two cells.</param>
/// <param name="Sample">The first rows as they would stand on the list.</param>
/// <param name="WouldRemove">What an earlier file brought and this one lacks: it goes if that is asked for.</param>
public sealed record ImportPreview(
    Guid Id, int Rows, int Added, int Updated, int Unchanged, int Rejected, int Removed, int Conflicts, IReadOnlyList<ImportProblem> Problems, int ProblemsLeftOff,
    IReadOnlyList<PreviewedColumn> Columns, string Delimiter, string Encoding, IReadOnlyList<ProspectEntry> Sample, WouldRemove WouldRemove)
    : ImportReport(Id, Rows, Added, Updated, Unchanged, Rejected, Removed, Conflicts, Problems, ProblemsLeftOff);

/// <param name="Line">Of the file, from 1; a row with line breaks in its cells is told by its first.</param>
/// <param name="Detail">In words for whoever sent the file.</param>
/// <param name="ConflictsWith">The other line.</param>
/// <param name="Rejected">False where the row was taken all the same.</param>
public sealed record ImportProblem(int Line, ImportProblemCode Code, string Detail, bool Rejected, int? ConflictsWith = null);

/// <param name="Field">What it is taken for; null when it is passed over.</param>
/// <param name="Samples">Its first cells that are not empty.</param>
public sealed record PreviewedColumn(int Index, string Header, ImportField? Field, IReadOnlyList<string> Samples);

public sealed record WouldRemove(int Count, IReadOnlyList<ProspectEntry> Sample);

/// <param name="Restored">How many entries the file had taken off the list.</param>
public sealed record RemovalUndone(Guid Id, int Restored);
