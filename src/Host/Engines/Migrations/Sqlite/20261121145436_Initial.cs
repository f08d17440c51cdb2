using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts_account",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    domain = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    tax_number = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    city = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    sector = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    sector_written = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    country_written = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    revenue = table.Column<long>(type: "INTEGER", nullable: true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    employees = table.Column<int>(type: "INTEGER", nullable: true),
                    founded = table.Column<int>(type: "INTEGER", nullable: true),
                    owner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    named = table.Column<bool>(type: "INTEGER", nullable: false),
                    parent_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    parent_written = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    origin = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_account", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_alias",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_alias", x => new { x.tenant_id, x.name_key, x.account_id });
                });

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
                name: "accounts_field_value",
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
                    table.PrimaryKey("PK_accounts_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "accounts_finding",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    import_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    written = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    taken = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    why = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    first_row = table.Column<int>(type: "INTEGER", nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_finding", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_import",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    file = table.Column<byte[]>(type: "BLOB", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    encoding = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    delimiter = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    header = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    header_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    sheet = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    other_sheets = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    mapping = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    dates = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    decimal_comma = table.Column<bool>(type: "INTEGER", nullable: false),
                    revenue_in = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_at = table.Column<long>(type: "INTEGER", nullable: false),
                    job = table.Column<byte[]>(type: "BLOB", nullable: true),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    created = table.Column<int>(type: "INTEGER", nullable: false),
                    updated = table.Column<int>(type: "INTEGER", nullable: false),
                    unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<int>(type: "INTEGER", nullable: false),
                    mended = table.Column<int>(type: "INTEGER", nullable: false),
                    removed = table.Column<int>(type: "INTEGER", nullable: false),
                    restored = table.Column<int>(type: "INTEGER", nullable: false),
                    kept = table.Column<int>(type: "INTEGER", nullable: false),
                    started_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    started_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    taken_back_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_import", x => new { x.tenant_id, x.id });
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
                name: "accounts_import_row",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    import_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    cells = table.Column<string>(type: "TEXT", maxLength: 5000000, nullable: true),
                    record = table.Column<Guid>(type: "TEXT", nullable: true),
                    before = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: true),
                    written = table.Column<long>(type: "INTEGER", nullable: false),
                    undo = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    undo_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_import_row", x => new { x.tenant_id, x.import_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "accounts_key",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_key", x => new { x.tenant_id, x.key, x.account_id });
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
                name: "accounts_opportunity",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    account_written = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    product_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    product_written = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    owner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    stage = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    opened_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    stage_changed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    expected_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    last_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_opportunity", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "accounts_opportunity_field_value",
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
                    table.PrimaryKey("PK_accounts_opportunity_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "accounts_product",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    series = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    list_price = table.Column<long>(type: "INTEGER", nullable: true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_product", x => new { x.tenant_id, x.id });
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
                name: "accounts_seller",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    manager = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    office = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_seller", x => new { x.tenant_id, x.id });
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
                name: "deals_agreement",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    holder_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    share_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    work_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    visibility = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    proposed_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    proposed_by_holder = table.Column<bool>(type: "INTEGER", nullable: false),
                    consented_at = table.Column<long>(type: "INTEGER", nullable: true),
                    consented_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    counter_share = table.Column<int>(type: "INTEGER", nullable: true),
                    counter_work = table.Column<int>(type: "INTEGER", nullable: true),
                    counter_note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    countered_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    accepted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    accepted_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_agreement", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_claim_key",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_claim_key", x => new { x.tenant_id, x.key, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "deals_comment",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    audience = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    author_partner = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_comment", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_committee",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    job_title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    influence = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    stance = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    covered_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    covered_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    added_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_committee", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_conflict",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    customer_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    product_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    other_deal_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    other_partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    opportunity_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    rule = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    shown = table.Column<bool>(type: "INTEGER", nullable: false),
                    disputed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    mediator_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    mediator_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    asked_basis_points = table.Column<int>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    share_basis_points = table.Column<int>(type: "INTEGER", nullable: true),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    first_decider = table.Column<byte[]>(type: "BLOB", nullable: true),
                    appealed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_conflict", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_conflict_statement",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conflict_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_conflict_statement", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_deal",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    customer_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    customer_domain = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    customer_city = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    customer_tax_number = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    customer_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    opportunity_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    linked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    product_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registered_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registered_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    contact_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    contact_email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    work_done = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    next_step = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    protection_state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    conflict_state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    account_state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    state_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    reviewer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    decide_by = table.Column<long>(type: "INTEGER", nullable: true),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    main_amount = table.Column<long>(type: "INTEGER", nullable: false),
                    no_rate = table.Column<bool>(type: "INTEGER", nullable: false),
                    expected_close = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    expires_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    won_amount = table.Column<long>(type: "INTEGER", nullable: true),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    distributor_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    renewal_of = table.Column<byte[]>(type: "BLOB", nullable: true),
                    extensions_used = table.Column<int>(type: "INTEGER", nullable: false),
                    resubmissions = table.Column<int>(type: "INTEGER", nullable: false),
                    approved_amount = table.Column<long>(type: "INTEGER", nullable: true),
                    escalated_from = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    awaits_partner = table.Column<bool>(type: "INTEGER", nullable: false),
                    transferred_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_deal", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_decision",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    rule_set_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    rule_set_number = table.Column<int>(type: "INTEGER", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    facts = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    rule_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    reviewer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    protection_days = table.Column<int>(type: "INTEGER", nullable: true),
                    protected_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    extension_limit = table.Column<int>(type: "INTEGER", nullable: true),
                    credit_basis_points = table.Column<int>(type: "INTEGER", nullable: true),
                    compensation = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    held = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reviewers = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    for_partner = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    for_vendor = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_decision", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_direct_sight",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    set_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_direct_sight", x => new { x.tenant_id, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "deals_effect_run",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_effect_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "deals_field_value",
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
                    table.PrimaryKey("PK_deals_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "deals_file",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    audience = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    digest = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    added_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    added_by_partner = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_file", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_formation",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    saved_at = table.Column<long>(type: "INTEGER", nullable: false),
                    saved_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_formation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_intake",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    from_address = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    signature = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_intake", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_member",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    holder_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    share_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    work_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    visibility = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    joint = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    invited_at = table.Column<long>(type: "INTEGER", nullable: false),
                    invited_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answered_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_member", x => new { x.tenant_id, x.deal_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "deals_milestone",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    stage = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_milestone", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_notice",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_notice", x => new { x.tenant_id, x.deal_id, x.kind, x.key });
                });

            migrationBuilder.CreateTable(
                name: "deals_rep_plan",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    commission_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    adjust_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    set_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_rep_plan", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_request",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    distributor_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    summary = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    days = table.Column<int>(type: "INTEGER", nullable: true),
                    content = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: true),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    requested_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    decide_by = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_request", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_reseller_sight",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    distributor_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reseller_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    set_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_reseller_sight", x => new { x.tenant_id, x.distributor_id, x.reseller_id });
                });

            migrationBuilder.CreateTable(
                name: "deals_rule_difference",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    run_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    decision_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    effect = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    from_outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from_rule = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    from_days = table.Column<int>(type: "INTEGER", nullable: true),
                    to_outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    to_rule = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    to_days = table.Column<int>(type: "INTEGER", nullable: true),
                    besides = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_rule_difference", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_rule_draft",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    based_on = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 1000000, nullable: false),
                    published_number = table.Column<int>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_rule_draft", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_rule_run",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    draft = table.Column<byte[]>(type: "BLOB", nullable: true),
                    content = table.Column<string>(type: "TEXT", maxLength: 1000000, nullable: true),
                    days = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    job = table.Column<byte[]>(type: "BLOB", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decisions = table.Column<long>(type: "INTEGER", nullable: false),
                    differ = table.Column<long>(type: "INTEGER", nullable: false),
                    summary = table.Column<string>(type: "TEXT", maxLength: 1000000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_rule_run", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_rule_set",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 1000000, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false),
                    published_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_rule_set", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_task",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    audience = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    owner_partner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    owner_person = table.Column<byte[]>(type: "BLOB", nullable: true),
                    owner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_by_partner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reminded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_task", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_transfer",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    to_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    proposed_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    proposed_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answered_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_transfer", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_upload",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    header = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    mapping = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    mapped_by_hand = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    job_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_upload", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_upload_row",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    upload_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    cells = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: false),
                    customer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_upload_row", x => new { x.tenant_id, x.upload_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "identity_attempt",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    used = table.Column<double>(type: "REAL", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_attempt", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "identity_chain",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    up_to = table.Column<long>(type: "INTEGER", nullable: false),
                    protected_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_chain", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "identity_company",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    issuer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    domains = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    groups_claim = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    creates_people = table.Column<bool>(type: "INTEGER", nullable: false),
                    default_role = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    on = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_company", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identity_company_account",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    company_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_company_account", x => new { x.tenant_id, x.company_id, x.subject });
                });

            migrationBuilder.CreateTable(
                name: "identity_company_domain",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    company_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_company_domain", x => x.domain);
                });

            migrationBuilder.CreateTable(
                name: "identity_company_group",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    company_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    group = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_company_group", x => new { x.tenant_id, x.company_id, x.group });
                });

            migrationBuilder.CreateTable(
                name: "identity_group",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    folded = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    roles = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_group", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identity_group_member",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    group_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_group_member", x => new { x.tenant_id, x.group_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "identity_host",
                columns: table => new
                {
                    host = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_host", x => x.host);
                });

            migrationBuilder.CreateTable(
                name: "identity_invitation",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    roles = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    partner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    key_hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    times_sent = table.Column<int>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    invited_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    accepted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_invitation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identity_key",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    scopes = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    hint = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_key", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "identity_login",
                columns: table => new
                {
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_login", x => x.email);
                });

            migrationBuilder.CreateTable(
                name: "identity_membership",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    roles = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    chosen_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_membership", x => new { x.tenant_id, x.person_id, x.partner_id });
                });

            migrationBuilder.CreateTable(
                name: "identity_passkey",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    credential = table.Column<string>(type: "TEXT", maxLength: 1500, nullable: false),
                    public_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    sign_count = table.Column<long>(type: "INTEGER", nullable: false),
                    transports = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    backup_eligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    backed_up = table.Column<bool>(type: "INTEGER", nullable: false),
                    attestation = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    client_data = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_passkey", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identity_person",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    roles = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    from_groups = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    is_service = table.Column<bool>(type: "INTEGER", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    removed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    stamp = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_person", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identity_recovery_code",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_recovery_code", x => new { x.tenant_id, x.person_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "identity_role",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    summary = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    added = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    removed = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_role", x => new { x.tenant_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "identity_seal",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    audit_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    previous = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    sealed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    name_digest = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    changes_digest = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    erased_hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_seal", x => new { x.tenant_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "identity_second_factor",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @sealed = table.Column<string>(name: "sealed", type: "TEXT", maxLength: 4000, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    last_step = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_second_factor", x => new { x.tenant_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "identity_session",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    stamp = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    device = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    two_factors = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_session", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "identity_sign_in_policy",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    second_factor_for_staff = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_sign_in_policy", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "identity_tenant",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    colour = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    logo = table.Column<byte[]>(type: "BLOB", nullable: true),
                    logo_type = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    host = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    host_proof = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    host_verified_at = table.Column<long>(type: "INTEGER", nullable: true),
                    fiscal_month = table.Column<int>(type: "INTEGER", nullable: false),
                    week_start = table.Column<int>(type: "INTEGER", nullable: false),
                    work_days = table.Column<int>(type: "INTEGER", nullable: false),
                    holidays = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    imprint = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    privacy_page = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_tenant", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "identity_viewing",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    viewer_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    viewer_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    began_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_viewing", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "incentives_earning",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    deal_title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    share_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    model = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    rate_basis_points = table.Column<int>(type: "INTEGER", nullable: false),
                    plan_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan_number = table.Column<int>(type: "INTEGER", nullable: false),
                    deal_amount = table.Column<long>(type: "INTEGER", nullable: false),
                    base_amount = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    won_at = table.Column<long>(type: "INTEGER", nullable: false),
                    compensation = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    credit_basis_points = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    hold_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    payout_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    paid_at = table.Column<long>(type: "INTEGER", nullable: true),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_earning", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "incentives_entry",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    transaction_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    account = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    earning_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_entry", x => new { x.tenant_id, x.transaction_id, x.line });
                });

            migrationBuilder.CreateTable(
                name: "incentives_payout",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    lines = table.Column<int>(type: "INTEGER", nullable: false),
                    partners = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reference = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_payout", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "incentives_plan",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    effective_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    hold_days = table.Column<int>(type: "INTEGER", nullable: false),
                    minimum = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    published_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_plan", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "incentives_rate",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    basis_points = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_rate", x => new { x.tenant_id, x.plan_id, x.role, x.tier });
                });

            migrationBuilder.CreateTable(
                name: "incentives_scheme",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    basis_points = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_scheme", x => new { x.tenant_id, x.plan_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "incentives_transaction",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    source_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    memo = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_transaction", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "insights_credit",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    model = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    touched = table.Column<bool>(type: "INTEGER", nullable: false),
                    resold = table.Column<bool>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    deal_amount = table.Column<long>(type: "INTEGER", nullable: false),
                    credited_amount = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    definition = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    computed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_credit", x => new { x.tenant_id, x.deal_id, x.partner_id, x.model });
                });

            migrationBuilder.CreateTable(
                name: "insights_day_figure",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    model = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    metric = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    deals = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_day_figure", x => new { x.tenant_id, x.model, x.day, x.metric });
                });

            migrationBuilder.CreateTable(
                name: "insights_fair_row",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    measure = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    size = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    counted = table.Column<bool>(type: "INTEGER", nullable: false),
                    minutes = table.Column<long>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_fair_row", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "insights_fair_run",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    computed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    figures = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_fair_run", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_fair_setting",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    shown_to_partners = table.Column<bool>(type: "INTEGER", nullable: false),
                    payment_days = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_fair_setting", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "insights_touch",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_insights_touch", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actor_person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    actor_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    actor_partner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    action = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    subject_kind = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    changes = table.Column<string>(type: "TEXT", maxLength: 200000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_audit", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_bulk",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    record = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    argument = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    job = table.Column<byte[]>(type: "BLOB", nullable: false),
                    started_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    started_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_bulk", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_bulk_row",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    bulk_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    problem = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_bulk_row", x => new { x.tenant_id, x.bulk_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "kernel_field",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    record = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    help = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    choices = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    required = table.Column<bool>(type: "INTEGER", nullable: false),
                    sight = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    in_list = table.Column<bool>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_field", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_job",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    done = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    started_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    started_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_wanted = table.Column<bool>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_job", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_mail",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    to = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    unsubscribe = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_mail", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_outbox",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 4000, nullable: false),
                    listener = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: 100000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_outbox", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_rate",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    to = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    scaled = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_rate", x => new { x.tenant_id, x.from, x.to, x.day });
                });

            migrationBuilder.CreateTable(
                name: "kernel_rate_state",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_rate_state", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_reply",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    request = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    location = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    e_tag = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 1000000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_reply", x => new { x.tenant_id, x.person, x.key });
                });

            migrationBuilder.CreateTable(
                name: "kernel_saved_view",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    query = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_saved_view", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_schedule",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    milliseconds = table.Column<long>(type: "INTEGER", nullable: false),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_schedule", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_transition",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    machine = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    from = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    trigger = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    to = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actor_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    actor_partner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_transition", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "notifications_digest",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications_digest", x => new { x.tenant_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "notifications_notification",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    href = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    in_app = table.Column<bool>(type: "INTEGER", nullable: false),
                    once = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    digest_due = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications_notification", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "notifications_preference",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    in_app = table.Column<bool>(type: "INTEGER", nullable: false),
                    mail = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications_preference", x => new { x.tenant_id, x.person_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "partners_certification",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    issuer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_certification", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_contact",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    job_title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    function = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_contact", x => new { x.tenant_id, x.id });
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
                name: "partners_customer_move",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    merge = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    had_twin = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_customer_move", x => new { x.tenant_id, x.merge, x.partner_id, x.kind });
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
                name: "partners_field_value",
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
                    table.PrimaryKey("PK_partners_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
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
                name: "partners_motion",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    motion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    manager_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_motion", x => new { x.tenant_id, x.partner_id, x.motion });
                });

            migrationBuilder.CreateTable(
                name: "partners_note",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    audience = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    edited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    from_partner = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_note", x => new { x.tenant_id, x.id });
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
                name: "partners_partner",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    legal_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    website = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    domain = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    description = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    region = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    city = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    postcode = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    phone = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    employees = table.Column<int>(type: "INTEGER", nullable: true),
                    revenue = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    languages = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    verticals = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    competencies = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    main_type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    manager_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_since = table.Column<long>(type: "INTEGER", nullable: false),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    tier_since = table.Column<long>(type: "INTEGER", nullable: false),
                    tier_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    tier_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    merged_into = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sees_family = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_partner", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_relation",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    to_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_relation", x => new { x.tenant_id, x.from_id, x.to_id, x.kind });
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
                name: "partners_solution",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    offer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    vertical = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    parent_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    @public = table.Column<bool>(name: "public", type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_solution", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_solution_part",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    group_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    does = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    leads = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    invited_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    invited_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_solution_part", x => new { x.tenant_id, x.group_id, x.partner_id });
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
                name: "partners_tier_change",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    to = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_tier_change", x => new { x.tenant_id, x.id });
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

            migrationBuilder.CreateTable(
                name: "partners_word_list",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: false),
                    closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_word_list", x => new { x.tenant_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "receipts_key",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    public_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    private_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    retired_at = table.Column<long>(type: "INTEGER", nullable: true),
                    retired_because = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipts_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "receipts_link",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    receipt_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    previous = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    sealed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipts_link", x => new { x.tenant_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "receipts_receipt",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    signature = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    personal = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    erased_at = table.Column<long>(type: "INTEGER", nullable: true),
                    waiting = table.Column<bool>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipts_receipt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "receipts_root",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    root = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    statement = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    signature = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_receipts_root", x => new { x.tenant_id, x.day });
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_external_id",
                table: "accounts_account",
                columns: new[] { "tenant_id", "external_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_name_id",
                table: "accounts_account",
                columns: new[] { "tenant_id", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_name_key",
                table: "accounts_account",
                columns: new[] { "tenant_id", "name_key" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account",
                columns: new[] { "tenant_id", "parent_id", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_alias_tenant_id_account_id",
                table: "accounts_alias",
                columns: new[] { "tenant_id", "account_id" });

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
                name: "IX_accounts_field_value_tenant_id_field_id_key_subject",
                table: "accounts_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_finding_tenant_id_import_id_kind_rows",
                table: "accounts_finding",
                columns: new[] { "tenant_id", "import_id", "kind", "rows" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_import_tenant_id_kind_header_key_id",
                table: "accounts_import",
                columns: new[] { "tenant_id", "kind", "header_key", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_import_row_tenant_id_import_id_outcome_number",
                table: "accounts_import_row",
                columns: new[] { "tenant_id", "import_id", "outcome", "number" });

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
                name: "IX_accounts_opportunity_tenant_id_account_id_last_on",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "account_id", "last_on" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_tenant_id_external_id",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_tenant_id_last_on_id",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "last_on", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_field_value_tenant_id_field_id_key_subject",
                table: "accounts_opportunity_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_product_tenant_id_name_key",
                table: "accounts_product",
                columns: new[] { "tenant_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_seller_tenant_id_name_key",
                table: "accounts_seller",
                columns: new[] { "tenant_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_agreement_tenant_id_deal_id_id",
                table: "deals_agreement",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_agreement_tenant_id_partner_id_state",
                table: "deals_agreement",
                columns: new[] { "tenant_id", "partner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_claim_key_tenant_id_deal_id",
                table: "deals_claim_key",
                columns: new[] { "tenant_id", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_comment_tenant_id_deal_id_id",
                table: "deals_comment",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_committee_tenant_id_deal_id_id",
                table: "deals_committee",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_account_id",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_deal_id",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_opened_at_id",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_other_deal_id",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "other_deal_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_other_partner_id",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "other_partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_partner_id",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_tenant_id_state_due_at",
                table: "deals_conflict",
                columns: new[] { "tenant_id", "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_conflict_statement_tenant_id_conflict_id_id",
                table: "deals_conflict_statement",
                columns: new[] { "tenant_id", "conflict_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_account_pending",
                table: "deals_deal",
                columns: new[] { "tenant_id", "created_at", "id" },
                filter: "account_state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_no_rate",
                table: "deals_deal",
                columns: new[] { "tenant_id", "id" },
                filter: "no_rate");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_account_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_created_at_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_customer_domain",
                table: "deals_deal",
                columns: new[] { "tenant_id", "customer_domain" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_customer_key",
                table: "deals_deal",
                columns: new[] { "tenant_id", "customer_key" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_customer_name_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "customer_name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_distributor_id_state_created_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "distributor_id", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_main_amount_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "main_amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_opportunity_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "opportunity_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_created_at_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_partner_id_state_created_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "partner_id", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_renewal_of",
                table: "deals_deal",
                columns: new[] { "tenant_id", "renewal_of" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_closed_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_created_at_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_distributor_id_main_amount",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "distributor_id", "main_amount" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_expires_on_distributor_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "expires_on", "distributor_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_submitted_at",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_decision_tenant_id_at_id",
                table: "deals_decision",
                columns: new[] { "tenant_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_decision_tenant_id_deal_id_id",
                table: "deals_decision",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_field_value_tenant_id_field_id_key_subject",
                table: "deals_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_file_tenant_id_deal_id_id",
                table: "deals_file",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_formation_tenant_id_owner_id_name",
                table: "deals_formation",
                columns: new[] { "tenant_id", "owner_id", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_intake_tenant_id_message_key",
                table: "deals_intake",
                columns: new[] { "tenant_id", "message_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_intake_tenant_id_person_id",
                table: "deals_intake",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_member_tenant_id_holder_id",
                table: "deals_member",
                columns: new[] { "tenant_id", "holder_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_member_tenant_id_partner_id_state",
                table: "deals_member",
                columns: new[] { "tenant_id", "partner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_milestone_tenant_id_deal_id_place",
                table: "deals_milestone",
                columns: new[] { "tenant_id", "deal_id", "place" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_request_tenant_id_deal_id_id",
                table: "deals_request",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_request_tenant_id_state_decide_by",
                table: "deals_request",
                columns: new[] { "tenant_id", "state", "decide_by" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_reseller_sight_tenant_id_reseller_id",
                table: "deals_reseller_sight",
                columns: new[] { "tenant_id", "reseller_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_rule_difference_tenant_id_run_id_amount_id",
                table: "deals_rule_difference",
                columns: new[] { "tenant_id", "run_id", "amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_rule_difference_tenant_id_run_id_effect_amount_id",
                table: "deals_rule_difference",
                columns: new[] { "tenant_id", "run_id", "effect", "amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_rule_draft_tenant_id_state_created_at",
                table: "deals_rule_draft",
                columns: new[] { "tenant_id", "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_rule_run_tenant_id_draft",
                table: "deals_rule_run",
                columns: new[] { "tenant_id", "draft" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_rule_run_tenant_id_started_at",
                table: "deals_rule_run",
                columns: new[] { "tenant_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_rule_set_tenant_id_number",
                table: "deals_rule_set",
                columns: new[] { "tenant_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_task_tenant_id_deal_id_id",
                table: "deals_task",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_task_tenant_id_done_at_due_on",
                table: "deals_task",
                columns: new[] { "tenant_id", "done_at", "due_on" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_task_tenant_id_owner_person_done_at",
                table: "deals_task",
                columns: new[] { "tenant_id", "owner_person", "done_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_transfer_tenant_id_deal_id_id",
                table: "deals_transfer",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_transfer_tenant_id_from_id_state",
                table: "deals_transfer",
                columns: new[] { "tenant_id", "from_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_transfer_tenant_id_to_id_state",
                table: "deals_transfer",
                columns: new[] { "tenant_id", "to_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_upload_tenant_id_partner_id_id",
                table: "deals_upload",
                columns: new[] { "tenant_id", "partner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_attempt_at",
                table: "identity_attempt",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_identity_group_tenant_id_folded",
                table: "identity_group",
                columns: new[] { "tenant_id", "folded" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_identity_group_member_tenant_id_person_id",
                table: "identity_group_member",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_host_tenant_id",
                table: "identity_host",
                column: "tenant_id");

            migrationBuilder.CreateIndex(
                name: "IX_identity_invitation_tenant_id_partner_id",
                table: "identity_invitation",
                columns: new[] { "tenant_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_invitation_tenant_id_person_id",
                table: "identity_invitation",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_invitation_tenant_id_sent_at",
                table: "identity_invitation",
                columns: new[] { "tenant_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_key_tenant_id_person_id",
                table: "identity_key",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_membership_tenant_id_partner_id",
                table: "identity_membership",
                columns: new[] { "tenant_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_passkey_tenant_id_credential",
                table: "identity_passkey",
                columns: new[] { "tenant_id", "credential" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_identity_passkey_tenant_id_person_id",
                table: "identity_passkey",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_person_tenant_id_email",
                table: "identity_person",
                columns: new[] { "tenant_id", "email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_identity_seal_tenant_id_audit_id",
                table: "identity_seal",
                columns: new[] { "tenant_id", "audit_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_identity_session_tenant_id_person_id",
                table: "identity_session",
                columns: new[] { "tenant_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_session_tenant_id_seen_at",
                table: "identity_session",
                columns: new[] { "tenant_id", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_viewing_tenant_id_ended_at",
                table: "identity_viewing",
                columns: new[] { "tenant_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_currency_state_amount",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "currency", "state", "amount" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_deal_id_partner_id_kind",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "deal_id", "partner_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_partner_id_currency_state_amount",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "partner_id", "currency", "state", "amount" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_partner_id_won_at_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "partner_id", "won_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_payout_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "payout_id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_state_hold_until",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "state", "hold_until" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_won_at_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "won_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_entry_tenant_id_currency_account_partner_id_amount",
                table: "incentives_entry",
                columns: new[] { "tenant_id", "currency", "account", "partner_id", "amount" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_entry_tenant_id_earning_id",
                table: "incentives_entry",
                columns: new[] { "tenant_id", "earning_id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_entry_tenant_id_partner_id_transaction_id",
                table: "incentives_entry",
                columns: new[] { "tenant_id", "partner_id", "transaction_id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_payout_tenant_id_created_at_id",
                table: "incentives_payout",
                columns: new[] { "tenant_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_plan_tenant_id_number",
                table: "incentives_plan",
                columns: new[] { "tenant_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_incentives_transaction_tenant_id_at_id",
                table: "incentives_transaction",
                columns: new[] { "tenant_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_transaction_tenant_id_source_key",
                table: "incentives_transaction",
                columns: new[] { "tenant_id", "source_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_insights_credit_figure",
                table: "insights_credit",
                columns: new[] { "tenant_id", "model", "outcome", "closed_on", "partner_id", "role", "touched", "resold", "deal_id", "month", "deal_amount", "credited_amount" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_credit_partner",
                table: "insights_credit",
                columns: new[] { "tenant_id", "partner_id", "model", "outcome", "closed_on", "role", "touched", "resold", "deal_id", "month", "deal_amount", "credited_amount" });

            migrationBuilder.CreateIndex(
                name: "ix_insights_day_figure",
                table: "insights_day_figure",
                columns: new[] { "tenant_id", "model", "day", "metric", "month", "amount", "deals" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_fair_row_tenant_id_measure_day_id",
                table: "insights_fair_row",
                columns: new[] { "tenant_id", "measure", "day", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_fair_row_tenant_id_partner_id_measure_counted",
                table: "insights_fair_row",
                columns: new[] { "tenant_id", "partner_id", "measure", "counted" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_touch_tenant_id_deal_id_at",
                table: "insights_touch",
                columns: new[] { "tenant_id", "deal_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_insights_touch_tenant_id_partner_id_at",
                table: "insights_touch",
                columns: new[] { "tenant_id", "partner_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_tenant_id_at_id",
                table: "kernel_audit",
                columns: new[] { "tenant_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_audit_tenant_id_subject_id",
                table: "kernel_audit",
                columns: new[] { "tenant_id", "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_bulk_tenant_id_started_by_id",
                table: "kernel_bulk",
                columns: new[] { "tenant_id", "started_by", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_bulk_row_tenant_id_bulk_id_state_number",
                table: "kernel_bulk_row",
                columns: new[] { "tenant_id", "bulk_id", "state", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_field_tenant_id_record_key",
                table: "kernel_field",
                columns: new[] { "tenant_id", "record", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_job_tenant_id_state_id",
                table: "kernel_job",
                columns: new[] { "tenant_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_mail_tenant_id_state_next_attempt_at",
                table: "kernel_mail",
                columns: new[] { "tenant_id", "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_mail_waiting",
                table: "kernel_mail",
                columns: new[] { "tenant_id", "id" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_outbox_tenant_id_state_next_attempt_at",
                table: "kernel_outbox",
                columns: new[] { "tenant_id", "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_outbox_waiting",
                table: "kernel_outbox",
                columns: new[] { "tenant_id", "id" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_rate_tenant_id_day",
                table: "kernel_rate",
                columns: new[] { "tenant_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_reply_tenant_id_at",
                table: "kernel_reply",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_saved_view_tenant_id_path_shared",
                table: "kernel_saved_view",
                columns: new[] { "tenant_id", "path", "shared" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_saved_view_tenant_id_person_path_name",
                table: "kernel_saved_view",
                columns: new[] { "tenant_id", "person", "path", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_kernel_transition_tenant_id_subject_id",
                table: "kernel_transition",
                columns: new[] { "tenant_id", "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_digest_due_person_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "digest_due", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_person_id_once",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "once" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_person_id_read_at_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "read_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_certification_tenant_id_partner_id_id",
                table: "partners_certification",
                columns: new[] { "tenant_id", "partner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_contact_tenant_id_partner_id_email",
                table: "partners_contact",
                columns: new[] { "tenant_id", "partner_id", "email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_contact_tenant_id_person_id",
                table: "partners_contact",
                columns: new[] { "tenant_id", "person_id" });

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
                name: "IX_partners_field_value_tenant_id_field_id_key_subject",
                table: "partners_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

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
                name: "IX_partners_note_tenant_id_partner_id_id",
                table: "partners_note",
                columns: new[] { "tenant_id", "partner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_offboarding_tenant_id_partner_id_code",
                table: "partners_offboarding",
                columns: new[] { "tenant_id", "partner_id", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_partner_tenant_id_domain",
                table: "partners_partner",
                columns: new[] { "tenant_id", "domain" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_partner_tenant_id_manager_id",
                table: "partners_partner",
                columns: new[] { "tenant_id", "manager_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_partner_tenant_id_name_id",
                table: "partners_partner",
                columns: new[] { "tenant_id", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_relation_tenant_id_to_id",
                table: "partners_relation",
                columns: new[] { "tenant_id", "to_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_segment_tenant_id_name",
                table: "partners_segment",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_solution_tenant_id_name",
                table: "partners_solution",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_solution_tenant_id_parent_id",
                table: "partners_solution",
                columns: new[] { "tenant_id", "parent_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_solution_part_tenant_id_partner_id_state",
                table: "partners_solution_part",
                columns: new[] { "tenant_id", "partner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_tag_tenant_id_key_partner_id",
                table: "partners_tag",
                columns: new[] { "tenant_id", "key", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_tier_change_tenant_id_partner_id_id",
                table: "partners_tier_change",
                columns: new[] { "tenant_id", "partner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_trait_tenant_id_kind_key_partner_id",
                table: "partners_trait",
                columns: new[] { "tenant_id", "kind", "key", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_receipts_link_tenant_id_day_sequence",
                table: "receipts_link",
                columns: new[] { "tenant_id", "day", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_receipts_link_tenant_id_receipt_id",
                table: "receipts_link",
                columns: new[] { "tenant_id", "receipt_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_tenant_id_at_id",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_tenant_id_partner_id_at_id",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "partner_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_tenant_id_subject_id",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_waiting",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "id" },
                filter: "waiting");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_account");

            migrationBuilder.DropTable(
                name: "accounts_alias");

            migrationBuilder.DropTable(
                name: "accounts_contact");

            migrationBuilder.DropTable(
                name: "accounts_duplicate");

            migrationBuilder.DropTable(
                name: "accounts_field_value");

            migrationBuilder.DropTable(
                name: "accounts_finding");

            migrationBuilder.DropTable(
                name: "accounts_import");

            migrationBuilder.DropTable(
                name: "accounts_import_batch");

            migrationBuilder.DropTable(
                name: "accounts_import_row");

            migrationBuilder.DropTable(
                name: "accounts_key");

            migrationBuilder.DropTable(
                name: "accounts_merge");

            migrationBuilder.DropTable(
                name: "accounts_opportunity");

            migrationBuilder.DropTable(
                name: "accounts_opportunity_field_value");

            migrationBuilder.DropTable(
                name: "accounts_product");

            migrationBuilder.DropTable(
                name: "accounts_quality");

            migrationBuilder.DropTable(
                name: "accounts_quality_owner");

            migrationBuilder.DropTable(
                name: "accounts_seller");

            migrationBuilder.DropTable(
                name: "deals_account_move");

            migrationBuilder.DropTable(
                name: "deals_agreement");

            migrationBuilder.DropTable(
                name: "deals_claim_key");

            migrationBuilder.DropTable(
                name: "deals_comment");

            migrationBuilder.DropTable(
                name: "deals_committee");

            migrationBuilder.DropTable(
                name: "deals_conflict");

            migrationBuilder.DropTable(
                name: "deals_conflict_statement");

            migrationBuilder.DropTable(
                name: "deals_deal");

            migrationBuilder.DropTable(
                name: "deals_decision");

            migrationBuilder.DropTable(
                name: "deals_direct_sight");

            migrationBuilder.DropTable(
                name: "deals_effect_run");

            migrationBuilder.DropTable(
                name: "deals_field_value");

            migrationBuilder.DropTable(
                name: "deals_file");

            migrationBuilder.DropTable(
                name: "deals_formation");

            migrationBuilder.DropTable(
                name: "deals_intake");

            migrationBuilder.DropTable(
                name: "deals_member");

            migrationBuilder.DropTable(
                name: "deals_milestone");

            migrationBuilder.DropTable(
                name: "deals_notice");

            migrationBuilder.DropTable(
                name: "deals_rep_plan");

            migrationBuilder.DropTable(
                name: "deals_request");

            migrationBuilder.DropTable(
                name: "deals_reseller_sight");

            migrationBuilder.DropTable(
                name: "deals_rule_difference");

            migrationBuilder.DropTable(
                name: "deals_rule_draft");

            migrationBuilder.DropTable(
                name: "deals_rule_run");

            migrationBuilder.DropTable(
                name: "deals_rule_set");

            migrationBuilder.DropTable(
                name: "deals_task");

            migrationBuilder.DropTable(
                name: "deals_transfer");

            migrationBuilder.DropTable(
                name: "deals_upload");

            migrationBuilder.DropTable(
                name: "deals_upload_row");

            migrationBuilder.DropTable(
                name: "identity_attempt");

            migrationBuilder.DropTable(
                name: "identity_chain");

            migrationBuilder.DropTable(
                name: "identity_company");

            migrationBuilder.DropTable(
                name: "identity_company_account");

            migrationBuilder.DropTable(
                name: "identity_company_domain");

            migrationBuilder.DropTable(
                name: "identity_company_group");

            migrationBuilder.DropTable(
                name: "identity_group");

            migrationBuilder.DropTable(
                name: "identity_group_member");

            migrationBuilder.DropTable(
                name: "identity_host");

            migrationBuilder.DropTable(
                name: "identity_invitation");

            migrationBuilder.DropTable(
                name: "identity_key");

            migrationBuilder.DropTable(
                name: "identity_login");

            migrationBuilder.DropTable(
                name: "identity_membership");

            migrationBuilder.DropTable(
                name: "identity_passkey");

            migrationBuilder.DropTable(
                name: "identity_person");

            migrationBuilder.DropTable(
                name: "identity_recovery_code");

            migrationBuilder.DropTable(
                name: "identity_role");

            migrationBuilder.DropTable(
                name: "identity_seal");

            migrationBuilder.DropTable(
                name: "identity_second_factor");

            migrationBuilder.DropTable(
                name: "identity_session");

            migrationBuilder.DropTable(
                name: "identity_sign_in_policy");

            migrationBuilder.DropTable(
                name: "identity_tenant");

            migrationBuilder.DropTable(
                name: "identity_viewing");

            migrationBuilder.DropTable(
                name: "incentives_earning");

            migrationBuilder.DropTable(
                name: "incentives_entry");

            migrationBuilder.DropTable(
                name: "incentives_payout");

            migrationBuilder.DropTable(
                name: "incentives_plan");

            migrationBuilder.DropTable(
                name: "incentives_rate");

            migrationBuilder.DropTable(
                name: "incentives_scheme");

            migrationBuilder.DropTable(
                name: "incentives_transaction");

            migrationBuilder.DropTable(
                name: "insights_credit");

            migrationBuilder.DropTable(
                name: "insights_day_figure");

            migrationBuilder.DropTable(
                name: "insights_fair_row");

            migrationBuilder.DropTable(
                name: "insights_fair_run");

            migrationBuilder.DropTable(
                name: "insights_fair_setting");

            migrationBuilder.DropTable(
                name: "insights_touch");

            migrationBuilder.DropTable(
                name: "kernel_audit");

            migrationBuilder.DropTable(
                name: "kernel_bulk");

            migrationBuilder.DropTable(
                name: "kernel_bulk_row");

            migrationBuilder.DropTable(
                name: "kernel_field");

            migrationBuilder.DropTable(
                name: "kernel_job");

            migrationBuilder.DropTable(
                name: "kernel_mail");

            migrationBuilder.DropTable(
                name: "kernel_outbox");

            migrationBuilder.DropTable(
                name: "kernel_rate");

            migrationBuilder.DropTable(
                name: "kernel_rate_state");

            migrationBuilder.DropTable(
                name: "kernel_reply");

            migrationBuilder.DropTable(
                name: "kernel_saved_view");

            migrationBuilder.DropTable(
                name: "kernel_schedule");

            migrationBuilder.DropTable(
                name: "kernel_transition");

            migrationBuilder.DropTable(
                name: "notifications_digest");

            migrationBuilder.DropTable(
                name: "notifications_notification");

            migrationBuilder.DropTable(
                name: "notifications_preference");

            migrationBuilder.DropTable(
                name: "partners_certification");

            migrationBuilder.DropTable(
                name: "partners_contact");

            migrationBuilder.DropTable(
                name: "partners_contribution");

            migrationBuilder.DropTable(
                name: "partners_customer");

            migrationBuilder.DropTable(
                name: "partners_customer_move");

            migrationBuilder.DropTable(
                name: "partners_directory");

            migrationBuilder.DropTable(
                name: "partners_expertise");

            migrationBuilder.DropTable(
                name: "partners_field_value");

            migrationBuilder.DropTable(
                name: "partners_file");

            migrationBuilder.DropTable(
                name: "partners_lineage");

            migrationBuilder.DropTable(
                name: "partners_listing");

            migrationBuilder.DropTable(
                name: "partners_merge");

            migrationBuilder.DropTable(
                name: "partners_motion");

            migrationBuilder.DropTable(
                name: "partners_note");

            migrationBuilder.DropTable(
                name: "partners_offboarding");

            migrationBuilder.DropTable(
                name: "partners_partner");

            migrationBuilder.DropTable(
                name: "partners_relation");

            migrationBuilder.DropTable(
                name: "partners_segment");

            migrationBuilder.DropTable(
                name: "partners_solution");

            migrationBuilder.DropTable(
                name: "partners_solution_part");

            migrationBuilder.DropTable(
                name: "partners_tag");

            migrationBuilder.DropTable(
                name: "partners_tier_change");

            migrationBuilder.DropTable(
                name: "partners_trait");

            migrationBuilder.DropTable(
                name: "partners_word_list");

            migrationBuilder.DropTable(
                name: "receipts_key");

            migrationBuilder.DropTable(
                name: "receipts_link");

            migrationBuilder.DropTable(
                name: "receipts_receipt");

            migrationBuilder.DropTable(
                name: "receipts_root");
        }
    }
}
