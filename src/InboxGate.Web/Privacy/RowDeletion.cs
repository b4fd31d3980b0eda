using System.Runtime.CompilerServices;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Privacy;

/// <summary>Deletes many rows, few at a time: each batch is a transaction of its own, so that whoever else writes has a turn in between.</summary>
public sealed class RowDeletion(StoreWriter writer)
{
    private const int MostAtOnce = 500;

    /// <param name="table">Its name, as in the model.</param>
    /// <param name="condition">SQL with a place (<c>{0}</c>, <c>{1}</c>, …) for each value; it should be served by an index.</param>
    /// <returns>How many rows went.</returns>
    public async Task<int> DeleteAsync(string table, string condition, IReadOnlyList<object> values, CancellationToken ct)
    {
        var total = 0;
        int deleted;
        do
        {
            deleted = 0;
            await writer.WriteAsync(
                async (store, token) => (deleted = await store.Database.ExecuteSqlAsync(Batch(store, table, condition, values), token)) > 0, ct);
            total += deleted;
        }
        while (deleted == MostAtOnce);
        return total;
    }

    /// <summary>By the place of the rows in the table, because neither database limits a deletion by itself.</summary>
    private static FormattableString Batch(Store store, string table, string condition, IReadOnlyList<object> values)
    {
        var rows = store is SqliteStore
            ? $"rowid IN (SELECT rowid FROM {table} WHERE {condition} LIMIT {MostAtOnce})"
            : $"ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {condition} LIMIT {MostAtOnce}))";
        return FormattableStringFactory.Create($"DELETE FROM {table} WHERE {rows}", [.. values]);
    }
}
