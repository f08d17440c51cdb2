using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeptCountsAndPairs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "receipts_waiting",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipts_waiting", x => new { x.tenant_id, x.id });
                });

            // What waits for sealing waits on.
            migrationBuilder.Sql("INSERT INTO receipts_waiting (tenant_id, id) SELECT tenant_id, id FROM receipts_receipt WHERE waiting");

            migrationBuilder.DropIndex(
                name: "IX_receipts_receipt_waiting",
                table: "receipts_receipt");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_opportunity_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_renewal_of",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_expires_on_distributor_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_submitted_at",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "waiting",
                table: "receipts_receipt");

            migrationBuilder.CreateTable(
                name: "partners_duplicate",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    left_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    right_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    score = table.Column<int>(type: "INTEGER", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    apart = table.Column<bool>(type: "INTEGER", nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_duplicate", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_key",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_key", x => new { x.tenant_id, x.key, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_quality_run",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_quality_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_segment_count",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    segment_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partners = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_segment_count", x => new { x.tenant_id, x.segment_id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_partners_partner_merged",
                table: "partners_partner",
                columns: new[] { "tenant_id", "merged_into" },
                filter: "merged_into IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_partners_partner_tenant_id_state_name_id",
                table: "partners_partner",
                columns: new[] { "tenant_id", "state", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_credit_tenant_id_model_outcome_deal_amount_deal_id",
                table: "insights_credit",
                columns: new[] { "tenant_id", "model", "outcome", "deal_amount", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_person_staff",
                table: "identity_person",
                columns: new[] { "tenant_id", "name", "id" },
                filter: "roles <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_identity_membership_tenant_id_partner_name_person_id",
                table: "identity_membership",
                columns: new[] { "tenant_id", "partner_name", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_opportunity",
                table: "deals_deal",
                columns: new[] { "tenant_id", "opportunity_id" },
                filter: "opportunity_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_state_closed_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "state", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_renewal_of",
                table: "deals_deal",
                columns: new[] { "tenant_id", "renewal_of" },
                filter: "renewal_of IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at_partner_id_distributor_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "closed_at", "partner_id", "distributor_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_decide_by_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "decide_by", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_expires_on_partner_id_distributor_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "expires_on", "partner_id", "distributor_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_submitted_at_partner_id_distributor_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "submitted_at", "partner_id", "distributor_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_partners_duplicate_tenant_id_apart_score_id",
                table: "partners_duplicate",
                columns: new[] { "tenant_id", "apart", "score", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_duplicate_tenant_id_left_id_right_id",
                table: "partners_duplicate",
                columns: new[] { "tenant_id", "left_id", "right_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_duplicate_tenant_id_right_id",
                table: "partners_duplicate",
                columns: new[] { "tenant_id", "right_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_key_tenant_id_partner_id",
                table: "partners_key",
                columns: new[] { "tenant_id", "partner_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "partners_duplicate");

            migrationBuilder.DropTable(
                name: "partners_key");

            migrationBuilder.DropTable(
                name: "partners_quality_run");

            migrationBuilder.DropTable(
                name: "partners_segment_count");

            migrationBuilder.DropTable(
                name: "receipts_waiting");

            migrationBuilder.DropIndex(
                name: "IX_partners_partner_merged",
                table: "partners_partner");

            migrationBuilder.DropIndex(
                name: "IX_partners_partner_tenant_id_state_name_id",
                table: "partners_partner");

            migrationBuilder.DropIndex(
                name: "IX_insights_credit_tenant_id_model_outcome_deal_amount_deal_id",
                table: "insights_credit");

            migrationBuilder.DropIndex(
                name: "IX_identity_person_staff",
                table: "identity_person");

            migrationBuilder.DropIndex(
                name: "IX_identity_membership_tenant_id_partner_name_person_id",
                table: "identity_membership");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_opportunity",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_partner_id_state_closed_at",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_renewal_of",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at_partner_id_distributor_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_decide_by_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_expires_on_partner_id_distributor_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_submitted_at_partner_id_distributor_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account");

            migrationBuilder.AddColumn<bool>(
                name: "waiting",
                table: "receipts_receipt",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_waiting",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "id" },
                filter: "waiting");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_opportunity_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "opportunity_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_renewal_of",
                table: "deals_deal",
                columns: new[] { "tenant_id", "renewal_of" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_expires_on_distributor_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "expires_on", "distributor_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_submitted_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "submitted_at" });
        }
    }
}
