using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CompanySettings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_amount_id",
                table: "deals_deal");

            migrationBuilder.AddColumn<string>(
                name: "colour",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "fiscal_month",
                table: "identity_tenant",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "holidays",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "host",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "host_proof",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "host_verified_at",
                table: "identity_tenant",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "imprint",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "logo",
                table: "identity_tenant",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "logo_type",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "privacy_page",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "week_start",
                table: "identity_tenant",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "work_days",
                table: "identity_tenant",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "main_amount",
                table: "deals_deal",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "no_rate",
                table: "deals_deal",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "accounts_field_value",
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
                    table.PrimaryKey("PK_accounts_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "accounts_opportunity_field_value",
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
                    table.PrimaryKey("PK_accounts_opportunity_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "deals_field_value",
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
                    table.PrimaryKey("PK_deals_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "identity_host",
                columns: table => new
                {
                    host = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_host", x => x.host);
                });

            migrationBuilder.CreateTable(
                name: "kernel_bulk",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    action = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    argument = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    job = table.Column<Guid>(type: "uuid", nullable: false),
                    started_by = table.Column<Guid>(type: "uuid", nullable: false),
                    started_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_bulk", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_bulk_row",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bulk_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    subject = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    problem = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_bulk_row", x => new { x.tenant_id, x.bulk_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "kernel_field",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    help = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    choices = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    required = table.Column<bool>(type: "boolean", nullable: false),
                    sight = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    in_list = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    archived_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_field", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "kernel_rate",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    to = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    scaled = table.Column<long>(type: "bigint", nullable: false),
                    source = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_rate", x => new { x.tenant_id, x.from, x.to, x.day });
                });

            migrationBuilder.CreateTable(
                name: "kernel_rate_state",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_rate_state", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "partners_field_value",
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
                    table.PrimaryKey("PK_partners_field_value", x => new { x.tenant_id, x.subject, x.field_id, x.part });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_main_amount_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "main_amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_no_rate",
                table: "deals_deal",
                columns: new[] { "tenant_id", "no_rate" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_field_value_tenant_id_field_id_key_subject",
                table: "accounts_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_field_value_tenant_id_field_id_key_sub~",
                table: "accounts_opportunity_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_field_value_tenant_id_field_id_key_subject",
                table: "deals_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_host_tenant_id",
                table: "identity_host",
                column: "tenant_id");

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
                name: "IX_kernel_rate_tenant_id_day",
                table: "kernel_rate",
                columns: new[] { "tenant_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_partners_field_value_tenant_id_field_id_key_subject",
                table: "partners_field_value",
                columns: new[] { "tenant_id", "field_id", "key", "subject" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_field_value");

            migrationBuilder.DropTable(
                name: "accounts_opportunity_field_value");

            migrationBuilder.DropTable(
                name: "deals_field_value");

            migrationBuilder.DropTable(
                name: "identity_host");

            migrationBuilder.DropTable(
                name: "kernel_bulk");

            migrationBuilder.DropTable(
                name: "kernel_bulk_row");

            migrationBuilder.DropTable(
                name: "kernel_field");

            migrationBuilder.DropTable(
                name: "kernel_rate");

            migrationBuilder.DropTable(
                name: "kernel_rate_state");

            migrationBuilder.DropTable(
                name: "partners_field_value");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_main_amount_id",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_no_rate",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "colour",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "fiscal_month",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "holidays",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "host",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "host_proof",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "host_verified_at",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "imprint",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "logo",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "logo_type",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "privacy_page",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "week_start",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "work_days",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "main_amount",
                table: "deals_deal");

            migrationBuilder.DropColumn(
                name: "no_rate",
                table: "deals_deal");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_amount_id",
                table: "deals_deal",
                columns: new[] { "tenant_id", "amount", "id" });
        }
    }
}
