using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
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
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "only_segments",
                table: "incentives_plan",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "reward",
                table: "incentives_earning",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "reward_basis_points",
                table: "incentives_earning",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "incentives_reward",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    segment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    basis_points = table.Column<int>(type: "integer", nullable: false)
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
