using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SeveralCompanies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_identity_login",
                table: "identity_login");

            migrationBuilder.AddPrimaryKey(
                name: "PK_identity_login",
                table: "identity_login",
                columns: new[] { "email", "tenant_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_identity_login",
                table: "identity_login");

            migrationBuilder.AddPrimaryKey(
                name: "PK_identity_login",
                table: "identity_login",
                column: "email");
        }
    }
}
