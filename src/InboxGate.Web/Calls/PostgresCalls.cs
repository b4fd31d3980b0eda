using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using InboxGate.Core.Calls;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Npgsql;
using NpgsqlTypes;

namespace InboxGate.Web.Calls;

/// <summary>
/// One statement, and so one commit, for the calls that come while others are written. It waits for no lock, so that nobody
/// ever waits for it in turn: the call of a rep who is being written to by somebody else is none of it.
/// </summary>
public sealed class PostgresCalls : PlainCalls, IDisposable
{
    private const int MostTogether = 64;

    /// <summary>What is said of one call elsewhere is a column here.</summary>
    private static readonly string Condition = MayBeAdded
        .Replace("@tenant", "tenant", StringComparison.Ordinal).Replace("@rep", "rep", StringComparison.Ordinal)
        .Replace("@madeAt", "made_at", StringComparison.Ordinal);

    /// <summary>The lists are wrapped as they are in looks at reps, for the planner's sake.</summary>
    private static readonly string Text =
        $"""
        WITH held AS (
            SELECT asked.* FROM unnest((SELECT @tenants), (SELECT @reps), (SELECT @calls), (SELECT @madeAt), (SELECT @loggedAt), (SELECT @outcomes))
                AS asked(tenant, rep, call, made_at, logged_at, outcome)
            JOIN reps ON "TenantId" = tenant AND "RepId" = rep
            WHERE {Condition}
            FOR UPDATE OF reps SKIP LOCKED),
        added AS (
            {Insert} SELECT tenant, rep, call, made_at, logged_at, outcome, 0 FROM held
            ON CONFLICT DO NOTHING RETURNING "TenantId", "RepId"),
        raised AS (
            UPDATE reps r SET "Revision" = r."Revision" + 1 FROM added WHERE r."TenantId" = added."TenantId" AND r."RepId" = added."RepId"
            RETURNING r."TenantId", r."RepId", r."Revision", r."EnrolledAt", r."MarksProblem", r."TeamId")
        SELECT {FactsStamp.Columns}, r."TeamId", r."TenantId", r."RepId" FROM raised r
        {FactsStamp.Beside}
        """;

    private readonly OneWorker<Asked> worker;
    private readonly Held<DbConnection> held;

    /// <summary>One for each connection that is held.</summary>
    private readonly ConditionalWeakTable<DbConnection, DbCommand> prepared = [];

    public PostgresCalls(Connections connections, RepWriter reps)
        : base(reps)
    {
        held = new Held<DbConnection>(() => connections.OpenAsync(CancellationToken.None));
        worker = new OneWorker<Asked>(AddTogetherAsync);
    }

    public void Dispose() => worker.End(held.Dispose);

    protected override ValueTask<Added?> AddAsync(RepKey rep, ProspectingCall made, DateTimeOffset loggedAt, CancellationToken ct)
    {
        var asked = new Asked(rep, made, loggedAt);
        worker.Add(asked);
        return new ValueTask<Added?>(asked.Done.Task.WaitAsync(ct));
    }

    private async Task AddTogetherAsync(ConcurrentQueue<Asked> waiting)
    {
        // One call of each rep: a second one finds the revision that the first has made.
        Dictionary<RepKey, Asked> taken = [];
        List<Asked> later = [];
        while (taken.Count < MostTogether && later.Count < MostTogether && waiting.TryDequeue(out var next))
        {
            if (!taken.TryAdd(next.Rep, next))
            {
                later.Add(next);
            }
        }

        later.ForEach(waiting.Enqueue);
        try
        {
            await AddAsync([.. taken.Values], taken);
        }
        catch (DbException)
        {
            // The connection was cut, or one of them was added by another server at the same moment: each is tried by itself.
            held.Dispose();
        }
#pragma warning disable CA1031 // Whoever waits is told.
        catch (Exception failure)
        {
            held.Dispose();
            taken.Values.ToList().ForEach(x => x.Done.TrySetException(failure));
        }
#pragma warning restore CA1031

        foreach (var asked in taken.Values)
        {
            asked.Done.TrySetResult(null);
        }
    }

    private async Task AddAsync(Asked[] asked, Dictionary<RepKey, Asked> byRep)
    {
        var command = prepared.GetValue(await held.OpenAsync(), NewCommand);
        command.Parameters[0].Value = Array.ConvertAll(asked, x => x.Rep.TenantId);
        command.Parameters[1].Value = Array.ConvertAll(asked, x => x.Rep.RepId);
        command.Parameters[2].Value = Array.ConvertAll(asked, x => x.Call.Id);
        command.Parameters[3].Value = Array.ConvertAll(asked, x => x.Call.MadeAt.UtcTicks);
        command.Parameters[4].Value = Array.ConvertAll(asked, x => x.LoggedAt.UtcTicks);
        command.Parameters[5].Value = Array.ConvertAll(asked, x => (int?)x.Call.Outcome);
        List<(Asked Asked, Added Added)> added = [];
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                added.Add((byRep[new RepKey(rows.GetGuid(7), rows.GetGuid(8))], new Added(FactsStamp.Read(rows), rows.IsDBNull(6) ? null : rows.GetGuid(6))));
            }
        }

        // Nobody before the statement has ended, and with it the commit.
        added.ForEach(x => x.Asked.Done.TrySetResult(x.Added));
    }

    private static DbCommand NewCommand(DbConnection connection)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the one above.
        command.CommandText = Text;
#pragma warning restore CA2100
        foreach (var (name, type) in (ReadOnlySpan<(string, NpgsqlDbType)>)
            [("tenants", NpgsqlDbType.Uuid), ("reps", NpgsqlDbType.Uuid), ("calls", NpgsqlDbType.Uuid), ("madeAt", NpgsqlDbType.Bigint), ("loggedAt", NpgsqlDbType.Bigint), ("outcomes", NpgsqlDbType.Integer)])
        {
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type));
        }

        return command;
    }

    private sealed record Asked(RepKey Rep, ProspectingCall Call, DateTimeOffset LoggedAt)
    {
        public TaskCompletionSource<Added?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
