using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
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

            migrationBuilder.AddColumn<long>(
                name: "linked_at",
                table: "deals_deal",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "deals_effect_run",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_effect_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_day_figure",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    model = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    metric = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    deals = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_day_figure", x => new { x.tenant_id, x.model, x.day, x.metric });
                });

            migrationBuilder.CreateTable(
                name: "partners_customer_move",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    merge = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    had_twin = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_customer_move", x => new { x.tenant_id, x.merge, x.partner_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_solution",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    offer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    vertical = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    parent_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    @public = table.Column<bool>(name: "public", type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_solution", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_solution_part",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    group_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    does = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    leads = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    invited_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    invited_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_solution_part", x => new { x.tenant_id, x.group_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_word_list",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: false),
                    closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
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
