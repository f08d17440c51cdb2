using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RelationsLeadsAndFlow : Migration
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

            migrationBuilder.AddColumn<int>(
                name: "answer_hours",
                table: "partners_segment",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "decide_hours",
                table: "partners_segment",
                type: "integer",
                nullable: true);

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
                name: "deals_connected_system",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    system = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_connected_system", x => new { x.tenant_id, x.system });
                });

            migrationBuilder.CreateTable(
                name: "deals_handover",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    system = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    state_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_handover", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_lead",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    direction = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chain_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    customer_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    customer_key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    customer_domain = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    customer_city = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    country = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    contact_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    contact_email = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    product_id = table.Column<Guid>(type: "uuid", nullable: true),
                    need = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    passed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    passed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    passed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    offered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answer_by = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answer_minutes = table.Column<int>(type: "integer", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    refusal = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answer_hours = table.Column<int>(type: "integer", nullable: false),
                    protection_days = table.Column<int>(type: "integer", nullable: true),
                    protected_until = table.Column<DateOnly>(type: "date", nullable: true),
                    credit_basis_points = table.Column<int>(type: "integer", nullable: true),
                    compensation = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    reviewer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    decide_by = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    rules_number = table.Column<int>(type: "integer", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    rules_currency = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rule_id = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    facts = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false, collation: "C"),
                    for_partner = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    for_vendor = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    opportunity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    search_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_lead", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_passing_rules",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: true),
                    content = table.Column<string>(type: "character varying(1000000)", maxLength: 1000000, nullable: false, collation: "C"),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_passing_rules", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_play_review",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    taken = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    reviewed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    reviewed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_play_review", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_relation",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    basis = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    merge = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    moved_from = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_by_merge = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_relation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_relation_claim",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    basis = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    claimed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    claimed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_relation_claim", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    city = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    country = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    name_key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    proposed = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_side = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_step = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    next_on = table.Column<DateOnly>(type: "date", nullable: true),
                    contacts = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    added_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_list",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    message = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    message_number = table.Column<int>(type: "integer", nullable: false),
                    message_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    message_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    archived_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_list", x => new { x.tenant_id, x.id });
                });

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

            migrationBuilder.CreateTable(
                name: "partners_asset",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    description = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    products = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    verticals = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    link = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    terms = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    for_partners = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    state_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    state_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    search_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_asset", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_field_owner",
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
                    table.PrimaryKey("PK_partners_field_owner", x => new { x.tenant_id, x.field });
                });

            migrationBuilder.CreateTable(
                name: "partners_import",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    header = table.Column<string>(type: "character varying(30000)", maxLength: 30000, nullable: false, collation: "C"),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    mapping = table.Column<string>(type: "character varying(30000)", maxLength: 30000, nullable: false, collation: "C"),
                    mode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    otherwise = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    job = table.Column<Guid>(type: "uuid", nullable: true),
                    created = table.Column<int>(type: "integer", nullable: false),
                    updated = table.Column<int>(type: "integer", nullable: false),
                    unchanged = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    removed = table.Column<int>(type: "integer", nullable: false),
                    restored = table.Column<int>(type: "integer", nullable: false),
                    kept = table.Column<int>(type: "integer", nullable: false),
                    started_by = table.Column<Guid>(type: "uuid", nullable: false),
                    started_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    taken_back_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_import", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_import_row",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    cells = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: true, collation: "C"),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    written = table.Column<bool>(type: "boolean", nullable: false),
                    before = table.Column<string>(type: "character varying(30000)", maxLength: 30000, nullable: true, collation: "C"),
                    version_after = table.Column<long>(type: "bigint", nullable: false),
                    undone = table.Column<bool>(type: "boolean", nullable: false),
                    kept_because = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_import_row", x => new { x.tenant_id, x.import_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "partners_joint_value",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    with_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    percent = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    first_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    first_said = table.Column<bool>(type: "boolean", nullable: true),
                    second_by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    second_said = table.Column<bool>(type: "boolean", nullable: true),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_joint_value", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_motion_change",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    motion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    manager_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_motion_change", x => new { x.tenant_id, x.id });
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
                name: "IX_deals_handover_tenant_id_deal_id_system",
                table: "deals_handover",
                columns: new[] { "tenant_id", "deal_id", "system" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_handover_tenant_id_system_state_id",
                table: "deals_handover",
                columns: new[] { "tenant_id", "system", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_contact",
                table: "deals_lead",
                columns: new[] { "tenant_id", "state_since" },
                filter: "contact_name IS NOT NULL OR contact_email IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_deal",
                table: "deals_lead",
                columns: new[] { "tenant_id", "deal_id" },
                filter: "deal_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_account_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_chain_id_turn",
                table: "deals_lead",
                columns: new[] { "tenant_id", "chain_id", "turn" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_customer_domain",
                table: "deals_lead",
                columns: new[] { "tenant_id", "customer_domain" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_customer_key",
                table: "deals_lead",
                columns: new[] { "tenant_id", "customer_key" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_customer_name_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "customer_name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_partner_id_passed_at_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "partner_id", "passed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_partner_id_state_passed_at",
                table: "deals_lead",
                columns: new[] { "tenant_id", "partner_id", "state", "passed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_passed_at_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "passed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_state_answer_by",
                table: "deals_lead",
                columns: new[] { "tenant_id", "state", "answer_by" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_lead_tenant_id_state_passed_at_id",
                table: "deals_lead",
                columns: new[] { "tenant_id", "state", "passed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_passing_rules_tenant_id_state_effective_from_number",
                table: "deals_passing_rules",
                columns: new[] { "tenant_id", "state", "effective_from", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_play_review_tenant_id_place_key",
                table: "deals_play_review",
                columns: new[] { "tenant_id", "place", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_play_review_tenant_id_reviewed_at_id",
                table: "deals_play_review",
                columns: new[] { "tenant_id", "reviewed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_tenant_id_account_id_ended_at",
                table: "deals_relation",
                columns: new[] { "tenant_id", "account_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_tenant_id_partner_id_ended_at",
                table: "deals_relation",
                columns: new[] { "tenant_id", "partner_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_deal_id_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_partner_id_claimed_at_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "partner_id", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_state_claimed_at_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "state", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_tenant_id_account_id",
                table: "deals_target",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_tenant_id_list_id_name_id",
                table: "deals_target",
                columns: new[] { "tenant_id", "list_id", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_list_tenant_id_created_at_id",
                table: "deals_target_list",
                columns: new[] { "tenant_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_list_tenant_id_partner_id_created_at_id",
                table: "deals_target_list",
                columns: new[] { "tenant_id", "partner_id", "created_at", "id" });

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

            migrationBuilder.CreateIndex(
                name: "IX_partners_asset_tenant_id_partner_id_id",
                table: "partners_asset",
                columns: new[] { "tenant_id", "partner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_asset_tenant_id_state_name_id",
                table: "partners_asset",
                columns: new[] { "tenant_id", "state", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_import_row_tenant_id_import_id_outcome_number",
                table: "partners_import_row",
                columns: new[] { "tenant_id", "import_id", "outcome", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_import_row_tenant_id_partner_id",
                table: "partners_import_row",
                columns: new[] { "tenant_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_joint_value_tenant_id_partner_id_on",
                table: "partners_joint_value",
                columns: new[] { "tenant_id", "partner_id", "on" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_joint_value_tenant_id_with_id_on",
                table: "partners_joint_value",
                columns: new[] { "tenant_id", "with_id", "on" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_motion_change_tenant_id_partner_id_id",
                table: "partners_motion_change",
                columns: new[] { "tenant_id", "partner_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_connected_system");

            migrationBuilder.DropTable(
                name: "deals_handover");

            migrationBuilder.DropTable(
                name: "deals_lead");

            migrationBuilder.DropTable(
                name: "deals_passing_rules");

            migrationBuilder.DropTable(
                name: "deals_play_review");

            migrationBuilder.DropTable(
                name: "deals_relation");

            migrationBuilder.DropTable(
                name: "deals_relation_claim");

            migrationBuilder.DropTable(
                name: "deals_target");

            migrationBuilder.DropTable(
                name: "deals_target_list");

            migrationBuilder.DropTable(
                name: "insights_flow");

            migrationBuilder.DropTable(
                name: "insights_flow_day");

            migrationBuilder.DropTable(
                name: "insights_forecast");

            migrationBuilder.DropTable(
                name: "insights_registration_alert");

            migrationBuilder.DropTable(
                name: "partners_asset");

            migrationBuilder.DropTable(
                name: "partners_field_owner");

            migrationBuilder.DropTable(
                name: "partners_import");

            migrationBuilder.DropTable(
                name: "partners_import_row");

            migrationBuilder.DropTable(
                name: "partners_joint_value");

            migrationBuilder.DropTable(
                name: "partners_motion_change");

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
                name: "answer_hours",
                table: "partners_segment");

            migrationBuilder.DropColumn(
                name: "decide_hours",
                table: "partners_segment");

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
