using System.Data.Common;
using InboxGate.Web.Mailbox;

namespace InboxGate.Web.People;

/// <summary>What tells whether what was read for a rep's board still holds: whatever changes a board changes this, and nothing else does, but time.</summary>
/// <param name="Revision">Raised with every fact of the rep, and with every shared one that touches them.</param>
/// <param name="TenantRevision">Raised with every fact that is shared, for who came into a team or a tenant while it was written; -1 before the first.</param>
/// <param name="EnrolledAt">Who was erased begins anew.</param>
/// <param name="MarksProblem">Taken back without a revision.</param>
/// <param name="CatchUpRead">It moves on without a revision.</param>
public sealed record FactsStamp(long Revision, long TenantRevision, DateTimeOffset EnrolledAt, string? MarksProblem, int? CatchUpRead, int? CatchUpOf)
{
    /// <summary>Of a rep <c>r</c> with what <see cref="Beside"/> joins.</summary>
    internal const string Columns = """r."Revision", t."Revision", r."EnrolledAt", r."MarksProblem", w."CatchUpRead", w."CatchUpOf" """;

    internal const int ColumnCount = 6;

    internal const string Beside =
        $"""
        LEFT JOIN tenants t ON t."TenantId" = r."TenantId"
        LEFT JOIN mailbox_watches w ON w."TenantId" = r."TenantId" AND w."RepId" = r."RepId" AND w."Folder" = '{MailFolders.Inbox}'
        """;

    /// <param name="row">Its first columns are the stamp's, in their order.</param>
    public static FactsStamp Read(DbDataReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new FactsStamp(
            row.GetInt64(0),
            row.IsDBNull(1) ? -1 : row.GetInt64(1),
            new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
            row.IsDBNull(3) ? null : row.GetString(3),
            row.IsDBNull(4) ? null : row.GetInt32(4),
            row.IsDBNull(5) ? null : row.GetInt32(5));
    }
}

/// <summary>What tells whether a verdict still holds: whatever changes a verdict changes this.</summary>
/// <param name="DetailsSince">Old mail is forgotten without a revision.</param>
/// <param name="DetailsCheckedAt">When that was done.</param>
/// <param name="DomainsReadAt">The tenant's domains change without a revision.</param>
public sealed record VerdictStamp(FactsStamp Facts, DateTimeOffset? DetailsSince, DateTimeOffset? DetailsCheckedAt, DateTimeOffset? DomainsReadAt);

/// <summary>One look at the database: whether a rep who asks is there, and what all that is known of them stands on.</summary>
public sealed record RepLook(VerdictStamp Verdicts, bool HasLeft, bool IsBeingErased)
{
    public FactsStamp Facts => Verdicts.Facts;
}
