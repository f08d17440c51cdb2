using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempPlanning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deals_next_step",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    side = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    set_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    set_by = table.Column<Guid>(type: "uuid", nullable: false),
                    set_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    set_by_partner = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_next_step", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_planned_place",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    opportunity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    share_basis_points = table.Column<int>(type: "integer", nullable: false),
                    work_basis_points = table.Column<int>(type: "integer", nullable: false),
                    visibility = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    planned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    planned_by = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_planned_place", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_next_step_open",
                table: "deals_next_step",
                columns: new[] { "tenant_id", "holder_id", "side", "due_on" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_next_step_set_by",
                table: "deals_next_step",
                columns: new[] { "tenant_id", "set_by", "due_on" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_next_step_tenant_id_deal_id_set_at",
                table: "deals_next_step",
                columns: new[] { "tenant_id", "deal_id", "set_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_planned_place_open",
                table: "deals_planned_place",
                columns: new[] { "tenant_id", "planned_by" },
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_planned_place_tenant_id_opportunity_id_settled_at",
                table: "deals_planned_place",
                columns: new[] { "tenant_id", "opportunity_id", "settled_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_next_step");

            migrationBuilder.DropTable(
                name: "deals_planned_place");
        }
    }
}
