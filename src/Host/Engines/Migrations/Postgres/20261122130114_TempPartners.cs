using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempPartners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.DropColumn(
                name: "answer_hours",
                table: "partners_segment");

            migrationBuilder.DropColumn(
                name: "decide_hours",
                table: "partners_segment");
        }
    }
}
