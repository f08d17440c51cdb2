using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
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
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "none",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "motion",
                table: "insights_credit",
                type: "character varying(40)",
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
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    motion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    registered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    approved = table.Column<bool>(type: "boolean", nullable: false),
                    converted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    linked = table.Column<bool>(type: "boolean", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    expected_on = table.Column<DateOnly>(type: "date", nullable: true),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    expected = table.Column<long>(type: "bigint", nullable: false),
                    deal_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_flow", x => new { x.tenant_id, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "insights_flow_day",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    step = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    motion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    took = table.Column<int>(type: "integer", nullable: false),
                    deals = table.Column<int>(type: "integer", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_flow_day", x => new { x.tenant_id, x.day, x.step, x.motion, x.tier, x.took });
                });

            migrationBuilder.CreateTable(
                name: "insights_forecast",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    computed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    result = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_forecast", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_registration_alert",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    opened_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    before = table.Column<int>(type: "integer", nullable: false),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    usual = table.Column<double>(type: "double precision", nullable: false),
                    chance = table.Column<double>(type: "double precision", nullable: false),
                    latest = table.Column<int>(type: "integer", nullable: false),
                    latest_day = table.Column<DateOnly>(type: "date", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
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
