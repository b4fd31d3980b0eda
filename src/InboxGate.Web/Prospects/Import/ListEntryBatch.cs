using System.Data.Common;
using System.Globalization;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace InboxGate.Web.Prospects.Import;

/// <summary>
/// Writes many entries of one list, each as it stands here whatever stood there before; within the store's transaction and
/// past its change tracking, which would keep them all in memory. Columns that are not named here stay as they are.
/// </summary>
internal sealed class ListEntryBatch(Store store, ListKey list) : IDisposable
{
    private const string Conflict = """ ON CONFLICT ("TenantId", "Scope", "OwnerId", "Entry") DO UPDATE SET """;

    /// <summary>What the two databases take alike: EF writes an instant as ticks.</summary>
    private static readonly (string Name, NpgsqlDbType Type, Func<ListEntryRow, object?> Value)[] Columns =
    [
        (nameof(ListEntryRow.Entry), NpgsqlDbType.Text, x => x.Entry),
        (nameof(ListEntryRow.Bare), NpgsqlDbType.Text, x => x.Bare),
        (nameof(ListEntryRow.Kind), NpgsqlDbType.Integer, x => (int)x.Kind),
        (nameof(ListEntryRow.SetAt), NpgsqlDbType.Bigint, x => x.SetAt.UtcTicks),
        (nameof(ListEntryRow.Source), NpgsqlDbType.Integer, x => (int)x.Source),
        (nameof(ListEntryRow.SourceId), NpgsqlDbType.Text, x => x.SourceId),
        (nameof(ListEntryRow.ImportId), NpgsqlDbType.Uuid, x => x.ImportId),
        (nameof(ListEntryRow.MainEntry), NpgsqlDbType.Text, x => x.MainEntry),
        (nameof(ListEntryRow.Name), NpgsqlDbType.Text, x => x.Name),
        (nameof(ListEntryRow.Company), NpgsqlDbType.Text, x => x.Company),
        (nameof(ListEntryRow.Phone), NpgsqlDbType.Text, x => x.Phone),
        (nameof(ListEntryRow.TimeZones), NpgsqlDbType.Text, x => x.TimeZones),
        (nameof(ListEntryRow.DoNotCall), NpgsqlDbType.Boolean, x => x.DoNotCall),
        (nameof(ListEntryRow.RemovedAt), NpgsqlDbType.Bigint, x => x.RemovedAt?.UtcTicks),
        (nameof(ListEntryRow.RemovedBy), NpgsqlDbType.Uuid, x => x.RemovedBy),
        (nameof(ListEntryRow.SortKey), NpgsqlDbType.Text, x => x.SortKey),
        (nameof(ListEntryRow.SearchText), NpgsqlDbType.Text, x => x.SearchText),
    ];

    private static readonly string Names = string.Join(", ", Columns.Select(x => $"\"{x.Name}\""));
    private static readonly string Parameters = string.Join(", ", Columns.Select((_, i) => Parameter(i)));
    private static readonly string Updates = string.Join(", ", Columns.Skip(1).Select(x => $"\"{x.Name}\" = excluded.\"{x.Name}\""));

    /// <summary>KB. Entries come in any order: with SQLite's usual cache every other one has a page of an index written out and read again.</summary>
    private const int LargeCache = 32 * 1024;
    private const int UsualCache = 2_000;
    private SqliteCommand? prepared;

    /// <param name="rows">Each entry at most once.</param>
    public Task WriteAsync(IReadOnlyList<ListEntryRow> rows, CancellationToken ct) =>
        rows.Count == 0 ? Task.CompletedTask
        : store.Database.GetDbConnection() is SqliteConnection sqlite ? WriteAsync(sqlite, rows, ct)
        : WriteAsync((NpgsqlConnection)store.Database.GetDbConnection(), rows, ct);

    public void Dispose()
    {
        if (prepared is not null)
        {
            SetCache(prepared.Connection!, UsualCache);
            prepared.Dispose();
        }
    }

    private async Task WriteAsync(SqliteConnection connection, IReadOnlyList<ListEntryRow> rows, CancellationToken ct)
    {
        prepared ??= Prepare(connection);
        foreach (var row in rows)
        {
            for (var i = 0; i < Columns.Length; i++)
            {
                prepared.Parameters[i].Value = Columns[i].Value(row) ?? DBNull.Value;
            }

            await prepared.ExecuteNonQueryAsync(ct);
        }
    }

    private static void SetCache(SqliteConnection connection, int kilobytes)
    {
        using var pragma = connection.CreateCommand();
        SetText(pragma, string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{kilobytes}"));
        pragma.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(SqliteConnection connection)
    {
        SetCache(connection, LargeCache);
        var command = connection.CreateCommand();
        command.Transaction = (SqliteTransaction?)store.Database.CurrentTransaction?.GetDbTransaction();
        SetText(command, $"""INSERT INTO list_entries ("TenantId", "Scope", "OwnerId", {Names}) VALUES (@tenant, @scope, @owner, {Parameters}){Conflict}{Updates}""");
        for (var i = 0; i < Columns.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = Parameter(i) });
        }

        command.Parameters.AddWithValue("@tenant", list.TenantId);
        command.Parameters.AddWithValue("@scope", (int)list.Scope);
        command.Parameters.AddWithValue("@owner", list.OwnerId);
        return command;
    }

    private async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<ListEntryRow> rows, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = (NpgsqlTransaction?)store.Database.CurrentTransaction?.GetDbTransaction();
        SetText(command, $"""INSERT INTO list_entries ("TenantId", "Scope", "OwnerId", {Names}) SELECT @tenant, @scope, @owner, u.* FROM unnest({Parameters}) AS u{Conflict}{Updates}""");
        for (var i = 0; i < Columns.Length; i++)
        {
            var (_, type, value) = Columns[i];
            command.Parameters.Add(new NpgsqlParameter(Parameter(i), NpgsqlDbType.Array | type) { Value = Values(type, rows, value) });
        }

        command.Parameters.AddWithValue("@tenant", list.TenantId);
        command.Parameters.AddWithValue("@scope", (int)list.Scope);
        command.Parameters.AddWithValue("@owner", list.OwnerId);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Array Values(NpgsqlDbType type, IReadOnlyList<ListEntryRow> rows, Func<ListEntryRow, object?> value)
    {
        return type switch
        {
            NpgsqlDbType.Text => Of<string?>(),
            NpgsqlDbType.Integer => Of<int>(),
            NpgsqlDbType.Bigint => Of<long?>(),
            NpgsqlDbType.Uuid => Of<Guid?>(),
            NpgsqlDbType.Boolean => Of<bool>(),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

        T[] Of<T>() => [.. rows.Select(x => (T)value(x)!)];
    }

    /// <summary>Texts are put together of what stands in this file alone: names of columns, and numbers.</summary>
    private static void SetText(DbCommand command, string text)
    {
#pragma warning disable CA2100
        command.CommandText = text;
#pragma warning restore CA2100
    }

    private static string Parameter(int at) => string.Create(CultureInfo.InvariantCulture, $"@c{at}");
}
