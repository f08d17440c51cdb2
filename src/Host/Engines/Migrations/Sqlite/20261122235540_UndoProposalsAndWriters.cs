using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UndoProposalsAndWriters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "removed_at",
                table: "deals_task",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "removed_by_name",
                table: "deals_task",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "removed_by_partner",
                table: "deals_task",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "removed_at",
                table: "deals_milestone",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "removed_by_name",
                table: "deals_milestone",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "removed_by_partner",
                table: "deals_milestone",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "written_at",
                table: "deals_agreement",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "by_id",
                table: "accounts_hand_value",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_company_proposal",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    company_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    domains = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    creates_people = table.Column<bool>(type: "INTEGER", nullable: false),
                    default_role = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    refused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    refused_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_company_proposal", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_task_removed",
                table: "deals_task",
                columns: new[] { "tenant_id", "removed_at" },
                filter: "removed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_milestone_removed",
                table: "deals_milestone",
                columns: new[] { "tenant_id", "removed_at" },
                filter: "removed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_opportunity",
                table: "deals_lead",
                columns: new[] { "tenant_id", "opportunity_id" },
                filter: "opportunity_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_linked",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "created_at", "id" },
                filter: "opportunity_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_identity_company_proposal_tenant_id_partner_id",
                table: "identity_company_proposal",
                columns: new[] { "tenant_id", "partner_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_company_proposal");

            migrationBuilder.DropIndex(
                name: "IX_deals_task_removed",
                table: "deals_task");

            migrationBuilder.DropIndex(
                name: "IX_deals_milestone_removed",
                table: "deals_milestone");

            migrationBuilder.DropIndex(
                name: "IX_deals_lead_opportunity",
                table: "deals_lead");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_linked",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "deals_task");

            migrationBuilder.DropColumn(
                name: "removed_by_name",
                table: "deals_task");

            migrationBuilder.DropColumn(
                name: "removed_by_partner",
                table: "deals_task");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "removed_by_name",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "removed_by_partner",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "written_at",
                table: "deals_agreement");

            migrationBuilder.DropColumn(
                name: "by_id",
                table: "accounts_hand_value");
        }
    }
}
