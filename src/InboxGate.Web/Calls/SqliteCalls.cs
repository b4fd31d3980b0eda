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
        UPDATE reps SET "Revision" = "Revision" + 1 WHERE "TenantId" = @tenant AND "RepId" = @rep
        RETURNING "Revision", (SELECT "Revision" FROM tenants WHERE "TenantId" = @tenant), "EnrolledAt", "MarksProblem",
            (SELECT "CatchUpRead" FROM mailbox_watches WHERE "TenantId" = @tenant AND "RepId" = @rep AND "Folder" = '{MailFolders.Inbox}'),
            (SELECT "CatchUpOf" FROM mailbox_watches WHERE "TenantId" = @tenant AND "RepId" = @rep AND "Folder" = '{MailFolders.Inbox}'),
            "TeamId"
        """;

    private const string InsertText =
        $"""
        {Insert} SELECT @tenant, @rep, @call, @madeAt, @loggedAt, @outcome, 0 FROM reps WHERE "TenantId" = @tenant AND "RepId" = @rep AND {MayBeAdded}
        ON CONFLICT DO NOTHING
        """;

    /// <summary>One pair for each connection that writes; there is one.</summary>
    private readonly ConditionalWeakTable<DbConnection, Prepared> prepared = [];

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<Added?> AddAsync(RepKey rep, ProspectingCall made, DateTimeOffset loggedAt, CancellationToken ct)
    {
        Added? added = null;
        await writer.WriteRowsAsync(
            store =>
            {
                var commands = prepared.GetValue(store.Database.GetDbConnection(), x => new Prepared(x));
                commands.Raise.Transaction = commands.Insert.Transaction = store.Database.CurrentTransaction!.GetDbTransaction();
                var (tenantId, repId) = (SqliteIds.Text(rep.TenantId), SqliteIds.Text(rep.RepId));
                Say(
                    commands.Insert, tenantId, repId, SqliteIds.Text(made.Id), made.MadeAt.UtcTicks, loggedAt.UtcTicks,
                    made.Outcome is { } outcome ? (int)outcome : DBNull.Value);
                if (commands.Insert.ExecuteNonQuery() == 0)
                {
                    return false;
                }

                Say(commands.Raise, tenantId, repId);
                added = Raise(commands.Raise);
                return true;
            },
            ct);
        return added;
    }

    private static Added? Raise(DbCommand command)
    {
        using var row = command.ExecuteReader();
        return row.Read() ? new Added(FactsStamp.Read(row), row.IsDBNull(6) ? null : row.GetGuid(6)) : null;
    }

    private static void Say(DbCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private sealed class Prepared(DbConnection connection) : IDisposable
    {
        public DbCommand Raise { get; } = New(connection, RaiseText, "tenant", "rep");

        public DbCommand Insert { get; } = New(connection, InsertText, "tenant", "rep", "call", "madeAt", "loggedAt", "outcome");

        public void Dispose()
        {
            Raise.Dispose();
            Insert.Dispose();
        }

#pragma warning disable CA2100 // The texts are those above.
        private static DbCommand New(DbConnection connection, string text, params string[] names)
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            foreach (var name in names)
            {
                var parameter = command.CreateParameter();
                // With the prefix: else the driver makes the name anew each time.
                parameter.ParameterName = $"@{name}";
                command.Parameters.Add(parameter);
            }

            return command;
        }
#pragma warning restore CA2100
    }
}
