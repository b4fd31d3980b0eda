using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using InboxGate.Core.Calls;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InboxGate.Web.Calls;

/// <summary>Two statements among what its one writer commits together.</summary>
public sealed class SqliteCalls(StoreWriter writer, RepWriter reps) : PlainCalls(reps)
{
    private const string RaiseText =
        $"""
        UPDATE reps SET "Revision" = "Revision" + 1 WHERE "TenantId" = @tenant AND "RepId" = @rep AND {MayBeAdded}
            AND NOT EXISTS (SELECT 1 FROM calls WHERE "TenantId" = @tenant AND "RepId" = @rep AND "CallId" = @call)
        RETURNING "Revision", (SELECT "Revision" FROM tenants WHERE "TenantId" = @tenant), "EnrolledAt", "MarksProblem",
            (SELECT "CatchUpRead" FROM mailbox_watches WHERE "TenantId" = @tenant AND "RepId" = @rep AND "Folder" = '{MailFolders.Inbox}'),
            (SELECT "CatchUpOf" FROM mailbox_watches WHERE "TenantId" = @tenant AND "RepId" = @rep AND "Folder" = '{MailFolders.Inbox}'),
            "TeamId"
        """;

    private const string InsertText = $"{Insert} VALUES (@tenant, @rep, @call, @madeAt, @loggedAt, @outcome, 0)";

    /// <summary>One pair for each connection that writes; there is one.</summary>
    private readonly ConditionalWeakTable<DbConnection, Prepared> prepared = [];

    protected override async Task<Added?> AddAsync(RepKey rep, ProspectingCall made, DateTimeOffset loggedAt, CancellationToken ct)
    {
        Added? added = null;
        await writer.WriteRowsAsync(
            store =>
            {
                var commands = prepared.GetValue(store.Database.GetDbConnection(), x => new Prepared(x));
                commands.Raise.Transaction = commands.Insert.Transaction = store.Database.CurrentTransaction!.GetDbTransaction();
                added = Raise(commands.Raise, rep, made, loggedAt);
                if (added is not null)
                {
                    Say(commands.Insert, rep, made, loggedAt);
                    commands.Insert.ExecuteNonQuery();
                }

                return added is not null;
            },
            ct);
        return added;
    }

    private static Added? Raise(DbCommand command, RepKey rep, ProspectingCall call, DateTimeOffset loggedAt)
    {
        Say(command, rep, call, loggedAt);
        using var row = command.ExecuteReader();
        return row.Read() ? new Added(FactsStamp.Read(row), row.IsDBNull(6) ? null : row.GetGuid(6)) : null;
    }

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
        public DbCommand Raise { get; } = New(connection, RaiseText);

        public DbCommand Insert { get; } = New(connection, InsertText);

        public void Dispose()
        {
            Raise.Dispose();
            Insert.Dispose();
        }

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
                // With the prefix: else the driver makes the name anew each time.
                (parameter.ParameterName, parameter.DbType) = ($"@{name}", type);
                command.Parameters.Add(parameter);
            }
        }
#pragma warning restore CA2100
    }
}
