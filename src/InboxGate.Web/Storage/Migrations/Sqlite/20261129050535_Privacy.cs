using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InboxGate.Web.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Privacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DetailsCheckedAt",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DetailsSince",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ErasingAt",
                table: "reps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_reps_ErasingAt",
                table: "reps",
                column: "ErasingAt",
                filter: "\"ErasingAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reps_ErasingAt",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "DetailsCheckedAt",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "DetailsSince",
                table: "reps");

            migrationBuilder.DropColumn(
                name: "ErasingAt",
                table: "reps");
        }
    }
}
