using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using InboxGate.Web.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace InboxGate.Web.People;

/// <summary>
/// Looks at reps: every request begins with one. Those that come while others are under way go to the database together,
/// over one connection whose statement stays prepared; each sees what was committed before it was asked.
/// </summary>
public sealed class RepLooking : IDisposable
{
    private const int MostTogether = 64;

    private const string Looked =
        $"""SELECT {FactsStamp.Columns}, r."DetailsSince", r."DetailsCheckedAt", t."ReadAt", r."LeftAt", r."ErasingAt" """;

    private const string One = $"""{Looked} FROM reps r {FactsStamp.Beside} WHERE r."TenantId" = @tenant AND r."RepId" = @rep""";

    /// <summary>
    /// Each with its number among those asked for. The lists are wrapped, so that their length tells the planner nothing: it would
    /// plan anew at each look, for that many, where one plan does.
    /// </summary>
    private const string Many =
        $"""
        {Looked}, asked.number FROM unnest((SELECT @tenants), (SELECT @reps)) WITH ORDINALITY AS asked(tenant, rep, number)
        JOIN reps r ON r."TenantId" = asked.tenant AND r."RepId" = asked.rep {FactsStamp.Beside}
        """;

    private readonly OneWorker<Asked> worker;
    private readonly Held<DbConnection> held;

    /// <summary>One for each connection that is held.</summary>
    private readonly ConditionalWeakTable<DbConnection, DbCommand> prepared = [];

    public RepLooking(Connections connections)
    {
        held = new Held<DbConnection>(() => connections.OpenAsync(CancellationToken.None));
        worker = new OneWorker<Asked>(LookTogetherAsync);
    }

    /// <returns>Null when there is no such rep.</returns>
    public Task<RepLook?> LookAsync(RepKey rep, CancellationToken ct)
    {
        var asked = new Asked(rep);
        worker.Add(asked);
        return asked.Found.Task.WaitAsync(ct);
    }

    public void Dispose() => worker.End(held.Dispose);

    private async Task LookTogetherAsync(ConcurrentQueue<Asked> waiting)
    {
        List<Asked> taken = [];
        while (taken.Count < MostTogether && waiting.TryDequeue(out var next))
        {
            taken.Add(next);
        }

        Asked[] asked = [.. taken];
        RepLook?[] found;
        try
        {
            found = await LookAsync(asked);
        }
#pragma warning disable CA1031 // Whatever the database says, those who wait are told.
        catch (Exception failure)
        {
            held.Dispose();
            taken.ForEach(x => x.Found.TrySetException(failure));
            return;
        }
#pragma warning restore CA1031

        for (var i = 0; i < asked.Length; i++)
        {
            asked[i].Found.TrySetResult(found[i]);
        }
    }

    /// <summary>In the order they were asked for. A connection that was cut since the last look is replaced; one that does not answer is waited for once.</summary>
    private async Task<RepLook?[]> LookAsync(Asked[] asked)
    {
        try
        {
            return await LookAsync(await held.OpenAsync(), asked);
        }
        catch (DbException cut) when (cut.InnerException is not TimeoutException)
        {
            held.Dispose();
            return await LookAsync(await held.OpenAsync(), asked);
        }
    }

    private async Task<RepLook?[]> LookAsync(DbConnection connection, Asked[] asked)
    {
        var found = new RepLook?[asked.Length];
        if (connection is SqliteConnection)
        {
            var one = prepared.GetValue(connection, NewOne);
            for (var i = 0; i < asked.Length; i++)
            {
                (one.Parameters[0].Value, one.Parameters[1].Value) = (SqliteIds.Text(asked[i].Rep.TenantId), SqliteIds.Text(asked[i].Rep.RepId));
                using var row = one.ExecuteReader();
                found[i] = row.Read() ? Read(row) : null;
            }

            return found;
        }

        var many = prepared.GetValue(connection, NewMany);
        (many.Parameters[0].Value, many.Parameters[1].Value) = (Array.ConvertAll(asked, x => x.Rep.TenantId), Array.ConvertAll(asked, x => x.Rep.RepId));
        await using var rows = await many.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        while (await rows.ReadAsync())
        {
            var look = Read(rows);
            found[(int)rows.GetInt64(11) - 1] = look;
        }

        return found;
    }

    private static RepLook Read(DbDataReader row)
    {
        var facts = FactsStamp.Read(row);
        return new RepLook(new VerdictStamp(facts, At(6), At(7), At(8)), HasLeft: !row.IsDBNull(9), IsBeingErased: !row.IsDBNull(10));

        DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
    }

    private static DbCommand NewOne(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = One;
        foreach (var name in (string[])["@tenant", "@rep"])
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static DbCommand NewMany(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Many;
        command.Parameters.Add(new NpgsqlParameter("tenants", NpgsqlDbType.Array | NpgsqlDbType.Uuid));
        command.Parameters.Add(new NpgsqlParameter("reps", NpgsqlDbType.Array | NpgsqlDbType.Uuid));
        return command;
    }

    private sealed record Asked(RepKey Rep)
    {
        public TaskCompletionSource<RepLook?> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
