using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace InboxGate.Web.Storage;

/// <summary>For <c>dotnet ef migrations add</c> alone: the model needs no real database.</summary>
internal sealed class DesignTimeSqliteStore : IDesignTimeDbContextFactory<SqliteStore>
{
    public SqliteStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteStore>().UseSqlite("Data Source=:memory:", x => x.MigrationsHistoryTable(AppliedMigrations.Table)).Options);
}

internal sealed class DesignTimePostgresStore : IDesignTimeDbContextFactory<PostgresStore>
{
    public PostgresStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql("Host=localhost", x => x.MigrationsHistoryTable(AppliedMigrations.Table)).Options);
}
