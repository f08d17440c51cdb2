using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempFlow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_insights_day_figure",
                table: "insights_day_figure");

            migrationBuilder.DropIndex(
                name: "ix_insights_day_figure",
                table: "insights_day_figure");

            migrationBuilder.DropIndex(
                name: "ix_insights_credit_figure",
                table: "insights_credit");

            migrationBuilder.DropIndex(
                name: "ix_insights_credit_partner",
                table: "insights_credit");

            migrationBuilder.AddColumn<string>(
                name: "motion",
                table: "insights_day_figure",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "none");

            migrationBuilder.AddColumn<string>(
                name: "motion",
                table: "insights_credit",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_insights_day_figure",
                table: "insights_day_figure",
                columns: new[] { "tenant_id", "model", "day", "metric", "motion" });

            migrationBuilder.CreateTable(
                name: "insights_flow",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    motion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    registered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    approved = table.Column<bool>(type: "INTEGER", nullable: false),
                    converted_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    linked = table.Column<bool>(type: "INTEGER", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    expected_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    expected = table.Column<long>(type: "INTEGER", nullable: false),
                    deal_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_flow", x => new { x.tenant_id, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "insights_flow_day",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    motion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    took = table.Column<int>(type: "INTEGER", nullable: false),
                    deals = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_flow_day", x => new { x.tenant_id, x.day, x.step, x.motion, x.tier, x.took });
                });

            migrationBuilder.CreateTable(
                name: "insights_forecast",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    computed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_forecast", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_registration_alert",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    before = table.Column<int>(type: "INTEGER", nullable: false),
                    seen = table.Column<int>(type: "INTEGER", nullable: false),
                    usual = table.Column<double>(type: "REAL", nullable: false),
                    chance = table.Column<double>(type: "REAL", nullable: false),
                    latest = table.Column<int>(type: "INTEGER", nullable: false),
                    latest_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_registration_alert", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_insights_day_figure",
                table: "insights_day_figure",
                columns: new[] { "tenant_id", "model", "day", "metric", "motion", "month", "amount", "deals" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_credit_figure",
                table: "insights_credit",
                columns: new[] { "tenant_id", "model", "outcome", "closed_on", "partner_id", "role", "touched", "resold", "motion", "deal_id", "month", "deal_amount", "credited_amount" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_credit_partner",
                table: "insights_credit",
                columns: new[] { "tenant_id", "partner_id", "model", "outcome", "closed_on", "role", "touched", "resold", "motion", "deal_id", "month", "deal_amount", "credited_amount" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_flow_tenant_id_converted_on_deal_id",
                table: "insights_flow",
                columns: new[] { "tenant_id", "converted_on", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_flow_tenant_id_decided_on_deal_id",
                table: "insights_flow",
                columns: new[] { "tenant_id", "decided_on", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_flow_tenant_id_partner_id_registered_on_deal_id",
                table: "insights_flow",
                columns: new[] { "tenant_id", "partner_id", "registered_on", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_flow_tenant_id_registered_on_deal_id_partner_id",
                table: "insights_flow",
                columns: new[] { "tenant_id", "registered_on", "deal_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_flow_tenant_id_state_closed_on_deal_id",
                table: "insights_flow",
                columns: new[] { "tenant_id", "state", "closed_on", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_flow_tenant_id_state_expected_on_deal_id",
                table: "insights_flow",
                columns: new[] { "tenant_id", "state", "expected_on", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_registration_alert_tenant_id_opened_at_id",
                table: "insights_registration_alert",
                columns: new[] { "tenant_id", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_registration_alert_tenant_id_partner_id_state",
                table: "insights_registration_alert",
                columns: new[] { "tenant_id", "partner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_registration_alert_tenant_id_state_opened_at_id",
                table: "insights_registration_alert",
                columns: new[] { "tenant_id", "state", "opened_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "insights_flow");

            migrationBuilder.DropTable(
                name: "insights_flow_day");

            migrationBuilder.DropTable(
                name: "insights_forecast");

            migrationBuilder.DropTable(
                name: "insights_registration_alert");

            migrationBuilder.DropPrimaryKey(
                name: "PK_insights_day_figure",
                table: "insights_day_figure");

            migrationBuilder.DropIndex(
                name: "ix_insights_day_figure",
                table: "insights_day_figure");

            migrationBuilder.DropIndex(
                name: "ix_insights_credit_figure",
                table: "insights_credit");

            migrationBuilder.DropIndex(
                name: "ix_insights_credit_partner",
                table: "insights_credit");

            migrationBuilder.DropColumn(
                name: "motion",
                table: "insights_day_figure");

            migrationBuilder.DropColumn(
                name: "motion",
                table: "insights_credit");

            migrationBuilder.AddPrimaryKey(
                name: "PK_insights_day_figure",
                table: "insights_day_figure",
                columns: new[] { "tenant_id", "model", "day", "metric" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_day_figure",
                table: "insights_day_figure",
                columns: new[] { "tenant_id", "model", "day", "metric", "month", "amount", "deals" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_credit_figure",
                table: "insights_credit",
                columns: new[] { "tenant_id", "model", "outcome", "closed_on", "partner_id", "role", "touched", "resold", "deal_id", "month", "deal_amount", "credited_amount" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_credit_partner",
                table: "insights_credit",
                columns: new[] { "tenant_id", "partner_id", "model", "outcome", "closed_on", "role", "touched", "resold", "deal_id", "month", "deal_amount", "credited_amount" });
        }
    }
}
