using System.Reflection;
using System.Text.Json;
using InboxGate.Core.Boards;
using InboxGate.Web.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Boards;

/// <summary>Boards are written by hand: as the serializer would, for whatever can be in one.</summary>
public sealed class BoardJsonTests(PostgresServer postgres)
{
    private const int Boards = 500;

    private static readonly string[] Texts = ["", "Zoë \"Q\" O'Neil", "a\\b/<script>&amp;", "👋 नमस्ते", "line\r\n\u0001\u2028", "half \ud83d", "2026-03-02"];

    [Fact]
    public async Task Every_board_is_written_as_its_contract_is_told()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var told = world.Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        // MVC escapes as little as the other when it answers.
        var answered = new JsonSerializerOptions(world.Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Mvc.JsonOptions>>().Value.JsonSerializerOptions) { Encoder = told.Encoder };
        Assert.Contains(answered.Converters, x => x.CanConvert(typeof(Board)));
        Assert.DoesNotContain(told.Converters, x => x.CanConvert(typeof(Board)));

        for (var seed = 0; seed < Boards; seed++)
        {
            var board = (Board)Anything(typeof(Board), new Random(seed));

            Assert.Equal(JsonSerializer.Serialize(board, told), JsonSerializer.Serialize(board, answered));
        }
    }

    /// <summary>Whatever may be left out sometimes is, and every choice and list comes in every size.</summary>
    private static object Anything(Type type, Random random) => type switch
    {
        _ when type == typeof(string) => Texts[random.Next(Texts.Length)],
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(int) => random.Next(-3, 100_000),
        _ when type == typeof(long) => random.NextInt64(),
        _ when type == typeof(Guid) => new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]),
        _ when type == typeof(DateOnly) => new DateOnly(1990, 1, 1).AddDays(random.Next(30_000)),
        _ when type == typeof(DateTimeOffset) =>
            new DateTimeOffset(2026, 3, 2, random.Next(24), 5, 0, TimeSpan.FromHours(random.Next(-12, 13))).AddTicks(random.Next(2) * random.NextInt64(10_000_000)),
        { IsEnum: true } => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!,
        { IsInterface: true } when type.GetGenericArguments() is [var item] => Several(item, random),
        _ => type.GetConstructors().Single().Invoke([.. type.GetConstructors().Single().GetParameters().Select(x => Argument(x, random))]),
    };

    private static object? Argument(ParameterInfo parameter, Random random) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable && random.Next(3) == 0
            ? null
            : Anything(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, random);

    private static Array Several(Type item, Random random)
    {
        var several = Array.CreateInstance(item, random.Next(4));
        for (var place = 0; place < several.Length; place++)
        {
            several.SetValue(Anything(item, random), place);
        }

        return several;
    }
}
