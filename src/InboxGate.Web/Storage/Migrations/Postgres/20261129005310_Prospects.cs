using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InboxGate.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Prospects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "DialWith",
                table: "policies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Company",
                table: "list_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "DoNotCall",
                table: "list_entries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "ImportId",
                table: "list_entries",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MainEntry",
                table: "list_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "list_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Phone",
                table: "list_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemovedAt",
                table: "list_entries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RemovedBy",
                table: "list_entries",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "list_entries",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SortKey",
                table: "list_entries",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "Source",
                table: "list_entries",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "SourceId",
                table: "list_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TimeZones",
                table: "list_entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "UsedOn",
                table: "list_entries",
                type: "date",
                nullable: true);

            // What was listed before has no name.
            migrationBuilder.Sql("""UPDATE list_entries SET "SortKey" = "Entry", "SearchText" = "Entry" """);

            migrationBuilder.CreateTable(
                name: "contact_sources",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    RepId = table.Column<Guid>(type: "uuid", nullable: false),
                    FolderId = table.Column<string>(type: "text", nullable: false),
                    Category = table.Column<string>(type: "text", nullable: false),
                    FolderName = table.Column<string>(type: "text", nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    SetAt = table.Column<long>(type: "bigint", nullable: false),
                    DeltaLink = table.Column<string>(type: "text", nullable: true),
                    ReadAt = table.Column<long>(type: "bigint", nullable: true),
                    Problem = table.Column<string>(type: "text", nullable: true),
                    Round = table.Column<Guid>(type: "uuid", nullable: false),
                    ReadsAnew = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contact_sources", x => new { x.TenantId, x.RepId, x.FolderId, x.Category });
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Scope = table.Column<int>(type: "integer", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    ImportId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Added = table.Column<int>(type: "integer", nullable: false),
                    Updated = table.Column<int>(type: "integer", nullable: false),
                    Unchanged = table.Column<int>(type: "integer", nullable: false),
                    Rejected = table.Column<int>(type: "integer", nullable: false),
                    Removed = table.Column<int>(type: "integer", nullable: false),
                    Conflicts = table.Column<int>(type: "integer", nullable: false),
                    RemovalUndoneAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports", x => new { x.TenantId, x.Scope, x.OwnerId, x.ImportId });
                });

            migrationBuilder.CreateTable(
                name: "lists",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Scope = table.Column<int>(type: "integer", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lists", x => new { x.TenantId, x.Scope, x.OwnerId });
                });

            migrationBuilder.CreateTable(
                name: "prospect_touches",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    RepId = table.Column<Guid>(type: "uuid", nullable: false),
                    Entry = table.Column<string>(type: "text", nullable: false),
                    LastCalledAt = table.Column<long>(type: "bigint", nullable: true),
                    LastOutcome = table.Column<int>(type: "integer", nullable: true),
                    LastMailedAt = table.Column<long>(type: "bigint", nullable: true),
                    LastContactAt = table.Column<long>(type: "bigint", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    SkippedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Never = table.Column<bool>(type: "boolean", nullable: false),
                    WrongNumber = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_prospect_touches", x => new { x.TenantId, x.RepId, x.Entry });
                });

            migrationBuilder.CreateIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_Entry",
                table: "list_entries",
                columns: new[] { "TenantId", "Scope", "OwnerId", "Entry" },
                filter: "\"DoNotCall\" AND \"RemovedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_SourceId",
                table: "list_entries",
                columns: new[] { "TenantId", "Scope", "OwnerId", "SourceId" },
                filter: "\"SourceId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_TimeZones_SetAt_Entry",
                table: "list_entries",
                columns: new[] { "TenantId", "Scope", "OwnerId", "TimeZones", "SetAt", "Entry" },
                filter: "\"Phone\" IS NOT NULL AND \"Kind\" = 0 AND NOT \"DoNotCall\" AND \"RemovedAt\" IS NULL AND \"MainEntry\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_calls_TenantId_RepId_Prospect",
                table: "calls",
                columns: new[] { "TenantId", "RepId", "Prospect" },
                filter: "\"Prospect\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_prospect_touches_TenantId_Entry",
                table: "prospect_touches",
                columns: new[] { "TenantId", "Entry" });

            migrationBuilder.CreateIndex(
                name: "IX_prospect_touches_TenantId_RepId_DueOn",
                table: "prospect_touches",
                columns: new[] { "TenantId", "RepId", "DueOn" },
                filter: "\"DueOn\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_prospect_touches_TenantId_RepId_LastContactAt",
                table: "prospect_touches",
                columns: new[] { "TenantId", "RepId", "LastContactAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contact_sources");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "lists");

            migrationBuilder.DropTable(
                name: "prospect_touches");

            migrationBuilder.DropIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_Entry",
                table: "list_entries");

            migrationBuilder.DropIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_SourceId",
                table: "list_entries");

            migrationBuilder.DropIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_TimeZones_SetAt_Entry",
                table: "list_entries");

            migrationBuilder.DropIndex(
                name: "IX_calls_TenantId_RepId_Prospect",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "DialWith",
                table: "policies");

            migrationBuilder.DropColumn(
                name: "Company",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "DoNotCall",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "ImportId",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "MainEntry",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "Phone",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "RemovedAt",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "RemovedBy",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "SortKey",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "SourceId",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "TimeZones",
                table: "list_entries");

            migrationBuilder.DropColumn(
                name: "UsedOn",
                table: "list_entries");
        }
    }
}
