using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Tests.Privacy;

/// <summary>The page for works councils names whatever is stored, so that nothing new is kept without a word.</summary>
public sealed partial class PrivacyPageTests
{
    private static readonly HashSet<string> WhoseRow = ["TenantId", "RepId", "OwnerId", "Scope"];

    [Fact]
    public void Every_stored_field_is_on_the_page_and_nothing_else()
    {
        var page = Page().ReplaceLineEndings("\n").Split("\n## ").Skip(1)
            .ToDictionary(x => x[..x.IndexOf(':', StringComparison.Ordinal)], Fields);
        var stored = Tables();

        Assert.Equal(stored.Keys.Order(StringComparer.Ordinal), page.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored, table => Assert.Equal(table.Value.Order(StringComparer.Ordinal), page[table.Key].Order(StringComparer.Ordinal)));
    }

    private static Dictionary<string, List<string>> Tables()
    {
        using var store = new SqliteStore(new DbContextOptionsBuilder<SqliteStore>().UseSqlite("Data Source=:memory:").Options);
        return store.Model.GetEntityTypes().ToDictionary(
            x => x.GetTableName()!,
            x => x.GetProperties().Select(y => y.Name).Where(y => !WhoseRow.Contains(y)).ToList());
    }

    /// <summary>The names in the first column of a section's table.</summary>
    private static List<string> Fields(string section) =>
        [.. section.Split('\n').Where(x => x.StartsWith("| `", StringComparison.Ordinal)).SelectMany(x => Name().Matches(x.Split('|')[1]).Select(y => y.Groups[1].Value))];

    private static string Page([CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "privacy.md"));

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();
}
