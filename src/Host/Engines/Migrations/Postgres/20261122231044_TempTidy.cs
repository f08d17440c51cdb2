using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempTidy : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
        }
    }
}
