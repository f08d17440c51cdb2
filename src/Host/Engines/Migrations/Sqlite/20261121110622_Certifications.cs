using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Certifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_key_tenant_id_account_id",
                table: "accounts_key");

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

            migrationBuilder.CreateIndex(
                name: "IX_partners_certification_tenant_id_partner_id_id",
                table: "partners_certification",
                columns: new[] { "tenant_id", "partner_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "partners_certification");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_key_tenant_id_account_id",
                table: "accounts_key",
                columns: new[] { "tenant_id", "account_id" });
        }
    }
}
