using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
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
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "partners_partner",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "sees_family",
                table: "partners_partner",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "author_id",
                table: "partners_note",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "edited_at",
                table: "partners_note",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "manager_id",
                table: "partners_motion",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "before",
                table: "accounts_import_row",
                type: "character varying(100000)",
                maxLength: 100000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "record",
                table: "accounts_import_row",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "undo",
                table: "accounts_import_row",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "undo_reason",
                table: "accounts_import_row",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "written",
                table: "accounts_import_row",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "kept",
                table: "accounts_import",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "other_sheets",
                table: "accounts_import",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "removed",
                table: "accounts_import",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "restored",
                table: "accounts_import",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "sheet",
                table: "accounts_import",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "taken_back_by_name",
                table: "accounts_import",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "seen_at",
                table: "accounts_account",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.CreateTable(
                name: "accounts_contact",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    external_id = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    phone = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    consent = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    consent_note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    search_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_contact", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_duplicate",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    left_id = table.Column<Guid>(type: "uuid", nullable: false),
                    right_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: false),
                    reasons = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    found_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decided_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_duplicate", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_import_batch",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    made = table.Column<string>(type: "character varying(200000)", maxLength: 200000, nullable: false, collation: "C"),
                    undone = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_import_batch", x => new { x.tenant_id, x.import_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "accounts_merge",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    into_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    into_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    from_external_id = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    from = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false, collation: "C"),
                    before = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false, collation: "C"),
                    moved = table.Column<string>(type: "character varying(10000000)", maxLength: 10000000, nullable: false, collation: "C"),
                    written = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    undone_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    undone_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_merge", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_quality",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    code = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    failing = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    revenue = table.Column<long>(type: "bigint", nullable: false),
                    credits = table.Column<long>(type: "bigint", nullable: false),
                    credited = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_quality", x => new { x.tenant_id, x.code, x.day });
                });

            migrationBuilder.CreateTable(
                name: "accounts_quality_owner",
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
                    table.PrimaryKey("PK_accounts_quality_owner", x => new { x.tenant_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "deals_account_move",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merge = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_account_move", x => new { x.tenant_id, x.merge, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_contribution",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    link = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    with_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_partner = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_contribution", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_customer",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_customer", x => new { x.tenant_id, x.partner_id, x.account_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_directory",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    open = table.Column<bool>(type: "boolean", nullable: false),
                    indexed = table.Column<bool>(type: "boolean", nullable: false),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    intro = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_directory", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_expertise",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    territories = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    technologies = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    locations = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    founded = table.Column<int>(type: "integer", nullable: true),
                    customers = table.Column<int>(type: "integer", nullable: true),
                    lead_capacity = table.Column<int>(type: "integer", nullable: true),
                    project_capacity = table.Column<int>(type: "integer", nullable: true),
                    capacity_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    social_links = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    followers = table.Column<int>(type: "integer", nullable: true),
                    followers_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_expertise", x => new { x.tenant_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_file",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    audience = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    digest = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    from_partner = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_file", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_lineage",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ancestor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    descendant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    depth = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_lineage", x => new { x.tenant_id, x.ancestor_id, x.descendant_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_listing",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    listed = table.Column<bool>(type: "boolean", nullable: false),
                    headline = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    about = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    contact_url = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    consent_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    consent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_listing", x => new { x.tenant_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "partners_merge",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    into_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    into_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    snapshot = table.Column<string>(type: "character varying(10000000)", maxLength: 10000000, nullable: false, collation: "C"),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    undone_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_merge", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_offboarding",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    order = table.Column<int>(type: "integer", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_offboarding", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_segment",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    support = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    conditions = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_segment", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_tag",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    label = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_tag", x => new { x.tenant_id, x.partner_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "partners_trait",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C")
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
