using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
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

            migrationBuilder.AddColumn<DateTime>(
                name: "no_answer_at",
                table: "partners_note",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "other_motions",
                table: "partners_application",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "partners_agreement",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "partner_id",
                table: "kernel_mail",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tier_motion",
                table: "incentives_earning",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "freed_at",
                table: "deals_task",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_by_name",
                table: "deals_task",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "deals_target",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "freed_at",
                table: "deals_milestone",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_by_name",
                table: "deals_milestone",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "facts",
                table: "deals_handover",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "deals_handover",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "deals_mailbox",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    host = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    port = table.Column<int>(type: "integer", nullable: false),
                    security = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    user_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    sealed_password = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    folder = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    done_folder = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_mailbox", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "deals_mailbox_message",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    validity = table.Column<long>(type: "bigint", nullable: false),
                    uid = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    from_address = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_mailbox_message", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_mailbox_reading",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    problem = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    faults = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_mailbox_reading", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "identity_sign_in_day",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_sign_in_day", x => new { x.tenant_id, x.person_id, x.partner_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "partners_answer_figure",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    segment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    promised_hours = table.Column<int>(type: "integer", nullable: true),
                    judged = table.Column<int>(type: "integer", nullable: false),
                    in_time = table.Column<int>(type: "integer", nullable: false),
                    answered = table.Column<int>(type: "integer", nullable: false),
                    median_minutes = table.Column<long>(type: "bigint", nullable: true),
                    p90_minutes = table.Column<long>(type: "bigint", nullable: true),
                    open = table.Column<int>(type: "integer", nullable: false),
                    over = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_answer_figure", x => new { x.tenant_id, x.segment_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_answer_run",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_answer_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_contact_field_value",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    field_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C")
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
