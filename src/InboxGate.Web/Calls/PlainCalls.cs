using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using InboxGate.Core.Calls;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace InboxGate.Web.Calls;

/// <summary>
/// The call as it mostly is: made on a day that is not closed, to nobody in particular, and not known yet. It is added, with
/// the rep's new revision, by one statement on PostgreSQL and two prepared ones on SQLite. Every other call is none of it.
/// </summary>
public sealed class PlainCalls(StoreWriter writer, RepWriter reps)
{
    /// <summary>
    /// Raises the revision if the call is a plain one of a rep who is enrolled. The row is locked by then: neither a day that is
    /// being closed nor an erasure comes between.
    /// </summary>
    private const string Raise =
        $"""
        UPDATE reps SET "Revision" = "Revision" + 1
        WHERE "TenantId" = @tenant AND "RepId" = @rep AND "LeftAt" IS NULL AND "ErasingAt" IS NULL
            AND ("ClosedUntil" <= @madeAt
                OR ("ClosedUntil" IS NULL AND NOT EXISTS (SELECT 1 FROM closed_days WHERE "TenantId" = @tenant AND "RepId" = @rep)))
            AND NOT EXISTS (SELECT 1 FROM calls WHERE "TenantId" = @tenant AND "RepId" = @rep AND "CallId" = @call)
        RETURNING "Revision" AS revision, "EnrolledAt" AS enrolled, "MarksProblem" AS marks, "TeamId" AS team,
            (SELECT "Revision" FROM tenants WHERE "TenantId" = @tenant) AS shared,
            (SELECT "CatchUpRead" FROM mailbox_watches WHERE "TenantId" = @tenant AND "RepId" = @rep AND "Folder" = '{MailFolders.Inbox}') AS read,
            (SELECT "CatchUpOf" FROM mailbox_watches WHERE "TenantId" = @tenant AND "RepId" = @rep AND "Folder" = '{MailFolders.Inbox}') AS read_of
        """;

    private const string Columns = """INSERT INTO calls ("TenantId", "RepId", "CallId", "MadeAt", "LoggedAt", "Outcome", "Evidence")""";
    private const string InOne = $"WITH raised AS ({Raise}), added AS ({Columns} SELECT @tenant, @rep, @call, @madeAt, @loggedAt, @outcome, 0 FROM raised) SELECT * FROM raised";
    private const string Insert = $"{Columns} VALUES (@tenant, @rep, @call, @madeAt, @loggedAt, @outcome, 0)";

    /// <summary>One pair for each connection that writes; there is one.</summary>
    private readonly ConditionalWeakTable<DbConnection, Prepared> prepared = [];

    /// <returns>How the rep was found with the call; null when nothing was added, because it is not a plain one.</returns>
    public async Task<FactsStamp?> TryAddAsync(RepKey rep, ProspectingCall call, DateTimeOffset loggedAt, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        (FactsStamp Stamp, Guid? Team)? added = null;
        await writer.WriteRowsAsync(
            async (store, token) =>
            {
                var connection = store.Database.GetDbConnection();
                if (store is SqliteStore)
                {
                    var commands = prepared.GetValue(connection, x => new Prepared(x));
                    commands.Raise.Transaction = commands.Insert.Transaction = store.Database.CurrentTransaction!.GetDbTransaction();
                    added = Execute(commands.Raise, rep, call, loggedAt);
                    if (added is not null)
                    {
                        Say(commands.Insert, rep, call, loggedAt);
                        commands.Insert.ExecuteNonQuery();
                    }
                }
                else
                {
                    added = await ExecuteInOneAsync(connection, rep, call, loggedAt, token);
                }

                return added is not null;
            },
            ct);
        if (added is not var (stamp, team))
        {
            return null;
        }

        reps.Tell(rep, team, stamp.Revision);
        return stamp;
    }

    private static (FactsStamp, Guid?)? Execute(DbCommand raise, RepKey rep, ProspectingCall call, DateTimeOffset loggedAt)
    {
        Say(raise, rep, call, loggedAt);
        using var row = raise.ExecuteReader();
        return row.Read() ? Read(row) : null;
    }

    private static async Task<(FactsStamp, Guid?)?> ExecuteInOneAsync(
        DbConnection connection, RepKey rep, ProspectingCall call, DateTimeOffset loggedAt, CancellationToken ct)
    {
        await using var command = New(connection, InOne);
        Say(command, rep, call, loggedAt);
        try
        {
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, ct);
            return await row.ReadAsync(ct) ? Read(row) : null;
        }
        catch (DbException same) when (same.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The same call came twice at once, and this one waited for the other: it is known now.
            return null;
        }
    }

    private static (FactsStamp, Guid?) Read(DbDataReader row) => (
        new FactsStamp(
            row.GetInt64(0),
            row.IsDBNull(4) ? -1 : row.GetInt64(4),
            new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
            row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(5) ? null : row.GetInt32(5),
            row.IsDBNull(6) ? null : row.GetInt32(6)),
        row.IsDBNull(3) ? null : row.GetGuid(3));

#pragma warning disable CA2100 // The texts are those above.
    private static DbCommand New(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        Add("tenant", DbType.Guid);
        Add("rep", DbType.Guid);
        Add("call", DbType.Guid);
        Add("madeAt", DbType.Int64);
        Add("loggedAt", DbType.Int64);
        Add("outcome", DbType.Int32);
        return command;

        void Add(string name, DbType type)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            command.Parameters.Add(parameter);
        }
    }
#pragma warning restore CA2100

    private static void Say(DbCommand command, RepKey rep, ProspectingCall call, DateTimeOffset loggedAt)
    {
        command.Parameters[0].Value = rep.TenantId;
        command.Parameters[1].Value = rep.RepId;
        command.Parameters[2].Value = call.Id;
        command.Parameters[3].Value = call.MadeAt.UtcTicks;
        command.Parameters[4].Value = loggedAt.UtcTicks;
        command.Parameters[5].Value = call.Outcome is { } outcome ? (int)outcome : DBNull.Value;
    }

    private sealed class Prepared(DbConnection connection) : IDisposable
    {
        public DbCommand Raise { get; } = New(connection, PlainCalls.Raise);

        public DbCommand Insert { get; } = New(connection, PlainCalls.Insert);

        public void Dispose()
        {
            Raise.Dispose();
            Insert.Dispose();
        }
    }
}
