using System.Data.Common;
using System.Text.Json;

namespace InboxGate.Web.Storage;

/// <summary>The cells of the row that a reader stands on, one after the other, as a <see cref="Store"/> keeps each kind of value.</summary>
/// <param name="first">The number of the first cell, from 0.</param>
public sealed class Cells(DbDataReader row, int first = 0)
{
    private int next = first;

    /// <summary>A kind that both databases have: a number, a truth, a text, an id, a day, a time of day.</summary>
    public T Next<T>() => row.GetFieldValue<T>(next++);

    /// <inheritdoc cref="Next{T}"/>
    public T? NextOrNull<T>()
        where T : struct => row.IsDBNull(next) ? Nothing<T?>() : Next<T>();

    public string? TextOrNull() => row.IsDBNull(next) ? Nothing<string>() : Next<string>();

    public T Choice<T>()
        where T : struct, Enum => (T)(object)Next<int>();

    public T? ChoiceOrNull<T>()
        where T : struct, Enum => row.IsDBNull(next) ? Nothing<T?>() : Choice<T>();

    /// <summary>In UTC.</summary>
    public DateTimeOffset Instant() => new(Next<long>(), TimeSpan.Zero);

    /// <inheritdoc cref="Instant"/>
    public DateTimeOffset? InstantOrNull() => row.IsDBNull(next) ? Nothing<DateTimeOffset?>() : Instant();

    public T Json<T>() => JsonSerializer.Deserialize<T>(Next<string>(), JsonSerializerOptions.Default)!;

    public T? JsonOrNull<T>()
        where T : class => row.IsDBNull(next) ? Nothing<T>() : Json<T>();

    private T? Nothing<T>()
    {
        next++;
        return default;
    }
}
