using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Breadth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "partners_relation",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "merged_into",
                table: "partners_partner",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "sees_family",
                table: "partners_partner",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "author_id",
                table: "partners_note",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "edited_at",
                table: "partners_note",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "manager_id",
                table: "partners_motion",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "before",
                table: "accounts_import_row",
                type: "TEXT",
                maxLength: 100000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "record",
                table: "accounts_import_row",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "undo",
                table: "accounts_import_row",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "undo_reason",
                table: "accounts_import_row",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "written",
                table: "accounts_import_row",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "kept",
                table: "accounts_import",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "other_sheets",
                table: "accounts_import",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "removed",
                table: "accounts_import",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "restored",
                table: "accounts_import",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "sheet",
                table: "accounts_import",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "taken_back_by_name",
                table: "accounts_import",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "seen_at",
                table: "accounts_account",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "accounts_contact",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    phone = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    consent = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    consent_note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_contact", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_duplicate",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    left_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    right_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    score = table.Column<int>(type: "INTEGER", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_duplicate", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_import_batch",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    import_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    made = table.Column<string>(type: "TEXT", maxLength: 200000, nullable: false),
                    undone = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_import_batch", x => new { x.tenant_id, x.import_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "accounts_merge",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    into_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    into_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    from_external_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    from = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    before = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    moved = table.Column<string>(type: "TEXT", maxLength: 10000000, nullable: false),
                    written = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    undone_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_merge", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_quality",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    failing = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    revenue = table.Column<long>(type: "INTEGER", nullable: false),
                    credits = table.Column<long>(type: "INTEGER", nullable: false),
                    credited = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_quality", x => new { x.tenant_id, x.code, x.day });
                });

            migrationBuilder.CreateTable(
                name: "accounts_quality_owner",
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
                    table.PrimaryKey("PK_accounts_quality_owner", x => new { x.tenant_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "deals_account_move",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    merge = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_account_move", x => new { x.tenant_id, x.merge, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_contribution",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    link = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    with_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_partner = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_contribution", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_customer",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_customer", x => new { x.tenant_id, x.partner_id, x.account_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_directory",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    open = table.Column<bool>(type: "INTEGER", nullable: false),
                    indexed = table.Column<bool>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    intro = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_directory", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_expertise",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    territories = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    technologies = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    locations = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    founded = table.Column<int>(type: "INTEGER", nullable: true),
                    customers = table.Column<int>(type: "INTEGER", nullable: true),
                    lead_capacity = table.Column<int>(type: "INTEGER", nullable: true),
                    project_capacity = table.Column<int>(type: "INTEGER", nullable: true),
                    capacity_at = table.Column<long>(type: "INTEGER", nullable: true),
                    social_links = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    followers = table.Column<int>(type: "INTEGER", nullable: true),
                    followers_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_expertise", x => new { x.tenant_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_file",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    audience = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    digest = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    from_partner = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_file", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_lineage",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ancestor_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    descendant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    depth = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_lineage", x => new { x.tenant_id, x.ancestor_id, x.descendant_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_listing",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    listed = table.Column<bool>(type: "INTEGER", nullable: false),
                    headline = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    about = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    contact_url = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    consent_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    consent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_listing", x => new { x.tenant_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_merge",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    into_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    into_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    snapshot = table.Column<string>(type: "TEXT", maxLength: 10000000, nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    undone_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_merge", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_offboarding",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_offboarding", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_segment",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    support = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    conditions = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_segment", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_tag",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_tag", x => new { x.tenant_id, x.partner_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "partners_trait",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_trait", x => new { x.tenant_id, x.partner_id, x.kind, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_contact_tenant_id_account_id_name",
                table: "accounts_contact",
                columns: new[] { "tenant_id", "account_id", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_contact_tenant_id_email",
                table: "accounts_contact",
                columns: new[] { "tenant_id", "email" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_contact_tenant_id_external_id",
                table: "accounts_contact",
                columns: new[] { "tenant_id", "external_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_contact_tenant_id_name_id",
                table: "accounts_contact",
                columns: new[] { "tenant_id", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_duplicate_tenant_id_left_id_right_id",
                table: "accounts_duplicate",
                columns: new[] { "tenant_id", "left_id", "right_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_duplicate_tenant_id_right_id",
                table: "accounts_duplicate",
                columns: new[] { "tenant_id", "right_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_duplicate_tenant_id_state_score_id",
                table: "accounts_duplicate",
                columns: new[] { "tenant_id", "state", "score", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_merge_tenant_id_at_id",
                table: "accounts_merge",
                columns: new[] { "tenant_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_merge_tenant_id_from_external_id",
                table: "accounts_merge",
                columns: new[] { "tenant_id", "from_external_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_merge_tenant_id_from_id",
                table: "accounts_merge",
                columns: new[] { "tenant_id", "from_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_merge_tenant_id_into_id",
                table: "accounts_merge",
                columns: new[] { "tenant_id", "into_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_contribution_tenant_id_partner_id_on",
                table: "partners_contribution",
                columns: new[] { "tenant_id", "partner_id", "on" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_contribution_tenant_id_with_id",
                table: "partners_contribution",
                columns: new[] { "tenant_id", "with_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_customer_tenant_id_account_id",
                table: "partners_customer",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_file_tenant_id_partner_id_id",
                table: "partners_file",
                columns: new[] { "tenant_id", "partner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_lineage_tenant_id_descendant_id",
                table: "partners_lineage",
                columns: new[] { "tenant_id", "descendant_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_listing_tenant_id_slug",
                table: "partners_listing",
                columns: new[] { "tenant_id", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_merge_tenant_id_from_id",
                table: "partners_merge",
                columns: new[] { "tenant_id", "from_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_merge_tenant_id_into_id",
                table: "partners_merge",
                columns: new[] { "tenant_id", "into_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_partner_id_code",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "partner_id", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_segment_tenant_id_name",
                table: "partners_segment",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_tag_tenant_id_key_partner_id",
                table: "partners_tag",
                columns: new[] { "tenant_id", "key", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_trait_tenant_id_kind_key_partner_id",
                table: "partners_trait",
                columns: new[] { "tenant_id", "kind", "key", "partner_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_contact");

            migrationBuilder.DropTable(
                name: "accounts_duplicate");

            migrationBuilder.DropTable(
                name: "accounts_import_batch");

            migrationBuilder.DropTable(
                name: "accounts_merge");

            migrationBuilder.DropTable(
                name: "accounts_quality");

            migrationBuilder.DropTable(
                name: "accounts_quality_owner");

            migrationBuilder.DropTable(
                name: "deals_account_move");

            migrationBuilder.DropTable(
                name: "partners_contribution");

            migrationBuilder.DropTable(
                name: "partners_customer");

            migrationBuilder.DropTable(
                name: "partners_directory");

            migrationBuilder.DropTable(
                name: "partners_expertise");

            migrationBuilder.DropTable(
                name: "partners_file");

            migrationBuilder.DropTable(
                name: "partners_lineage");

            migrationBuilder.DropTable(
                name: "partners_listing");

            migrationBuilder.DropTable(
                name: "partners_merge");

            migrationBuilder.DropTable(
                name: "partners_offboarding");

            migrationBuilder.DropTable(
                name: "partners_segment");

            migrationBuilder.DropTable(
                name: "partners_tag");

            migrationBuilder.DropTable(
                name: "partners_trait");

            migrationBuilder.DropColumn(
                name: "note",
                table: "partners_relation");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "partners_partner");

            migrationBuilder.DropColumn(
                name: "sees_family",
                table: "partners_partner");

            migrationBuilder.DropColumn(
                name: "author_id",
                table: "partners_note");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "partners_note");

            migrationBuilder.DropColumn(
                name: "manager_id",
                table: "partners_motion");

            migrationBuilder.DropColumn(
                name: "before",
                table: "accounts_import_row");

            migrationBuilder.DropColumn(
                name: "record",
                table: "accounts_import_row");

            migrationBuilder.DropColumn(
                name: "undo",
                table: "accounts_import_row");

            migrationBuilder.DropColumn(
                name: "undo_reason",
                table: "accounts_import_row");

            migrationBuilder.DropColumn(
                name: "written",
                table: "accounts_import_row");

            migrationBuilder.DropColumn(
                name: "kept",
                table: "accounts_import");

            migrationBuilder.DropColumn(
                name: "other_sheets",
                table: "accounts_import");

            migrationBuilder.DropColumn(
                name: "removed",
                table: "accounts_import");

            migrationBuilder.DropColumn(
                name: "restored",
                table: "accounts_import");

            migrationBuilder.DropColumn(
                name: "sheet",
                table: "accounts_import");

            migrationBuilder.DropColumn(
                name: "taken_back_by_name",
                table: "accounts_import");

            migrationBuilder.DropColumn(
                name: "seen_at",
                table: "accounts_account");
        }
    }
}
