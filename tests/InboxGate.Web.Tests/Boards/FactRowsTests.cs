using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Boards;

/// <summary>Rows are read by hand for boards: every column that EF Core writes, and each into its own property.</summary>
public sealed class FactRowsTests(PostgresServer postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_column_is_read_as_it_was_written(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(Ct);
        await using var connection = await world.Services.GetRequiredService<Connections>().OpenAsync(Ct);

        await HoldAsync(store, connection, $"SELECT {FactRows.RepColumns} FROM reps r", FactRows.Rep, x => x.PlaceInTeam());
        await HoldAsync(store, connection, $"SELECT {FactRows.PolicyColumns} FROM policies", FactRows.Policy);
        await HoldAsync(store, connection, $"SELECT {FactRows.GateColumns} FROM gates", FactRows.Gate);
        await HoldAsync(store, connection, $"SELECT {FactRows.TargetColumns} FROM targets", FactRows.Target);
        await HoldAsync(store, connection, $"SELECT {FactRows.PlanColumns} FROM plans", FactRows.Plan);
    }

    /// <summary>Rows in which everything is said, nothing that may be left out, and of the truths each alone.</summary>
    private static async Task HoldAsync<T>(Store store, DbConnection connection, string text, Func<Cells, T> read, Action<T>? finish = null)
        where T : class, new()
    {
        var properties = store.Model.FindEntityType(typeof(T))!.GetProperties().Select(x => x.PropertyInfo!).ToList();
        var truths = properties.Where(x => (Nullable.GetUnderlyingType(x.PropertyType) ?? x.PropertyType) == typeof(bool)).ToList();
        List<T> written = [Row(_ => false, isWhole: false), .. truths.Select(only => Row(x => x == only, isWhole: true)), Row(_ => true, isWhole: true)];
        store.AddRange(written);
        await store.SaveChangesAsync(Ct);
        store.ChangeTracker.Clear();

        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await using var rows = await command.ExecuteReaderAsync(Ct);
        List<string> found = [];
        while (await rows.ReadAsync(Ct))
        {
            found.Add(Said(read(new Cells(rows))));
        }

        Assert.Equal(written.Select(Said).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

        T Row(Func<PropertyInfo, bool> truth, bool isWhole)
        {
            var row = new T();
            var number = 0;
            foreach (var property in properties.Where(x => x.SetMethod!.IsPublic))
            {
                number++;
                var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                var mayBeLeftOut = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
                if (isWhole || !mayBeLeftOut)
                {
                    property.SetValue(row, type == typeof(bool) ? truth(property) : Value(type, number));
                }
            }

            finish?.Invoke(row);
            return row;
        }

        string Said(T row) => string.Join('\n', properties.Select(x => $"{x.Name} {JsonSerializer.Serialize(x.GetValue(row))}"));
    }

    /// <summary>Not the same for any two columns.</summary>
    private static object Value(Type type, int number) => type switch
    {
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(string) => $"text {number} {Guid.NewGuid()}",
        _ when type == typeof(int) => number,
        _ when type == typeof(long) => 10_000_000_000L + number,
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 2, 8, number, 0, TimeSpan.Zero).AddTicks(number),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 3, 2).AddDays(number),
        _ when type == typeof(TimeOnly) => new TimeOnly(8, number),
        _ when type == typeof(List<string>) => new List<string> { $"text {number}" },
        _ when type == typeof(List<DayOfWeek>) => new List<DayOfWeek> { DayOfWeek.Sunday, DayOfWeek.Tuesday },
        _ when type == typeof(List<DateOnly>) => new List<DateOnly> { new DateOnly(2026, 3, 2).AddDays(number) },
        _ when type == typeof(List<PlanCheckpoint>) => new List<PlanCheckpoint> { new(new TimeOnly(9, number), 40) },
        _ when type == typeof(Dictionary<SenderKind, int>) => new Dictionary<SenderKind, int> { [SenderKind.Colleague] = number },
        _ when type == typeof(WorkHours) => new WorkHours(new TimeOnly(8, number), new TimeOnly(17, number), [DayOfWeek.Monday]),
        _ when type == typeof(PolicyLimits) => PolicyLimits.None with { MaySwitchOff = false },
        { IsEnum: true } => Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length)!,
        _ => throw new NotSupportedException($"{type}: say a value of it here."),
    };
}
