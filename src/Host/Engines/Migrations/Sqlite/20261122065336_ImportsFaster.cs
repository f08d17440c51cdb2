using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ImportsFaster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account",
                columns: new[] { "tenant_id", "parent_id", "name" },
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_waits_for_parent",
                table: "accounts_account",
                columns: new[] { "tenant_id", "id" },
                filter: "parent_written IS NOT NULL AND parent_id IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_waits_for_parent",
                table: "accounts_account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account",
                columns: new[] { "tenant_id", "parent_id", "name" });
        }
    }
}
