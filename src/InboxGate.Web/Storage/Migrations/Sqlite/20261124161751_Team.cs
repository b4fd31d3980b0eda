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
            migrationBuilder.AddColumn<long>(
                name: "ClosedUntil",
                table: "reps",
                type: "INTEGER",
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ClosedUntil",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "CountsFrom",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "HalfDays",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                table: "closed_days");

            migrationBuilder.DropColumn(
                name: "StartsAt",
                table: "closed_days");
        }
    }
}
