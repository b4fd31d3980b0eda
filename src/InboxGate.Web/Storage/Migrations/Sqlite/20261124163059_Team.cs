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

            // Until now a team was who the directory says reports to its manager.
            migrationBuilder.Sql("""UPDATE reps SET "TeamId" = "ManagerId";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reps_TenantId_TeamId",
                table: "reps");

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
                name: "CountsFrom",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "HalfDays",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "KeepsPaceUntil",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                table: "closed_days");

            migrationBuilder.DropColumn(
                name: "StartsAt",
                table: "closed_days");

            migrationBuilder.CreateIndex(
                name: "IX_reps_TenantId_ManagerId",
                table: "reps",
                columns: new[] { "TenantId", "ManagerId" });
        }
    }
}
