using System.Text.Json;
using InboxGate.Core.Senders;
using InboxGate.Web.Files;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.List;

/// <summary>A whole list as a file that an import understands, written while it is read: however long, it takes little memory.</summary>
public sealed class ProspectExport(IDbContextFactory<Store> stores, TimeProvider clock)
{
    private const int Numbers = 2;
    private const int Addresses = 3;

    private static readonly string[] Columns =
    [
        "email", "email2", "email3", "domain", "name", "company", "phone", "mobile", "status", "timeZone", "doNotCall", "source", "listed", "lastUsed",
    ];

    /// <summary>The answer to a request.</summary>
    public Task SendAsync(HttpResponse response, ListKey list, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=inboxgate-prospects-{clock.GetUtcNow():yyyy-MM-dd}.csv";
        return WriteAsync(list, response.Body, ct);
    }

    private async Task WriteAsync(ListKey list, Stream to, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var others = (await list.In(store)
                .Where(x => x.MainEntry != null).OrderBy(x => x.Entry)
                .Select(x => new { Main = x.MainEntry!, x.Entry })
                .ToListAsync(ct))
            .ToLookup(x => x.Main, x => x.Entry);
        await SafeCsv.WriteAsync(to, async csv =>
        {
            csv.WriteHeader(Columns);
            await foreach (var row in list.In(store).AsNoTracking()
                .Where(x => x.MainEntry == null)
                .OrderBy(x => x.SortKey).ThenBy(x => x.Entry)
                .AsAsyncEnumerable().WithCancellation(ct))
            {
                Write(csv, row, others[row.Entry]);
                await csv.EndRecordAsync(ct);
            }
        }, ct);
    }

    private static void Write(CsvHelper.CsvWriter csv, ListEntryRow row, IEnumerable<string> others)
    {
        var keys = others.Prepend(row.Entry).ToList();
        var numbers = keys.Where(x => KindOf(x) == ListEntryKind.Phone).Prepend(row.Phone).OfType<string>().Distinct();
        WriteFields(csv, keys.Where(x => KindOf(x) == ListEntryKind.Address), Addresses);
        WriteFields(csv, keys.Where(x => KindOf(x) == ListEntryKind.Domain), 1);
        csv.WriteField(row.Name ?? "");
        csv.WriteField(row.Company ?? "");
        WriteFields(csv, numbers, Numbers);
        csv.WriteField(JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString()));
        // Zones that only follow from the number follow from it again.
        csv.WriteField(row.TimeZones?.Contains(',', StringComparison.Ordinal) == false ? row.TimeZones : "");
        csv.WriteField(row.DoNotCall);
        csv.WriteField(JsonNamingPolicy.CamelCase.ConvertName(row.Source.ToString()));
        csv.WriteField(row.SetAt.UtcDateTime, "yyyy-MM-dd");
        csv.WriteField(row.UsedOn, "yyyy-MM-dd");
    }

    private static void WriteFields(CsvHelper.CsvWriter csv, IEnumerable<string> texts, int columns)
    {
        foreach (var text in texts.Concat(Enumerable.Repeat("", columns)).Take(columns))
        {
            csv.WriteField(text);
        }
    }

    private static ListEntryKind KindOf(string entry) => entry switch
    {
        _ when entry.Contains('@', StringComparison.Ordinal) => ListEntryKind.Address,
        ['+', ..] => ListEntryKind.Phone,
        _ => ListEntryKind.Domain,
    };
}
