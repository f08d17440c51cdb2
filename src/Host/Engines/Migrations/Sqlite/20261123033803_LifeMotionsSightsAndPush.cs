using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "partners_offboarding",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "offboarding");

            migrationBuilder.AddColumn<string>(
                name: "side",
                table: "partners_offboarding",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "vendor");

            migrationBuilder.AddColumn<string>(
                name: "aim",
                table: "deals_target",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_reseller_sight",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "owner_name",
                table: "deals_milestone",
                type: "TEXT",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<byte[]>(
                name: "owner_partner",
                table: "deals_milestone",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "owner_person",
                table: "deals_milestone",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "reminded_at",
                table: "deals_milestone",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_member",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "files_kept",
                table: "deals_intake",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "files_left_out",
                table: "deals_intake",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "message_file",
                table: "deals_intake",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "next_attempt_at",
                table: "deals_handover",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_direct_sight",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "motion",
                table: "deals_deal",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "deals_connected_system",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "old_secret_until",
                table: "deals_connected_system",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_old_secret",
                table: "deals_connected_system",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sealed_secret",
                table: "deals_connected_system",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "secret_since",
                table: "deals_connected_system",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reads",
                table: "deals_agreement",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "accounts_contact_field_value",
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
                    table.PrimaryKey("PK_accounts_contact_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "accounts_field_owner",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    system = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_field_owner", x => new { x.tenant_id, x.field });
                });

            migrationBuilder.CreateTable(
                name: "accounts_product_field_value",
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
                    table.PrimaryKey("PK_accounts_product_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "deals_handover_attempt",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    handover_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    system = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    milliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_handover_attempt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_intake_setting",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_intake_setting", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "deals_lead_field_value",
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
                    table.PrimaryKey("PK_deals_lead_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "deals_sight_version",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    levels = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    limits = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false),
                    set_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_sight_version", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_contact",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    target_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    job_title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    known_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    known_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_contact", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_note",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    target_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    author_partner = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_note", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_agreement",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    signed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    renewal_months = table.Column<int>(type: "INTEGER", nullable: false),
                    notice_days = table.Column<int>(type: "INTEGER", nullable: false),
                    file_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    ends = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    warned_days = table.Column<int>(type: "INTEGER", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_agreement", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_application",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    company = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    website = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    country = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    motion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    contact_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    consent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_application", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_application_settings",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    open = table.Column<bool>(type: "INTEGER", nullable: false),
                    intro = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    keep_days = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_application_settings", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_onboarding_list",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lines = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_onboarding_list", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_quality_count",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    failing = table.Column<int>(type: "INTEGER", nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_quality_count", x => new { x.tenant_id, x.code, x.day });
                });

            migrationBuilder.CreateTable(
                name: "partners_quality_owner",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_quality_owner", x => new { x.tenant_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "partners_renewal",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    agreement_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    terms = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answered_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    next_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_renewal", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_said_value",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ours = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    theirs = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    their_source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    their_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    since = table.Column<long>(type: "INTEGER", nullable: true),
                    refused = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
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
