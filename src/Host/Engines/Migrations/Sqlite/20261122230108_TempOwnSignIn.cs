using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempOwnSignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "by_id",
                table: "accounts_hand_value",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_company_proposal",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    company_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    domains = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    creates_people = table.Column<bool>(type: "INTEGER", nullable: false),
                    default_role = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    refused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    refused_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_company_proposal", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_identity_company_proposal_tenant_id_partner_id",
                table: "identity_company_proposal",
                columns: new[] { "tenant_id", "partner_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_company_proposal");

            migrationBuilder.DropColumn(
                name: "by_id",
                table: "accounts_hand_value");
        }
    }
}
