using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InboxGate.Web.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Team : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reps_TenantId_ManagerId",
                table: "reps");

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "tenants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<Guid>(
                name: "AssignedManagerId",
                table: "reps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ClosedUntil",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "TeamId",
                table: "reps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Hours",
                table: "policies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Limits",
                table: "policies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "CountsFrom",
                table: "plans",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<string>(
                name: "HalfDays",
                table: "plans",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateOnly>(
                name: "KeepsPaceUntil",
                table: "plans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EndsAt",
                table: "closed_days",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "StartsAt",
                table: "closed_days",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_reps_TenantId_TeamId",
                table: "reps",
                columns: new[] { "TenantId", "TeamId" });

            // Keys change. Tables are made anew by plain statements, which are all of one transaction: a rebuild would not be.
            migrationBuilder.DropTable(name: "holidays");
            migrationBuilder.CreateTable(
                name: "holidays",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                },
                constraints: table => table.PrimaryKey("PK_holidays", x => new { x.TenantId, x.Scope, x.OwnerId, x.Date }));

            migrationBuilder.DropIndex(name: "IX_targets_TenantId_RepId_From", table: "targets");
            migrationBuilder.RenameTable(name: "targets", newName: "targets_before");
            migrationBuilder.CreateTable(
                name: "targets",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TargetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<int>(type: "INTEGER", nullable: false),
                    Period = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SetBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    SetByName = table.Column<string>(type: "TEXT", nullable: true),
                    TakenBackAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TakenBackBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    TakenBackByName = table.Column<string>(type: "TEXT", nullable: true),
                },
                constraints: table => table.PrimaryKey("PK_targets", x => new { x.TenantId, x.Scope, x.OwnerId, x.TargetId }));

            // Until now every target was a rep's, and a team was who the directory says reports to its manager.
            migrationBuilder.Sql("""
                INSERT INTO targets ("TenantId", "Scope", "OwnerId", "TargetId", "Unit", "Period", "Amount", "From", "SetAt", "SetBy")
                SELECT "TenantId", 0, "RepId", "TargetId", "Unit", "Period", "Amount", "From", "SetAt", "SetBy" FROM targets_before;
                """);
            migrationBuilder.DropTable(name: "targets_before");
            migrationBuilder.Sql("""UPDATE reps SET "TeamId" = "ManagerId";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_targets",
                table: "targets");

            migrationBuilder.DropIndex(
                name: "IX_reps_TenantId_TeamId",
                table: "reps");

            migrationBuilder.DropPrimaryKey(
                name: "PK_holidays",
                table: "holidays");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "Scope",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "SetByName",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "TakenBackBy",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "TakenBackByName",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "AssignedManagerId",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "ClosedUntil",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "TeamId",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "Hours",
                table: "policies");

            migrationBuilder.DropColumn(
                name: "Limits",
                table: "policies");

            migrationBuilder.DropColumn(
                name: "CountsFrom",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "HalfDays",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "KeepsPaceUntil",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "Scope",
                table: "holidays");

            migrationBuilder.DropColumn(
                name: "OwnerId",
                table: "holidays");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                table: "closed_days");

            migrationBuilder.DropColumn(
                name: "StartsAt",
                table: "closed_days");

            migrationBuilder.RenameColumn(
                name: "OwnerId",
                table: "targets",
                newName: "RepId");

            migrationBuilder.AddPrimaryKey(
                name: "PK_targets",
                table: "targets",
                columns: new[] { "TenantId", "RepId", "TargetId" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_holidays",
                table: "holidays",
                columns: new[] { "TenantId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_targets_TenantId_RepId_From",
                table: "targets",
                columns: new[] { "TenantId", "RepId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_reps_TenantId_ManagerId",
                table: "reps",
                columns: new[] { "TenantId", "ManagerId" });
        }
    }
}
