using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "happened_at",
                table: "partners_note",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "partners_note",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "note");

            migrationBuilder.CreateTable(
                name: "partners_performance",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    registrations = table.Column<int>(type: "integer", nullable: false),
                    won_amount = table.Column<long>(type: "bigint", nullable: false),
                    win_basis_points = table.Column<int>(type: "integer", nullable: true),
                    last_active = table.Column<DateOnly>(type: "date", nullable: true),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_performance", x => new { x.tenant_id, x.partner_id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_partners_note_tenant_id_partner_id_happened_at_at",
                table: "partners_note",
                columns: new[] { "tenant_id", "partner_id", "happened_at", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_partner_id_answered_at",
                table: "deals_lead",
                columns: new[] { "tenant_id", "partner_id", "answered_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_closed_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_decided_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_submitted_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "submitted_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "partners_performance");

            migrationBuilder.DropIndex(
                name: "IX_partners_note_tenant_id_partner_id_happened_at_at",
                table: "partners_note");

            migrationBuilder.DropIndex(
                name: "IX_deals_lead_tenant_id_partner_id_answered_at",
                table: "deals_lead");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_partner_id_closed_at",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_partner_id_decided_at",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_partner_id_submitted_at",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "happened_at",
                table: "partners_note");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "partners_note");
        }
    }
}
