using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReadersPromisesAndAchievements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_tenant_id_person_id_read_at_id",
                table: "notifications_notification");

            migrationBuilder.DropColumn(
                name: "credited",
                table: "accounts_quality");

            migrationBuilder.DropColumn(
                name: "credits",
                table: "accounts_quality");

            migrationBuilder.AddColumn<long>(
                name: "happened_at",
                table: "partners_note",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "partners_note",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "note");

            migrationBuilder.AddColumn<byte[]>(
                name: "partner_id",
                table: "notifications_notification",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "withdrawn_at",
                table: "deals_rule_set",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_by_name",
                table: "deals_rule_set",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_why",
                table: "deals_rule_set",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "overridden_for",
                table: "deals_decision",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "promised_by",
                table: "deals_decision",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "protected_before",
                table: "deals_deal",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "partners_performance",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registrations = table.Column<int>(type: "INTEGER", nullable: false),
                    won_amount = table.Column<long>(type: "INTEGER", nullable: false),
                    win_basis_points = table.Column<int>(type: "INTEGER", nullable: true),
                    last_active = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_performance", x => new { x.tenant_id, x.partner_id });
                });

            // What a partner's person was told before belongs to its one partner; of who has several nobody knows any more.
            migrationBuilder.Sql("""
                UPDATE notifications_notification SET partner_id = (
                    SELECT m.partner_id FROM identity_membership AS m WHERE m.tenant_id = notifications_notification.tenant_id AND m.person_id = notifications_notification.person_id)
                WHERE person_id IN (
                    SELECT m.person_id FROM identity_membership AS m JOIN identity_person AS p ON p.tenant_id = m.tenant_id AND p.id = m.person_id WHERE p.roles = '' GROUP BY m.person_id HAVING count(*) = 1)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_partners_note_tenant_id_partner_id_happened_at_at",
                table: "partners_note",
                columns: new[] { "tenant_id", "partner_id", "happened_at", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_partner_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "partner_id" },
                filter: "partner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_person_id_created_at_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_unread",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "href" },
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_amount_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_partner_id_amount_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "partner_id", "amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_partner_id_answered_at",
                table: "deals_lead",
                columns: new[] { "tenant_id", "partner_id", "answered_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_agreement_tenant_id_state_holder_id",
                table: "deals_agreement",
                columns: new[] { "tenant_id", "state", "holder_id" });
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
                name: "IX_notifications_notification_tenant_id_partner_id",
                table: "notifications_notification");

            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_tenant_id_person_id_created_at_id",
                table: "notifications_notification");

            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_unread",
                table: "notifications_notification");

            migrationBuilder.DropIndex(
                name: "IX_incentives_earning_tenant_id_amount_id",
                table: "incentives_earning");

            migrationBuilder.DropIndex(
                name: "IX_incentives_earning_tenant_id_partner_id_amount_id",
                table: "incentives_earning");

            migrationBuilder.DropIndex(
                name: "IX_deals_lead_tenant_id_partner_id_answered_at",
                table: "deals_lead");

            migrationBuilder.DropIndex(
                name: "IX_deals_agreement_tenant_id_state_holder_id",
                table: "deals_agreement");

            migrationBuilder.DropColumn(
                name: "happened_at",
                table: "partners_note");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "partners_note");

            migrationBuilder.DropColumn(
                name: "partner_id",
                table: "notifications_notification");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "deals_rule_set");

            migrationBuilder.DropColumn(
                name: "withdrawn_by_name",
                table: "deals_rule_set");

            migrationBuilder.DropColumn(
                name: "withdrawn_why",
                table: "deals_rule_set");

            migrationBuilder.DropColumn(
                name: "overridden_for",
                table: "deals_decision");

            migrationBuilder.DropColumn(
                name: "promised_by",
                table: "deals_decision");

            migrationBuilder.DropColumn(
                name: "protected_before",
                table: "deals_deal");

            migrationBuilder.AddColumn<long>(
                name: "credited",
                table: "accounts_quality",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "credits",
                table: "accounts_quality",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_person_id_read_at_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "read_at", "id" });
        }
    }
}
