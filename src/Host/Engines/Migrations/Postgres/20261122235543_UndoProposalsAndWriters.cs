using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UndoProposalsAndWriters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "removed_at",
                table: "deals_task",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "removed_by_name",
                table: "deals_task",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "removed_by_partner",
                table: "deals_task",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "removed_at",
                table: "deals_milestone",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "removed_by_name",
                table: "deals_milestone",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "removed_by_partner",
                table: "deals_milestone",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "written_at",
                table: "deals_agreement",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "by_id",
                table: "accounts_hand_value",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_company_proposal",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    issuer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    secret = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    domains = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    creates_people = table.Column<bool>(type: "boolean", nullable: false),
                    default_role = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    refused_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    refused_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
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
