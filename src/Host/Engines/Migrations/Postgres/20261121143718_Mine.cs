using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Mine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_account_state_state",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_no_rate",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_partner_id_created_at",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_amount_won_amount",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_created_at",
                table: "deals_deal");

            migrationBuilder.AddColumn<DateTime>(
                name: "linked_at",
                table: "deals_deal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "deals_effect_run",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_effect_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_day_figure",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    metric = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    month = table.Column<int>(type: "integer", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    deals = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_day_figure", x => new { x.tenant_id, x.model, x.day, x.metric });
                });

            migrationBuilder.CreateTable(
                name: "partners_customer_move",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merge = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    had_twin = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_customer_move", x => new { x.tenant_id, x.merge, x.partner_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_solution",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    offer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    vertical = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    @public = table.Column<bool>(name: "public", type: "boolean", nullable: false),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    search_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_solution", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_solution_part",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    does = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    leads = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    invited_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    invited_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answered_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_solution_part", x => new { x.tenant_id, x.group_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_word_list",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: false, collation: "C"),
                    closed = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_word_list", x => new { x.tenant_id, x.kind });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_account_pending",
                table: "deals_deal",
                columns: new[] { "tenant_id", "created_at", "id" },
                filter: "account_state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_no_rate",
                table: "deals_deal",
                columns: new[] { "tenant_id", "id" },
                filter: "no_rate");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_created_at_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_created_at_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_distributor_id_main_amount",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "distributor_id", "main_amount" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_day_figure",
                table: "insights_day_figure",
                columns: new[] { "tenant_id", "model", "day", "metric", "month", "amount", "deals" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_solution_tenant_id_name",
                table: "partners_solution",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_solution_tenant_id_parent_id",
                table: "partners_solution",
                columns: new[] { "tenant_id", "parent_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_solution_part_tenant_id_partner_id_state",
                table: "partners_solution_part",
                columns: new[] { "tenant_id", "partner_id", "state" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_effect_run");

            migrationBuilder.DropTable(
                name: "insights_day_figure");

            migrationBuilder.DropTable(
                name: "partners_customer_move");

            migrationBuilder.DropTable(
                name: "partners_solution");

            migrationBuilder.DropTable(
                name: "partners_solution_part");

            migrationBuilder.DropTable(
                name: "partners_word_list");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_account_pending",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_no_rate",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_partner_id_created_at_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_created_at_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_distributor_id_main_amount",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "linked_at",
                table: "deals_deal");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_account_state_state",
                table: "deals_deal",
                columns: new[] { "tenant_id", "account_state", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_no_rate",
                table: "deals_deal",
                columns: new[] { "tenant_id", "no_rate" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_created_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_amount_won_amount",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "amount", "won_amount" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_created_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "created_at" });
        }
    }
}
