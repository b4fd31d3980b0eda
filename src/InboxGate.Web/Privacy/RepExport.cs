using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using CsvHelper;
using InboxGate.Web.Files;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Privacy;

public enum ExportFormat
{
    /// <summary>One document.</summary>
    Json,

    /// <summary>A zip with a file of comma-separated values for each table.</summary>
    Csv,
}

/// <summary>
/// Everything that is kept about a rep, from every table of the model, under the names that docs/privacy.md explains. It is
/// of one instant, and written to a scratch file first: it takes little memory, and no reader however slow holds up the database.
/// </summary>
public sealed class RepExport(IDbContextFactory<Store> stores, IOptions<JsonOptions> json, TimeProvider clock)
{
    /// <summary>Whose row it is stands at the top of the document.</summary>
    private static readonly HashSet<string> WhoseRow = ["TenantId", "RepId", "OwnerId"];
    private static readonly MethodInfo Rows = typeof(RepExport).GetMethod(nameof(RowsOf), BindingFlags.Static | BindingFlags.NonPublic)!;
    private const int FlushAt = 64 * 1024;

    /// <summary>Tables without rows of a rep, and what they hold in place of that.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotAboutReps = new Dictionary<string, string>
    {
        ["tenants"] = "the company's domains",
    };

    /// <returns>To be disposed of; at its beginning.</returns>
    public async Task<Stream> WriteAsync(RepKey rep, ExportFormat format, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var file = ScratchFile.Create();
        try
        {
            await (format == ExportFormat.Json ? WriteJsonAsync(store, rep, file, ct) : WriteZipAsync(store, rep, file, ct));
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteJsonAsync(Store store, RepKey rep, Stream to, CancellationToken ct)
    {
        await using var writer = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("exportedAt", clock.GetUtcNow().UtcDateTime);
        writer.WriteString("tenant", rep.TenantId);
        writer.WriteString("rep", rep.RepId);
        writer.WriteStartObject("tables");
        foreach (var table in TablesOf(store))
        {
            writer.WriteStartArray(table.Name);
            await foreach (var row in table.Read(store, rep).WithCancellation(ct))
            {
                writer.WriteStartObject();
                foreach (var column in table.Columns)
                {
                    writer.WritePropertyName(column.Name);
                    JsonSerializer.Serialize(writer, column.Of(row), column.Type, json.Value.JsonSerializerOptions);
                }

                writer.WriteEndObject();
                if (writer.BytesPending > FlushAt)
                {
                    await writer.FlushAsync(ct);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(ct);
    }

    private async Task WriteZipAsync(Store store, RepKey rep, Stream to, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var table in TablesOf(store))
        {
            await using var entry = await zip.CreateEntry($"{table.Name}.csv").OpenAsync(ct);
            await SafeCsv.WriteAsync(entry, async csv =>
            {
                csv.WriteHeader([.. table.Columns.Select(x => x.Name)]);
                await foreach (var row in table.Read(store, rep).WithCancellation(ct))
                {
                    WriteRecord(csv, table, row);
                    await csv.EndRecordAsync(ct);
                }
            }, ct);
        }
    }

    /// <summary>Texts as they are, everything else as in JSON.</summary>
    private void WriteRecord(CsvWriter csv, Table table, object row)
    {
        foreach (var column in table.Columns)
        {
            var value = JsonSerializer.SerializeToElement(column.Of(row), column.Type, json.Value.JsonSerializerOptions);
            csv.WriteField(value.ValueKind switch
            {
                JsonValueKind.Null => "",
                JsonValueKind.String => value.GetString()!,
                _ => value.GetRawText(),
            });
        }
    }

    private static IEnumerable<Table> TablesOf(Store store) => store.Model.GetEntityTypes()
        .Where(x => !NotAboutReps.ContainsKey(x.GetTableName()!))
        .Select(type => new Table(
            type.GetTableName()!,
            [
                .. type.GetProperties().Where(x => !WhoseRow.Contains(x.Name))
                    .Select(x => new Column(JsonNamingPolicy.CamelCase.ConvertName(x.Name), x.ClrType, row => x.PropertyInfo!.GetValue(row))),
            ],
            Rows.MakeGenericMethod(type.ClrType).CreateDelegate<Func<Store, RepKey, IAsyncEnumerable<object>>>()));

    /// <summary>The rep's own; of a manager also what holds for the team.</summary>
    private static IAsyncEnumerable<object> RowsOf<T>(Store store, RepKey rep)
        where T : class
    {
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        var rows = store.Set<T>().AsNoTracking().Where(x => EF.Property<Guid>(x, "TenantId") == tenantId);
        return (store.Model.FindEntityType(typeof(T))!.FindProperty("OwnerId") is null
                ? rows.Where(x => EF.Property<Guid>(x, "RepId") == repId)
                : rows.Where(x => EF.Property<Scope>(x, "Scope") != Scope.Tenant && EF.Property<Guid>(x, "OwnerId") == repId))
            .AsAsyncEnumerable();
    }

    private sealed record Table(string Name, IReadOnlyList<Column> Columns, Func<Store, RepKey, IAsyncEnumerable<object>> Read);

    private sealed record Column(string Name, Type Type, Func<object, object?> Of);
}
