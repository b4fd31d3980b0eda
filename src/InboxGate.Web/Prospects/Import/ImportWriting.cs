using InboxGate.Core.Senders;
using InboxGate.Web.Prospects.List;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Import;

/// <summary>The second pass: people meet what stands on the list. In a transaction that lets no other writer of the list in, or, for a preview, in none.</summary>
internal sealed class ImportWriting(ListKey list, ImportOrder order, ImportReading reading, DateTimeOffset now, ImportProgress progress)
{
    public const int MostSamples = 5;

    /// <summary>People whose entries are looked up and written together.</summary>
    private const int PeoplePerBatch = 500;
    private readonly List<ProspectEntry> sample = [];
    private readonly Dictionary<int, (string Entry, SenderKind Kind)> listConflicts = [];
    private int added;
    private int updated;
    private int unchanged;
    private int conflicts;
    private int done;

    public IReadOnlyList<ProspectEntry> Sample => sample;

    /// <summary>Why the list rejects a row of the file that is right in itself; null when it does not.</summary>
    public (string Entry, SenderKind Kind)? ListConflictOf(int line) => listConflicts.TryGetValue(line, out var conflict) ? conflict : null;

    /// <summary>Writes all of it.</summary>
    public async Task<ImportReport> WriteAsync(Store store, CancellationToken ct)
    {
        using var batch = new ListEntryBatch(store, list);
        await MergeAsync(store, batch, ct);
        return Report(order.RemoveMissing ? await RemoveMissingAsync(store, ct) : 0);
    }

    /// <summary>Writes nothing.</summary>
    public async Task<(ImportReport Report, WouldRemove WouldRemove)> LookAsync(Store store, CancellationToken ct)
    {
        await MergeAsync(store, null, ct);
        var missing = await MissingAsync(store, ct);
        return (Report(order.RemoveMissing ? missing.Count : 0), missing);
    }

    /// <summary>A word about the conflict for whoever sent the file.</summary>
    public static string Words((string Entry, SenderKind Kind) conflict) => $"{conflict.Entry} is {VerdictWords.Kind(conflict.Kind)}";

    private async Task MergeAsync(Store store, ListEntryBatch? batch, CancellationToken ct)
    {
        foreach (var people in reading.People.Read().Chunk(PeoplePerBatch))
        {
            ct.ThrowIfCancellationRequested();
            string[] entries = [.. people.Select(x => x.Entry).Concat(people.SelectMany(x => x.Further))];
            var there = await list.AllIn(store).AsNoTracking().Where(x => EF.Parameter(entries).Contains(x.Entry)).ToDictionaryAsync(x => x.Entry, StringComparer.Ordinal, ct);
            var changed = new List<ListEntryRow>();
            var named = new List<string>();
            foreach (var person in people)
            {
                Merge(person, there, changed, named);
            }

            if (batch is not null)
            {
                await batch.WriteAsync(changed, ct);
                await NameAsync(store, named, ct);
            }

            done += people.Length;
            progress.Set(reading.Rows, ImportReading.Share + ((1 - ImportReading.Share) * done / reading.People.Count));
        }

        // Whoever repeats a line that was rejected says nothing that was taken.
        foreach (var (line, first) in reading.Repeated)
        {
            if (listConflicts.TryGetValue(first, out var conflict))
            {
                listConflicts[line] = conflict;
            }
            else
            {
                unchanged++;
            }
        }
    }

    private void Merge(ImportedPerson person, Dictionary<string, ListEntryRow> there, List<ListEntryRow> changed, List<string> named)
    {
        if (reading.ConflictOf(person.Line) is not null)
        {
            // The file does name them: they are not missing from it.
            named.Add(person.Entry);
            named.AddRange(person.Further);
            return;
        }

        var main = Listed(there, person.Entry);
        if (main is { Source: not ListSource.Import } && main.Kind != person.Kind)
        {
            conflicts++;
            if (!order.FileWins)
            {
                listConflicts[person.Line] = (person.Entry, main.Kind);
                reading.Findings.Add(new ImportFinding(person.Line, ImportProblemCode.ConflictWithList, Words((person.Entry, main.Kind))));
                return;
            }
        }

        var isNew = main is null;
        main ??= New(person.Entry);
        var hasChanged = Change(main, isNew, x => Merge(x, person), changed, named);
        foreach (var entry in person.Further)
        {
            var further = Listed(there, entry);
            if (further is not { Source: not ListSource.Import })
            {
                hasChanged |= Change(further ?? New(entry), further is null, x => MergeFurther(x, main), changed, named);
            }
        }

        if (sample.Count < MostSamples)
        {
            sample.Add(ProspectEntry.Of(main));
        }

        _ = isNew ? added++ : hasChanged ? updated++ : unchanged++;
    }

    private static ListEntryRow? Listed(Dictionary<string, ListEntryRow> there, string entry) =>
        there.TryGetValue(entry, out var row) && row.RemovedAt is null ? row : null;

    private ListEntryRow New(string entry)
    {
        var row = ListEntry.TryParse(entry, out var parsed, out _)
            ? SenderEntries.New(list, parsed)
            : throw new InvalidOperationException("An entry that was read is not valid.");
        row.Source = ListSource.Import;
        return row;
    }

    /// <summary>What somebody said stays and is only made complete; what a file brought is what the file says, but an empty cell takes nothing away.</summary>
    private static void Merge(ListEntryRow row, ImportedPerson person)
    {
        if (row.Source != ListSource.Import && row.Kind == person.Kind)
        {
            row.Name ??= person.Name;
            row.Company ??= person.Company;
            row.TimeZones ??= person.TimeZones;
            row.Phone ??= person.Phone;
            row.DoNotCall |= person.DoNotCall == true;
            return;
        }

        (row.Kind, row.Source, row.SourceId, row.MainEntry) = (person.Kind, ListSource.Import, null, null);
        row.Name = person.Name ?? row.Name;
        row.Company = person.Company ?? row.Company;
        row.TimeZones = person.TimeZones ?? row.TimeZones;
        row.Phone = person.Phone ?? row.Phone;
        row.DoNotCall = person.DoNotCall ?? row.DoNotCall;
    }

    private static void MergeFurther(ListEntryRow row, ListEntryRow main)
    {
        (row.Kind, row.Source, row.SourceId, row.MainEntry) = (main.Kind, ListSource.Import, null, main.Entry);
        (row.Name, row.Company, row.DoNotCall) = (main.Name, main.Company, main.DoNotCall);
        row.TimeZones = Phones.ZoneTextOf(row.Phone) ?? main.TimeZones;
    }

    /// <returns>Whether anything of it is new.</returns>
    private bool Change(ListEntryRow row, bool isNew, Action<ListEntryRow> change, List<ListEntryRow> changed, List<string> named)
    {
        var before = Said(row);
        change(row);
        if (!isNew && Said(row) == before)
        {
            named.Add(row.Entry);
            return false;
        }

        row.SetAt = now;
        row.ImportId = order.Id;
        row.Index();
        changed.Add(row);
        return true;
    }

    private static (SenderKind, ListSource, string?, string?, string?, string?, string?, string?, bool) Said(ListEntryRow row) =>
        (row.Kind, row.Source, row.SourceId, row.MainEntry, row.Name, row.Company, row.Phone, row.TimeZones, row.DoNotCall);

    /// <summary>Notes that this file is the last that named them.</summary>
    private Task NameAsync(Store store, List<string> named, CancellationToken ct)
    {
        if (named.Count == 0)
        {
            return Task.CompletedTask;
        }

        string[] entries = [.. named];
        return list.AllIn(store).Where(x => EF.Parameter(entries).Contains(x.Entry)).ExecuteUpdateAsync(set => set.SetProperty(x => x.ImportId, order.Id), ct);
    }

    private IQueryable<ListEntryRow> OfFiles(Store store) => list.In(store).Where(x => x.Source == ListSource.Import);

    private async Task<int> RemoveMissingAsync(Store store, CancellationToken ct)
    {
        var missing = OfFiles(store).Where(x => x.ImportId != order.Id);
        var count = await missing.CountAsync(x => x.MainEntry == null, ct);
        await missing.ExecuteUpdateAsync(set => set.SetProperty(x => x.RemovedAt, now).SetProperty(x => x.RemovedBy, order.Id), ct);
        return count;
    }

    private async Task<WouldRemove> MissingAsync(Store store, CancellationToken ct)
    {
        var count = 0;
        var first = new List<string>();
        await foreach (var entry in OfFiles(store).Where(x => x.MainEntry == null).OrderBy(x => x.SortKey).ThenBy(x => x.Entry).Select(x => x.Entry).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!reading.Names(entry))
            {
                count++;
                if (first.Count < MostSamples)
                {
                    first.Add(entry);
                }
            }
        }

        string[] entries = [.. first];
        var rows = await list.In(store).AsNoTracking().Where(x => EF.Parameter(entries).Contains(x.Entry)).OrderBy(x => x.SortKey).ThenBy(x => x.Entry).ToListAsync(ct);
        return new WouldRemove(count, rows.ConvertAll(ProspectEntry.Of));
    }

    private ImportReport Report(int removed)
    {
        var (told, leftOff) = reading.Findings.Told();
        return new ImportReport(
            order.Id, reading.Rows, added, updated, unchanged, reading.Rejected + listConflicts.Count, removed, reading.Conflicts + conflicts, told, leftOff);
    }
}
