using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "decide_hours",
                table: "partners_segment",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "partners_asset",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    products = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    verticals = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    link = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    file_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    terms = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    for_partners = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    state_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state_at = table.Column<long>(type: "INTEGER", nullable: false),
                    published_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_asset", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_field_owner",
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
                    table.PrimaryKey("PK_partners_field_owner", x => new { x.tenant_id, x.field });
                });

            migrationBuilder.CreateTable(
                name: "partners_import",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    header = table.Column<string>(type: "TEXT", maxLength: 30000, nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    mapping = table.Column<string>(type: "TEXT", maxLength: 30000, nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    otherwise = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_at = table.Column<long>(type: "INTEGER", nullable: false),
                    job = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created = table.Column<int>(type: "INTEGER", nullable: false),
                    updated = table.Column<int>(type: "INTEGER", nullable: false),
                    unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<int>(type: "INTEGER", nullable: false),
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
                    table.PrimaryKey("PK_partners_import", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_import_row",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    import_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    cells = table.Column<string>(type: "TEXT", maxLength: 60000, nullable: true),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    written = table.Column<bool>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", maxLength: 30000, nullable: true),
                    version_after = table.Column<long>(type: "INTEGER", nullable: false),
                    undone = table.Column<bool>(type: "INTEGER", nullable: false),
                    kept_because = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_import_row", x => new { x.tenant_id, x.import_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "partners_joint_value",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    with_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    percent = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    first_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    first_said = table.Column<bool>(type: "INTEGER", nullable: true),
                    second_by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    second_said = table.Column<bool>(type: "INTEGER", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners_joint_value", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "partners_motion_change",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    motion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    manager_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
