using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MailboxAnswersAndAmounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deals_handover_tenant_id_deal_id_system",
                table: "deals_handover");

            migrationBuilder.AddColumn<long>(
                name: "no_answer_at",
                table: "partners_note",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "other_motions",
                table: "partners_application",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "partners_agreement",
                type: "TEXT",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<byte[]>(
                name: "partner_id",
                table: "kernel_mail",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tier_motion",
                table: "incentives_earning",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "freed_at",
                table: "deals_task",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_by_name",
                table: "deals_task",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "deals_target",
                type: "TEXT",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "freed_at",
                table: "deals_milestone",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_by_name",
                table: "deals_milestone",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "facts",
                table: "deals_handover",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "deals_handover",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "deals_mailbox",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    host = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    port = table.Column<int>(type: "INTEGER", nullable: false),
                    security = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    sealed_password = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    folder = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    done_folder = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    is_on = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_mailbox", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "deals_mailbox_message",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    validity = table.Column<long>(type: "INTEGER", nullable: false),
                    uid = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    from_address = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_mailbox_message", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_mailbox_reading",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    problem = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    faults = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_mailbox_reading", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "identity_sign_in_day",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_sign_in_day", x => new { x.tenant_id, x.person_id, x.partner_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "partners_answer_figure",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    segment_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    promised_hours = table.Column<int>(type: "INTEGER", nullable: true),
                    judged = table.Column<int>(type: "INTEGER", nullable: false),
                    in_time = table.Column<int>(type: "INTEGER", nullable: false),
                    answered = table.Column<int>(type: "INTEGER", nullable: false),
                    median_minutes = table.Column<long>(type: "INTEGER", nullable: true),
                    p90_minutes = table.Column<long>(type: "INTEGER", nullable: true),
                    open = table.Column<int>(type: "INTEGER", nullable: false),
                    over = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_answer_figure", x => new { x.tenant_id, x.segment_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_answer_run",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_answer_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_contact_field_value",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    field_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    part = table.Column<int>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_contact_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_kind_state_due_on_id",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "kind", "state", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_mail_partner",
                table: "kernel_mail",
                columns: new[] { "tenant_id", "partner_id", "created_at", "id" },
                filter: "partner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_handover_tenant_id_deal_id_system_revision",
                table: "deals_handover",
                columns: new[] { "tenant_id", "deal_id", "system", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_mailbox_message_tenant_id_state_id",
                table: "deals_mailbox_message",
                columns: new[] { "tenant_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_mailbox_message_tenant_id_validity_uid",
                table: "deals_mailbox_message",
                columns: new[] { "tenant_id", "validity", "uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_identity_sign_in_day_tenant_id_at",
                table: "identity_sign_in_day",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_sign_in_day_tenant_id_partner_id_at_person_id",
                table: "identity_sign_in_day",
                columns: new[] { "tenant_id", "partner_id", "at", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_contact_field_value_tenant_id_field_id_key_subject",
                table: "partners_contact_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            // As Text.Fold writes it for names without accents.
            migrationBuilder.Sql("UPDATE deals_target SET search_text = lower(name || ' ' || COALESCE(city, '')) WHERE tenant_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_mailbox");

            migrationBuilder.DropTable(
                name: "deals_mailbox_message");

            migrationBuilder.DropTable(
                name: "deals_mailbox_reading");

            migrationBuilder.DropTable(
                name: "identity_sign_in_day");

            migrationBuilder.DropTable(
                name: "partners_answer_figure");

            migrationBuilder.DropTable(
                name: "partners_answer_run");

            migrationBuilder.DropTable(
                name: "partners_contact_field_value");

            migrationBuilder.DropIndex(
                name: "IX_partners_offboarding_tenant_id_kind_state_due_on_id",
                table: "partners_offboarding");

            migrationBuilder.DropIndex(
                name: "IX_kernel_mail_partner",
                table: "kernel_mail");

            migrationBuilder.DropIndex(
                name: "IX_deals_handover_tenant_id_deal_id_system_revision",
                table: "deals_handover");

            migrationBuilder.DropColumn(
                name: "no_answer_at",
                table: "partners_note");

            migrationBuilder.DropColumn(
                name: "other_motions",
                table: "partners_application");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "partners_agreement");

            migrationBuilder.DropColumn(
                name: "partner_id",
                table: "kernel_mail");

            migrationBuilder.DropColumn(
                name: "tier_motion",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "freed_at",
                table: "deals_task");

            migrationBuilder.DropColumn(
                name: "held_by_name",
                table: "deals_task");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "deals_target");

            migrationBuilder.DropColumn(
                name: "freed_at",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "held_by_name",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "facts",
                table: "deals_handover");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "deals_handover");

            migrationBuilder.CreateIndex(
                name: "IX_deals_handover_tenant_id_deal_id_system",
                table: "deals_handover",
                columns: new[] { "tenant_id", "deal_id", "system" },
                unique: true);
        }
    }
}
