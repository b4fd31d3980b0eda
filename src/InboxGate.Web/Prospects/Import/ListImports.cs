using InboxGate.Web.Files;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Files of people, read into lists: each whole or not at all.</summary>
public sealed class ListImports(ListWriter writer, IDbContextFactory<Store> stores, TimeProvider clock)
{
    /// <summary>Repeatable by the order's id. What is cancelled, or refused, leaves nothing.</summary>
    internal async Task<ImportReport> ImportAsync(ListKey list, Stream content, ImportOrder order, ImportProgress progress, CancellationToken ct)
    {
        await using (var store = await stores.CreateDbContextAsync(ct))
        {
            if (await FindAsync(store, list, order.Id, ct) is { } earlier)
            {
                return Again(earlier);
            }
        }

        using var reading = await ImportReading.ReadAsync(await ImportedFile.OpenAsync(content, ct), order, isPreview: false, progress, ct);
        ImportReport? report = null;
        await writer.WriteAsync(
            list,
            async (store, token) =>
            {
                // Twice at the same time: the other one was first.
                if (await FindAsync(store, list, order.Id, token) is { } earlier)
                {
                    report = Again(earlier);
                    return false;
                }

                var now = clock.GetUtcNow();
                report = await new ImportWriting(list, order, reading, now, progress).WriteAsync(store, token);
                store.Imports.Add(new ImportRow
                {
                    TenantId = list.TenantId,
                    Scope = list.Scope,
                    OwnerId = list.OwnerId,
                    ImportId = order.Id,
                    At = now,
                    Added = report.Added,
                    Updated = report.Updated,
                    Unchanged = report.Unchanged,
                    Rejected = report.Rejected,
                    Removed = report.Removed,
                    Conflicts = report.Conflicts,
                });
                return true;
            },
            ct);
        return report ?? throw RefusalException.Conflict("not-enrolled", "You have left.", "Open the pane once more, then send the file again.");
    }

    /// <summary>The same without changing anything.</summary>
    internal async Task<ImportPreview> PreviewAsync(ListKey list, Stream content, ImportOrder order, ImportProgress progress, CancellationToken ct)
    {
        using var reading = await ImportReading.ReadAsync(await ImportedFile.OpenAsync(content, ct), order, isPreview: true, progress, ct);
        await using var store = await stores.CreateDbContextAsync(ct);
        var writing = new ImportWriting(list, order, reading, clock.GetUtcNow(), progress);
        var (report, wouldRemove) = await writing.LookAsync(store, ct);
        return new ImportPreview(
            report.Id, report.Rows, report.Added, report.Updated, report.Unchanged, report.Rejected, report.Removed, report.Conflicts, report.Problems, report.ProblemsLeftOff,
            [.. reading.Columns.Headers.Select((x, at) => new PreviewedColumn(at, PlainText.Clean(x, ListEntryRow.LongestText, out _) ?? "", reading.Columns.FieldOf(at), reading.SamplesOf(at)))],
            reading.Delimiter.ToString(), reading.EncodingName, writing.Sample, wouldRemove);
    }

    /// <summary>The rows that would be rejected: the line, the reason and the cells as they are in the file. As a table that can be mended and sent again.</summary>
    /// <returns>To be closed by the caller.</returns>
    internal async Task<Stream> RejectedAsync(ListKey list, Stream content, ImportOrder order, CancellationToken ct)
    {
        var file = await ImportedFile.OpenAsync(content, ct);
        using var reading = await ImportReading.ReadAsync(file, order, isPreview: false, new ImportProgress(), ct);
        await using var store = await stores.CreateDbContextAsync(ct);
        var writing = new ImportWriting(list, order, reading, clock.GetUtcNow(), new ImportProgress());
        await writing.LookAsync(store, ct);

        var answer = ScratchFile.Create();
        try
        {
            using (var csv = SafeCsv.Open(answer))
            {
                csv.WriteHeader(["line", "reason", .. reading.Columns.Headers]);
                var rows = new ImportRows(file, order);
                await using (rows)
                {
                    await rows.OpenAsync(ct);
                    var people = new PersonReading(reading.Columns, order);
                    while (await rows.NextAsync(ct) is { } row)
                    {
                        if (ReasonOf(row) is { } reason)
                        {
                            csv.WriteField(row.Line, default);
                            csv.WriteField(reason);
                            foreach (var cell in rows.AllCells())
                            {
                                csv.WriteField(cell);
                            }

                            csv.EndRecord();
                        }
                    }

                    string? ReasonOf(ImportedRow row)
                    {
                        if (row.Broken is { } broken)
                        {
                            return ImportProblems.Words(broken, null, null);
                        }

                        var findings = new List<ImportFinding>();
                        var person = people.Read(row.Line, row.Cells, findings);
                        return person is null ? findings[0].Told().Detail
                            : reading.ConflictOf(row.Line) is { } other ? ImportProblems.Words(ImportProblemCode.ConflictInFile, person.Entry, other)
                            : writing.ListConflictOf(row.Line) is { } conflict ? ImportProblems.Words(ImportProblemCode.ConflictWithList, ImportWriting.Words(conflict), null)
                            : null;
                    }
                }
            }

            answer.Position = 0;
            return answer;
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the file took off the list is back on it. Repeatable.</summary>
    /// <exception cref="RefusalException">No such file was read into the list.</exception>
    public async Task<RemovalUndone> UndoRemovalAsync(ListKey list, Guid importId, CancellationToken ct)
    {
        var restored = 0;
        await writer.WriteAsync(
            list,
            async (store, token) =>
            {
                var import = await FindAsync(store, list, importId, token)
                    ?? throw RefusalException.NotFound("not-imported", "No such file was read into this list.", "Send the id that the import was answered with.");
                restored = import.Removed;
                if (import.RemovalUndoneAt is not null)
                {
                    return false;
                }

                import.RemovalUndoneAt = clock.GetUtcNow();
                await list.AllIn(store).Where(x => x.RemovedBy == importId)
                    .ExecuteUpdateAsync(set => set.SetProperty(x => x.RemovedAt, (DateTimeOffset?)null).SetProperty(x => x.RemovedBy, (Guid?)null), token);
                return true;
            },
            ct);
        return new RemovalUndone(importId, restored);
    }

    /// <summary>Where numbers without a country's code are, as far as the zone of whoever asks tells it.</summary>
    internal async Task<string?> RegionOfAsync(RepKey rep, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await Phones.RegionOfAsync(store, rep, ct);
    }

    private static async Task<ImportRow?> FindAsync(Store store, ListKey list, Guid importId, CancellationToken ct) =>
        await store.Imports.FindAsync([list.TenantId, list.Scope, list.OwnerId, importId], ct);

    private static ImportReport Again(ImportRow import) => new(
        import.ImportId, import.Added + import.Updated + import.Unchanged + import.Rejected,
        import.Added, import.Updated, import.Unchanged, import.Rejected, import.Removed, import.Conflicts, [], 0);
}
