using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempPartners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "typed",
                table: "kernel_bulk",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "only_segments",
                table: "incentives_plan",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "reward",
                table: "incentives_earning",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reward_basis_points",
                table: "incentives_earning",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "incentives_reward",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    segment_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    basis_points = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_reward", x => new { x.tenant_id, x.plan_id, x.segment_id });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "incentives_reward");

            migrationBuilder.DropColumn(
                name: "typed",
                table: "kernel_bulk");

            migrationBuilder.DropColumn(
                name: "only_segments",
                table: "incentives_plan");

            migrationBuilder.DropColumn(
                name: "reward",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "reward_basis_points",
                table: "incentives_earning");
        }
    }
}
