using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InboxGate.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Team : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_targets",
                table: "targets");

            migrationBuilder.DropIndex(
                name: "IX_targets_TenantId_RepId_From",
                table: "targets");

            migrationBuilder.DropIndex(
                name: "IX_reps_TenantId_ManagerId",
                table: "reps");

            migrationBuilder.DropPrimaryKey(
                name: "PK_holidays",
                table: "holidays");

            migrationBuilder.RenameColumn(
                name: "RepId",
                table: "targets",
                newName: "OwnerId");

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "tenants",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Scope",
                table: "targets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "SetByName",
                table: "targets",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TakenBackAt",
                table: "targets",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "TakenBackBy",
                table: "targets",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TakenBackByName",
                table: "targets",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AssignedManagerId",
                table: "reps",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ClosedUntil",
                table: "reps",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "TeamId",
                table: "reps",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Hours",
                table: "policies",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Limits",
                table: "policies",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "CountsFrom",
                table: "plans",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<string>(
                name: "HalfDays",
                table: "plans",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateOnly>(
                name: "KeepsPaceUntil",
                table: "plans",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Scope",
                table: "holidays",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "OwnerId",
                table: "holidays",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<long>(
                name: "EndsAt",
                table: "closed_days",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "StartsAt",
                table: "closed_days",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_targets",
                table: "targets",
                columns: new[] { "TenantId", "Scope", "OwnerId", "TargetId" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_holidays",
                table: "holidays",
                columns: new[] { "TenantId", "Scope", "OwnerId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_reps_TenantId_TeamId",
                table: "reps",
                columns: new[] { "TenantId", "TeamId" });

            // Until now a team was who the directory says reports to its manager, and every target was a rep's.
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
