using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempPassing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deals_lead",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    direction = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chain_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    customer_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    customer_key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    customer_domain = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    customer_city = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    country = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    contact_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    contact_email = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    product_id = table.Column<Guid>(type: "uuid", nullable: true),
                    need = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    passed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    passed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    passed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    offered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answer_by = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answer_minutes = table.Column<int>(type: "integer", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    refusal = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answer_hours = table.Column<int>(type: "integer", nullable: false),
                    protection_days = table.Column<int>(type: "integer", nullable: true),
                    protected_until = table.Column<DateOnly>(type: "date", nullable: true),
                    credit_basis_points = table.Column<int>(type: "integer", nullable: true),
                    compensation = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    reviewer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    decide_by = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    rules_number = table.Column<int>(type: "integer", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    rules_currency = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rule_id = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    facts = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false, collation: "C"),
                    for_partner = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    for_vendor = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    opportunity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    search_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_lead", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_passing_rules",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: true),
                    content = table.Column<string>(type: "character varying(1000000)", maxLength: 1000000, nullable: false, collation: "C"),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_passing_rules", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_contact",
                table: "deals_lead",
                columns: new[] { "tenant_id", "state_since" },
                filter: "contact_name IS NOT NULL OR contact_email IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_deal",
                table: "deals_lead",
                columns: new[] { "tenant_id", "deal_id" },
                filter: "deal_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_account_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_chain_id_turn",
                table: "deals_lead",
                columns: new[] { "tenant_id", "chain_id", "turn" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_customer_domain",
                table: "deals_lead",
                columns: new[] { "tenant_id", "customer_domain" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_customer_key",
                table: "deals_lead",
                columns: new[] { "tenant_id", "customer_key" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_customer_name_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "customer_name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_partner_id_passed_at_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "partner_id", "passed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_partner_id_state_passed_at",
                table: "deals_lead",
                columns: new[] { "tenant_id", "partner_id", "state", "passed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_passed_at_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "passed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_state_answer_by",
                table: "deals_lead",
                columns: new[] { "tenant_id", "state", "answer_by" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_state_passed_at_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "state", "passed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_passing_rules_tenant_id_state_effective_from_number",
                table: "deals_passing_rules",
                columns: new[] { "tenant_id", "state", "effective_from", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_lead");

            migrationBuilder.DropTable(
                name: "deals_passing_rules");
        }
    }
}
