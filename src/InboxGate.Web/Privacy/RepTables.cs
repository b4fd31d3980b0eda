using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InboxGate.Web.Privacy;

/// <summary>Which tables hold rows of a rep, read from the model, so that a new one is never forgotten.</summary>
public static class RepTables
{
    /// <summary>Rows of one rep alone.</summary>
    private const string ByRep = """
        "TenantId" = {0} AND "RepId" = {1}
        """;

    /// <summary>The rep's own rows, and those that hold for the team of a rep who is a manager.</summary>
    private static readonly string ByOwner =
        $$"""
        "TenantId" = {0} AND "Scope" IN ({{(int)Scope.Rep}}, {{(int)Scope.Team}}) AND "OwnerId" = {1}
        """;

    /// <summary>All but the rep's row itself, which goes last.</summary>
    /// <returns>Each table, and the condition on its rows with a place for the tenant's and one for the rep's id.</returns>
    public static IEnumerable<(string Table, string Condition)> Of(Store store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Model.GetEntityTypes()
            .Where(x => x.ClrType != typeof(RepRow) && (Has(x, nameof(RepRow.RepId)) || Has(x, "OwnerId")))
            .Select(x => (x.GetTableName()!, Has(x, "OwnerId") ? ByOwner : ByRep));
    }

    private static bool Has(IEntityType type, string property) => type.FindProperty(property) is not null;
}
