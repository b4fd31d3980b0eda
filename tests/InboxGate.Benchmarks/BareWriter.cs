using System.Threading.Channels;
using InboxGate.Web.People;
using Microsoft.Data.Sqlite;

namespace InboxGate.Benchmarks;

/// <summary>
/// The least that logging a call on SQLite can be: one connection, two prepared statements, and a commit, synced to the
/// disk, for all that wait at the same time. The tables have the product's keys and indexes.
/// </summary>
public sealed class BareWriter : IAsyncDisposable
{
    private const int MostTogether = 64;
    private readonly Channel<Row> waiting = Channel.CreateUnbounded<Row>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly Task writing;

    public BareWriter(string file)
    {
        connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(
            """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
            CREATE TABLE reps (TenantId TEXT NOT NULL, RepId TEXT NOT NULL, Revision INTEGER NOT NULL, PRIMARY KEY (TenantId, RepId));
            CREATE TABLE calls (TenantId TEXT NOT NULL, RepId TEXT NOT NULL, CallId TEXT NOT NULL, MadeAt INTEGER, LoggedAt INTEGER NOT NULL, PRIMARY KEY (TenantId, RepId, CallId));
            CREATE INDEX calls_made ON calls (TenantId, RepId, MadeAt);
            """);
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Task WriteAsync(RepKey rep, Guid callId)
    {
        var row = new Row(rep, callId);
        waiting.Writer.TryWrite(row);
        return row.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await writing;
        await connection.DisposeAsync();
    }

    private void Write()
    {
        using var raise = connection.CreateCommand();
        raise.CommandText = "INSERT INTO reps VALUES ($tenant, $rep, 1) ON CONFLICT DO UPDATE SET Revision = Revision + 1";
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO calls VALUES ($tenant, $rep, $call, $at, $at) ON CONFLICT DO NOTHING";
        foreach (var command in new[] { raise, insert })
        {
            command.Parameters.Add("$tenant", SqliteType.Text);
            command.Parameters.Add("$rep", SqliteType.Text);
        }

        insert.Parameters.Add("$call", SqliteType.Text);
        insert.Parameters.Add("$at", SqliteType.Integer);
        raise.Prepare();
        insert.Prepare();
        var together = new List<Row>(MostTogether);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Execute("BEGIN IMMEDIATE");
            while (together.Count < MostTogether && waiting.Reader.TryRead(out var row))
            {
                raise.Parameters[0].Value = insert.Parameters[0].Value = row.Rep.TenantId;
                raise.Parameters[1].Value = insert.Parameters[1].Value = row.Rep.RepId;
                insert.Parameters[2].Value = row.CallId;
                insert.Parameters[3].Value = TimeProvider.System.GetUtcNow().UtcTicks;
                raise.ExecuteNonQuery();
                insert.ExecuteNonQuery();
                together.Add(row);
            }

            Execute("COMMIT");
            together.ForEach(x => x.Done.TrySetResult());
            together.Clear();
        }
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private sealed record Row(RepKey Rep, Guid CallId)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
