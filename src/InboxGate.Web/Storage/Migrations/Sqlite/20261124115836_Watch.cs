using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InboxGate.Web.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Watch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Assumed",
                table: "reps",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "ClaimsChallenge",
                table: "reps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LeftAt",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MarksProblem",
                table: "reps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WatchProblemSince",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "WatchedBy",
                table: "reps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WatchedUntil",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "MarkMessages",
                table: "policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mark",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "MarkDeclined",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "CatchUpFrom",
                table: "mailbox_watches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CatchUpOf",
                table: "mailbox_watches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CatchUpRead",
                table: "mailbox_watches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "unjudged",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    GraphId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_unjudged", x => new { x.TenantId, x.RepId, x.GraphId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_TenantId_RepId_GateId",
                table: "messages",
                columns: new[] { "TenantId", "RepId", "GateId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "unjudged");

            migrationBuilder.DropIndex(
                name: "IX_messages_TenantId_RepId_GateId",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "Assumed",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "ClaimsChallenge",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "LeftAt",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "MarksProblem",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "WatchProblemSince",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "WatchedBy",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "WatchedUntil",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "MarkMessages",
                table: "policies");

            migrationBuilder.DropColumn(
                name: "Mark",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "MarkDeclined",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "CatchUpFrom",
                table: "mailbox_watches");

            migrationBuilder.DropColumn(
                name: "CatchUpOf",
                table: "mailbox_watches");

            migrationBuilder.DropColumn(
                name: "CatchUpRead",
                table: "mailbox_watches");
        }
    }
}
