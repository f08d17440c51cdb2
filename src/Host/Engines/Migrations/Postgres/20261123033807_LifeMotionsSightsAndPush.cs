using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LifeMotionsSightsAndPush : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_partners_offboarding_tenant_id_partner_id_code",
                table: "partners_offboarding");

            migrationBuilder.AddColumn<string>(
                name: "fact",
                table: "partners_offboarding",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "partners_offboarding",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "offboarding");

            migrationBuilder.AddColumn<string>(
                name: "side",
                table: "partners_offboarding",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "vendor");

            migrationBuilder.AddColumn<string>(
                name: "aim",
                table: "deals_target",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_reseller_sight",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "owner_name",
                table: "deals_milestone",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_partner",
                table: "deals_milestone",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "owner_person",
                table: "deals_milestone",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "reminded_at",
                table: "deals_milestone",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_member",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "files_kept",
                table: "deals_intake",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "files_left_out",
                table: "deals_intake",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "message_file",
                table: "deals_intake",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "next_attempt_at",
                table: "deals_handover",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_direct_sight",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "motion",
                table: "deals_deal",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "deals_connected_system",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "old_secret_until",
                table: "deals_connected_system",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_old_secret",
                table: "deals_connected_system",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "sealed_secret",
                table: "deals_connected_system",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "secret_since",
                table: "deals_connected_system",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_agreement",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "accounts_contact_field_value",
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
                    table.PrimaryKey("PK_accounts_contact_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "accounts_field_owner",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    system = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_field_owner", x => new { x.tenant_id, x.field });
                });

            migrationBuilder.CreateTable(
                name: "accounts_product_field_value",
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
                    table.PrimaryKey("PK_accounts_product_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "deals_handover_attempt",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    handover_id = table.Column<Guid>(type: "uuid", nullable: true),
                    system = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_handover_attempt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_intake_setting",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_intake_setting", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "deals_lead_field_value",
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
                    table.PrimaryKey("PK_deals_lead_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "deals_sight_version",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    levels = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    limits = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    set_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    set_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_sight_version", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_contact",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    job_title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    known_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    known_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    added_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_contact", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_note",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    author_partner = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_note", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_agreement",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    signed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    renewal_months = table.Column<int>(type: "integer", nullable: false),
                    notice_days = table.Column<int>(type: "integer", nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    ends = table.Column<DateOnly>(type: "date", nullable: false),
                    warned_days = table.Column<int>(type: "integer", nullable: true),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_agreement", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_application",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    website = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    country = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    motion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    contact_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    email = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    language = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    consent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_application", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_application_settings",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    open = table.Column<bool>(type: "boolean", nullable: false),
                    intro = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    keep_days = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_application_settings", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_onboarding_list",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lines = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_onboarding_list", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_quality_count",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    code = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    failing = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_quality_count", x => new { x.tenant_id, x.code, x.day });
                });

            migrationBuilder.CreateTable(
                name: "partners_quality_owner",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_quality_owner", x => new { x.tenant_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "partners_renewal",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    terms = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answered_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    next_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_renewal", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_said_value",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    ours = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    theirs = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    their_source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    their_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    refused = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_said_value", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_kind_state_id",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "kind", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_owner_id_state_due_on",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "owner_id", "state", "due_on" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_partner_id_kind_code",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "partner_id", "kind", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_milestone_due",
                table: "deals_milestone",
                columns: new[] { "tenant_id", "due_on" },
                filter: "done_at IS NULL AND reminded_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_milestone_owner",
                table: "deals_milestone",
                columns: new[] { "tenant_id", "owner_person", "due_on" },
                filter: "owner_person IS NOT NULL AND done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_intake_tenant_id_message_file",
                table: "deals_intake",
                columns: new[] { "tenant_id", "message_file" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_motion_created_at_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "motion", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_contact_field_value_tenant_id_field_id_key_subject",
                table: "accounts_contact_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_product_field_value_tenant_id_field_id_key_subject",
                table: "accounts_product_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_handover_attempt_tenant_id_at",
                table: "deals_handover_attempt",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_handover_attempt_tenant_id_handover_id_id",
                table: "deals_handover_attempt",
                columns: new[] { "tenant_id", "handover_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_handover_attempt_tenant_id_system_id",
                table: "deals_handover_attempt",
                columns: new[] { "tenant_id", "system", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_field_value_tenant_id_field_id_key_subject",
                table: "deals_lead_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_sight_version_tenant_id_set_at",
                table: "deals_sight_version",
                columns: new[] { "tenant_id", "set_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_contact_tenant_id_target_id_id",
                table: "deals_target_contact",
                columns: new[] { "tenant_id", "target_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_note_tenant_id_target_id_id",
                table: "deals_target_note",
                columns: new[] { "tenant_id", "target_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_agreement_tenant_id_ends_id",
                table: "partners_agreement",
                columns: new[] { "tenant_id", "ends", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_agreement_tenant_id_partner_id_ends",
                table: "partners_agreement",
                columns: new[] { "tenant_id", "partner_id", "ends" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_application_tenant_id_created_at",
                table: "partners_application",
                columns: new[] { "tenant_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_application_tenant_id_email",
                table: "partners_application",
                columns: new[] { "tenant_id", "email" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_application_tenant_id_state_id",
                table: "partners_application",
                columns: new[] { "tenant_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_renewal_tenant_id_agreement_id_id",
                table: "partners_renewal",
                columns: new[] { "tenant_id", "agreement_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_renewal_tenant_id_partner_id_state",
                table: "partners_renewal",
                columns: new[] { "tenant_id", "partner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_said_value_open",
                table: "partners_said_value",
                columns: new[] { "tenant_id", "since", "id" },
                filter: "since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_partners_said_value_tenant_id_partner_id_field",
                table: "partners_said_value",
                columns: new[] { "tenant_id", "partner_id", "field" },
                unique: true);

            // In which motion each deal was counted until now, and the tier that a partner's motions were judged by.
            migrationBuilder.Sql("UPDATE deals_deal SET motion = (SELECT f.motion FROM insights_flow AS f WHERE f.tenant_id = deals_deal.tenant_id AND f.deal_id = deals_deal.id) WHERE state <> 'draft'");
            migrationBuilder.Sql("UPDATE partners_motion SET tier = (SELECT p.tier FROM partners_partner AS p WHERE p.tenant_id = partners_motion.tenant_id AND p.id = partners_motion.partner_id) WHERE tier = 'registered'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_contact_field_value");

            migrationBuilder.DropTable(
                name: "accounts_field_owner");

            migrationBuilder.DropTable(
                name: "accounts_product_field_value");

            migrationBuilder.DropTable(
                name: "deals_handover_attempt");

            migrationBuilder.DropTable(
                name: "deals_intake_setting");

            migrationBuilder.DropTable(
                name: "deals_lead_field_value");

            migrationBuilder.DropTable(
                name: "deals_sight_version");

            migrationBuilder.DropTable(
                name: "deals_target_contact");

            migrationBuilder.DropTable(
                name: "deals_target_note");

            migrationBuilder.DropTable(
                name: "partners_agreement");

            migrationBuilder.DropTable(
                name: "partners_application");

            migrationBuilder.DropTable(
                name: "partners_application_settings");

            migrationBuilder.DropTable(
                name: "partners_onboarding_list");

            migrationBuilder.DropTable(
                name: "partners_quality_count");

            migrationBuilder.DropTable(
                name: "partners_quality_owner");

            migrationBuilder.DropTable(
                name: "partners_renewal");

            migrationBuilder.DropTable(
                name: "partners_said_value");

            migrationBuilder.DropIndex(
                name: "IX_partners_offboarding_tenant_id_kind_state_id",
                table: "partners_offboarding");

            migrationBuilder.DropIndex(
                name: "IX_partners_offboarding_tenant_id_owner_id_state_due_on",
                table: "partners_offboarding");

            migrationBuilder.DropIndex(
                name: "IX_partners_offboarding_tenant_id_partner_id_kind_code",
                table: "partners_offboarding");

            migrationBuilder.DropIndex(
                name: "IX_deals_milestone_due",
                table: "deals_milestone");

            migrationBuilder.DropIndex(
                name: "IX_deals_milestone_owner",
                table: "deals_milestone");

            migrationBuilder.DropIndex(
                name: "IX_deals_intake_tenant_id_message_file",
                table: "deals_intake");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_motion_created_at_id",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "fact",
                table: "partners_offboarding");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "partners_offboarding");

            migrationBuilder.DropColumn(
                name: "side",
                table: "partners_offboarding");

            migrationBuilder.DropColumn(
                name: "aim",
                table: "deals_target");

            migrationBuilder.DropColumn(
                name: "reads",
                table: "deals_reseller_sight");

            migrationBuilder.DropColumn(
                name: "owner_name",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "owner_partner",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "owner_person",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "reminded_at",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "reads",
                table: "deals_member");

            migrationBuilder.DropColumn(
                name: "files_kept",
                table: "deals_intake");

            migrationBuilder.DropColumn(
                name: "files_left_out",
                table: "deals_intake");

            migrationBuilder.DropColumn(
                name: "message_file",
                table: "deals_intake");

            migrationBuilder.DropColumn(
                name: "next_attempt_at",
                table: "deals_handover");

            migrationBuilder.DropColumn(
                name: "reads",
                table: "deals_direct_sight");

            migrationBuilder.DropColumn(
                name: "motion",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "address",
                table: "deals_connected_system");

            migrationBuilder.DropColumn(
                name: "old_secret_until",
                table: "deals_connected_system");

            migrationBuilder.DropColumn(
                name: "sealed_old_secret",
                table: "deals_connected_system");

            migrationBuilder.DropColumn(
                name: "sealed_secret",
                table: "deals_connected_system");

            migrationBuilder.DropColumn(
                name: "secret_since",
                table: "deals_connected_system");

            migrationBuilder.DropColumn(
                name: "reads",
                table: "deals_agreement");

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_partner_id_code",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "partner_id", "code" },
                unique: true);
        }
    }
}
