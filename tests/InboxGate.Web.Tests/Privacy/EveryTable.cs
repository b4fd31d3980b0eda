using System.Reflection;
using System.Text.Json;
using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InboxGate.Web.Tests.Privacy;

/// <summary>Every table of the model, by the model itself: a new one is filled and looked through as well.</summary>
internal static class EveryTable
{
    private static readonly MethodInfo Read = typeof(EveryTable).GetMethod(nameof(ReadAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Adds rows of the rep to each table that can hold any, a manager's for the team too, with the rep's address in every text.</summary>
    public static async Task FillAsync(Store store, RepKey rep, string address, int rows = 2)
    {
        foreach (var type in store.Model.GetEntityTypes().Where(x => x.ClrType != typeof(RepRow) && x.ClrType != typeof(TenantRow)))
        {
            var isOneEach = type.FindPrimaryKey()!.Properties.All(x => x.Name is "TenantId" or "RepId" or "OwnerId" or "Scope");
            foreach (var scope in type.FindProperty("Scope") is null ? [Scope.Rep] : new[] { Scope.Rep, Scope.Team })
            {
                for (var i = 1; i <= (isOneEach ? 1 : rows); i++)
                {
                    store.Add(Row(type, rep, address, scope, i));
                }
            }
        }

        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
        store.ChangeTracker.Clear();
    }

    /// <summary>All there is, each row with its table and as JSON.</summary>
    public static async Task<IReadOnlyList<(string Table, string Row)>> ReadAsync(Store store)
    {
        List<(string, string)> rows = [];
        foreach (var type in store.Model.GetEntityTypes())
        {
            var read = (Task<IReadOnlyList<string>>)Read.MakeGenericMethod(type.ClrType).Invoke(null, [store])!;
            rows.AddRange((await read).Select(x => (type.GetTableName()!, x)));
        }

        return rows;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync<T>(Store store)
        where T : class =>
        (await store.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).ConvertAll(x => JsonSerializer.Serialize(x));

    private static object Row(IEntityType type, RepKey rep, string address, Scope scope, int number)
    {
        var row = Activator.CreateInstance(type.ClrType)!;
        foreach (var property in type.GetProperties())
        {
            var value = Value(property, rep, address, scope, number);
            if (value is not null)
            {
                property.PropertyInfo!.SetValue(row, value);
            }
        }

        return row;
    }

    private static object? Value(IProperty property, RepKey rep, string address, Scope scope, int number) =>
        (property.Name, Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) switch
        {
            ("TenantId", _) => rep.TenantId,
            ("RepId" or "OwnerId" or "SetBy" or "TakenBackBy", _) => rep.RepId,
            ("Scope", _) => scope,
            ("TimeZone" or "TimeZones", _) => "Europe/Berlin",
            ("Kind", var kind) when kind == typeof(SenderKind) => SenderKind.Prospect,
            (var name, var type) when type == typeof(string) => $"{name} {number} of {address}",
            (_, var type) when type == typeof(Guid) => Guid.NewGuid(),
            (_, var type) when type == typeof(DateTimeOffset) => World.MondayMorning.AddMinutes(-number).ToUniversalTime(),
            (_, var type) when type == typeof(DateOnly) => new DateOnly(2026, 2, 1).AddDays(number),
            (_, var type) when type == typeof(int) => number,
            (_, var type) when type == typeof(long) => (long)number,
            (_, var type) when type == typeof(bool) => true,
            (_, { IsEnum: true } type) => Enum.GetValues(type).GetValue(0),
            // Lists and records: as the row has them itself.
            _ => null,
        };
}
